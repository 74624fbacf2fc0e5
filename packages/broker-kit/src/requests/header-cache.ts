import { type Secret } from '@qts/core';

/**
 * Headers of requests: one array for each operation id is kept for as long as the token stays the same, so that a warm order
 * builds none.
 */
export function createHeaderCache(
  make: (id: string, accessToken: Secret) => readonly string[],
): (id: string, accessToken: Secret) => readonly string[] {
  let madeFor: Secret | undefined;
  const made = new Map<string, readonly string[]>();
  return (id, accessToken) => {
    if (madeFor !== accessToken) {
      made.clear();
      madeFor = accessToken;
    }
    let headers = made.get(id);
    if (headers === undefined) {
      headers = make(id, accessToken);
      made.set(id, headers);
    }
    return headers;
  };
}
