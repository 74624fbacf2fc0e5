import { Secret } from '@qts/core';
import { expect, it } from 'vitest';
import { createHeaderCache } from './header-cache.ts';

it('makes the headers of an operation once for each token', () => {
  const headersOf = createHeaderCache((id, token) => ['id', id, 'token', token.reveal()]);
  const [first, second] = [new Secret('a'), new Secret('b')];
  const made = headersOf('x', first);
  expect(headersOf('x', first)).toBe(made);
  expect(headersOf('y', first)).toEqual(['id', 'y', 'token', 'a']);
  expect(headersOf('x', second)).toEqual(['id', 'x', 'token', 'b']);
  expect(headersOf('x', first)).not.toBe(made);
});
