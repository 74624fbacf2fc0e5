import { describe, expect, it } from 'vitest';
import { measureRatios, quantile } from './ratios.ts';

describe('quantile', () => {
  it.each([
    [[3, 1, 2], 0.5, 2],
    [[1, 2, 3, 4, 5], 0.25, 2],
    [[1], 0.99, 1],
  ])('of %j at %d is %d', (values, share, expected) => {
    expect(quantile(values, share)).toBe(expected);
  });
});

describe('measureRatios', () => {
  it('gives each contender its ratio to the floor of the same round', async () => {
    let weather = 1;
    const contender = (name: string, role: 'floor' | 'ours', cost: number) => ({
      name,
      role,
      run: (count: number) => Promise.resolve(Array.from({ length: count }, () => cost * weather)),
    });
    const measured = await measureRatios([contender('bare', 'floor', 10), contender('qts', 'ours', 12)], {
      rounds: 9,
      countPerRound: 5,
      warmUpCount: 1,
      onRound: () => (weather *= 2),
    });
    expect(measured.map(({ name, ratio }) => [name, ratio])).toEqual([
      ['bare', 1],
      ['qts', 1.2],
    ]);
  });

  it('refuses to measure without a floor', async () => {
    const settings = { rounds: 1, countPerRound: 1, warmUpCount: 0 };
    await expect(measureRatios([], settings)).rejects.toThrow(/needs a floor/);
  });
});
