import { expect, it } from 'vitest';
import { openOrdersMaxAt } from './open-orders-max.ts';

it.each([
  [1, 1_000, 30],
  [18, 1_000, 540],
  [1, 2_000, 15],
  [2, 7_000, 8],
  [1, 60_000, 1],
])('leaves no more orders open at %i in %i ms than 30 s cancel: %i', (permits, windowMs, expected) => {
  expect(openOrdersMaxAt({ permits, windowMs })).toBe(expected);
});
