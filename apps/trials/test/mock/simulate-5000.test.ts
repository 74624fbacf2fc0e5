import { describe, expect, it } from 'vitest';
import { missingCoverage, simulate } from '../../src/simulate/simulate.ts';

const minutes = 60_000;

describe('5,000 simulated schedules', () => {
  it('break no invariant, converge, and reach every fault and every end', { timeout: 30 * minutes }, async () => {
    const report = await simulate({ from: 1, to: 5_000, repeatEvery: 100, failuresMax: 5 });
    expect(report.failed.map(({ seed }) => seed)).toEqual([]);
    expect(report.run).toBe(5_000);
    expect(missingCoverage(report)).toEqual([]);
    expect(report.longestUnknownMs).toBeLessThanOrEqual(75_000);
    expect(report.repeated).toBe(50);
  });
});
