import { kstDate, kstEpochMs, type TradingDate } from '@qts/core';

let lastDay = Number.NaN;
let lastMidnightMs = 0;

/** The instant at which `YYYYMMDD` (as a number) begins in Korea; NaN when it is no date. Nearly always that of the last. */
export function midnightOf(day: number): number {
  if (day !== lastDay) {
    const text = String(day);
    const date = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}` as TradingDate;
    lastMidnightMs = text.length === 8 ? kstEpochMs(date, 0) : Number.NaN;
    lastDay = day;
  }
  return lastMidnightMs;
}

let lastReceivedDate = '';
let lastReceivedMidnightMs = 0;

/** The midnight before an instant: for records that tell a time and no date. */
export function midnightBefore(epochMs: number): number {
  const date = kstDate(epochMs);
  if (date !== lastReceivedDate) {
    lastReceivedMidnightMs = kstEpochMs(date, 0);
    lastReceivedDate = date;
  }
  return lastReceivedMidnightMs;
}
