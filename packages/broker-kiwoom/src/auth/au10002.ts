import { type Secret } from '@qts/core';

/** 접근토큰폐기. Ends a token at once, for every process that shares it. Kiwoom REST API guide › OAuth 인증. */
export const au10002 = {
  name: 'au10002',
  korean: '접근토큰폐기',
  source: 'OAuth 인증 › 접근토큰폐기',
  evidence: 'documented sample',
  method: 'POST',
  path: '/oauth2/revoke',
  request: [
    { name: 'appkey', korean: '앱키', lengthMax: 128, required: true },
    { name: 'secretkey', korean: '시크릿키', lengthMax: 128, required: true },
    { name: 'token', korean: '접근토큰', lengthMax: 1_000, required: true },
  ],
  response: [],
} as const;

/** The body of a revocation. */
export function revokeRequestBody(appKey: Secret, secretKey: Secret, token: Secret): string {
  return JSON.stringify({ appkey: appKey.reveal(), secretkey: secretKey.reveal(), token: token.reveal() });
}
