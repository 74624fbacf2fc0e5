import { kstDate, kstEpochMs } from '@qts/core';

let lastReceivedDate = '';
let lastReceivedMidnightMs = 0;

/** The midnight in Korea before an instant: every type tells a time and no date. Nearly always that of the last. */
export function midnightBefore(epochMs: number): number {
  const date = kstDate(epochMs);
  if (date !== lastReceivedDate) {
    lastReceivedMidnightMs = kstEpochMs(date, 0);
    lastReceivedDate = date;
  }
  return lastReceivedMidnightMs;
}
