import { Secret, type StoredToken, type TokenStore } from '@qts/core';

/** The token file of the day: it outlives processes, and a program that starts finds a token in it. */
export interface TokenShelf extends TokenStore {
  readonly token: StoredToken | undefined;
  /** Every token that ever lay here: none of them may stand anywhere else. */
  readonly known: readonly string[];
}

export function createTokenShelf(accessToken: string | undefined, nowMs: number): TokenShelf {
  const known: string[] = accessToken === undefined ? [] : [accessToken];
  let token: StoredToken | undefined =
    accessToken === undefined
      ? undefined
      : {
          ...{ accessToken: new Secret(accessToken), tokenType: 'Bearer', issuedAtMs: nowMs },
          expiresAtMs: nowMs + 24 * 3_600_000,
        };
  return {
    known,
    get token() {
      return token;
    },
    load: () => Promise.resolve(token),
    save(_key, given) {
      token = given;
      const text = given.accessToken.reveal();
      if (!known.includes(text)) known.push(text);
      return Promise.resolve();
    },
    remove() {
      token = undefined;
      return Promise.resolve();
    },
  };
}
