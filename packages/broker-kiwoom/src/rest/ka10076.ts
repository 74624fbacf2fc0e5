import { type Krw, type Shares } from '@qts/core';
import { rowsIn, sharesIn, textIn, type WireRow, wonIn } from '../wire-fields.ts';
import { defineOperation, type KiwoomOperation, onBothServers } from './operation.ts';

const fields = [
  { name: 'stk_cd', korean: '종목코드', lengthMax: 6, required: false },
  { name: 'qry_tp', korean: '조회구분', lengthMax: 1, required: true },
  { name: 'sell_tp', korean: '매도수구분', lengthMax: 1, required: true },
  { name: 'ord_no', korean: '주문번호', lengthMax: 10, required: false },
  { name: 'stex_tp', korean: '거래소구분', lengthMax: 1, required: true },
] as const;

/** A fill of today, or all fills of an order in one row: which of them a row is, nobody has said. */
export interface KiwoomFillRow {
  readonly ordNo: string;
  readonly stkCd: string;
  readonly sideName: string;
  readonly quantity: Shares;
  readonly priceKrw: Krw;
  /** `oso_qty`: what is left of the order. */
  readonly openQuantity: Shares;
  /** `tdy_trde_cmsn` and `tdy_trde_tax`. */
  readonly feeKrw: Krw;
  readonly taxKrw: Krw;
}

const operation = 'ka10076';

function readRow(row: WireRow): KiwoomFillRow {
  return {
    ordNo: textIn(row, 'ord_no', operation),
    stkCd: textIn(row, 'stk_cd', operation),
    sideName: textIn(row, 'io_tp_nm', operation),
    quantity: sharesIn(row, 'cntr_qty', operation),
    priceKrw: wonIn(row, 'cntr_pric', operation),
    openQuantity: sharesIn(row, 'oso_qty', operation),
    feeKrw: wonIn(row, 'tdy_trde_cmsn', operation),
    taxKrw: wonIn(row, 'tdy_trde_tax', operation),
  };
}

/**
 * 체결요청. What filled today, newest order first. `ord_no` of the question is a cursor: only older orders come back; we
 * page by `next-key` and leave it empty.
 */
export const ka10076: KiwoomOperation<(typeof fields)[number]['name'], readonly KiwoomFillRow[]> = defineOperation({
  name: operation,
  korean: '체결요청',
  source: '국내주식 › 계좌 › ka10076',
  evidence: 'documented sample',
  method: 'POST',
  path: '/api/dostk/acnt',
  operationId: onBothServers(operation),
  lane: 'ORDER_READ',
  repeatable: true,
  request: fields,
  response: [
    { name: 'cntr.ord_no', korean: '주문번호', reading: 'STRICT' },
    { name: 'cntr.stk_cd', korean: '종목코드', reading: 'STRICT' },
    { name: 'cntr.io_tp_nm', korean: '주문구분', reading: 'STRICT' },
    { name: 'cntr.cntr_qty', korean: '체결량', reading: 'STRICT' },
    { name: 'cntr.cntr_pric', korean: '체결가', reading: 'STRICT' },
    { name: 'cntr.oso_qty', korean: '미체결수량', reading: 'STRICT' },
    { name: 'cntr.tdy_trde_cmsn', korean: '당일매매수수료', reading: 'STRICT' },
    { name: 'cntr.tdy_trde_tax', korean: '당일매매세금', reading: 'STRICT' },
  ],
  paged: true,
  emptyAnswer: { cntr: [] },
  parse: (body) => rowsIn(body, 'cntr', operation).map(readRow),
});
