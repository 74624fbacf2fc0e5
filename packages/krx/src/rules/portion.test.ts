import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { portion } from './portion.ts';

describe('portion', () => {
  it('is exact for any safe amount and a numerator below the denominator', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat(100_000), (amount, numerator) => {
        expect(BigInt(portion(amount, numerator, 100_000))).toBe((BigInt(amount) * BigInt(numerator)) / 100_000n);
      }),
    );
  });

  it('does not fall into the trap of 0.3 in binary', () => {
    expect(portion(9_990, 30, 100)).toBe(2_997);
    expect(portion(1_000_000_000_000_003, 1, 3)).toBe(333_333_333_333_334);
  });
});
