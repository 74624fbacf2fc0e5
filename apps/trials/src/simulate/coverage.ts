import { commandOutcomes } from '@qts/core';
import { type Counts } from './run-schedule.ts';
import { memoryVenueFaults, streamVenueFaults } from './draw/simulated-faults.ts';
import { diskFaultIds } from './world/disk.ts';
import { networkFaultIds } from './world/network.ts';

/** Everything that a range of seeds has to reach, by the names under which runs count. */
export const reachable: readonly string[] = [
  ...[...memoryVenueFaults, ...streamVenueFaults].map((id) => `venue ${id}`),
  ...networkFaultIds.map((id) => `network ${id}`),
  ...diskFaultIds.map((id) => `disk ${id}`),
  ...commandOutcomes.map((outcome) => `command ${outcome}`),
  'command DENIED',
  ...['ADOPTED', 'ABSENT', 'REJECTED', 'ESCALATED', 'LANDED_LATE', 'by LATE_ANSWER'].map((end) => `unknown ${end}`),
  ...['REQUESTED', 'TOO_LATE_FILLED', 'TOO_LATE_CLOSED', 'NOT_FOUND', 'NOT_SENT', 'UNKNOWN'].map(
    (end) => `cancel ${end}`,
  ),
  ...['ACCEPTED', 'REJECTED', 'NOT_SENT', 'UNKNOWN', 'LANDED', 'NOT_LANDED'].map((end) => `replace ${end}`),
  ...['REPLACED', 'REPLACED_AND_FILLED'].map((end) => `order ${end}`),
  ...['connected', 'gap', 'backfilled', 'drift', 'stale', 'subscription-refused', 'notice'].map(
    (what) => `stream ${what}`,
  ),
  ...['CONNECTION_CLOSED', 'HALF_OPEN', 'KEY_IN_USE_ELSEWHERE'].map((why) => `stream lost: ${why}`),
  ...['stops', 'stops from elsewhere', 'stops that cannot be read', 'stops released'],
  ...['FILLED', 'CANCELED', 'EXPIRED', 'REJECTED', 'DENIED', 'ABSENT', 'FILLED_IN_PART'].map((end) => `order ${end}`),
];

/** Ends that no run can reach, and why. Printed with every table. */
export const unreachable: Readonly<Record<string, string>> = {
  'cancel CONFIRMED': 'KIS and Kiwoom answer a cancel with a number; that it happened is read from a list',
  'cancel REFUSED_BY_SESSION': 'the simulated exchange refuses no cancel for the hour',
};

/** What was reached less often than `least` times, by name. */
export function findUnreached(totals: Counts, least = 1): readonly string[] {
  return reachable.filter((name) => (totals[name] ?? 0) < least);
}
