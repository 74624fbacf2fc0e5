/**
 * How a recorded row is read. A tape tells what came of the orders, not the orders; each row is given the smallest
 * order flow that explains it, and the reading says which.
 */

/** Readings of a recorded trade. */
export const tradeReadings = {
  TAKES_WHAT_IS_SHOWN: 'The order takes what the book holds at the price of the trade.',
  MORE_THAN_SHOWN:
    'The tape trades more than the last book held at this price: an order came in and traded between two messages, unseen.',
} as const;
export type TradeReading = keyof typeof tradeReadings;

/** Readings of a recorded book. Those up to `AMENDED_ORDER_TOOK` need no order of anybody else. */
export const bookReadings = {
  NOTHING_CHANGED: 'No trade before it and no level shown has changed; the message tells of something outside the ten.',
  TRADES_ONLY: 'The trades before it explain it.',
  REST_OF_TAKER: 'The order that took was larger: its rest now stands at its price. Its size is read from this book.',
  AMENDED_ORDER_TOOK:
    'The order that took was a resting one whose price was changed (assumed): a level of its side fell by exactly what it traded and left.',
  ONE_ORDER: 'No trade before it; one level went up: one new order.',
  ONE_CANCEL: 'No trade before it; one level went down: one cancel.',
  ONE_PRICE_CHANGE:
    'No trade before it; one level went down and another of the same side up by the same: one amended order.',
  SEVERAL_ORDERS: 'No trade before it, and more than one order, cancel or amendment between two messages.',
  TRADES_AND_ONE_ORDER: 'Trades, and one order, cancel or amendment of somebody else before the next message.',
  TRADES_AND_SEVERAL_ORDERS: 'Trades, and several orders, cancels or amendments before the next message.',
  BOOK_LAGS_TRADE:
    'The book message is older than the trade message before it: it shows the level still untouched, and the next book makes up for it.',
} as const;
export type BookReading = keyof typeof bookReadings;
