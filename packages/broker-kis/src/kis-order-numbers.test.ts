import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kisOrderKey, odnoOfOrderId, orderIdOfOdno } from './kis-order-numbers.ts';

describe('an order number', () => {
  it('is the same however wide it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), fc.nat(6), fc.nat(4), (number, zeros, spaces) => {
        const padded = `${'0'.repeat(zeros)}${number}${' '.repeat(spaces)}`;
        const id = orderIdOfOdno(padded);
        expect(id).toBe(String(number));
        expect(id === undefined ? '' : odnoOfOrderId(id)).toBe(String(number).padStart(10, '0'));
      }),
    );
  });

  it.each(['', '0000000000', '          ', '12a4', '-5', '12345678901'])('is not read out of %o', (odno) => {
    expect(orderIdOfOdno(odno)).toBeUndefined();
  });

  it('is unique with its date and its branch only', () => {
    const keys = [
      kisOrderKey({ tradingDate: '2026-09-14', branch: '03930', brokerOrderId: '7' }),
      kisOrderKey({ tradingDate: '2026-09-15', branch: '03930', brokerOrderId: '7' }),
      kisOrderKey({ tradingDate: '2026-09-14', branch: '06010', brokerOrderId: '7' }),
    ];
    expect(new Set(keys).size).toBe(3);
  });
});
