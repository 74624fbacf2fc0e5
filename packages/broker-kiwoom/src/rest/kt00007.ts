import { type Krw, type Shares } from '@qts/core';
import { matchingIn, rowsIn, sharesIn, textIn, textOrEmptyIn, type WireRow, wonIn } from '../wire-fields.ts';
import { defineOperation, type KiwoomOperation, onBothServers } from './operation.ts';

const fields = [
  { name: 'ord_dt', korean: '주문일자', lengthMax: 8, required: false },
  { name: 'qry_tp', korean: '조회구분', lengthMax: 1, required: true },
  { name: 'stk_bond_tp', korean: '주식채권구분', lengthMax: 1, required: true },
  { name: 'sell_tp', korean: '매도수구분', lengthMax: 1, required: true },
  { name: 'stk_cd', korean: '종목코드', lengthMax: 12, required: false },
  { name: 'fr_ord_no', korean: '시작주문번호', lengthMax: 7, required: false },
  { name: 'dmst_stex_tp', korean: '국내거래소구분', lengthMax: 6, required: true },
] as const;

/** `sell_tp` of a query, and the side filters of ka10075 and ka10076. */
export const sideCodes = { ALL: '0', SELL: '1', BUY: '2' } as const;
/** `qry_tp`. By number, oldest first: orders that come in while we page are appended, so they do not shift the pages. */
export const listOrderCodes = { ALL: '1', OPEN: '3' } as const;
/** `stk_bond_tp`: stocks, to which ETFs belong (a documented sample shows one). */
export const stocksOnly = '1';

/** One row: an order, or a replace or cancel that points at one. Figures are cumulative and the broker's own. */
export interface KiwoomOrderRow {
  readonly ordNo: string;
  /** `ori_ord`: `0000000` for a first order. */
  readonly originalOrdNo: string;
  /** `stk_cd`, with a product letter in front as a rule: `A069500`. */
  readonly stkCd: string;
  /** `trde_tp`: the order type in Korean, `시장가`. */
  readonly typeName: string;
  /** `io_tp_nm`: `현금매수`, `매도정정`. */
  readonly sideName: string;
  /** `mdfy_cncl`: `정정`, `취소`, or empty. */
  readonly changeName: string;
  /** `acpt_tp`: `접수`, `확인`, `거부`. */
  readonly stateName: string;
  readonly orderedQuantity: Shares;
  readonly priceKrw: Krw;
  readonly filledQuantity: Shares;
  /** `cntr_uv`: the average price of the fills; rounded, so it does not give their sum. */
  readonly averagePriceKrw: Krw;
  readonly remainingQuantity: Shares;
  /** `ord_tm`, `HH:MM:SS`, Korean time. The row has no date: it is the question's. */
  readonly orderTime: string;
  /** `comm_ord_tp`: `REST API` for orders that came through this API, `영웅문4` from the broker's program. */
  readonly channel: string;
  /** `dmst_stex_tp`. */
  readonly venueName: string;
}

const operation = 'kt00007';
const list = 'acnt_ord_cntr_prps_dtl';
const timeOfDay = /^(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$/;

function readRow(row: WireRow): KiwoomOrderRow {
  return {
    ordNo: textIn(row, 'ord_no', operation),
    originalOrdNo: textIn(row, 'ori_ord', operation),
    stkCd: textIn(row, 'stk_cd', operation),
    typeName: textIn(row, 'trde_tp', operation),
    sideName: textIn(row, 'io_tp_nm', operation),
    changeName: textOrEmptyIn(row, 'mdfy_cncl', operation),
    stateName: textIn(row, 'acpt_tp', operation),
    orderedQuantity: sharesIn(row, 'ord_qty', operation),
    priceKrw: wonIn(row, 'ord_uv', operation),
    filledQuantity: sharesIn(row, 'cntr_qty', operation),
    averagePriceKrw: wonIn(row, 'cntr_uv', operation),
    remainingQuantity: sharesIn(row, 'ord_remnq', operation),
    orderTime: matchingIn(row, 'ord_tm', timeOfDay, 'HH:MM:SS', operation),
    channel: textOrEmptyIn(row, 'comm_ord_tp', operation).trim(),
    venueName: textIn(row, 'dmst_stex_tp', operation),
  };
}

/**
 * 계좌별주문체결내역상세요청. Orders of a day and what became of them, one row for each order, replace and cancel. The best
 * source for rebuilding a day.
 *
 * A row appears some time after the order was taken, so absence proves nothing at once. The venue must be `%`, or orders
 * on NXT look as if they did not exist. `fr_ord_no` may speed up a find and proves no absence: that numbers rise is not
 * promised.
 */
export const kt00007: KiwoomOperation<(typeof fields)[number]['name'], readonly KiwoomOrderRow[]> = defineOperation({
  name: operation,
  korean: '계좌별주문체결내역상세요청',
  source: '국내주식 › 계좌 › kt00007',
  evidence: 'documented sample',
  method: 'POST',
  path: '/api/dostk/acnt',
  operationId: onBothServers(operation),
  lane: 'ORDER_READ',
  repeatable: true,
  request: fields,
  response: [
    { name: `${list}.ord_no`, korean: '주문번호', reading: 'STRICT' },
    { name: `${list}.ori_ord`, korean: '원주문', reading: 'STRICT' },
    { name: `${list}.stk_cd`, korean: '종목번호', reading: 'STRICT' },
    { name: `${list}.trde_tp`, korean: '매매구분', reading: 'STRICT' },
    { name: `${list}.io_tp_nm`, korean: '주문구분', reading: 'STRICT' },
    { name: `${list}.mdfy_cncl`, korean: '정정취소', reading: 'STRICT' },
    { name: `${list}.acpt_tp`, korean: '접수구분', reading: 'TOLERANT' },
    { name: `${list}.ord_qty`, korean: '주문수량', reading: 'STRICT' },
    { name: `${list}.ord_uv`, korean: '주문단가', reading: 'STRICT' },
    { name: `${list}.cntr_qty`, korean: '체결수량', reading: 'STRICT' },
    { name: `${list}.cntr_uv`, korean: '체결단가', reading: 'STRICT' },
    { name: `${list}.ord_remnq`, korean: '주문잔량', reading: 'STRICT' },
    { name: `${list}.ord_tm`, korean: '주문시간', reading: 'STRICT' },
    { name: `${list}.comm_ord_tp`, korean: '통신구분', reading: 'TOLERANT' },
    { name: `${list}.dmst_stex_tp`, korean: '국내거래소구분', reading: 'STRICT' },
  ],
  paged: true,
  emptyAnswer: { [list]: [] },
  asksForOpenOrders: ({ qry_tp: queryType }) => queryType === listOrderCodes.OPEN,
  parse: (body) => rowsIn(body, list, operation).map(readRow),
});
