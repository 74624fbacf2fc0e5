import { tickTable } from '@qts/krx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../exchange/seeded-random.ts';
import { moveToGrid, pathThrough, share, waypointsOf } from './bar-path.ts';

const ticks = tickTable('STOCK', 'KOSPI', '2025-10-16');

/** Four prices in whole won with half ticks among them: 1,000 to 600,000 won, over every boundary of the tick table. */
const anyBar = fc
  .tuple(
    fc.integer({ min: 1_000, max: 600_000 }),
    fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 4, maxLength: 4 }),
  )
  .map(([startKrw, halves]) => {
    const prices = halves.map((half) => startKrw + (half * ticks.tickAt(startKrw)) / 2).map(Math.floor);
    const [openKrw = 0, closeKrw = 0] = prices;
    return { openKrw, closeKrw, highKrw: Math.max(...prices), lowKrw: Math.min(...prices) };
  });

describe('moveToGrid', () => {
  it.each([
    ['a bar on the grid stays', [97_000, 97_500, 96_900, 97_100], [97_000, 97_500, 96_900, 97_100], 0],
    ['a mid-point high goes down', [97_000, 97_550, 96_900, 97_100], [97_000, 97_500, 96_900, 97_100], 1],
    ['a mid-point low goes up', [97_000, 97_500, 96_850, 97_100], [97_000, 97_500, 96_900, 97_100], 1],
    ['a mid-point close stays inside', [97_000, 97_000, 96_950, 96_950], [97_000, 97_000, 97_000, 97_000], 2],
    ['a bar between two ticks goes down', [97_050, 97_050, 97_050, 97_050], [97_000, 97_000, 97_000, 97_000], 4],
  ])('%s', (_, [openKrw, highKrw, lowKrw, closeKrw], [open, high, low, close], movedPrices) => {
    const bar = { openKrw: openKrw ?? 0, highKrw: highKrw ?? 0, lowKrw: lowKrw ?? 0, closeKrw: closeKrw ?? 0 };
    expect(moveToGrid(bar, ticks)).toEqual({
      range: { openKrw: open, highKrw: high, lowKrw: low, closeKrw: close },
      movedPrices,
    });
  });

  it('gives a bar on the grid that is not wider, whatever the prices', () => {
    fc.assert(
      fc.property(anyBar, (bar) => {
        const { range } = moveToGrid(bar, ticks);
        const { openKrw, highKrw, lowKrw, closeKrw } = range;
        for (const priceKrw of [openKrw, highKrw, lowKrw, closeKrw]) expect(ticks.isOnTick(priceKrw)).toBe(true);
        expect(highKrw).toBeLessThanOrEqual(bar.highKrw);
        expect(lowKrw).toBeLessThanOrEqual(Math.min(openKrw, closeKrw));
        expect(highKrw).toBeGreaterThanOrEqual(Math.max(openKrw, closeKrw));
        if (highKrw !== lowKrw) expect(lowKrw).toBeGreaterThanOrEqual(bar.lowKrw);
      }),
    );
  });
});

describe('pathThrough', () => {
  it('shows open, high, low and close of any bar, and nothing outside of it', () => {
    fc.assert(
      fc.property(anyBar, fc.integer(), fc.integer({ min: 1, max: 80 }), (bar, seed, count) => {
        const random = createSeededRandom(seed);
        const { range } = moveToGrid(bar, ticks);
        const waypoints = waypointsOf(range, random);
        const path = pathThrough(waypoints, count, ticks, random);
        expect(path).toHaveLength(Math.max(count, waypoints.length));
        expect(path[0]).toBe(range.openKrw);
        expect(path.at(-1)).toBe(range.closeKrw);
        expect(Math.max(...path)).toBe(range.highKrw);
        expect(Math.min(...path)).toBe(range.lowKrw);
        for (const priceKrw of path) expect(ticks.isOnTick(priceKrw)).toBe(true);
      }),
    );
  });

  it('visits the extremes in both orders, by the seed', () => {
    const range = { openKrw: 100, highKrw: 110, lowKrw: 90, closeKrw: 100 };
    const orders = new Set([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => waypointsOf(range, createSeededRandom(seed)).join()));
    expect([...orders].sort()).toEqual(['100,110,90,100', '100,90,110,100']);
  });
});

describe('share', () => {
  it('splits exactly, and no part is negative', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50_000_000 }), weights, (total, parts) => {
        const shares = share(total, parts);
        expect(shares.reduce((a, b) => a + b, 0)).toBe(total);
        expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
