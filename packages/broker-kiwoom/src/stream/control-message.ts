import { redactText, type StreamRefusal } from '@qts/broker-kit';
import { printable } from '@qts/core';
import { kiwoomStreamCodes, type KiwoomStreamRow } from '../error-map/stream.ts';
import { kiwoomErrorMap } from '../kiwoom-error-map.ts';
import { isWireRow } from '../wire-fields.ts';

/** A message of the server that is no data: a heartbeat, or the answer to a login or a registration. */
export type KiwoomControlMessage =
  | { readonly kind: 'PING' }
  | { readonly kind: 'LOGGED_IN' }
  /** It says not which: registrations are answered one by one. */
  | { readonly kind: 'REGISTERED' }
  | { readonly kind: 'REMOVED' }
  | { readonly kind: 'REFUSED'; readonly refusal: StreamRefusal; readonly ofSession: boolean }
  | { readonly kind: 'UNREADABLE' };

/** Reads a control message. Never throws. */
export function readKiwoomControlMessage(text: string): KiwoomControlMessage {
  // A bare PING is handled by one client author's program: it costs nothing to know it.
  if (text === 'PING') return { kind: 'PING' };
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return { kind: 'UNREADABLE' };
  }
  if (!isWireRow(message)) return { kind: 'UNREADABLE' };
  const name = message['trnm'];
  if (name === 'PING') return { kind: 'PING' };
  if (name === 'SYSTEM') {
    const code = message['code'];
    if (typeof code !== 'string') return { kind: 'UNREADABLE' };
    return { kind: 'REFUSED', refusal: refusalOf(code, message['message']), ofSession: true };
  }
  const code = codeOf(message['return_code']);
  if (code === undefined) return { kind: 'UNREADABLE' };
  const done = kiwoomStreamCodes[code]?.kind === 'SUCCESS';
  if (name === 'LOGIN') {
    return done
      ? { kind: 'LOGGED_IN' }
      : { kind: 'REFUSED', refusal: refusalOf(code, message['return_msg']), ofSession: true };
  }
  // An answer to a removal says nothing of a registration.
  if (name === 'REMOVE') return { kind: 'REMOVED' };
  if (name !== 'REG') return { kind: 'UNREADABLE' };
  return done
    ? { kind: 'REGISTERED' }
    : { kind: 'REFUSED', refusal: refusalOf(code, message['return_msg']), ofSession: false };
}

/** A JSON number, or digits in a text (seen in answers of REST): without padding. */
function codeOf(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
  return typeof value === 'string' && /^[0-9]{1,9}$/.test(value) ? String(Number(value)) : undefined;
}

const retries = { NO: 'NEVER', AFTER_DELAY: 'LATER', AFTER_NEW_TOKEN: 'NEW_CREDENTIALS' } as const;

interface Advice {
  readonly reason: string;
  readonly next: string;
}

/** What a refusal is called, and what a person should do, by the kind of its code. */
const advices: Readonly<Partial<Record<KiwoomStreamRow['kind'], Advice>>> = {
  AUTH: {
    reason: 'TOKEN_REFUSED',
    next: 'Fresh tokens were refused too. Check the app key and its term.',
  },
  VALIDATION: {
    reason: 'SUBSCRIPTION_NOT_VALID',
    next: 'Kiwoom does not take the form of this subscription. Update QTS, or report it.',
  },
  WS_SESSION_CONFLICT: {
    reason: 'KEY_IN_USE_ELSEWHERE',
    next: 'Another program has logged in with this app key. End it, or give this one an app key of its own.',
  },
};
const passing: Advice = {
  reason: 'BROKER_TROUBLE',
  next: 'Kiwoom refused it three times. Check the symbol, and subscribe again later.',
};

/** Refusals of a login that no fresh token changes, by the kind of the gateway's code in the text. */
const loginAdvices: Readonly<Record<string, Advice>> = {
  WRONG_ENVIRONMENT: {
    reason: 'WRONG_ENVIRONMENT',
    next: 'The app key is of the other environment: take that of this one, or change the environment.',
  },
  PERMISSION: {
    reason: 'NOT_PERMITTED',
    next: 'Register the address of this machine (지정단말기) for the app key at openapi.kiwoom.com.',
  },
  CREDENTIALS: { reason: 'APP_KEY_REFUSED', next: 'Check the app key and the secret key.' },
};

/** `[CODE=8005, MESSAGE=…]` of the gateway within a text of the stream server. */
const gatewayForm = /\[CODE=([0-9]{4}), MESSAGE=/;

function refusalOf(code: string, message: unknown): StreamRefusal {
  const row = Object.hasOwn(kiwoomStreamCodes, code) ? kiwoomStreamCodes[code] : undefined;
  const text = typeof message === 'string' ? message : '';
  const gatewayCode = gatewayForm.exec(text)?.[1];
  const gatewayRow = gatewayCode === undefined ? undefined : kiwoomErrorMap.lookup(gatewayCode);
  const forGood = loginAdvices[gatewayRow?.kind ?? ''];
  const { reason, next } = forGood ?? (row === undefined ? undefined : advices[row.kind]) ?? passing;
  const retry = row === undefined ? 'LATER' : retries[row.retry];
  return {
    reason,
    nativeCode: printable(gatewayCode === undefined ? code : `${code} ${gatewayCode}`).slice(0, 40),
    ...(text === '' ? {} : { nativeMessage: redactText(printable(text).slice(0, 200)) }),
    retry: forGood === undefined ? retry : 'NEVER',
    next,
  };
}
