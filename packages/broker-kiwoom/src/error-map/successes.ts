import { type KiwoomCodeKind, type KiwoomEvidence } from './rows.ts';

/** A code that says that there is nothing: a complete and empty answer to a read, and no answer at all to an order. */
export interface KiwoomSuccessRow {
  readonly kind: Extract<KiwoomCodeKind, 'NO_DATA'>;
  readonly meaning: string;
  /** Of what there is nothing: of anything that was asked for, or of orders that are open. */
  readonly nothingOf: 'WHAT_WAS_ASKED' | 'OPEN_ORDERS';
  readonly evidence: KiwoomEvidence;
}

/** Codes under `return_code` 20 that are no failure. A success proper has `return_code` 0 and no code. */
export const kiwoomSuccessCodes: Readonly<Record<string, KiwoomSuccessRow>> = {
  '501724': { kind: 'NO_DATA', meaning: 'no data for the query', nothingOf: 'WHAT_WAS_ASKED', evidence: 'reported' },
  '571758': { kind: 'NO_DATA', meaning: 'no open orders', nothingOf: 'OPEN_ORDERS', evidence: 'captured' },
};
