import { createRefusalError, nativeMessage, type RefusalErrorMaker } from '@qts/broker-kit';
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
    message: rtCd !== '0' && typeof message === 'string' ? nativeMessage(message, scrub) : '',
  };
}

/** The row of a code, if it may come from this environment: a paper code on the live server is not believed. */
export function findErrorRow(code: string, environment: KisEnvironment): KisErrorRow | undefined {
  const row = kisErrorMap.lookup(code);
  return row?.environments.includes(environment) === true ? row : undefined;
}

/** The error of a refusal by KIS. */
export const refusalError: RefusalErrorMaker = createRefusalError({
  brokerName: 'KIS',
  credentials: {
    summary: 'KIS refused the app key, the account or the environment.',
    next: 'Check that key, account and environment belong together. Nothing will work before that.',
  },
});
