import { redactText } from '@qts/broker-kit';
import { AuthenticationError, BrokerError, BrokerRefusalError, printable, RateLimitError } from '@qts/core';
import { type KisErrorRow } from './error-map/rows.ts';
import { kisErrorMap } from './kis-error-map.ts';
import { type KisEnvironment } from './rest/operation.ts';
import { type WireRow } from './wire-fields.ts';

/** The broker's word on a request, out of its envelope. */
export interface KisVerdict {
  /** `rt_cd`: `0` yes; 1, 2, 7 and 9 no. Empty when absent. */
  readonly rtCd: string;
  /** `msg_cd`, or `error_code` of the `/oauth2` requests. Empty when absent. */
  readonly code: string;
  /** For people: trimmed, printable, free of the account number. Never matched on, and not read from a success. */
  readonly message: string;
}

/** The `rt_cd` values that say no. Any other is strange, and proves nothing. */
export const refusingRtCds: ReadonlySet<string> = new Set(['1', '2', '7', '9']);

const codeShape = /^[A-Z0-9]{4,12}$/;
/** Longest text of the broker that is carried on: `msg1` is 80 bytes wide. */
const messageLengthMax = 120;

/**
 * Reads the envelope.
 *
 * @param scrub takes the account number out of a text: the broker might quote what we sent.
 */
export function readVerdict(body: WireRow, scrub: (text: string) => string): KisVerdict {
  const rtCd = body['rt_cd'];
  const code = body['msg_cd'] ?? body['error_code'];
  const message = body['msg1'] ?? body['error_description'] ?? body['msg'];
  return {
    rtCd: typeof rtCd === 'string' ? rtCd : '',
    code: typeof code === 'string' && codeShape.test(code) ? code : '',
    message: rtCd !== '0' && typeof message === 'string' ? tidy(message, scrub) : '',
  };
}

function tidy(message: string, scrub: (text: string) => string): string {
  return printable(redactText(scrub(message.trim()))).slice(0, messageLengthMax);
}

/** The row of a code, if it may come from this environment: a paper code on the live server is not believed. */
export function findErrorRow(code: string, environment: KisEnvironment): KisErrorRow | undefined {
  const row = kisErrorMap.lookup(code);
  return row?.environments.includes(environment) === true ? row : undefined;
}

/** The facts of an error about a refusal. */
export interface RefusalContext {
  readonly operation: string;
  readonly environment: KisEnvironment;
}

/** Wording of the errors, by what refused. */
const refusalTexts = {
  REFUSED: {
    code: 'ORDER_REFUSED',
    summary: 'KIS refused the request.',
    next: 'Correct the cause that the broker names.',
  },
  GATEWAY_REFUSED: {
    code: 'REQUEST_REFUSED',
    summary: 'The KIS gateway refused the form of the request.',
    next: 'For an order: read the order list first. Then report it; the request should not have been made like this.',
  },
  RATE_LIMITED: {
    code: 'RATE_LIMITED',
    summary: 'KIS refused the request for its rate.',
    next: 'The limiter slows down by itself. For an order: read the order list before deciding again.',
  },
  TOKEN_REFUSED: {
    code: 'TOKEN_REFUSED',
    summary: 'KIS refused the access token.',
    next: 'A new one is asked for. If this repeats, the app key may belong to the other environment.',
  },
  CREDENTIALS_REFUSED: {
    code: 'CREDENTIALS_REFUSED',
    summary: 'KIS refused the app key, the account or the environment.',
    next: 'Check that key, account and environment belong together. Nothing will work before that.',
  },
  GATEWAY_TROUBLE: {
    code: 'GATEWAY_TROUBLE',
    summary: 'KIS is in trouble and does not say what became of the request.',
    next: 'For an order: it may be live. Read the order list before doing anything.',
  },
  UNLISTED: {
    code: 'REFUSAL_UNLISTED',
    summary: 'KIS refused with a code that is not in the table.',
    next: 'Read the order list before believing the refusal, then add the code to the error map.',
  },
} as const;

/** The error of a refusal: what it is called follows from the row, or from there being none. */
export function refusalError(
  verdict: KisVerdict,
  row: KisErrorRow | undefined,
  status: number,
  context: RefusalContext,
): BrokerError {
  const refusal = row?.failureClass ?? 'UNLISTED';
  const { code, summary, next } = refusalTexts[refusal];
  const details = {
    code,
    summary,
    facts: {
      environment: context.environment,
      operation: context.operation,
      status,
      native: `${verdict.code === '' ? 'no code' : verdict.code} ${verdict.message}`.trim(),
      meaning: row?.meaning,
      confirmByRead: row === undefined || row.confirmByRead,
    },
    next,
  };
  switch (refusal) {
    case 'REFUSED':
    case 'GATEWAY_REFUSED':
    case 'UNLISTED':
      return new BrokerRefusalError({ ...details, nativeCode: verdict.code, nativeMessage: verdict.message });
    case 'RATE_LIMITED':
      return new RateLimitError(details);
    case 'TOKEN_REFUSED':
    case 'CREDENTIALS_REFUSED':
      return new AuthenticationError(details);
    case 'GATEWAY_TROUBLE':
      return new BrokerError(details);
  }
}
