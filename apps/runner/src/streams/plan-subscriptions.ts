import { type MarketChannel, type MarketSubscription, type SymbolCode } from '@qts/core';

/** What a session subscribes, and what its budget of registrations leaves out. */
export interface SubscriptionPlan {
  readonly wanted: readonly MarketSubscription[];
  readonly leftOut: readonly MarketSubscription[];
}

/**
 * What is worth a registration, most important first: trades keep the price that decisions are made on, books show that a
 * price is crossed and that the stream lives, status tells volatility interruptions and halts. Each comes for every symbol
 * before the next comes for any.
 */
const byImportance = ['TRADES', 'BOOK', 'MARKET_STATUS'] as const satisfies readonly MarketChannel[];

/**
 * Plans the market data of a session.
 *
 * @param symbols in the order of their importance
 * @param room registrations that are left for market data; `Infinity` where the broker has no budget
 */
export function planSubscriptions(symbols: readonly SymbolCode[], room: number): SubscriptionPlan {
  const all = byImportance.flatMap((channel) => symbols.map((symbol): MarketSubscription => ({ channel, symbol })));
  const fits = Math.max(0, room);
  return { wanted: all.slice(0, fits), leftOut: all.slice(fits) };
}
