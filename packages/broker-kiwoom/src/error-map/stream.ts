import { type FailsafeCode } from '@qts/core';
import { type KiwoomEvidence } from './rows.ts';

/** What a code of the WebSocket is about. The words are those of the other broker package. */
export type KiwoomStreamCodeKind = 'SUCCESS' | 'AUTH' | 'VALIDATION' | 'TRANSIENT' | 'WS_SESSION_CONFLICT';

/** When a login or a registration may be tried again. */
export type KiwoomStreamRetry = 'NO' | 'AFTER_DELAY' | 'AFTER_NEW_TOKEN';

/** A code of the WebSocket: it says something of a session or a registration, never of an order. */
export interface KiwoomStreamRow {
  readonly kind: KiwoomStreamCodeKind;
  /** Our safety code, where the code is about credentials; a registration that fails is no failed order. */
  readonly code: FailsafeCode | undefined;
  readonly retry: KiwoomStreamRetry;
  readonly meaning: string;
  readonly evidence: KiwoomEvidence;
  readonly note?: string;
}

/**
 * Codes of the WebSocket: `return_code` of answers, `code` of `SYSTEM` messages. A refusal of one registration too many or
 * of an unknown symbol was never recorded; a code that is not here is tried again, three times in all.
 */
export const kiwoomStreamCodes: Readonly<Record<string, KiwoomStreamRow>> = {
  '0': { kind: 'SUCCESS', code: undefined, retry: 'NO', meaning: 'done', evidence: 'captured' },
  '1': {
    kind: 'TRANSIENT',
    code: undefined,
    retry: 'AFTER_DELAY',
    meaning: 'registration failed',
    evidence: 'official',
    note: 'a flag of the guide, without a reason',
  },
  '100013': {
    kind: 'TRANSIENT',
    code: undefined,
    retry: 'AFTER_DELAY',
    meaning: 'sent before the answer to LOGIN, and dropped',
    evidence: 'captured',
  },
  '105111': {
    kind: 'VALIDATION',
    code: undefined,
    retry: 'NO',
    meaning: 'item or type of a registration is not a list',
    evidence: 'official',
  },
  '805004': {
    kind: 'AUTH',
    code: 'FS044',
    retry: 'AFTER_NEW_TOKEN',
    meaning: 'token refused; the connection is closed',
    evidence: 'reported',
    note: 'the gateway’s own code stands in the text: [CODE=8005, MESSAGE=…]',
  },
  R10001: {
    kind: 'WS_SESSION_CONFLICT',
    code: undefined,
    retry: 'NO',
    meaning: 'another connection of the same app key has taken this one’s place',
    evidence: 'captured',
    note: 'mock, 2026; one author kept two connections on live',
  },
};
