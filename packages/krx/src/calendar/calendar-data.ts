import { type Confidence } from '../rules/confidence.ts';
import { closures } from './closures.ts';

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

/** The calendar as known on 2026-11-21. A day outside of `coverage` is unknown, and unknown denies. */
export const krxCalendarData: CalendarData = {
  coverage: [
    {
      from: '2018-01-01',
      to: '2023-12-04',
      confidence: 'SINGLE_SOURCE',
      source: 'holidays of the official gazette and the exchange rule for 1 May and the year end',
    },
    {
      from: '2023-12-05',
      to: '2025-06-16',
      confidence: 'CONFIRMED',
      source: 'the same, and equal to the days with recorded prices',
    },
    { from: '2025-06-17', to: '2025-10-09', confidence: 'SINGLE_SOURCE', source: 'as for 2018 to 2023' },
    {
      from: '2025-10-10',
      to: '2026-12-31',
      confidence: 'CONFIRMED',
      source: "the exchange's list of 2026, the gazette, and recorded prices up to 2026-06-15",
    },
    {
      from: '2027-01-01',
      to: '2027-12-31',
      confidence: 'SINGLE_SOURCE',
      source: "provisional: the official almanac; the exchange's list of 2027 is not published",
    },
  ],
  closures,
  // 수능. Third Thursday of November by custom; announced each year. The regular session of these days starts at 10:00.
  specialDays: [
    { date: '2018-11-15', kind: 'CSAT_DAY', confidence: 'CONFIRMED' },
    { date: '2019-11-14', kind: 'CSAT_DAY', confidence: 'UNCONFIRMED' },
    { date: '2020-12-03', kind: 'CSAT_DAY', confidence: 'UNCONFIRMED' },
    { date: '2021-11-18', kind: 'CSAT_DAY', confidence: 'UNCONFIRMED' },
    { date: '2022-11-17', kind: 'CSAT_DAY', confidence: 'UNCONFIRMED' },
    { date: '2023-11-16', kind: 'CSAT_DAY', confidence: 'UNCONFIRMED' },
    { date: '2024-11-14', kind: 'CSAT_DAY', confidence: 'SINGLE_SOURCE' },
    { date: '2025-11-13', kind: 'CSAT_DAY', confidence: 'CONFIRMED' },
    { date: '2026-11-19', kind: 'CSAT_DAY', confidence: 'UNCONFIRMED' },
    { date: '2027-11-18', kind: 'CSAT_DAY', confidence: 'UNCONFIRMED' },
  ],
};
