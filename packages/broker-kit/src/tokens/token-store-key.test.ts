import { Secret } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { tokenStoreKey } from './token-store-key.ts';

const appKey = new Secret('planted-app-key');

describe('tokenStoreKey', () => {
  it('names broker, environment and which key, and nothing of the key', () => {
    const key = tokenStoreKey({ brokerId: 'some-broker', environment: 'PAPER', appKey });
    expect(key).toMatch(/^some-broker\.paper\.[0-9a-f]{12}$/);
    expect(key).not.toContain('planted');
  });

  it('never finds the token of the other environment, of another broker or of another key', () => {
    const parts = { brokerId: 'a', environment: 'LIVE', appKey } as const;
    const keys = [
      parts,
      { ...parts, environment: 'PAPER' } as const,
      { ...parts, brokerId: 'b' },
      { ...parts, appKey: new Secret('other') },
    ].map((each) => tokenStoreKey(each).split('.').at(-1));
    expect(new Set(keys).size).toBe(4);
    expect(tokenStoreKey(parts)).toBe(tokenStoreKey(parts));
  });
});
