import { ValidationError } from '@qts/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ListedMarket, type ProductClass } from '../rules/product.ts';
import { tickRules } from './tick-rules.ts';
import { ceilToTick, floorToTick, isOnTick, nextTickDown, nextTickUp, tickSize, tickTable } from './ticks.ts';

const share = { productClass: 'STOCK', market: 'KOSPI', tradingDate: '2026-11-20' } as const;

describe('tick queries', () => {
  it('give a boundary price to the upper band', () => {
    expect(tickSize({ ...share, priceKrw: 1_999 })).toBe(1);
    expect(tickSize({ ...share, priceKrw: 2_000 })).toBe(5);
  });

  it('use the tick of 2018 on a tape of 2018', () => {
    const then = { productClass: 'STOCK', market: 'KOSDAQ', tradingDate: '2018-11-19' } as const;
    expect(tickSize({ ...then, priceKrw: 20_200 })).toBe(50);
    expect(isOnTick({ ...then, priceKrw: 10_510 })).toBe(false);
    expect(isOnTick({ ...share, priceKrw: 10_510 })).toBe(true);
  });

  it('walk over a boundary in both directions', () => {
    expect(nextTickUp({ ...share, priceKrw: 1_999 })).toBe(2_000);
    expect(nextTickUp({ ...share, priceKrw: 2_000 })).toBe(2_005);
    expect(nextTickDown({ ...share, priceKrw: 2_000 })).toBe(1_999);
    expect(nextTickDown({ ...share, priceKrw: 1 })).toBe(0);
    expect(floorToTick({ ...share, priceKrw: 200_499 })).toBe(200_000);
    expect(ceilToTick({ ...share, priceKrw: 200_001 })).toBe(200_500);
  });

  it('say that no price is that low with 0', () => {
    const warrant = { productClass: 'ELW', market: 'KOSPI', tradingDate: '2026-11-20' } as const;
    expect(floorToTick({ ...warrant, priceKrw: 4 })).toBe(0);
    expect(ceilToTick({ ...warrant, priceKrw: 0 })).toBe(5);
    expect(nextTickDown({ ...warrant, priceKrw: 5 })).toBe(0);
  });

  it.each([0, -5, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('no order carries the price %s', (priceKrw) => {
    expect(isOnTick({ ...share, priceKrw })).toBe(false);
  });

  it.each([-1, 1.5, Number.NaN, 2 ** 53])('refuse to compute with the price %s', (priceKrw) => {
    expect(() => tickSize({ ...share, priceKrw })).toThrow(ValidationError);
    expect(() => floorToTick({ ...share, priceKrw })).toThrow(/priceKrw/);
  });

  it('name the field and the remedy of a date that is none', () => {
    expect(() => tickTable('STOCK', 'KOSPI', '2026-02-30')).toThrowErrorMatchingInlineSnapshot(`
      [ValidationError: tradingDate is not a date.
        field  tradingDate
        found  2026-02-30
        next   Give a real day as YYYY-MM-DD, for example 2026-11-20.]
    `);
  });

  it('refuse a word from outside that the types would not let in', () => {
    expect(() => tickTable('BOND' as ProductClass, 'KOSPI', '2026-11-20')).toThrow(/productClass/);
    expect(() => tickTable('STOCK', 'NASDAQ' as ListedMarket, '2026-11-20')).toThrow(/market/);
  });

  it.each([
    ['STOCK', 'KOSPI', '2010-10-03'],
    ['STOCK', 'KONEX', '2013-06-30'],
    ['ETF', 'KOSDAQ', '2026-11-20'],
  ] as const)('hold no table for %s on %s on %s and say so', (productClass, market, date) => {
    expect(() => tickTable(productClass, market, date)).toThrow(/No tick table is held/);
  });

  it('give the same table object for the same rule, so that a caller can keep it', () => {
    expect(tickTable('STOCK', 'KOSPI', '2026-11-20')).toBe(tickTable('STOCK', 'KOSDAQ', '2023-01-25'));
  });

  it('keep the mark of the ten days of December 2023 about which the papers disagree', () => {
    expect(tickTable('ETF', 'KOSPI', '2023-12-07').confidence).toBe('CONFIRMED');
    expect(tickTable('ETF', 'KOSPI', '2023-12-08').confidence).toBe('UNCONFIRMED');
    expect(tickTable('ETF', 'KOSPI', '2023-12-17').confidence).toBe('UNCONFIRMED');
    expect(tickTable('ETF', 'KOSPI', '2023-12-18').confidence).toBe('CONFIRMED');
  });
});

describe('tick rules', () => {
  it.each(tickRules)(
    '$productClasses of $markets from $effectiveFrom: bands rise and begin on both grids',
    ({ bands }) => {
      expect(bands[0]?.fromPriceKrw).toBe(0);
      for (const [index, band] of bands.entries()) {
        const before = bands[index - 1];
        if (before === undefined) continue;
        expect(band.fromPriceKrw).toBeGreaterThan(before.fromPriceKrw);
        expect(band.tickKrw % before.tickKrw).toBe(0);
        expect(band.fromPriceKrw % band.tickKrw).toBe(0);
      }
    },
  );
});

describe('a tick table, at any price', () => {
  const anyTable = fc
    .constantFrom(...tickRules)
    .map((rule) => tickTable(rule.productClasses[0] ?? 'STOCK', rule.markets[0] ?? 'KOSPI', rule.effectiveFrom));
  const anyPrice = fc.integer({ min: 1, max: 1_000_000_000 });

  it('rounds to the nearest valid neighbours', () => {
    fc.assert(
      fc.property(anyTable, anyPrice, (table, price) => {
        const low = table.floor(price);
        const high = table.ceil(price);
        expect(low).toBeLessThanOrEqual(price);
        expect(high).toBeGreaterThanOrEqual(price);
        expect(low === 0 || table.isOnTick(low)).toBe(true);
        expect(table.isOnTick(high)).toBe(true);
        expect(low === high).toBe(table.isOnTick(price));
      }),
    );
  });

  it('steps up and down again to where it was', () => {
    fc.assert(
      fc.property(anyTable, anyPrice, (table, price) => {
        const valid = table.ceil(price);
        expect(table.nextDown(table.nextUp(valid))).toBe(valid);
        expect(table.nextUp(valid)).toBe(valid + table.tickAt(valid));
      }),
    );
  });

  it('has no valid price between a price and the next', () => {
    fc.assert(
      fc.property(anyTable, anyPrice, fc.nat(), (table, price, offset) => {
        const from = table.floor(price);
        const to = table.nextUp(from);
        const between = from + 1 + (offset % Math.max(to - from - 1, 1));
        expect(between < to && table.isOnTick(between)).toBe(false);
      }),
    );
  });
});
