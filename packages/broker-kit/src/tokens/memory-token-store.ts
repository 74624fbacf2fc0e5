import { type StoredToken, type TokenStore } from '@qts/core';

/** Keeps tokens for as long as the process lives. A restart asks for a new one, and brokers limit how often. */
export function createMemoryTokenStore(): TokenStore {
  const tokens = new Map<string, StoredToken>();
  return {
    load: (key) => Promise.resolve(tokens.get(key)),
    save: (key, token) => {
      tokens.set(key, token);
      return Promise.resolve();
    },
    remove: (key) => {
      tokens.delete(key);
      return Promise.resolve();
    },
  };
}
