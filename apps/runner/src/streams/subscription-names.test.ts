import { symbolCode } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { someOf, subscriptionName } from './subscription-names.ts';

describe('names of subscriptions', () => {
  it('say the channel and the symbol', () => {
    expect(subscriptionName({ channel: 'BOOK', symbol: symbolCode('005930') })).toBe('BOOK 005930');
    expect(subscriptionName({ channel: 'MARKET_STATUS' })).toBe('MARKET_STATUS');
  });

  it.each([
    [['a'], 'a'],
    [['a', 'b', 'c', 'd'], 'a, b, c, d'],
    [['a', 'b', 'c', 'd', 'e', 'f'], 'a, b, c, d, 2 more'],
  ])('are shown four at a time: %j', (names, shown) => {
    expect(someOf(names)).toBe(shown);
  });
});
