import { assertRequestFields, createHeaderCache } from '@qts/broker-kit';
import { type Secret } from '@qts/core';
import { type KiwoomOperationInfo } from './rest/operation.ts';

/**
 * Makes the headers of requests. One array per api-id is kept for as long as the token stays the same, so that a warm
 * order builds none.
 */
export interface KiwoomRequestHeaders {
  /** Headers of a first page, or of an operation without pages. */
  of(apiId: string, accessToken: Secret): readonly string[];
  /** Headers of a page that follows another. */
  ofNextPage(apiId: string, accessToken: Secret, nextKey: string): readonly string[];
}

const contentType = ['content-type', 'application/json;charset=UTF-8'] as const;

/** Headers of the `/oauth2` requests: the key and the secret travel in their bodies. */
export function authHeaders(apiId: string): readonly string[] {
  return [...contentType, 'api-id', apiId];
}

export function createKiwoomRequestHeaders(): KiwoomRequestHeaders {
  const of = createHeaderCache((apiId, accessToken) => [
    ...authHeaders(apiId),
    ...['authorization', `Bearer ${accessToken.reveal()}`],
  ]);
  return {
    of,
    ofNextPage: (apiId, accessToken, nextKey) => [...of(apiId, accessToken), 'cont-yn', 'Y', 'next-key', nextKey],
  };
}

/**
 * Checks that a request has exactly the operation's fields, each as text that fits.
 *
 * @throws {ValidationError} naming the field; its value is shown as a shape only.
 */
export function assertKiwoomFields(operation: KiwoomOperationInfo, fields: Readonly<Record<string, string>>): void {
  assertRequestFields('Kiwoom', operation, fields);
}
