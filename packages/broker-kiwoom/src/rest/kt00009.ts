import { type Krw, type Shares } from '@qts/core';
import { rowsIn, sharesIn, textIn, type WireRow, wonIn } from '../wire-fields.ts';
import { defineOperation, type KiwoomOperation, onBothServers } from './operation.ts';

const fields = [
  { name: 'ord_dt', korean: '주문일자', lengthMax: 8, required: false },
  { name: 'stk_bond_tp', korean: '주식채권구분', lengthMax: 1, required: true },
  { name: 'mrkt_tp', korean: '시장구분', lengthMax: 1, required: true },
  { name: 'sell_tp', korean: '매도수구분', lengthMax: 1, required: true },
  { name: 'qry_tp', korean: '조회구분', lengthMax: 1, required: true },
  { name: 'stk_cd', korean: '종목코드', lengthMax: 12, required: false },
  { name: 'fr_ord_no', korean: '시작주문번호', lengthMax: 7, required: false },
  { name: 'dmst_stex_tp', korean: '국내거래소구분', lengthMax: 6, required: true },
] as const;

/** One row: an order with the state of its fills. */
export interface KiwoomOrderStateRow {
  readonly ordNo: string;
  readonly originalOrdNo: string;
  readonly stkCd: string;
  readonly typeName: string;
  readonly sideName: string;
  readonly orderedQuantity: Shares;
  readonly priceKrw: Krw;
  readonly filledQuantity: Shares;
  readonly averagePriceKrw: Krw;
  readonly venueName: string;
}

/** The orders of a day and what they came to, won. */
export interface KiwoomOrderStates {
  readonly orders: readonly KiwoomOrderStateRow[];
  /** `buy_engg_amt` and `sell_grntl_engg_amt`; 0 when Kiwoom says that there is nothing. */
  readonly boughtKrw: Krw;
  readonly soldKrw: Krw;
}

const operation = 'kt00009';
const list = 'acnt_ord_cntr_prst_array';

function readRow(row: WireRow): KiwoomOrderStateRow {
  return {
    ordNo: textIn(row, 'ord_no', operation),
    originalOrdNo: textIn(row, 'orig_ord_no', operation),
    stkCd: textIn(row, 'stk_cd', operation),
    typeName: textIn(row, 'trde_tp', operation),
    sideName: textIn(row, 'io_tp_nm', operation),
    orderedQuantity: sharesIn(row, 'ord_qty', operation),
    priceKrw: wonIn(row, 'ord_uv', operation),
    filledQuantity: sharesIn(row, 'cntr_qty', operation),
    averagePriceKrw: wonIn(row, 'cntr_uv', operation),
    venueName: textIn(row, 'dmst_stex_tp', operation),
  };
}

/** 계좌별주문체결현황요청. The day's orders with the state of their fills, and what was bought and sold in total. */
export const kt00009: KiwoomOperation<(typeof fields)[number]['name'], KiwoomOrderStates> = defineOperation({
  name: operation,
  korean: '계좌별주문체결현황요청',
  source: '국내주식 › 계좌 › kt00009',
  evidence: 'documentation',
  method: 'POST',
  path: '/api/dostk/acnt',
  operationId: onBothServers(operation),
  lane: 'ORDER_READ',
  repeatable: true,
  request: fields,
  response: [
    { name: 'buy_engg_amt', korean: '매수약정금액', reading: 'STRICT' },
    { name: 'sell_grntl_engg_amt', korean: '매도약정금액', reading: 'STRICT' },
    { name: `${list}.ord_no`, korean: '주문번호', reading: 'STRICT' },
    { name: `${list}.orig_ord_no`, korean: '원주문번호', reading: 'STRICT' },
    { name: `${list}.stk_cd`, korean: '종목번호', reading: 'STRICT' },
    { name: `${list}.trde_tp`, korean: '매매구분', reading: 'STRICT' },
    { name: `${list}.io_tp_nm`, korean: '주문유형구분', reading: 'STRICT' },
    { name: `${list}.ord_qty`, korean: '주문수량', reading: 'STRICT' },
    { name: `${list}.ord_uv`, korean: '주문단가', reading: 'STRICT' },
    { name: `${list}.cntr_qty`, korean: '체결수량', reading: 'STRICT' },
    { name: `${list}.cntr_uv`, korean: '체결단가', reading: 'STRICT' },
    { name: `${list}.dmst_stex_tp`, korean: '국내거래소구분', reading: 'STRICT' },
  ],
  paged: true,
  emptyAnswer: { [list]: [], buy_engg_amt: '0', sell_grntl_engg_amt: '0' },
  parse: (body) => ({
    orders: rowsIn(body, list, operation).map(readRow),
    boughtKrw: wonIn(body, 'buy_engg_amt', operation),
    soldKrw: wonIn(body, 'sell_grntl_engg_amt', operation),
  }),
});
