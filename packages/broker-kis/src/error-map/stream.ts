import { type FailsafeCode } from '@qts/core';
import { type KisCodeKind, type KisEvidence } from './rows.ts';

/** When a registration may be tried again. */
export type KisStreamRetry = 'NO' | 'AFTER_DELAY' | 'AFTER_NEW_APPROVAL_KEY';

/** A code of the WebSocket: it says something of a registration, never of an order. */
export interface KisStreamRow {
  readonly kind: KisCodeKind;
  /** Our safety code, where the code is about credentials; a registration that fails is no failed order. */
  readonly code: FailsafeCode | undefined;
  readonly retry: KisStreamRetry;
  readonly meaning: string;
  readonly evidence: KisEvidence;
  readonly korean?: string;
  readonly note?: string;
}

/** Codes of the WebSocket: OPSP. */
export const kisStreamCodes: Readonly<Record<string, KisStreamRow>> = {
  OPSP0000: {
    kind: 'SUCCESS',
    code: undefined,
    retry: 'NO',
    meaning: 'subscribed',
    evidence: 'captured',
    korean: 'SUBSCRIBE SUCCESS',
  },
  OPSP0001: {
    kind: 'SUCCESS',
    code: undefined,
    retry: 'NO',
    meaning: 'unsubscribed',
    evidence: 'official',
    korean: 'UNSUBSCRIBE SUCCESS',
  },
  OPSP0002: {
    kind: 'WS_IDEMPOTENT',
    code: undefined,
    retry: 'NO',
    meaning: 'already subscribed',
    evidence: 'reported',
    korean: 'ALREADY IN SUBSCRIBE',
    note: 'treat as subscribed; the reply repeats or omits iv/key, keep the first ones',
  },
  OPSP0003: {
    kind: 'WS_IDEMPOTENT',
    code: undefined,
    retry: 'NO',
    meaning: 'unsubscribe failed, not subscribed',
    evidence: 'reported',
    korean: 'UNSUBSCRIBE ERROR(not found!)',
    note: 'treat as unsubscribed',
  },
  OPSP0007: {
    kind: 'TRANSIENT',
    code: undefined,
    retry: 'AFTER_DELAY',
    meaning: 'subscription internal error',
    evidence: 'official',
    note: 'also reported for a wrong or foreign HTS id on notice streams',
  },
  OPSP0008: {
    kind: 'WS_LIMIT',
    code: undefined,
    retry: 'AFTER_DELAY',
    meaning: 'too many subscriptions (41)',
    evidence: 'reported',
    korean: 'MAX SUBSCRIBE OVER',
    note: 'code measured on the 42nd registration by two projects; text from client reports; what fills the session may go',
  },
  OPSP0009: {
    kind: 'TRANSIENT',
    code: undefined,
    retry: 'AFTER_DELAY',
    meaning: 'subscription error',
    evidence: 'official',
    note: 'single meaning not recorded',
  },
  OPSP0010: {
    kind: 'TRANSIENT',
    code: undefined,
    retry: 'AFTER_DELAY',
    meaning: 'subscription error',
    evidence: 'official',
    note: 'single meaning not recorded',
  },
  OPSP0011: {
    kind: 'AUTH',
    code: 'FS044',
    retry: 'AFTER_NEW_APPROVAL_KEY',
    meaning: 'invalid approval key',
    evidence: 'reported',
    korean: 'invalid approval : NOT FOUND',
  },
  OPSP8991: {
    kind: 'VALIDATION',
    code: undefined,
    retry: 'NO',
    meaning: 'tr_key or tr_id invalid',
    evidence: 'official',
  },
  OPSP8992: { kind: 'VALIDATION', code: undefined, retry: 'NO', meaning: 'invalid tr_key', evidence: 'official' },
  OPSP8993: { kind: 'VALIDATION', code: undefined, retry: 'NO', meaning: 'tr_key parse error', evidence: 'official' },
  OPSP8994: {
    kind: 'VALIDATION',
    code: undefined,
    retry: 'NO',
    meaning: 'personalseckey missing',
    evidence: 'official',
  },
  OPSP8995: { kind: 'VALIDATION', code: undefined, retry: 'NO', meaning: 'appsecret missing', evidence: 'official' },
  OPSP8996: {
    kind: 'WS_SESSION_CONFLICT',
    code: undefined,
    retry: 'AFTER_DELAY',
    meaning: 'appkey already in use by another session',
    evidence: 'captured',
    korean: 'ALREADY IN USE appkey',
    note: 'previous session may linger after an unclean drop; wait before reconnecting, do not loop',
  },
  OPSP8997: { kind: 'VALIDATION', code: undefined, retry: 'NO', meaning: 'invalid tr_type', evidence: 'official' },
  OPSP8998: { kind: 'VALIDATION', code: undefined, retry: 'NO', meaning: 'invalid custtype', evidence: 'official' },
  OPSP8999: {
    kind: 'TRANSIENT',
    code: undefined,
    retry: 'AFTER_DELAY',
    meaning: 'resource allocation failed',
    evidence: 'official',
  },
  OPSP9990: { kind: 'VALIDATION', code: undefined, retry: 'NO', meaning: 'tr_key missing', evidence: 'official' },
  OPSP9991: { kind: 'VALIDATION', code: undefined, retry: 'NO', meaning: 'input missing', evidence: 'official' },
  OPSP9992: { kind: 'VALIDATION', code: undefined, retry: 'NO', meaning: 'body missing', evidence: 'official' },
  OPSP9993: {
    kind: 'TRANSIENT',
    code: undefined,
    retry: 'AFTER_DELAY',
    meaning: 'internal error',
    evidence: 'official',
  },
  OPSP9994: {
    kind: 'AUTH',
    code: 'FS044',
    retry: 'AFTER_NEW_APPROVAL_KEY',
    meaning: 'invalid appkey / approval key',
    evidence: 'official',
  },
  OPSP9995: {
    kind: 'TRANSIENT',
    code: undefined,
    retry: 'AFTER_DELAY',
    meaning: 'resources exhausted',
    evidence: 'official',
  },
  OPSP9996: { kind: 'CREDENTIALS', code: 'FS044', retry: 'NO', meaning: 'appkey missing', evidence: 'official' },
  OPSP9997: { kind: 'VALIDATION', code: undefined, retry: 'NO', meaning: 'custtype missing', evidence: 'official' },
  OPSP9998: { kind: 'VALIDATION', code: undefined, retry: 'NO', meaning: 'header missing', evidence: 'official' },
  OPSP9999: { kind: 'VALIDATION', code: undefined, retry: 'NO', meaning: 'JSON parse error', evidence: 'official' },
};
