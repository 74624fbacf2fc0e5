import { tradingDate } from '@qts/core';
import { expect, it } from 'vitest';
import { kisOpenOrdersMax } from './kis-rate-limits.ts';

it.each([
  ['LIVE', '2026-04-17', false, 600],
  ['LIVE', '2026-09-14', false, 540],
  ['LIVE', '2026-09-14', true, 90],
  ['PAPER', '2026-09-14', false, 30],
  ['PAPER', '2026-09-14', true, 30],
] as const)('leaves on %s, %s (new customer: %s), %i orders open', (environment, date, isNewCustomer, expected) => {
  expect(kisOpenOrdersMax(environment, tradingDate(date), isNewCustomer)).toBe(expected);
});
