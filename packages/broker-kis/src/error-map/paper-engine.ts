import { type KisErrorRow, paperRefusal } from './rows.ts';

/** Codes of the paper engine: eight digits ending in 0000. The same situation has an APBK code on live. */
export const paperCodes: Readonly<Record<string, KisErrorRow>> = {
  '40100000': paperRefusal('MARKET_CLOSED', 'recollection', 'paper: not a business day', { http: 200, rtCd: '1' }),
  '40240000': paperRefusal('INSUFFICIENT_HOLDINGS', 'reported', 'paper: no holdings for the sell', {
    korean: '모의투자 잔고내역이 없습니다.',
    note: 'also right after a buy fill: paper holdings lag by seconds',
    http: 200,
    rtCd: '1',
  }),
  '40250000': paperRefusal('INSUFFICIENT_FUNDS', 'recollection', 'paper: orderable amount insufficient', {
    korean: '모의투자 주문가능금액이 부족합니다.',
    note: 'text reported, code from recollection and one client constant',
    http: 200,
    rtCd: '1',
  }),
  '40270000': paperRefusal('ORDER_REJECTED', 'recollection', 'paper: price outside the daily limit', {
    http: 200,
    rtCd: '1',
  }),
  '40310000': paperRefusal(
    'ORDER_REJECTED',
    'reported',
    'paper: order not processed (instrument not tradable, wrong tick size ...)',
    {
      korean: '모의투자 주문처리가 안되었습니다(매매불가 종목)',
      note: 'reason is in the brackets of msg1',
      http: 200,
      rtCd: '1',
    },
  ),
  '40330000': paperRefusal('NOTHING_TO_CANCEL', 'reported', 'paper: nothing left to amend or cancel', {
    korean: '모의투자 정정/취소할 수량이 없습니다.',
    http: 200,
    rtCd: '1',
  }),
  '40570000': paperRefusal('MARKET_CLOSED', 'reported', 'paper: before market open', {
    korean: '모의투자 장시작전 입니다.',
    http: 200,
    rtCd: '1',
  }),
  '40580000': paperRefusal('MARKET_CLOSED', 'reported', 'paper: after market close', {
    korean: '모의투자 장종료 입니다.',
    http: 200,
    rtCd: '1',
  }),
  '40590000': paperRefusal('ORDER_REJECTED', 'single report', 'paper: undocumented', { http: 200, rtCd: '1' }),
  '40910000': paperRefusal('ACCOUNT', 'reported', 'paper: account not allowed to order (expired)', {
    korean: '모의투자 주문이 불가한 계좌입니다.',
    http: 200,
    rtCd: '1',
  }),
};
