import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  orderNumberText,
  padLedgerMessage,
  parseDigits,
  parseOrderNumber,
  percentText,
  ratioText,
} from './kis-text.ts';

/** Bytes in EUC-KR, counted another way: by the two ranges a message is made of. */
function eucKrBytes(text: string): number {
  return text.length + (text.match(/[가-힣]/g) ?? []).length;
}

describe('padLedgerMessage', () => {
  it('fills 80 bytes of EUC-KR, in which a syllable takes two', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('가', '힣', 'a', ' ', '.'), maxLength: 40 }), (text) => {
        const padded = padLedgerMessage(text);
        expect(eucKrBytes(padded)).toBe(80);
        expect(padded.startsWith(text)).toBe(true);
      }),
    );
  });

  it('leaves a longer message as it is', () => {
    const text = '가'.repeat(41);
    expect(padLedgerMessage(text)).toBe(text);
  });
});

describe('order numbers', () => {
  it('survive their padding', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), (orderNumber) => {
        const text = orderNumberText(orderNumber);
        expect(text).toHaveLength(10);
        expect(parseOrderNumber(text)).toBe(orderNumber);
        expect(parseOrderNumber(`  ${orderNumber} `)).toBe(orderNumber);
      }),
    );
  });

  it.each(['', 'abc', '12a', '12345678901', '-1'])('are not read from "%s"', (text) => {
    expect(parseOrderNumber(text)).toBeUndefined();
  });
});

describe('numbers', () => {
  it.each(['', '1.0', '1,000', '-1', '+1', ' 1', '1e3', '99999999999999999999'])('are not read from "%s"', (text) => {
    expect(parseDigits(text)).toBeUndefined();
  });

  it('are read from digits, with zeros in front', () => {
    expect(parseDigits('0069000')).toBe(69_000);
  });

  it('are written with fixed decimals, and nothing divided by nothing is zero', () => {
    expect([ratioText(10, 3, 4), ratioText(1, 0, 2), percentText(99, 100), percentText(5, 0)]).toEqual([
      '3.3333',
      '0.00',
      '-1.00',
      '0.00',
    ]);
  });
});
