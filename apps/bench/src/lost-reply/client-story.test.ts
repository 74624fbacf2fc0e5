import { describe, expect, it } from 'vitest';
import { isTrue } from './client-story.ts';

describe('a belief about an order', () => {
  it.each([
    ['PLACED', 1, true],
    ['PLACED', 0, false],
    ['PLACED', 2, false],
    ['FAILED', 0, true],
    ['FAILED', 1, false],
    ['UNKNOWN', 1, undefined],
    ['NOTHING', 0, undefined],
  ] as const)('%s with %d orders at the venue is true: %s', (belief, orders, truth) => {
    expect(isTrue(belief, orders)).toBe(truth);
  });
});
