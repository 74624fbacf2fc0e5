import { type Exchange } from '@qts/venue-sim';
import { type BookOrder, type Books } from '../report/books.ts';
import { type TradingSession } from '../trading/trading-session.ts';

/** Our books, as the session kept them from what the broker's lists said. */
export function ownBooks({ book, tracker }: TradingSession): Books {
  const orders = new Map<string, BookOrder>();
  for (const { reference, intent, facts } of tracker.list()) {
    if (reference === undefined) continue;
    const { symbol, side, quantity } = intent;
    const { filledQuantity, filledAmountKrw, rejectedQuantity, expired } = facts;
    const canceledQuantity = expired ? quantity - filledQuantity - rejectedQuantity : facts.canceledQuantity;
    // Brokers pad the venue's numbers, each to a width of its own.
    const number = reference.brokerOrderId.replace(/^0+(?=\d)/, '');
    orders.set(number, { symbol, side, quantity, filledQuantity, filledAmountKrw, canceledQuantity });
  }
  return {
    settledCashKrw: book.cashKrw,
    boughtKrw: book.boughtKrw,
    soldKrw: book.soldKrw,
    feesKrw: book.feesKrw,
    taxesKrw: book.taxesKrw,
    positions: new Map(book.positions().map(({ symbol, quantity }) => [symbol as string, quantity])),
    orders,
  };
}

/** The venue's books of an account, read from the exchange itself and not over the wire. */
export function venueBooks(exchange: Exchange, accountId: string): Books {
  const account = exchange.getAccount(accountId);
  if (account === undefined) throw new Error(`The venue has no account ${accountId}.`);
  const orders = new Map<string, BookOrder>();
  for (const order of exchange.listOrders(accountId)) {
    if (order.kind !== 'NEW') continue;
    const { symbol, side, quantity, filledQuantity, filledAmountKrw, canceledQuantity } = order;
    orders.set(String(order.orderNumber), {
      symbol,
      side,
      quantity,
      filledQuantity,
      filledAmountKrw,
      canceledQuantity,
    });
  }
  return {
    settledCashKrw: account.settledKrw,
    boughtKrw: account.boughtKrw,
    soldKrw: account.soldKrw,
    feesKrw: account.feesKrw,
    taxesKrw: account.taxesKrw,
    positions: new Map(
      account.holdings.filter(({ quantity }) => quantity > 0).map(({ symbol, quantity }) => [symbol, quantity]),
    ),
    orders,
  };
}
