import { type KiwoomErrorRow, backEndRefusal } from './rows.ts';

const live = { environments: ['LIVE'] } as const;

/**
 * Six-digit codes of the order and account back end: `[2000](855056:text)`. Kiwoom does not publish them; those that were
 * seen on both servers may come from both.
 */
export const ledgerCodes: Readonly<Record<string, KiwoomErrorRow>> = {
  '308003': backEndRefusal('ORDER_REJECTED', 'captured', 'limit order without a price', {
    note: 'captured in a notice of the stream (FID 919)',
  }),
  '407022': backEndRefusal('VALIDATION', 'reported', 'order type code is wrong', {
    note: '00 and 03, the forms of the OCX, get it',
  }),
  '506550': backEndRefusal('NOTHING_TO_CANCEL', 'reported', 'nothing left to cancel', {
    note: 'the order is filled, canceled or rejected: ask for its state',
  }),
  '508540': backEndRefusal('ACCOUNT', 'reported', 'not an overseas-trading account', live),
  '509193': backEndRefusal('MARKET_CLOSED', 'reported', 'circuit breaker is active', live),
  '509247': backEndRefusal('INSTRUMENT', 'reported', 'leveraged or inverse ETF needs an application first', live),
  '521790': backEndRefusal('MARKET_CLOSED', 'reported', 'this order type is not accepted at this hour', live),
  '571357': backEndRefusal('ORDER_REJECTED', 'reported', 'order at the closing price must not carry a price'),
  '571412': backEndRefusal(
    'ORDER_REJECTED',
    'reported',
    'SOR may replace or cancel only orders placed through SOR',
    live,
  ),
  '571435': backEndRefusal('ORDER_REJECTED', 'reported', 'original order is itself a cancel'),
  '571489': backEndRefusal('MARKET_CLOSED', 'reported', 'no session today', {
    note: 'the nearest thing to a holiday signal over REST',
  }),
  '571557': backEndRefusal('ORDER_REJECTED', 'reported', 'price off the tick grid', live),
  '800033': backEndRefusal('INSUFFICIENT_HOLDINGS', 'captured', 'not enough sellable shares', {
    note: 'the text says how many can be sold',
  }),
  '855056': backEndRefusal('INSUFFICIENT_FUNDS', 'captured', 'not enough margin to buy', {
    http: 200,
    note: 'the text says how many can be bought',
  }),
};
