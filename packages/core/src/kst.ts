import { describeFound } from './describe-found.ts';
import { ValidationError } from './errors.ts';
import { type EpochMs, type TradingDate } from './values.ts';

/**
 * Korea Standard Time: UTC+9, no daylight saving since 1988. Pure arithmetic on epoch milliseconds; the zone of the
 * machine plays no part.
 */

const offsetMs = 9 * 3_600_000;
const dayMs = 86_400_000;
const dateShape = /^\d{4}-\d{2}-\d{2}$/;
const timeShape = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;

/** An instant as people in Korea read it: `2026-09-14T09:00:00.000+09:00`. */
export function kstDateTime(epochMs: EpochMs): string {
  return `${shifted(epochMs).slice(0, -1)}+09:00`;
}

/** The day that {@link kstDate} was asked for last: every order asks, and nearly always for the same one. */
let lastDay = NaN;
let lastDate = '' as TradingDate;

/** The calendar date in Korea at an instant. A trading date is chosen by its owner; this is for stamps and starts. */
export function kstDate(epochMs: EpochMs): TradingDate {
  const day = Math.floor((epochMs + offsetMs) / dayMs);
  if (day !== lastDay) {
    lastDate = shifted(epochMs).slice(0, 10) as TradingDate;
    lastDay = day;
  }
  return lastDate;
}

/** Milliseconds since midnight in Korea: 0 to 86,399,999. */
export function kstTimeOfDayMs(epochMs: EpochMs): number {
  const sinceMidnight = (epochMs + offsetMs) % dayMs;
  return sinceMidnight < 0 ? sinceMidnight + dayMs : sinceMidnight;
}

/**
 * The instant of a date and a time of day in Korea.
 * @param timeOfDayMs milliseconds since midnight; more than a day runs on into the next.
 */
export function kstEpochMs(date: TradingDate, timeOfDayMs: number): EpochMs {
  return Date.parse(`${date}T00:00:00.000Z`) - offsetMs + timeOfDayMs;
}

/**
 * Milliseconds since midnight of `HH:MM` or `HH:MM:SS`.
 * @throws {ValidationError} for anything else.
 */
export function timeOfDayMs(text: string): number {
  const [, hours, minutes, seconds = '0'] = timeShape.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) {
    throw new ValidationError({
      code: 'VALUE_INVALID',
      summary: 'The value cannot be used as a time of day.',
      facts: { field: 'timeOfDay', found: describeFound(text) },
      next: 'Give HH:MM or HH:MM:SS, for example 09:00.',
    });
  }
  return (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000;
}

/** Whether `value` is a date that exists, as `YYYY-MM-DD`. */
export function isTradingDate(value: unknown): value is TradingDate {
  if (typeof value !== 'string' || !dateShape.test(value)) return false;
  const midnight = Date.parse(`${value}T00:00:00.000Z`);
  // 2026-02-30 parses on some engines, as 2 March.
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(value);
}

/** The ISO form of the instant with Korea's hands on a UTC clock. */
function shifted(epochMs: EpochMs): string {
  return new Date(epochMs + offsetMs).toISOString();
}
