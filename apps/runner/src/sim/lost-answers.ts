import { type OrderStatus } from '@qts/core';
import { type VenueFaultId, type VenueSim } from '@qts/venue-sim';
import { type RunnerBroker } from '../brokers/runner-broker.ts';

/** Ways in which the answer to an order gets lost on purpose, in turns: half of them after the venue took the order. */
export const waysToLose: readonly VenueFaultId[] = [
  'R08-drop-after-accept',
  'R07-drop-before-accept',
  'R19-error-500-after-accept',
  'R20-error-500-before-accept',
  'R13-half-json-after-accept',
  'R15-html-page-before-accept',
];

/** The first order of an operation whose answer is lost: soon enough for a short day. */
const firstLost = 2;
/** Orders between two losses: far enough apart for each to be resolved before the next. */
const ordersBetween = 7;

/** What became of the answers that a simulated day lost on purpose. */
export interface LostAnswers {
  /** Answers that were lost. */
  readonly lost: number;
  /** Orders whose answer was lost and that were found on the broker's list. */
  readonly found: number;
  /** Orders that the broker never had. */
  readonly absent: number;
  /** Orders that nobody knows about at the end of the day: a person would have to look. */
  readonly unresolved: number;
}

/** Arranges for `count` answers to orders to be lost over the day, in turns by the operations that place them. */
export function loseAnswers({ faults }: VenueSim, { placeOperations }: RunnerBroker, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const fault = waysToLose[index % waysToLose.length];
    const operation = placeOperations[index % placeOperations.length];
    const nth = firstLost + Math.floor(index / placeOperations.length) * ordersBetween;
    if (fault !== undefined && operation !== undefined) faults.plan({ fault, operation, when: { nth } });
  }
}

/** Counts what became of them, by the venue's own counters. */
export function countLostAnswers(
  venue: VenueSim,
  orders: readonly { readonly status: OrderStatus; readonly needsReconciliation: boolean }[],
): LostAnswers {
  const counters = venue.faults.counters();
  const lost = waysToLose.reduce((sum, fault) => sum + counters[fault], 0);
  const absent = orders.filter(({ status }) => status === 'ABSENT').length;
  const unresolved = orders.filter(({ needsReconciliation }) => needsReconciliation).length;
  return { lost, found: lost - absent - unresolved, absent, unresolved };
}
