import { type ExecutionIntent, ValidationError, orderTypePrices, orderTypes } from '@qts/core';
import { buildExecutionIntent } from '@qts/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intentToOrderRequest } from './intent-to-order-request.ts';

/** An intent as it may come from outside, where types hold nobody back. */
const malformed = (overrides: Record<string, unknown>): ExecutionIntent => ({
  ...buildExecutionIntent(),
  ...overrides,
});

describe('intentToOrderRequest', () => {
  it.each(orderTypes)('carries %s with exactly its prices', (intentType) => {
    const request = intentToOrderRequest(buildExecutionIntent({ intentType }), false);
    const { limit, stop } = orderTypePrices[intentType];
    expect(request).toEqual({
      clientOrderId: 'intent-1',
      symbol: '005930',
      side: 'BUY',
      quantity: 10,
      orderType: intentType,
      ...(limit ? { limitPriceKrw: 70_000 } : {}),
      ...(stop ? { stopPriceKrw: 71_000 } : {}),
      timeInForce: 'DAY',
      venue: 'KRX',
      session: 'REGULAR',
      dryRun: false,
    });
  });

  it('makes no order of a NOOP', () => {
    expect(intentToOrderRequest(buildExecutionIntent({ intentType: 'NOOP' }), false)).toBeUndefined();
  });

  it('hands a dry run on', () => {
    expect(intentToOrderRequest(buildExecutionIntent(), true)).toMatchObject({ dryRun: true });
  });

  // domain 13, row 5
  it.each([
    ['side', 'sell'],
    ['side', 'HOLD'],
    ['intentType', 'limit'],
    ['intentType', 'toString'],
    ['timeInForce', 'GTC'],
    ['venue', 'NASDAQ'],
    ['session', 'NIGHT'],
  ])('takes an unknown %s (%s) for an error, never for another value', (field, found) => {
    expect(() => intentToOrderRequest(malformed({ [field]: found }), false)).toThrow(
      expect.objectContaining({ code: 'INTENT_INVALID', facts: expect.objectContaining({ field }) as unknown }),
    );
  });

  // domain 13, row 6
  it.each([
    ['LIMIT without a price', { limitPriceKrw: undefined }],
    ['LIMIT at 0', { limitPriceKrw: 0 }],
    ['LIMIT at a fraction', { limitPriceKrw: 70_000.5 }],
    ['LIMIT at NaN', { limitPriceKrw: Number.NaN }],
    ['MARKET with a price', { intentType: 'MARKET' }],
    ['STOP_LIMIT without a stop', { intentType: 'STOP_LIMIT' }],
    ['LIMIT with a stop', { stopPriceKrw: 71_000 }],
    ['an empty symbol', { symbol: '' }],
    ['an empty id', { intentId: '' }],
  ])('refuses %s', (_, overrides) => {
    expect(() => intentToOrderRequest(malformed(overrides), false)).toThrow(ValidationError);
  });

  it('never truncates a quantity: whatever is not a whole number of 1 or more is refused', () => {
    const notShares = fc.oneof(
      fc.double().filter((value) => !(Number.isSafeInteger(value) && value >= 1)),
      fc.constantFrom('10', null, undefined, Number.MAX_SAFE_INTEGER + 1),
    );
    fc.assert(
      fc.property(notShares, (quantity) => {
        expect(() => intentToOrderRequest(malformed({ quantity }), false)).toThrow(ValidationError);
      }),
    );
  });

  it('tells the field, what was found and the remedy', () => {
    expect(() => intentToOrderRequest(malformed({ side: 'HOLD' }), false)).toThrowErrorMatchingInlineSnapshot(`
      [ValidationError: The intent's side cannot become an order.
        field  side
        found  "HOLD"
        next   Use one of: BUY, SELL.]
    `);
  });
});
