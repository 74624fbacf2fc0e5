import { describe, expect, it } from 'vitest';
import { isVolatilityTriggered, volatilityRule } from './volatility-rules.ts';

describe('volatilityRule', () => {
  it.each([
    ['DYNAMIC', 'CALM', 'CONTINUOUS', 3],
    ['DYNAMIC', 'OTHER', 'CONTINUOUS', 6],
    ['DYNAMIC', 'CALM', 'CLOSING_AUCTION', 2],
    ['DYNAMIC', 'OTHER', 'CLOSING_AUCTION', 4],
    ['DYNAMIC', 'CALM', 'AFTER_HOURS_SINGLE_PRICE', 3],
    ['DYNAMIC', 'OTHER', 'AFTER_HOURS_SINGLE_PRICE', 6],
    ['STATIC', 'CALM', 'CONTINUOUS', 10],
    ['STATIC', 'OTHER', 'CLOSING_AUCTION', 10],
  ] as const)('%s, %s, %s: %i percent, then two minutes', (mechanism, group, window, triggerPercent) => {
    const found = volatilityRule({ tradingDate: '2026-09-11', mechanism, group, window });
    expect(found).toMatchObject({ rule: { triggerPercent, auctionMs: 120_000, randomEndMsMax: 30_000 } });
  });

  it('knows no rate for the after-market, and says so', () => {
    const query = { tradingDate: '2026-11-20', mechanism: 'DYNAMIC', group: 'OTHER', window: 'AFTER_MARKET' } as const;
    expect(volatilityRule(query)).toStrictEqual({
      ok: false,
      code: 'RULE_UNKNOWN',
      reason: 'No DYNAMIC VI rate is held for KRX AFTER_MARKET on 2026-11-20.',
    });
  });
});

describe('isVolatilityTriggered', () => {
  it.each([
    [10_299, false],
    [10_300, true],
    [9_701, false],
    [9_700, true],
    [10_000, false],
  ])('a trigger of 3 percent on 10,000 at %i: %s', (priceKrw, expected) => {
    expect(isVolatilityTriggered({ referencePriceKrw: 10_000, priceKrw, triggerPercent: 3 })).toBe(expected);
  });
});
