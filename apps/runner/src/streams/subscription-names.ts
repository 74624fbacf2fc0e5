import { type MarketSubscription } from '@qts/core';

/** How people read a subscription, before a broker has a name for it: `BOOK 005930`. */
export function subscriptionName({ channel, symbol }: MarketSubscription): string {
  return symbol === undefined ? channel : `${channel} ${symbol}`;
}

/** Names that a line shows before it counts the rest. */
const namesMax = 4;

/** The first of many names, and how many more there are. */
export function someOf(names: readonly string[]): string {
  const more = names.length - namesMax;
  return more > 0 ? `${names.slice(0, namesMax).join(', ')}, ${more} more` : names.join(', ');
}
