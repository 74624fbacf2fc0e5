import { type EpochMs, kstEpochMs, timeOfDayMs, type TradingDate } from '@qts/core';

/** Dates and times as Kiwoom writes them. All are Korea's, and none says so. */

/** `20260914` → `2026-09-14`. */
export function isoDate(date: string): TradingDate {
  return `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}` as TradingDate;
}

/** `2026-09-14` → `20260914`. */
export function wireDate(date: TradingDate): string {
  return date.replaceAll('-', '');
}

/** The instant of a date and a time, which comes as `094414` or, in kt00007 and kt00009, as `09:44:14`. */
export function instantOf(date: TradingDate, time: string): EpochMs {
  const digits = time.replaceAll(':', '');
  return kstEpochMs(date, timeOfDayMs(`${digits.slice(0, 2)}:${digits.slice(2, 4)}:${digits.slice(4, 6)}`));
}
