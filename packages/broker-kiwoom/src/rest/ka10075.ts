import { type Krw, type Shares } from '@qts/core';
import { matchingIn, rowsIn, sharesIn, textIn, type WireRow, wonIn } from '../wire-fields.ts';
import { defineOperation, type KiwoomOperation, onBothServers } from './operation.ts';

const fields = [
  { name: 'all_stk_tp', korean: '전체종목구분', lengthMax: 1, required: true },
  { name: 'trde_tp', korean: '매매구분', lengthMax: 1, required: true },
  { name: 'stk_cd', korean: '종목코드', lengthMax: 6, required: false },
  { name: 'stex_tp', korean: '거래소구분', lengthMax: 1, required: true },
] as const;

/** An order of today with something left. */
export interface KiwoomOpenOrder {
  readonly ordNo: string;
  readonly originalOrdNo: string;
  readonly stkCd: string;
  /** `trde_tp` of a row is the order type in Korean; of the question it is a side filter. */
  readonly typeName: string;
  /** `io_tp_nm`: `+매수`, `-매도`, `+매수정정`. */
  readonly sideName: string;
  readonly stateName: string;
  readonly orderedQuantity: Shares;
  /** 0 for a type without a price. */
  readonly priceKrw: Krw;
  /** `oso_qty`. */
  readonly openQuantity: Shares;
  /** `cntr_tot_amt`: sum over the fills so far. */
  readonly filledAmountKrw: Krw;
  /** `tm`, `HHMMSS`, Korean time. */
  readonly orderTime: string;
  /** `stex_tp_txt`: `KRX`, `NXT`, `SOR`, or `S-KRX` for what smart order routing sent there. */
  readonly venueName: string;
}

const operation = 'ka10075';
const timeOfDay = /^(?:[01][0-9]|2[0-3])(?:[0-5][0-9]){2}$/;

function readRow(row: WireRow): KiwoomOpenOrder {
  return {
    ordNo: textIn(row, 'ord_no', operation),
    originalOrdNo: textIn(row, 'orig_ord_no', operation),
    stkCd: textIn(row, 'stk_cd', operation),
    typeName: textIn(row, 'trde_tp', operation),
    sideName: textIn(row, 'io_tp_nm', operation),
    stateName: textIn(row, 'ord_stt', operation),
    orderedQuantity: sharesIn(row, 'ord_qty', operation),
    priceKrw: wonIn(row, 'ord_pric', operation),
    openQuantity: sharesIn(row, 'oso_qty', operation),
    filledAmountKrw: wonIn(row, 'cntr_tot_amt', operation),
    orderTime: matchingIn(row, 'tm', timeOfDay, 'HHMMSS', operation),
    venueName: textIn(row, 'stex_tp_txt', operation),
  };
}

/**
 * 미체결요청. The orders of today with something left. Live answers an empty account with 571758, the mock server with an
 * empty list. An order that filled at once may be neither here nor, for a moment, in ka10076.
 */
export const ka10075: KiwoomOperation<(typeof fields)[number]['name'], readonly KiwoomOpenOrder[]> = defineOperation({
  name: operation,
  korean: '미체결요청',
  source: '국내주식 › 계좌 › ka10075',
  evidence: 'documented sample; empty answers captured',
  method: 'POST',
  path: '/api/dostk/acnt',
  operationId: onBothServers(operation),
  lane: 'ORDER_READ',
  repeatable: true,
  request: fields,
  response: [
    { name: 'oso.ord_no', korean: '주문번호', reading: 'STRICT' },
    { name: 'oso.orig_ord_no', korean: '원주문번호', reading: 'STRICT' },
    { name: 'oso.stk_cd', korean: '종목코드', reading: 'STRICT' },
    { name: 'oso.trde_tp', korean: '매매구분', reading: 'STRICT' },
    { name: 'oso.io_tp_nm', korean: '주문구분', reading: 'STRICT' },
    { name: 'oso.ord_stt', korean: '주문상태', reading: 'TOLERANT' },
    { name: 'oso.ord_qty', korean: '주문수량', reading: 'STRICT' },
    { name: 'oso.ord_pric', korean: '주문가격', reading: 'STRICT' },
    { name: 'oso.oso_qty', korean: '미체결수량', reading: 'STRICT' },
    { name: 'oso.cntr_tot_amt', korean: '체결누계금액', reading: 'STRICT' },
    { name: 'oso.tm', korean: '시간', reading: 'STRICT' },
    { name: 'oso.stex_tp_txt', korean: '거래소구분텍스트', reading: 'STRICT' },
  ],
  paged: true,
  emptyAnswer: { oso: [] },
  asksForOpenOrders: () => true,
  parse: (body) => rowsIn(body, 'oso', operation).map(readRow),
});
