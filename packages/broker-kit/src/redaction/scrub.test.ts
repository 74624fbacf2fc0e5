import { expect, it } from 'vitest';
import { createScrub } from './scrub.ts';

it('takes every known value out, the first one first', () => {
  const scrub = createScrub([
    ['secret-1', '[secret]'],
    ['1', '[account]'],
  ]);
  expect(scrub('secret-1 of 1 and 1')).toBe('[secret] of [account] and [account]');
  expect(scrub('nothing')).toBe('nothing');
});
