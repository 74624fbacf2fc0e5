import { describe, expect, it } from 'vitest';
import { ValidationError } from './errors.ts';
import { parseOrderRequest } from './parse-order-request.ts';

const market = { clientOrderId: 'intent-1', symbol: '005930', side: 'SELL', quantity: 1, orderType: 'MARKET' };

describe('parseOrderRequest', () => {
  it('is a dry run unless somebody says otherwise', () => {
    expect(parseOrderRequest(market)).toEqual({
      ...market,
      timeInForce: 'DAY',
      venue: 'KRX',
      session: 'REGULAR',
      dryRun: true,
    });
    expect(parseOrderRequest({ ...market, dryRun: false }).dryRun).toBe(false);
  });

  it('gives something that nobody changes', () => {
    expect(Object.isFrozen(parseOrderRequest(market))).toBe(true);
  });

  it.each<[string, unknown, string]>([
    ['NOOP, which is no order', { ...market, orderType: 'NOOP', quantity: 0 }, 'orderType'],
    ['no shares', { ...market, quantity: 0 }, 'quantity'],
    ['a price on a market order', { ...market, limitPriceKrw: 1 }, 'limitPriceKrw'],
    ['a limit without a price', { ...market, orderType: 'LIMIT' }, 'limitPriceKrw'],
    ['a dry run in words', { ...market, dryRun: 'no' }, 'dryRun'],
    ['a null dry run', { ...market, dryRun: null }, 'dryRun'],
    ['a field of an intent', { ...market, metadata: {} }, '(unknown fields)'],
  ])('refuses %s', (_what, input, field) => {
    expect(() => parseOrderRequest(input)).toThrow(ValidationError);
    expect(() => parseOrderRequest(input)).toThrow(
      expect.objectContaining({
        code: 'ORDER_REQUEST_INVALID',
        facts: expect.objectContaining({ [field]: expect.any(String) as string }) as object,
      }),
    );
  });
});
