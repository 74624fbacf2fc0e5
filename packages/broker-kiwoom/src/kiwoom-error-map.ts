import { defineErrorMap, type ErrorMap } from '@qts/broker-kit';
import { type FailsafeCode } from '@qts/core';
import { gatewayCodes } from './error-map/gateway.ts';
import { ledgerCodes } from './error-map/ledger.ts';
import { paperCodes } from './error-map/paper-engine.ts';
import { type KiwoomErrorRow } from './error-map/rows.ts';

/**
 * Every failure code of Kiwoom REST that is known, with what it proves. What is not here proves nothing: `UNKNOWN`.
 *
 * Source: the code list of the Kiwoom reference (October 2026), 37 of the gateway and 25 of the back end, and 1634 of the
 * older list; the two "no data" codes are in `kiwoomSuccessCodes`.
 */
export const kiwoomErrorMap: ErrorMap<string, KiwoomErrorRow> = defineErrorMap<string, KiwoomErrorRow>({
  ...gatewayCodes,
  ...ledgerCodes,
  ...paperCodes,
});

/**
 * The table of the initial design, kept for callers that were written against it. The negative numbers are the older OCX
 * API's: none occurs in REST, which has a small `return_code` and a code in brackets.
 */
export const kiwoomCompatibilityCodes: Readonly<Record<string, FailsafeCode>> = {
  '1': 'FS040',
  '2': 'FS040',
  '-300': 'FS040',
  '-301': 'FS040',
  '-307': 'FS040',
  '-308': 'FS042',
  '-500': 'FS040',
  TIMEOUT: 'FS042',
};

/**
 * The safety code of the initial design for a Kiwoom code: number or text, `timeout` in any case; anything else, or
 * none, is FS040.
 */
export function kiwoomCompatibilityCode(nativeCode: string | number | undefined): FailsafeCode {
  const key = String(nativeCode ?? '')
    .trim()
    .toUpperCase();
  return kiwoomCompatibilityCodes[key] ?? 'FS040';
}
