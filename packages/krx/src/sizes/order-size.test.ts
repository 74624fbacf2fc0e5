import { ValidationError } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { lotSize, orderSizeAllowed } from './order-size.ts';

const order = { tradingDate: '2026-11-20', quantity: 1, priceKrw: 10_000, listedShares: 50_000_000 } as const;

describe('orderSizeAllowed', () => {
  it('takes one percent of the listed shares and no share more', () => {
    expect(orderSizeAllowed({ ...order, quantity: 500_000 })).toStrictEqual({ ok: true, confidence: 'CONFIRMED' });
    expect(orderSizeAllowed({ ...order, quantity: 500_001 })).toStrictEqual({
      ok: false,
      code: 'ORDER_TOO_LARGE',
      reason: 'The order has 500001 shares; the most is 500000 (1 % of all).',
    });
  });

  it('takes an order of up to a billion won above one percent', () => {
    expect(orderSizeAllowed({ ...order, listedShares: 1_000_000, quantity: 100_000 })).toMatchObject({ ok: true });
    expect(orderSizeAllowed({ ...order, listedShares: 1_000_000, quantity: 100_001 })).toMatchObject({ ok: false });
  });

  it('never takes more than a hundred billion won', () => {
    const huge = { ...order, listedShares: 5_000_000_000, priceKrw: 100_000 };
    expect(orderSizeAllowed({ ...huge, quantity: 1_000_000 })).toMatchObject({ ok: true });
    expect(orderSizeAllowed({ ...huge, quantity: 1_000_001 })).toMatchObject({
      ok: false,
      reason: 'The order is worth 100000100000 won; the most is 100000000000.',
    });
    expect(orderSizeAllowed({ ...huge, quantity: 2 ** 53 - 1 })).toMatchObject({ code: 'ORDER_TOO_LARGE' });
  });

  it('takes five percent of an issue worth less than twenty billion won', () => {
    const small = { ...order, listedShares: 4_000_000, priceKrw: 4_999 };
    const quantity = 200_001; // just above the billion, so that the percentage decides
    expect(orderSizeAllowed({ ...small, priceKrw: 5_000, quantity })).toMatchObject({ ok: false });
    const within = { ...small, listedShares: 5_000_000, priceKrw: 4_500, quantity: 250_000 };
    expect(orderSizeAllowed({ ...within, marketValueKrw: 19_999_999_999 })).toMatchObject({ ok: true });
    expect(orderSizeAllowed({ ...within, marketValueKrw: 20_000_000_000 })).toMatchObject({ ok: false });
    expect(orderSizeAllowed(within)).toMatchObject({ ok: false });
  });

  it('knows no rule before 2018-09-17', () => {
    expect(orderSizeAllowed({ ...order, tradingDate: '2018-09-14' })).toMatchObject({ code: 'DATE_NOT_COVERED' });
    expect(orderSizeAllowed({ ...order, tradingDate: '2018-09-17' })).toMatchObject({ ok: true });
  });

  it.each(['quantity', 'priceKrw', 'listedShares'] as const)('refuses a %s of 0', (field) => {
    expect(() => orderSizeAllowed({ ...order, [field]: 0 })).toThrow(ValidationError);
  });
});

describe('lotSize', () => {
  it('is one share, and ten for ELW', () => {
    expect(lotSize({ productClass: 'STOCK', tradingDate: '2018-11-19' })).toMatchObject({ lotShares: 1 });
    expect(lotSize({ productClass: 'ETF', tradingDate: '2026-11-20' })).toMatchObject({ lotShares: 1 });
    expect(lotSize({ productClass: 'ELW', tradingDate: '2026-11-20' })).toMatchObject({ lotShares: 10 });
    expect(lotSize({ productClass: 'STOCK', tradingDate: '2016-07-29' })).toMatchObject({ code: 'DATE_NOT_COVERED' });
  });
});
