import { type TradingDate } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { type DatedRateLimit, pickRateLimit } from './dated-rate-limit.ts';

const rows: readonly DatedRateLimit[] = [
  { effectiveFrom: '2023-01-01', permits: 20, windowMs: 1_000, source: 'made up for this test' },
  { effectiveFrom: '2026-04-20', permits: 18, windowMs: 1_000, source: 'made up for this test' },
];
const on = (date: string): TradingDate => date as TradingDate;

describe('pickRateLimit', () => {
  it.each([
    ['2023-01-01', 20],
    ['2026-04-19', 20],
    ['2026-04-20', 18],
    ['2030-01-02', 18],
  ])('on %s allows %d', (date, permits) => {
    expect(pickRateLimit(rows, on(date)).permits).toBe(permits);
  });

  it('knows nothing of a date before the first row', () => {
    expect(() => pickRateLimit(rows, on('2022-12-30'))).toThrow(
      expect.objectContaining({
        code: 'RATE_LIMIT_UNKNOWN',
        facts: { tradingDate: '2022-12-30', firstKnown: '2023-01-01' },
      }),
    );
  });

  it.each([
    ['out of order', rows.toReversed()],
    ['twice on one day', rows.flatMap((row) => [row, row])],
    ['without permits', rows.map((row) => ({ ...row, permits: 0 }))],
    ['without a window', rows.map((row) => ({ ...row, windowMs: 0.5 }))],
    ['with a date in another form', rows.map((row) => ({ ...row, effectiveFrom: '20260420' }))],
  ])('refuses rows %s', (_what, broken) => {
    expect(() => pickRateLimit(broken, on('2026-05-04'))).toThrow(
      expect.objectContaining({ code: 'RATE_LIMITS_NOT_VALID' }),
    );
  });
});
