import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkVolume } from './volume-check.ts';

describe('the volume of the day', () => {
  it.each([
    ['the first trade', undefined, 5, 100, { kind: 'IN_ORDER' }],
    ['a broker that does not tell it', 100, 5, undefined, { kind: 'IN_ORDER' }],
    ['a trade that follows', 100, 5, 105, { kind: 'IN_ORDER' }],
    ['seven shares between', 100, 5, 112, { kind: 'HOLE', missedQuantity: 7 }],
    ['the same trade again', 105, 5, 105, { kind: 'REPEATED' }],
    ['an older trade', 105, 5, 100, { kind: 'REPEATED' }],
  ] as const)('says of %s what it is', (_what, before, quantity, accumulated, verdict) => {
    expect(checkVolume(before, quantity, accumulated)).toEqual(verdict);
  });

  it('finds every trade that is left out of a sequence, and no other', () => {
    const trades = fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 1_000 }), heard: fc.boolean() }));
    fc.assert(
      fc.property(trades, (sequence) => {
        let total = 0;
        let before: number | undefined;
        let missing = 0;
        let found = 0;
        for (const { quantity, heard } of sequence) {
          total += quantity;
          if (!heard) {
            if (before !== undefined) missing += quantity;
            continue;
          }
          const verdict = checkVolume(before, quantity, total);
          if (verdict.kind === 'HOLE') found += verdict.missedQuantity;
          expect(verdict.kind).not.toBe('REPEATED');
          expect(found).toBe(missing);
          before = total;
        }
      }),
    );
  });
});
