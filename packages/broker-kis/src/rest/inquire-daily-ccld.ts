import { type Krw, type Shares } from '@qts/core';
import { oneOfIn, rowsIn, sharesIn, textIn, unexpectedField, type WireRow, wonIn } from '../wire-fields.ts';
import { defineOperation, type KisOperation, pagingKeys100 } from './operation.ts';

const fields = [
  { name: 'CANO', korean: '종합계좌번호', lengthMax: 8, required: true },
  { name: 'ACNT_PRDT_CD', korean: '계좌상품코드', lengthMax: 2, required: true },
  { name: 'INQR_STRT_DT', korean: '조회시작일자', lengthMax: 8, required: true },
  { name: 'INQR_END_DT', korean: '조회종료일자', lengthMax: 8, required: true },
  { name: 'SLL_BUY_DVSN_CD', korean: '매도매수구분코드', lengthMax: 2, required: true },
  { name: 'PDNO', korean: '상품번호', lengthMax: 12, required: false },
  { name: 'ORD_GNO_BRNO', korean: '주문채번지점번호', lengthMax: 5, required: false },
  { name: 'ODNO', korean: '주문번호', lengthMax: 10, required: false },
  { name: 'CCLD_DVSN', korean: '체결구분', lengthMax: 2, required: true },
  { name: 'INQR_DVSN', korean: '조회구분', lengthMax: 2, required: true },
  { name: 'INQR_DVSN_1', korean: '조회구분1', lengthMax: 1, required: false },
  { name: 'INQR_DVSN_3', korean: '조회구분3', lengthMax: 2, required: true },
  { name: 'EXCG_ID_DVSN_CD', korean: '거래소ID구분코드', lengthMax: 3, required: true },
  { name: 'CTX_AREA_FK100', korean: '연속조회검색조건100', lengthMax: 100, required: true },
  { name: 'CTX_AREA_NK100', korean: '연속조회키100', lengthMax: 100, required: true },
] as const;

/** `SLL_BUY_DVSN_CD` of a query and of a row. */
export const sideCodes = { ALL: '00', SELL: '01', BUY: '02' } as const;
/** `CCLD_DVSN`: which orders by what has filled. */
export const fillFilterCodes = { ALL: '00', FILLED: '01', UNFILLED: '02' } as const;
/** `INQR_DVSN`. Oldest first: orders that come in while we page are appended, so they do not shift the pages. */
export const oldestFirst = '01';
/** `INQR_DVSN_3`: cash, credit, everything. */
export const everyFunding = '00';

/** One row: an order, or a replace or cancel that points at one. Figures are cumulative and the broker's own. */
export interface KisDailyCcldRow {
  /** `ord_dt`, `YYYYMMDD`. */
  readonly orderDate: string;
  /** `ord_tmd`, `HHMMSS`, Korean time. */
  readonly orderTime: string;
  readonly branch: string;
  readonly odno: string;
  /** `orgn_odno`: empty or zeros for a new order. */
  readonly originalOdno: string;
  readonly side: 'BUY' | 'SELL';
  /** `sll_buy_dvsn_cd_name`: also says replace (정정) and cancel (취소). */
  readonly sideName: string;
  readonly pdno: string;
  readonly orderDivision: string;
  /** `excg_id_dvsn_cd`: `KRX`, `NXT`, `SOR`; may be empty on paper, which has one venue. */
  readonly venue: 'KRX' | 'NXT' | 'SOR' | '';
  readonly orderedQuantity: Shares;
  readonly priceKrw: Krw;
  readonly filledQuantity: Shares;
  readonly filledAmountKrw: Krw;
  readonly canceledQuantity: Shares;
  readonly remainingQuantity: Shares;
  readonly rejectedQuantity: Shares;
  /** `ordr_empno`: `OpnAPI` for orders that came through an API; empty when the row does not say. */
  readonly channel: string;
}

const operation = 'inquire-daily-ccld';
const eightDigits = /^[0-9]{8}$/;
const timeOfDay = /^(?:[01][0-9]|2[0-3])(?:[0-5][0-9]){2}$/;

/**
 * Reads one row. Everything here decides what we believe of an order, so nothing is guessed: a missing quantity is an
 * error, not zero. The cancel-confirmed quantity is documented as `cnc_cfrm_qty` and captured as `cncl_cfrm_qty`; the
 * venue likewise with another case. Both are read.
 */
