import { createHash } from 'node:crypto';
import { type FailsafeCode, type IntentId, type SymbolCode, type TradingDate } from '@qts/core';
import { type SafetyRecordEvent } from '../safety/safety-layer.ts';
import { type RestrictedState } from './restriction.ts';

/**
 * How we and the broker can disagree (execution-safety 10.3).
 *
 * - `D0`: one of the two is behind; the next read tells.
 * - `D1`: the broker had fills that we did not know.
 * - `D2`: the broker has an order that we never sent.
 * - `D3`: the broker does not list an open order of ours.
 * - `D4`: a position is not the sum of its fills.
 * - `D5`: cash is off by more than fees, taxes and rounding can explain.
 * - `D6`: figures contradict themselves.
 */
export const differenceClasses = ['D0', 'D1', 'D2', 'D3', 'D4', 'D5', 'D6'] as const;
export type DifferenceClass = (typeof differenceClasses)[number];

/** What is done about a difference. */
export interface DifferenceRule {
  /** Reads in a row that have to show it before anything is done. */
  readonly reads: 1 | 2;
  /** It is written down. What is not written down is only read again. */
  readonly isRecorded: boolean;
  /** Code and event of its safety record. */
  readonly alarm?: { readonly code: FailsafeCode; readonly event: SafetyRecordEvent };
  /** The alarm is raised only where the owner declared that nobody else trades the account. */
  readonly alarmsIfExclusiveOnly?: true;
  readonly restrictTo?: RestrictedState;
  /** Cash alone: the restriction holds only beyond the limit of the settings. */
  readonly restrictsBeyondLimit?: true;
}

export const differenceRules: Readonly<Record<DifferenceClass, DifferenceRule>> = {
  D0: { reads: 1, isRecorded: false },
  D1: { reads: 1, isRecorded: true },
  D2: { reads: 2, isRecorded: true, alarm: { code: 'AN080', event: 'anomaly' }, alarmsIfExclusiveOnly: true },
  D3: { reads: 2, isRecorded: true, alarm: { code: 'FS043', event: 'fail_safe' }, restrictTo: 'REDUCE_ONLY' },
  D4: { reads: 2, isRecorded: true, alarm: { code: 'FS070', event: 'fail_safe' }, restrictTo: 'REDUCE_ONLY' },
  D5: {
    ...{ reads: 2, isRecorded: true, alarm: { code: 'AN030', event: 'anomaly' }, restrictTo: 'REDUCE_ONLY' },
    restrictsBeyondLimit: true,
  },
  D6: { reads: 2, isRecorded: true, alarm: { code: 'FS045', event: 'fail_safe' }, restrictTo: 'HALTED' },
};

/** One disagreement, as of the start of a read. */
export interface Difference {
  readonly class: DifferenceClass;
  /** What it is about: a symbol, an order number, an intent id, or `cash`. */
  readonly subject: string;
  readonly symbol?: SymbolCode;
  readonly intentId?: IntentId;
  /** What we have, and what the broker says: figures in shares or won, or words. */
  readonly expected: string | number;
  readonly found: string | number;
  /** One sentence without a full stop. */
  readonly why: string;
  /** Cash: beyond the limit up to which it is only an alarm. */
  readonly isBeyondLimit?: boolean;
}

/** Made of the content: a reconciliation that is repeated after a restart finds its own record again. */
export function differenceId(tradingDate: TradingDate, difference: Difference): string {
  const { class: kind, subject, expected, found } = difference;
  const content = JSON.stringify([tradingDate, kind, subject, expected, found]);
  return createHash('sha256').update(content).digest('hex').slice(0, 24);
}
