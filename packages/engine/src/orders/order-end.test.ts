import { type ExecutionIntentInput, type OrderReference } from '@qts/core';
import { buildExecutionIntent } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { orderEndsAtMs } from './order-end.ts';
import { type TrackedOrder } from './tracked-order.ts';

const inKorea = (time: string): number => Date.parse(`2026-09-14T${time}+09:00`);

function order(fields: Partial<ExecutionIntentInput>, reference?: Partial<OrderReference>): TrackedOrder {
  const intent = buildExecutionIntent(fields);
  const { session, venue } = intent;
  const full = reference === undefined ? undefined : { session, venue, tradingDate: '2026-09-14', ...reference };
  return { intent, reference: full, sentAtMs: inKorea('10:00:00') } as TrackedOrder;
}

describe('an order can trade', () => {
  it.each<[string, Partial<ExecutionIntentInput>, string]>([
    ['on KRX until the latest end of the closing auction', {}, '15:30:30'],
    ['on NXT until the end of its after-market', { venue: 'NXT' }, '20:00:00'],
    ['by smart routing as long as on the longest-lived venue', { venue: 'SOR' }, '20:00:00'],
    ['in the after-market of KRX until that ends', { session: 'AFTER_MARKET' }, '20:00:00'],
    ['until the day’s end when it should not rest at all', { timeInForce: 'IOC' }, '15:30:30'],
  ])('%s', (_, fields, until) => {
    expect(new Date(orderEndsAtMs(order(fields)) ?? 0)).toEqual(new Date(inKorea(until)));
  });

  it('where the broker says that it is', () => {
    expect(orderEndsAtMs(order({ venue: 'SOR' }, { venue: 'KRX' }))).toBe(inKorea('15:30:30'));
  });

  it('until nobody knows when, on a date without rules', () => {
    expect(orderEndsAtMs(order({}, { tradingDate: '2099-01-05' as OrderReference['tradingDate'] }))).toBeUndefined();
  });
});
