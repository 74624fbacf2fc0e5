import { redactText, type StreamRefusal } from '@qts/broker-kit';
import { printable } from '@qts/core';
import { kisStreamCodes, type KisStreamRow } from '../error-map/stream.ts';
import { isWireRow } from '../wire-fields.ts';
import { noticeKeys, type NoticeKeys } from './notice-cipher.ts';

/** A message of the server that is no data: a heartbeat, or the answer to a registration. */
export type KisControlMessage =
  | { readonly kind: 'PING' }
  | { readonly kind: 'REGISTERED'; readonly key: string | undefined; readonly trId: string; readonly keys?: NoticeKeys }
  | { readonly kind: 'REMOVED' }
  | {
      readonly kind: 'REFUSED';
      readonly key: string | undefined;
      readonly refusal: StreamRefusal;
      readonly ofSession: boolean;
    }
  | { readonly kind: 'UNREADABLE' };

/** Answers to a removal: they say nothing of a registration. */
const removalCodes: ReadonlySet<string> = new Set(['OPSP0001', 'OPSP0003']);

/** Reads a control message. Never throws. */
export function readKisControlMessage(text: string): KisControlMessage {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return { kind: 'UNREADABLE' };
  }
  const header = isWireRow(message) ? message['header'] : undefined;
  if (!isWireRow(message) || !isWireRow(header)) return { kind: 'UNREADABLE' };
  const trId = header['tr_id'];
  if (trId === 'PINGPONG') return { kind: 'PING' };
  const body = message['body'];
  if (typeof trId !== 'string' || !isWireRow(body)) return { kind: 'UNREADABLE' };
  const code = body['msg_cd'];
  if (typeof code !== 'string') return { kind: 'UNREADABLE' };
  const trKey = header['tr_key'];
  // In refusals the names can be the text `(null)`: then the registration that waits is meant.
  const named = trId !== '(null)' && typeof trKey === 'string' && trKey !== '' && trKey !== '(null)';
  const key = named ? `${trId} ${trKey}` : undefined;
  if (removalCodes.has(code)) return { kind: 'REMOVED' };
  const row = kisStreamCodes[code];
  const registered = row === undefined ? body['rt_cd'] === '0' : row.kind === 'SUCCESS' || row.kind === 'WS_IDEMPOTENT';
  if (registered) {
    const output = isWireRow(body['output']) ? body['output'] : {};
    const keys = noticeKeys(output['key'], output['iv']);
    return { kind: 'REGISTERED', key, trId, ...(keys === undefined ? {} : { keys }) };
  }
  return {
    kind: 'REFUSED',
    key,
    refusal: refusalOf(code, row, body['msg1'], trId),
    ofSession: row?.kind === 'WS_SESSION_CONFLICT' || row?.kind === 'CREDENTIALS',
  };
}

const retries = {
  NO: 'NEVER',
  AFTER_DELAY: 'LATER',
  AFTER_NEW_APPROVAL_KEY: 'NEW_CREDENTIALS',
} as const;

/** What a refusal is called, and what a person should do, by the kind of its code. */
const advices: Readonly<Partial<Record<KisStreamRow['kind'], { readonly reason: string; readonly next: string }>>> = {
  WS_LIMIT: {
    reason: 'REGISTRATION_LIMIT',
    next: 'KIS takes 41 registrations on one session. Close a stream. Order notices are asked for again every minute.',
  },
  WS_SESSION_CONFLICT: {
    reason: 'KEY_IN_USE_ELSEWHERE',
    next: 'Another program holds the WebSocket of this app key. End it, or give this one an app key of its own.',
  },
  VALIDATION: {
    reason: 'SUBSCRIPTION_NOT_VALID',
    next: 'KIS does not take this subscription. Check the symbol, and that the stream is offered in this environment.',
  },
  AUTH: {
    reason: 'APPROVAL_KEY_REFUSED',
    next: 'Fresh approval keys were refused too. Check the app key and its term.',
  },
  CREDENTIALS: { reason: 'APP_KEY_REFUSED', next: 'Check the app key.' },
};

const passing = { reason: 'BROKER_TROUBLE', next: 'KIS could not register it three times. Subscribe again later.' };
const noticeTrouble = {
  reason: 'LOGIN_ID_OR_BROKER_TROUBLE',
  next: 'KIS could not register order notices. Check the HTS id: a wrong or foreign one is answered like this.',
};

function refusalOf(code: string, row: KisStreamRow | undefined, message: unknown, trId: string): StreamRefusal {
  const { reason, next } =
    (row === undefined ? undefined : advices[row.kind]) ?? (isNotice(trId) ? noticeTrouble : passing);
  return {
    reason,
    nativeCode: printable(code),
    ...(typeof message === 'string' ? { nativeMessage: redactText(printable(message).slice(0, 200)) } : {}),
    retry: row === undefined ? 'LATER' : retries[row.retry],
    next,
  };
}

function isNotice(trId: string): boolean {
  return trId.startsWith('H0STCNI');
}
