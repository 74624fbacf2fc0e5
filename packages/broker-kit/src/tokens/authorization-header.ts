import { type StoredToken } from '@qts/core';

/** Value of the `authorization` header: `<type> <token>`. A secret: for the wire layer only. */
export function authorizationHeader(token: StoredToken): string {
  return `${token.tokenType} ${token.accessToken.reveal()}`;
}
