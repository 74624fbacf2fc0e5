import { type StoredToken, type TokenStore } from '../ports/token-store.ts';

/** A token store that forgets with the process. */
export interface MemoryTokenStore extends TokenStore {
  /** Keys with a token, sorted. */
  readonly keys: readonly string[];
}

/** Makes a {@link MemoryTokenStore}. */
export function createMemoryTokenStore(): MemoryTokenStore {
  const tokens = new Map<string, StoredToken>();
  return {
    get keys() {
      return [...tokens.keys()].sort();
    },
    load: (key) => Promise.resolve(tokens.get(key)),
    save(key, token) {
      tokens.set(key, token);
      return Promise.resolve();
    },
    remove(key) {
      tokens.delete(key);
      return Promise.resolve();
    },
  };
}
