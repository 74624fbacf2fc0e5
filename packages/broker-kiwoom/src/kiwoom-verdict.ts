import { createRefusalError, nativeMessage, type RefusalErrorMaker } from '@qts/broker-kit';
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
    message: sent === 0 ? '' : nativeMessage(text, scrub),
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

/** The error of a refusal by Kiwoom. */
export const refusalError: RefusalErrorMaker = createRefusalError({
  brokerName: 'Kiwoom',
  credentials: {
    summary: 'Kiwoom refused the app key, the calling address or the environment.',
    next: 'Check that key and environment belong together, and that this address is registered (지정단말기).',
  },
});
