import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from './printable.ts';

describe('printable', () => {
  it.each([
    ['삼성전자 005930 주문가능금액 부족!', '삼성전자 005930 주문가능금액 부족!'],
    ['two\r\nlines\tand a tab', 'two\\r\\nlines\\tand a tab'],
    ['\u001b[31mred\u0007', '\\u{1b}[31mred\\u{7}'],
    ['\u0085next\u2028line', '\\u{85}next\\u{2028}line'],
    ['abc\u202edcba', 'abc\\u{202e}dcba'],
    ['half \ud83d pair', 'half \\u{d83d} pair'],
    ['whole 😀 pair', 'whole 😀 pair'],
  ])('shows %j as %s', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('leaves nothing to do for a second pass', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(printable(text))).toBe(printable(text));
      }),
    );
  });
});
