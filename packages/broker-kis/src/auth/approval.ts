import { Secret } from '@qts/core';
import { unexpectedField, type WireRow } from '../wire-fields.ts';

/**
 * 실시간 (웹소켓) 접속키 발급. The key that opens a WebSocket session: checked at opening only, nominally good for 24
 * hours, one issue a second. The secret travels under another name here (`secretkey`), and the path has a capital A.
 * Vendor document: OAuth인증 › 실시간-000.
 */
export const approval = {
  name: 'approval',
  korean: '실시간 (웹소켓) 접속키 발급',
  source: 'OAuth인증 › 실시간-000',
  evidence: 'documentation',
  method: 'POST',
  path: '/oauth2/Approval',
  request: [
    { name: 'grant_type', korean: '권한부여타입', lengthMax: 18, required: true },
    { name: 'appkey', korean: '앱키', lengthMax: 36, required: true },
    { name: 'secretkey', korean: '시크릿키', lengthMax: 180, required: true },
  ],
  response: [{ name: 'approval_key', korean: '웹소켓 접속키', reading: 'STRICT' }],
} as const;

/** The body of a request for an approval key. */
export function approvalRequestBody(appKey: Secret, appSecret: Secret): string {
  return JSON.stringify({
    grant_type: 'client_credentials',
    appkey: appKey.reveal(),
    secretkey: appSecret.reveal(),
  });
}

/** Reads an approval key. It is a secret as a whole: no part of it is ever shown. */
export function readApprovalKey(body: WireRow): Secret {
  const key = body['approval_key'];
  if (typeof key !== 'string' || key === '') {
    throw unexpectedField(approval.name, 'approval_key', 'a key', typeof key);
  }
  return new Secret(key);
}
