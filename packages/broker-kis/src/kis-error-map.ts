import { defineErrorMap, type ErrorMap } from '@qts/broker-kit';
import { type FailsafeCode } from '@qts/core';
import { gatewayCodes } from './error-map/gateway.ts';
import { ledgerCodes } from './error-map/ledger.ts';
import { opsQueueCodes, opsQueueRange } from './error-map/ops-queue.ts';
import { paperCodes } from './error-map/paper-engine.ts';
import { quoteCodes } from './error-map/quotes.ts';
import { type KisErrorRow } from './error-map/rows.ts';

const listed = defineErrorMap<string, KisErrorRow>({
  ...gatewayCodes,
  ...opsQueueCodes,
  ...ledgerCodes,
  ...quoteCodes,
  ...paperCodes,
});

/**
 * Every failure code of KIS REST that is known, with what it proves. What is not here proves nothing: `UNKNOWN`.
 *
 * Source: the code list of the KIS reference (October 2026): 105 single codes and one range; the 13 success codes are in
 * `kisSuccessCodes`, the 28 of the WebSocket in `kisStreamCodes`.
 */
export const kisErrorMap: ErrorMap<string, KisErrorRow> = {
  rows: { ...listed.rows, [`${opsQueueRange.from}-${opsQueueRange.to}`]: opsQueueRange.row },
  lookup(nativeCode) {
    const row = listed.lookup(nativeCode);
    if (row !== undefined) return row;
    const inRange =
      nativeCode.length === opsQueueRange.from.length &&
      nativeCode >= opsQueueRange.from &&
      nativeCode <= opsQueueRange.to;
    return inRange ? opsQueueRange.row : undefined;
  },
};

/**
 * The table of the initial design, kept for callers that were written against it. None of these codes occurs in today's
 * API: KIS identifies failures by `msg_cd`.
 */
export const kisCompatibilityCodes: Readonly<Record<string, FailsafeCode>> = {
  '1001': 'FS040',
  '3005': 'FS041',
  TIMEOUT: 'FS042',
};

/**
 * The safety code of the initial design for a KIS code: number or text, `timeout` in any case; anything else, or none,
 * is FS040.
 */
export function kisCompatibilityCode(nativeCode: string | number | undefined): FailsafeCode {
  const key = String(nativeCode ?? '')
    .trim()
    .toUpperCase();
  return kisCompatibilityCodes[key] ?? 'FS040';
}