export function readDailyCcldRow(row: WireRow): KisDailyCcldRow {
  const canceledField = row['cncl_cfrm_qty'] === undefined ? 'cnc_cfrm_qty' : 'cncl_cfrm_qty';
  const venueField = row['excg_id_dvsn_cd'] === undefined ? 'excg_id_dvsn_Cd' : 'excg_id_dvsn_cd';
  const side = oneOfIn(row, 'sll_buy_dvsn_cd', [sideCodes.SELL, sideCodes.BUY], operation);
  const channel = row['ordr_empno'];
  return {
    orderDate: matching(row, 'ord_dt', eightDigits, 'YYYYMMDD'),
    orderTime: matching(row, 'ord_tmd', timeOfDay, 'HHMMSS'),
    branch: textIn(row, 'ord_gno_brno', operation).trim(),
    odno: textIn(row, 'odno', operation),
    originalOdno: textIn(row, 'orgn_odno', operation),
    side: side === sideCodes.SELL ? 'SELL' : 'BUY',
    sideName: textIn(row, 'sll_buy_dvsn_cd_name', operation),
    pdno: textIn(row, 'pdno', operation),
    orderDivision: textIn(row, 'ord_dvsn_cd', operation),
    venue: oneOfIn(row, venueField, ['KRX', 'NXT', 'SOR', ''], operation),
    orderedQuantity: sharesIn(row, 'ord_qty', operation),
    priceKrw: wonIn(row, 'ord_unpr', operation),
    filledQuantity: sharesIn(row, 'tot_ccld_qty', operation),
    filledAmountKrw: wonIn(row, 'tot_ccld_amt', operation),
    canceledQuantity: sharesIn(row, canceledField, operation),
    remainingQuantity: sharesIn(row, 'rmn_qty', operation),
    rejectedQuantity: sharesIn(row, 'rjct_qty', operation),
    channel: typeof channel === 'string' ? channel.trim() : '',
  };
}

function matching(row: WireRow, field: string, pattern: RegExp, expected: string): string {
  const value = textIn(row, field, operation);
  if (!pattern.test(value)) throw unexpectedField(operation, field, expected, value);
  return value;
}

/**
 * 주식일별주문체결조회. Orders and what became of them, one row for each order, replace and cancel.
 *
 * One client author saw unfilled SOR day orders of past days end with their whole quantity in `rjct_qty` (hearsay): for an
 * order of a day that is over, rejected may mean expired.
 *
 * A row appears seconds after the order was taken, so absence proves nothing at once. The venue filter must be `ALL`, or
 * orders on NXT look as if they did not exist; paper has KRX only. Two TR ids share the path: the boundary is three
 * months back, and there is no automatic switch.
 */
export const inquireDailyCcld: KisOperation<
  (typeof fields)[number]['name'],
  readonly KisDailyCcldRow[],
  'WITHIN_3_MONTHS' | 'BEFORE_3_MONTHS'
> = defineOperation({
  name: operation,
  korean: '주식일별주문체결조회',
  source: '국내주식 › 주문/계좌 › v1_국내주식-005',
  evidence: 'captured live and paper',
  method: 'GET',
  path: '/uapi/domestic-stock/v1/trading/inquire-daily-ccld',
  operationId: {
    LIVE: { WITHIN_3_MONTHS: 'TTTC0081R', BEFORE_3_MONTHS: 'CTSC9215R' },
    PAPER: { WITHIN_3_MONTHS: 'VTTC0081R', BEFORE_3_MONTHS: 'VTSC9215R' },
  },
  lane: 'ORDER_READ',
  repeatable: true,
  request: fields,
  response: [
    { name: 'output1.ord_dt', korean: '주문일자', reading: 'STRICT' },
    { name: 'output1.ord_tmd', korean: '주문시각', reading: 'STRICT' },
    { name: 'output1.ord_gno_brno', korean: '주문채번지점번호', reading: 'STRICT' },
    { name: 'output1.odno', korean: '주문번호', reading: 'STRICT' },
    { name: 'output1.orgn_odno', korean: '원주문번호', reading: 'STRICT' },
    { name: 'output1.sll_buy_dvsn_cd', korean: '매도매수구분코드', reading: 'STRICT' },
    { name: 'output1.sll_buy_dvsn_cd_name', korean: '매도매수구분코드명', reading: 'STRICT' },
    { name: 'output1.pdno', korean: '상품번호', reading: 'STRICT' },
    { name: 'output1.ord_dvsn_cd', korean: '주문구분코드', reading: 'STRICT' },
    { name: 'output1.excg_id_dvsn_cd', korean: '거래소ID구분코드', reading: 'STRICT' },
    { name: 'output1.ord_qty', korean: '주문수량', reading: 'STRICT' },
    { name: 'output1.ord_unpr', korean: '주문단가', reading: 'STRICT' },
    { name: 'output1.tot_ccld_qty', korean: '총체결수량', reading: 'STRICT' },
    { name: 'output1.tot_ccld_amt', korean: '총체결금액', reading: 'STRICT' },
    { name: 'output1.cncl_cfrm_qty', korean: '취소확인수량', reading: 'STRICT' },
    { name: 'output1.rmn_qty', korean: '잔여수량', reading: 'STRICT' },
    { name: 'output1.rjct_qty', korean: '거부수량', reading: 'STRICT' },
    { name: 'output1.ordr_empno', korean: '주문자사번', reading: 'TOLERANT' },
  ],
  paging: { ...pagingKeys100, rowsPerPage: { LIVE: 100, PAPER: 15 } },
  parse: (body) => rowsIn(body, 'output1', operation).map(readDailyCcldRow),
});
