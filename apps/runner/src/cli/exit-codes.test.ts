import { describe, expect, it } from 'vitest';
import { exitCode, exitCodes } from './exit-codes.ts';

describe('exitCodes', () => {
  it('are what scripts rely on', () => {
    const codes = Object.fromEntries(Object.entries(exitCodes).map(([name, { code }]) => [name, code]));
    expect(codes).toEqual({
      ok: 0,
      booksDiffer: 1,
      usage: 2,
      cannotStart: 3,
      broker: 4,
      stoppedByErrors: 5,
      defect: 70,
      interrupted: 130,
      readerGone: 141,
    });
  });

  it.each(Object.entries(exitCodes))('%s has a number that a shell can carry, and a sentence', (name, row) => {
    expect(row.code).toBeGreaterThanOrEqual(0);
    expect(row.code).toBeLessThan(256);
    expect(row.meaning).toMatch(/^[A-Z].*\.$/);
    expect(exitCode(name as keyof typeof exitCodes)).toBe(row.code);
  });
});
