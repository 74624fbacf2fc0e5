import { redactText } from '@qts/broker-kit';
import { AuthenticationError, BrokerError, BrokerRefusalError, printable, RateLimitError } from '@qts/core';
import { type KiwoomErrorRow } from './error-map/rows.ts';
import { kiwoomErrorMap } from './kiwoom-error-map.ts';
import { type KiwoomEnvironment } from './rest/operation.ts';
import { type WireRow } from './wire-fields.ts';

/** The broker's word on a request, out of its envelope. */
export interface KiwoomVerdict {
  /** `return_code`: 0 yes; 1, 2, 3, 5 and 20 no, each a class of reasons. Absent when it is missing or no number. */
  readonly returnCode: number | undefined;
  /** The exact code, out of the brackets of `return_msg`. Empty when there is none, or more than one. */
  readonly code: string;
  /** For people: trimmed, printable, free of the account number. Never matched on, and not read from a success. */
  readonly message: string;
}

/** The `return_code` of the order and account back end. */
export const backEndReturnCode = 20;

/** The `return_code` values that say no. Any other is strange, and proves nothing. */
export const refusingReturnCodes: ReadonlySet<number | undefined> = new Set([1, 2, 3, 5, backEndReturnCode]);

/** `[2000](RC4058:text)`, of the back end. */
const backEndForm = /^\s*\[2000\]\(([A-Z0-9]{4,12}):/;
/** `text[8005:text]`, of the gateway. */
const gatewayForm = /\[([0-9]{4}):/g;
/** Longest text of the broker that is carried on. */
const messageLengthMax = 120;

/**
 * Reads the envelope.
 *
 * @param scrub takes the account number and the keys out of a text: the broker might quote what we sent.
 */
export function readVerdict(body: WireRow, scrub: (text: string) => string): KiwoomVerdict {
  const message = body['return_msg'];
  const text = typeof message === 'string' ? message : '';
  const sent = numberOf(body['return_code']);
  const inBrackets = codeIn(text);
  // Some clients report gateway codes in the place of the class; no such body was kept. Read as what they would mean.
  const isCode = sent !== undefined && inBrackets === '' && kiwoomErrorMap.lookup(String(sent)) !== undefined;
  return {
    returnCode: sent,
    code: isCode ? String(sent) : inBrackets,
    message: sent === 0 ? '' : printable(redactText(scrub(text.trim()))).slice(0, messageLengthMax),
  };
}

/** A JSON number in nearly all answers; digits in a text (`"0"`, `"0000"`) have been seen. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  return typeof value === 'string' && /^ *[0-9]{1,6} *$/.test(value) ? Number(value) : undefined;
}

function codeIn(message: string): string {
  const backEnd = backEndForm.exec(message)?.[1];
  if (backEnd !== undefined) return backEnd;
  const codes = new Set(Array.from(message.matchAll(gatewayForm), (match) => match[1] ?? ''));
  const [code = ''] = codes;
  return codes.size === 1 ? code : '';
}

/** The row of a code, if it may come from this environment: a code of the mock server is not believed on live. */
export function findErrorRow(code: string, environment: KiwoomEnvironment): KiwoomErrorRow | undefined {
  const row = kiwoomErrorMap.lookup(code);
  return row?.environments.includes(environment) === true ? row : undefined;
}

/** The facts of an error about a refusal. */
export interface RefusalContext {
  readonly operation: string;
  readonly environment: KiwoomEnvironment;
}

/** Wording of the errors, by what refused. */
const refusalTexts = {
  REFUSED: {
    code: 'ORDER_REFUSED',
    summary: 'Kiwoom refused the request.',
    next: 'Correct the cause that the broker names.',
  },
  GATEWAY_REFUSED: {
    code: 'REQUEST_REFUSED',
    summary: 'The Kiwoom gateway refused the form of the request.',
    next: 'For an order: read the order list first. Then report it; the request should not have been made like this.',
  },
  RATE_LIMITED: {
    code: 'RATE_LIMITED',
    summary: 'Kiwoom refused the request for its rate.',
    next: 'The limiter slows down by itself. For an order: read the order list before deciding again.',
  },
  TOKEN_REFUSED: {
    code: 'TOKEN_REFUSED',
    summary: 'Kiwoom refused the access token.',
    next: 'A new one is asked for. If this repeats, the app key may belong to the other environment.',
  },
  CREDENTIALS_REFUSED: {
    code: 'CREDENTIALS_REFUSED',
    summary: 'Kiwoom refused the app key, the calling address or the environment.',
    next: 'Check that key and environment belong together, and that this address is registered (지정단말기).',
  },
  GATEWAY_TROUBLE: {
    code: 'GATEWAY_TROUBLE',
    summary: 'Kiwoom is in trouble and does not say what became of the request.',
    next: 'For an order: it may be live. Read the order list before doing anything.',
  },
  UNLISTED: {
    code: 'REFUSAL_UNLISTED',
    summary: 'Kiwoom refused with a code that is not in the table.',
    next: 'Read the order list before believing the refusal, then add the code to the error map.',
  },
} as const;

/** The error of a refusal: what it is called follows from the row, or from there being none. */
export function refusalError(
  verdict: KiwoomVerdict,
  row: KiwoomErrorRow | undefined,
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
