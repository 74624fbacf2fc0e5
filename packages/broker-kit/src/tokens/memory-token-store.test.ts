import { Secret } from '@qts/core';
import { expect, it } from 'vitest';
import { createMemoryTokenStore } from './memory-token-store.ts';

it('keeps a token until it is removed', async () => {
  const store = createMemoryTokenStore();
  const token = { accessToken: new Secret('a'), tokenType: 'Bearer', issuedAtMs: 1, expiresAtMs: 2 };
  await store.save('key', token);
  expect(await store.load('key')).toBe(token);
  await store.remove('key');
  expect(await store.load('key')).toBeUndefined();
});
