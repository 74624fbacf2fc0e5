import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeFound } from './describe-found.ts';
import { Secret } from './secret.ts';

describe('describeFound', () => {
  const rows: readonly (readonly [unknown, string])[] = [
    [undefined, 'nothing'],
    [null, 'null'],
    ['', 'an empty text'],
    ['buy', '"buy"'],
    ['two\nlines', '"two\\nlines"'],
    ['x'.repeat(24), `"${'x'.repeat(24)}"`],
    ['x'.repeat(25), 'a text of 25 characters (not shown)'],
    ['12345678-01', 'a text with 10 digits (not shown)'],
    ['1234 5678', 'a text with 8 digits (not shown)'],
    ['1234567', '"1234567"'],
    [0, '0'],
    [-0.5, '-0.5'],
    [Number.NaN, 'NaN'],
    [10n, '10n'],
    [false, 'false'],
    [[1, 2], 'a list of 2'],
    [{ appKey: 'k' }, 'an object'],
    [new Secret('k'), 'an object'],
    [() => 'k', 'a function'],
    [Symbol('k'), 'a symbol'],
  ];

  it.each(rows.map(([value, found]) => [found, value] as const))('says: %s', (found, value) => {
    expect(describeFound(value)).toBe(found);
  });

  it('is short and on one line, whatever was found', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string({ unit: 'binary' })), (value) => {
        expect(describeFound(value)).toMatch(/^\P{Cc}{1,210}$/u);
      }),
    );
  });
});
