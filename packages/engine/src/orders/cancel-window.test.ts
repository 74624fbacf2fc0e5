import { kstEpochMs, timeOfDayMs, tradingDate } from '@qts/core';
import { buildExecutionIntent } from '@qts/core/testing';
import { expect, it } from 'vitest';
import { cancelWindowOpensAtMs } from './cancel-window.ts';

const at = (time: string): number => kstEpochMs(tradingDate('2026-09-14'), timeOfDayMs(time));

it.each([
  ['NXT', '08:55', '09:00:30'],
  ['KRX', '23:00', undefined],
] as const)('says when %s takes cancels again after %s: %s', (venue, now, opens) => {
  const order = { intent: buildExecutionIntent({ venue }), reference: undefined };
  expect(cancelWindowOpensAtMs(order, at(now))).toBe(opens === undefined ? undefined : at(opens));
});

it('knows none on a day without a market', () => {
  const order = { intent: buildExecutionIntent(), reference: undefined };
  expect(cancelWindowOpensAtMs(order, kstEpochMs(tradingDate('2026-09-13'), timeOfDayMs('08:00')))).toBeUndefined();
});
