import { Secret, type StoredToken } from '@qts/core';
import { unexpectedField, type WireRow } from '../wire-fields.ts';

/**
 * 접근토큰발급(P). A token lives 24 hours; asking again within six gives the same one; more than one ask a minute is
 * refused (`EGW00133`, HTTP 403), and asking on prolongs the refusal. Every issue sends the customer a message.
 * Vendor document: OAuth인증 › 인증-001. Refusals come under other keys: `error_code`, `error_description`.
 */
export const tokenP = {
  name: 'token-p',
  korean: '접근토큰발급(P)',
  source: 'OAuth인증 › 인증-001',
  evidence: 'captured live and paper',
  method: 'POST',
  path: '/oauth2/tokenP',
  request: [
    { name: 'grant_type', korean: '권한부여 Type', lengthMax: 18, required: true },
    { name: 'appkey', korean: '앱키', lengthMax: 36, required: true },
    { name: 'appsecret', korean: '앱시크릿키', lengthMax: 180, required: true },
  ],
  response: [
    { name: 'access_token', korean: '접근토큰', reading: 'STRICT' },
    { name: 'token_type', korean: '접근토큰유형', reading: 'STRICT' },
    { name: 'access_token_token_expired', korean: '접근토큰 유효기간(일시표시)', reading: 'STRICT' },
  ],
} as const;

/** Korea has no summer time: the wall clock is UTC + 9 hours, always. */
const kstOffset = '+09:00';
const kstDateTime = /^([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}:[0-9]{2}:[0-9]{2})$/;

/** The body of a token request. */
export function tokenRequestBody(appKey: Secret, appSecret: Secret): string {
  return JSON.stringify({
    grant_type: 'client_credentials',
    appkey: appKey.reveal(),
    appsecret: appSecret.reveal(),
  });
}

/**
 * Reads a token. Its end is the date and time that KIS names, in Korean time on every machine: `expires_in` counts from
 * the first issue, so it is wrong for a token that is handed out again.
 */
export function readToken(body: WireRow, issuedAtMs: number): StoredToken {
  const accessToken = body['access_token'];
  if (typeof accessToken !== 'string' || accessToken === '') {
    throw unexpectedField(tokenP.name, 'access_token', 'a token', typeof accessToken);
  }
  const tokenType = body['token_type'];
  if (tokenType !== 'Bearer') throw unexpectedField(tokenP.name, 'token_type', 'Bearer', tokenType);
  const expiry = body['access_token_token_expired'];
  const parts = typeof expiry === 'string' ? kstDateTime.exec(expiry) : null;
  const expiresAtMs = Date.parse(`${parts?.[1] ?? ''}T${parts?.[2] ?? ''}${kstOffset}`);
  if (Number.isNaN(expiresAtMs)) {
    throw unexpectedField(tokenP.name, 'access_token_token_expired', 'YYYY-MM-DD HH:MM:SS', expiry);
  }
  return { accessToken: new Secret(accessToken), tokenType, issuedAtMs, expiresAtMs };
}
