import { Secret, type StoredToken, type TokenStore } from '@qts/core';

/** The token file of the day: it outlives processes, and a program that starts finds a token in it. */
export function createTokenShelf(
  accessToken: string | undefined,
  nowMs: number,
): TokenStore & { readonly token: StoredToken | undefined } {
  let token: StoredToken | undefined =
    accessToken === undefined
      ? undefined
      : {
          ...{ accessToken: new Secret(accessToken), tokenType: 'Bearer', issuedAtMs: nowMs },
          expiresAtMs: nowMs + 24 * 3_600_000,
        };
  return {
    get token() {
      return token;
    },
    load: () => Promise.resolve(token),
    save(_key, given) {
      token = given;
      return Promise.resolve();
    },
    remove() {
      token = undefined;
      return Promise.resolve();
    },
  };
}
