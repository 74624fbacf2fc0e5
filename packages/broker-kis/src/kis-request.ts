import { assertRequestFields, createHeaderCache } from '@qts/broker-kit';
import { type Secret } from '@qts/core';
import { type KisCredentials } from './kis-credentials.ts';
import { type KisOperationInfo } from './rest/operation.ts';

/**
 * Makes the headers of requests. One array per TR id is kept for as long as the token stays the same, so that a warm
 * order builds none.
 */
export interface KisRequestHeaders {
  /** Headers of a first page, or of an operation without pages. */
  of(trId: string, accessToken: Secret): readonly string[];
  /** Headers of a page that follows another. */
  ofNextPage(trId: string, accessToken: Secret): readonly string[];
}

const contentType = 'application/json; charset=utf-8';

/** Headers of the `/oauth2` requests: the key and the secret travel in their bodies. */
export const authHeaders: readonly string[] = ['content-type', contentType];

export function createKisRequestHeaders(credentials: KisCredentials, customerType: 'P' | 'B'): KisRequestHeaders {
  const of = createHeaderCache((trId, accessToken) => [
    ...authHeaders,
    ...['authorization', `Bearer ${accessToken.reveal()}`],
    ...['appkey', credentials.appKey.reveal()],
    ...['appsecret', credentials.appSecret.reveal()],
    ...['tr_id', trId],
    ...['custtype', customerType],
  ]);
  return { of, ofNextPage: (trId, accessToken) => [...of(trId, accessToken), 'tr_cont', 'N'] };
}

/**
 * Checks that a request has exactly the operation's fields, each as text that fits.
 *
 * @throws {ValidationError} naming the field; its value is shown as a shape only.
 */
export function assertKisFields(operation: KisOperationInfo, fields: Readonly<Record<string, string>>): void {
  assertRequestFields('KIS', operation, fields, mayBeEmpty);
}

/** Cursors are empty on a first page. A cancel without its branch was accepted on live: better sent than blocked. */
const requiredAndEmpty: ReadonlySet<string> = new Set(['FID_ETC_CLS_CODE', 'KRX_FWDG_ORD_ORGNO']);

function mayBeEmpty(name: string): boolean {
  return name.startsWith('CTX_AREA_') || requiredAndEmpty.has(name);
}

/** The path of a read with its query. It may carry the account number, so it is never shown. */
export function queryPath(operation: KisOperationInfo, fields: Readonly<Record<string, string>>): string {
  const query = operation.request.map(({ name }) => `${name}=${encodeURIComponent(fields[name] ?? '')}`).join('&');
  return `${operation.path}?${query}`;
}
