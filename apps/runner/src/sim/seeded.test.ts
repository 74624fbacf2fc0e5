import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeededIds, createSeededRandom } from './seeded.ts';

const draw = (seed: number, count: number): readonly number[] => {
  const random = createSeededRandom(seed);
  return Array.from({ length: count }, () => random());
};

describe('createSeededRandom', () => {
  it('draws the same from the same seed, and stays in [0, 1)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_147_483_647 }), (seed) => {
        const drawn = draw(seed, 50);
        expect(draw(seed, 50)).toEqual(drawn);
        expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
        expect(draw(seed + 1, 50)).not.toEqual(drawn);
      }),
    );
  });

  it('spreads over the range', () => {
    const drawn = draw(1, 10_000);
    const tenths = Array.from(
      { length: 10 },
      (_, tenth) => drawn.filter((value) => Math.floor(value * 10) === tenth).length,
    );
    for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});

describe('createSeededIds', () => {
  it('counts', () => {
    const generateId = createSeededIds(7);
    expect([generateId(), generateId(), generateId()]).toEqual(['sim-7-0001', 'sim-7-0002', 'sim-7-0003']);
    expect(createSeededIds(7)()).toBe('sim-7-0001');
  });

  it('never repeats, also beyond its padding', () => {
    const generateId = createSeededIds(1);
    expect(new Set(Array.from({ length: 12_000 }, () => generateId())).size).toBe(12_000);
  });
});
