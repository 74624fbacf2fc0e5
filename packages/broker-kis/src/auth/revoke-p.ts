import { type Secret } from '@qts/core';

/** 접근토큰폐기(P). Ends a token at once, for every process that shares it. Vendor document: OAuth인증 › 인증-002. */
export const revokeP = {
  name: 'revoke-p',
  korean: '접근토큰폐기(P)',
  source: 'OAuth인증 › 인증-002',
  evidence: 'documentation',
  method: 'POST',
  path: '/oauth2/revokeP',
  request: [
    { name: 'appkey', korean: '앱키', lengthMax: 36, required: true },
    { name: 'appsecret', korean: '앱시크릿키', lengthMax: 180, required: true },
    { name: 'token', korean: '접근토큰', lengthMax: 350, required: true },
  ],
  response: [],
} as const;

/** The body of a revocation. */
export function revokeRequestBody(appKey: Secret, appSecret: Secret, accessToken: Secret): string {
  return JSON.stringify({
    appkey: appKey.reveal(),
    appsecret: appSecret.reveal(),
    token: accessToken.reveal(),
  });
}
