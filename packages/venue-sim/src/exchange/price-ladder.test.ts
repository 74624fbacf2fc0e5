import { tickTable } from '@qts/krx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instrument } from './contracts.ts';
import { PriceLadder, offTick, outsideLimits } from './price-ladder.ts';

const share = (basePriceKrw: number): Instrument => ({
  symbol: '000000',
  name: '시험',
  market: 'KOSPI',
  productClass: 'STOCK',
  basePriceKrw,
});

describe('PriceLadder', () => {
  it('has a level for exactly those prices that are on the tick and inside the limits', () => {
    const ticks = tickTable('STOCK', 'KOSPI', '2026-11-20');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_500_000 }), fc.double({ min: 0.5, max: 1.5, noNaN: true }), (raw, at) => {
        const ladder = PriceLadder.of(share(ticks.floor(raw)), '2026-11-20');
        const priceKrw = Math.round(raw * at);
        const level = ladder.levelOf(priceKrw);
        const inside = priceKrw >= ladder.lowerLimitKrw && priceKrw <= ladder.upperLimitKrw;
        if (!inside) expect(level).toBe(outsideLimits);
        else if (!ticks.isOnTick(priceKrw)) expect(level).toBe(offTick);
        else expect(ladder.priceOf(level)).toBe(priceKrw);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([1_540, 4_995, 19_990, 38_450, 199_900, 1_000_000])('climbs by one tick a level around %d won', (base) => {
    const ticks = tickTable('STOCK', 'KOSPI', '2026-11-20');
    const ladder = PriceLadder.of(share(base), '2026-11-20');
    const climbed: number[] = [];
    for (let price = ladder.lowerLimitKrw; price <= ladder.upperLimitKrw; price = ticks.nextUp(price))
      climbed.push(price);
    expect(Array.from({ length: ladder.levelCount }, (_, index) => ladder.priceOf(index + 1))).toEqual(climbed);
  });

  it('finds the nearest level, the dearer of two', () => {
    const ladder = PriceLadder.of(share(70_000), '2026-11-20');
    expect([70_049, 70_050, 1, 1_000_000].map((price) => ladder.priceOf(ladder.nearestLevel(price)))).toEqual([
      70_000, 70_100, 49_000, 91_000,
    ]);
  });

  it('widens with the multiple of a leveraged product', () => {
    const ladder = PriceLadder.of({ ...share(10_000), productClass: 'ETF', leverage: 2 }, '2026-11-20');
    expect([ladder.lowerLimitKrw, ladder.upperLimitKrw]).toEqual([4_000, 16_000]);
  });

  it('refuses an issue without daily limits', () => {
    expect(() =>
      PriceLadder.of({ ...share(100), productClass: 'ELW' }, '2026-11-20'),
    ).toThrowErrorMatchingInlineSnapshot(
      `[VenueError: instruments: 000000 cannot be listed on 2026-11-20. It has no daily price limits, which this venue does not model. Leave it out.]`,
    );
  });
});
