import { type Secret, ValidationError } from '@qts/core';
import { type KiwoomOperationInfo } from './rest/operation.ts';
import { shapeOf } from './wire-fields.ts';

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
  let madeFor: Secret | undefined;
  const made = new Map<string, readonly string[]>();
  const of = (apiId: string, accessToken: Secret): readonly string[] => {
    if (madeFor !== accessToken) {
      made.clear();
      madeFor = accessToken;
    }
    let headers = made.get(apiId);
    if (headers === undefined) {
      headers = [...authHeaders(apiId), 'authorization', `Bearer ${accessToken.reveal()}`];
      made.set(apiId, headers);
    }
    return headers;
  };
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
  let known = 0;
  for (const { name, lengthMax, required } of operation.request) {
    const value: unknown = fields[name];
    if (typeof value !== 'string' || value.length > lengthMax || (required && value === '')) {
      throw refuse(operation.name, name, `text of at most ${lengthMax} characters`, shapeOf(value));
    }
    known += 1;
  }
  for (const name in fields) {
    known -= 1;
    if (known < 0) throw refuse(operation.name, name, 'no field that the operation does not have', 'one more field');
  }
}

function refuse(operation: string, field: string, expected: string, found: string): ValidationError {
  return new ValidationError({
    code: 'FIELD_NOT_VALID',
    summary: `A field of the Kiwoom request ${operation} is not valid.`,
    facts: { operation, field, expected, found },
    next: 'Nothing was sent. Give every field of the operation as text; unused ones are empty.',
  });
}
