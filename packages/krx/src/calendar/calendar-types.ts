import { type Confidence } from '../rules/confidence.ts';

/** A weekday without trading. */
export interface Closure {
  readonly date: string;
  readonly reason: string;
  /** Absent: the mark of the coverage span it lies in. */
  readonly confidence?: Confidence;
}

/** Days on which the sessions run at other times. The hours themselves are in `specialHoursRules`. */
export const specialHoursKinds = ['FIRST_TRADING_DAY', 'CSAT_DAY'] as const;
export type SpecialHoursKind = (typeof specialHoursKinds)[number];

/** A day of special hours that is announced by date. First trading days are not listed: they follow from the calendar. */
export interface SpecialDay {
  readonly date: string;
  readonly kind: SpecialHoursKind;
  readonly confidence: Confidence;
}

/** A span of days about which the calendar speaks, both ends inclusive. Spans follow each other without a gap. */
export interface CoverageSpan {
  readonly from: string;
  readonly to: string;
  readonly confidence: Confidence;
  readonly source: string;
}

/** All a calendar is made of. Give your own to {@link createTradingCalendar} when the exchange announces a change. */
export interface CalendarData {
  readonly coverage: readonly CoverageSpan[];
  readonly closures: readonly Closure[];
  readonly specialDays: readonly SpecialDay[];
}
