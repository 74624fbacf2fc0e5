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

/** The instant of a date and a time such as `094414`. */
export function instantOf(date: TradingDate, time: string): EpochMs {
  return kstEpochMs(date, timeOfDayMs(`${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4, 6)}`));
}
