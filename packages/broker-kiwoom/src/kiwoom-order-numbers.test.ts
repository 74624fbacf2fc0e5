import { brokerOrderId } from '@qts/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kiwoomOrderKey, orderIdOfOrdNo, ordNoOfOrderId } from './kiwoom-order-numbers.ts';

describe('an order number', () => {
  it.each([
    ['0119433', '119433'],
    ['00024', '24'],
    [' 0000069 ', '69'],
    ['00000000000000000069', '69'],
    ['0000000', undefined],
    ['', undefined],
    ['12345678', undefined],
    ['12a', undefined],
    ['-69', undefined],
  ])('%j is compared as %j', (sent, id) => {
    expect(orderIdOfOrdNo(sent)).toBe(id);
  });

  it('is the same however many zeros it came with, and travels with seven digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), fc.nat({ max: 20 }), (number, zeros) => {
        const id = orderIdOfOrdNo(`${'0'.repeat(zeros)}${number}`);
        expect(id).toBe(String(number));
        expect(ordNoOfOrderId(brokerOrderId(String(number)))).toBe(String(number).padStart(7, '0'));
      }),
    );
  });

  it('is unique within a day', () => {
    const [monday, tuesday] = ['2026-09-14', '2026-09-15'].map((tradingDate) =>
      kiwoomOrderKey({ tradingDate, brokerOrderId: '69' }),
    );
    expect(monday).not.toBe(tuesday);
  });
});
