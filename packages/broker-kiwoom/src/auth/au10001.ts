import { Secret, type StoredToken } from '@qts/core';
import { unexpectedField, type WireRow } from '../wire-fields.ts';

/**
 * 접근토큰 발급. A token lives 24 hours from its first issue; asking again gives the same one with the same end. Issues are
 * limited (1700), and a live key answers to registered addresses only (8050). Kiwoom REST API guide › OAuth 인증.
 */
export const au10001 = {
  name: 'au10001',
  korean: '접근토큰 발급',
  source: 'OAuth 인증 › 접근토큰발급',
  evidence: 'documented sample; behaviour by client authors',
  method: 'POST',
  path: '/oauth2/token',
  request: [
    { name: 'grant_type', korean: 'grant_type', lengthMax: 18, required: true },
    { name: 'appkey', korean: '앱키', lengthMax: 128, required: true },
    { name: 'secretkey', korean: '시크릿키', lengthMax: 128, required: true },
  ],
  response: [
    { name: 'token', korean: '접근토큰', reading: 'STRICT' },
    { name: 'token_type', korean: '토큰타입', reading: 'STRICT' },
    { name: 'expires_dt', korean: '만료일', reading: 'STRICT' },
  ],
} as const;

/** Korea has no summer time: the wall clock is UTC + 9 hours, always. */
const kstOffset = '+09:00';
const kstDateTime = /^([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})$/;

/** The body of a token request. The secret's name is `secretkey`; under KIS's name `appsecret` the answer is 8020. */
export function tokenRequestBody(appKey: Secret, secretKey: Secret): string {
  return JSON.stringify({
    grant_type: 'client_credentials',
    appkey: appKey.reveal(),
    secretkey: secretKey.reveal(),
  });
}

/**
 * Reads a token. Its end is the date and time that Kiwoom names, in Korean time on every machine. `token_type` comes as
 * `bearer` and as `Bearer`.
 */
export function readToken(body: WireRow, issuedAtMs: number): StoredToken {
  const token = body['token'];
  if (typeof token !== 'string' || token === '') {
    throw unexpectedField(au10001.name, 'token', 'a token', typeof token);
  }
  const tokenType = body['token_type'];
  if (typeof tokenType !== 'string' || tokenType.toLowerCase() !== 'bearer') {
    throw unexpectedField(au10001.name, 'token_type', 'bearer', tokenType);
  }
  const expiry = body['expires_dt'];
  const parts = typeof expiry === 'string' ? kstDateTime.exec(expiry) : null;
  const [, year, month, day, hour, minute, second] = parts ?? [];
  const expiresAtMs = Date.parse(
    `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}${kstOffset}`,
  );
  if (Number.isNaN(expiresAtMs)) {
    throw unexpectedField(au10001.name, 'expires_dt', 'yyyyMMddHHmmss', expiry);
  }
  return { accessToken: new Secret(token), tokenType: 'Bearer', issuedAtMs, expiresAtMs };
}
