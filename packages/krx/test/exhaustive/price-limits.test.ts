import { type PriceLimitFormula, priceLimitFormula } from '@qts/krx';
import { describe, expect, it } from 'vitest';
import { type PriceGrid, combinations, stretches, walkGrid } from './price-grid.ts';

const highestBase = 2_000_000;

const widenedOn = '2015-06-15';

/** Percent of the base, as the exchange's notices give it. */
function percentOf(market: string, date: string): number {
  return market === 'KONEX' || date < widenedOn ? 15 : 30;
}

/**
 * Walks every base and compares with limits that are found on the grid: count whole ticks into the width, then look for
 * the neighbours on the swept grid.
 */
function firstDifference(
  formula: PriceLimitFormula,
  grid: PriceGrid,
  percent: number,
  leverage: number,
): string | undefined {
  const { valid, below, above, step } = grid;
  for (let base = 1; base <= highestBase; base++) {
    const tick = step[base] ?? 0;
    const wholeTicks = Math.floor((base * percent * leverage) / (100 * tick) + 1e-9);
    const width = Math.max(wholeTicks, 1) * tick;
    const upper = below[base + width] ?? 0;
    const lower = base - width < 1 ? (above[0] ?? 0) : (above[base - width] ?? 0);
    if (valid[base] === 1 && wholeTicks > 0 && lower !== base - width)
      return `base ${base}: the lower limit needs rounding`;

    const found = formula.limitsOf(base);
    if (!found.limited) return `base ${base} is not limited`;
    if (found.upperLimitKrw !== upper) return `base ${base}: upper ${found.upperLimitKrw}, the grid says ${upper}`;
    if (found.lowerLimitKrw !== lower) return `base ${base}: lower ${found.lowerLimitKrw}, the grid says ${lower}`;
    const isByTheBook = valid[base] === 1 && wholeTicks > 0;
    if (!isByTheBook && found.confidence !== 'UNCONFIRMED') return `base ${base} is marked ${found.confidence}`;
  }
  return undefined;
}

describe('daily price limits, every base from 1 to 2,000,000', () => {
  for (const { table, productClass, market, dates } of combinations.filter((each) => each.productClass !== 'ELW')) {
    const leverages = productClass === 'STOCK' ? [1] : [1, 1.5, 2, 3];
    it(`${market} ${productClass} by the ${table} grid, multiples ${leverages.join(', ')}`, () => {
      const grid = walkGrid(stretches[table], highestBase * 2);
      const percents = new Map(dates.map((date) => [percentOf(market, date), date]));
      for (const [percent, date] of percents) {
        for (const leverage of leverages) {
          const formula = priceLimitFormula({ productClass, market, tradingDate: date, leverage });
          if (!formula.ok) throw new Error(formula.reason);
          expect(firstDifference(formula, grid, percent, leverage)).toBeUndefined();
        }
      }
    });
  }

  it('a first listing day ranges from 60 % to 400 % of the offering price, cut inwards to the grid', () => {
    const grid = walkGrid(stretches.shares2023, highestBase * 4);
    const formula = priceLimitFormula({
      productClass: 'STOCK',
      market: 'KOSDAQ',
      tradingDate: '2026-11-20',
      phase: 'FIRST_LISTING_DAY',
    });
    if (!formula.ok) throw new Error(formula.reason);
    let wrong = 0;
    for (let base = 1; base <= highestBase; base++) {
      const found = formula.limitsOf(base);
      const isRight =
        found.limited &&
        found.upperLimitKrw === grid.below[base * 4] &&
        found.lowerLimitKrw === grid.above[Math.ceil((base * 6) / 10)];
      if (!isRight) wrong++;
    }
    expect(wrong).toBe(0);
  });
});
