import {
  type AccountSetup,
  type Exchange,
  type Instrument,
  type NewOrder,
  type VenueOrder,
  type VenueRefusal,
} from './contracts.ts';
import { createExchange } from './exchange.ts';

/** A small trading day for tests: one share at 70,000 won (tick 100, limits 49,000 and 91,000), one or two accounts. */

export const tradingDate = '2026-11-20';
export const symbol = '005930';

export const instrument: Instrument = {
  symbol,
  name: '삼성전자',
  market: 'KOSPI',
  productClass: 'STOCK',
  basePriceKrw: 70_000,
};

export const account: AccountSetup = {
  accountId: 'main',
  cashKrw: 10_000_000,
  holdings: [{ symbol, quantity: 100, costKrw: 6_500_000 }],
  terms: { feePartsPerBillion: 140_527 },
};

/** The instant of a Korean time of day, `HH:MM:SS`. */
export function at(time: string): number {
  return Date.parse(`${tradingDate}T${time}+09:00`);
}

/** A day that has come to `time`. */
export function openDay(
  time: string,
  changes: {
    readonly accounts?: readonly AccountSetup[];
    readonly instrument?: Partial<Instrument>;
    readonly seed?: number;
  } = {},
): Exchange {
  const exchange = createExchange({
    tradingDate,
    seed: changes.seed ?? 1,
    instruments: [{ ...instrument, ...changes.instrument }],
    accounts: changes.accounts ?? [account],
  });
  exchange.advanceTo(at(time));
  return exchange;
}

/** An order in a few words: a limit order of the market's own flow unless said otherwise. */
export function order(
  side: 'BUY' | 'SELL',
  quantity: number,
  limitPriceKrw: number,
  changes: Partial<NewOrder> = {},
): NewOrder {
  return {
    symbol,
    side,
    quantity,
    orderType: 'LIMIT',
    timeInForce: 'DAY',
    session: 'REGULAR',
    limitPriceKrw,
    stopPriceKrw: 0,
    ...changes,
  };
}

/** Places an order that must be taken. */
export function place(exchange: Exchange, ...terms: Parameters<typeof order>): VenueOrder {
  const result = exchange.placeOrder(order(...terms));
  if (!result.ok) throw new Error(result.detail);
  return result.order;
}

/** Places an order that must be refused, and says why it was. */
export function refusalOf(exchange: Exchange, ...terms: Parameters<typeof order>): VenueRefusal | 'TAKEN' {
  const result = exchange.placeOrder(order(...terms));
  return result.ok ? 'TAKEN' : result.refusal;
}

/** Prices and quantities of the book, best first: `70000x10`. */
export function shown(exchange: Exchange): { readonly asks: readonly string[]; readonly bids: readonly string[] } {
  const book = exchange.getBook(symbol);
  const text = (levels: readonly { priceKrw: number; quantity: number }[] = []): string[] =>
    levels.map(({ priceKrw, quantity }) => `${priceKrw}x${quantity}`);
  return { asks: text(book?.asks), bids: text(book?.bids) };
}

/** Records prints as `70000x10`, with `A` for an auction and the taking side. */
export function recordTrades(exchange: Exchange): string[] {
  const trades: string[] = [];
  exchange.subscribe({
    onTrade: ({ priceKrw, quantity, aggressor, auction }) =>
      trades.push(`${priceKrw}x${quantity}${auction ? ' A' : ''}${aggressor === undefined ? '' : ` ${aggressor}`}`),
  });
  return trades;
}
