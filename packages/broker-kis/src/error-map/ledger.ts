import { type KisErrorRow, ledgerRefusal } from './rows.ts';

/** Codes of the live ledger: the order back end speaking. APBK, APAC, APMP. */
export const ledgerCodes: Readonly<Record<string, KisErrorRow>> = {
  APBK0400: ledgerRefusal('INSUFFICIENT_HOLDINGS', 'reported', 'sell quantity exceeds sellable quantity', {
    note: 'typical after a partial fill or with an open sell order',
    http: 200,
    rtCd: '1',
  }),
  APBK0656: ledgerRefusal('INSTRUMENT', 'reported', 'unknown instrument', { http: 200, rtCd: '1' }),
  APBK0918: ledgerRefusal('MARKET_CLOSED', 'reported', 'not within trading hours', {
    korean: '장운영시간이 아닙니다.(주문불가)',
    note: 'code is shared with other texts; use msg1 only for display, never as the sole proof',
    http: 200,
    rtCd: '1',
  }),
  APBK0919: ledgerRefusal(
    'MARKET_CLOSED',
    'reported',
    'business date differs from order date (holiday, before start of day)',
    { korean: '장운영일자가 주문일과 상이합니다', http: 200, rtCd: '1' },
  ),
  APBK0927: ledgerRefusal('NOTHING_TO_CANCEL', 'reported', 'nothing left to amend or cancel', {
    korean: '정정취소 가능수량이 없습니다.',
    note: 'the order is filled, cancelled or not visible yet: query before concluding',
    http: 200,
    rtCd: '7',
  }),
  APBK0952: ledgerRefusal('INSUFFICIENT_FUNDS', 'reported', 'order amount exceeds the orderable amount', {
    http: 200,
    rtCd: '7',
  }),
  APBK0955: ledgerRefusal('ORDER_REJECTED', 'reported', 'order quantity or amount invalid', { http: 200 }),
  APBK0963: ledgerRefusal('VALIDATION', 'reported', 'order type code invalid for this order', {
    korean: '주문구분코드 오류 입니다.',
    http: 200,
    rtCd: '7',
  }),
  APBK0988: ledgerRefusal(
    'INSUFFICIENT_FUNDS_OR_HOLDINGS',
    'reported',
    'order quantity exceeds the available quantity',
    { http: 200 },
  ),
  APBK1227: ledgerRefusal('VALIDATION', 'reported', 'required inquiry field missing (INQR_DVSN_1/2)', { http: 200 }),
  APBK1234: ledgerRefusal('INSUFFICIENT_HOLDINGS', 'single report', 'holdings short', { http: 200 }),
  APBK1664: ledgerRefusal('MARKET_CLOSED', 'reported', 'overseas market closed', { http: 200, rtCd: '1' }),
  APBK1680: ledgerRefusal('INSUFFICIENT_HOLDINGS', 'single report', 'sell quantity', { http: 200 }),
  APBK1943: ledgerRefusal('ORDER_REJECTED', 'reported', 'market order not allowed here', {
    note: 'one project met it as a self-trade refusal on overseas stocks',
    http: 200,
  }),
  APBK3013: ledgerRefusal(
    'ORDER_REJECTED',
    'reported',
    'only limit, best or top-priority types in the NXT after-market',
    { http: 200 },
  ),
  APAC0489: ledgerRefusal('ACCOUNT', 'reported', 'only for brokerage accounts', { http: 200 }),
  APMP0001: ledgerRefusal('VALIDATION', 'reported', 'required input missing', { http: 200, rtCd: '7' }),
};
