import { type CancelOutcome, type OrderReference, tradingDate } from '@qts/core';
import { createFakeClock } from '@qts/core/testing';
import { expect, it } from 'vitest';
import { readKisCancelRefusal } from './kis-cancel-outcome.ts';

/** Accepted at 09:00:00 by the clock of KIS, and in no complete list `afterMs` later, by ours. */
async function outcomeOf(afterMs: number, clockAheadMs: number | undefined): Promise<CancelOutcome> {
  const clock = createFakeClock({ startMs: Date.UTC(2026, 8, 14) + afterMs });
  const native = { ORD_TMD: '090000' };
  const target = { tradingDate: tradingDate('2026-09-14'), brokerOrderId: '17', native } as unknown as OrderReference;
  const refusal = { code: 'APBK0927', message: '' };
  const nowhere = (): Promise<undefined> => Promise.resolve(undefined);
  return (await readKisCancelRefusal(target, refusal, nowhere, clock, clockAheadMs)).outcome;
}

it.each([
  ['by one clock', 29_999, 0, 'UNKNOWN'],
  ['by one clock', 30_000, 0, 'NOT_FOUND'],
  ['while nothing is known of the clock of KIS', 30_000, undefined, 'NOT_FOUND'],
  ['when the clock of KIS is behind', 49_999, -20_000, 'UNKNOWN'],
  ['when the clock of KIS is behind', 50_000, -20_000, 'NOT_FOUND'],
  // Headers may come from another machine than the times of orders: they make nobody sure earlier.
  ['when the clock of KIS is ahead', 29_999, 20_000, 'UNKNOWN'],
] as const)(
  'an order that is in no list is not found after half a minute: %s, %i ms',
  async (_, afterMs, ahead, outcome) => {
    expect(await outcomeOf(afterMs, ahead)).toBe(outcome);
  },
);
