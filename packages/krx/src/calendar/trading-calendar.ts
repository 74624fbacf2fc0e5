import { ConfigurationError } from '@qts/core';
import { checkDate, checkWholeNumber } from '../rules/checks.ts';
import { type Confidence, weakestConfidence } from '../rules/confidence.ts';
import { type Denied, deny } from '../rules/denial.ts';
import { addCalendarDays, dayOfWeek, isCalendarDate } from '../rules/kst-time.ts';
import { krxCalendarData } from './calendar-data.ts';
import { type CalendarData, type Closure, type SpecialDay, type SpecialHoursKind } from './calendar-types.ts';

/** What the calendar says of a day. `UNKNOWN` is not `OPEN`: nothing is traded on a day the calendar does not reach. */
export type TradingDay =
  | {
      readonly status: 'OPEN';
      readonly date: string;
      readonly confidence: Confidence;
      /** Present when the sessions run at other times that day. */
      readonly specialHours?: SpecialHoursKind;
    }
  | { readonly status: 'CLOSED'; readonly date: string; readonly confidence: Confidence; readonly reason: string }
  | { readonly status: 'UNKNOWN'; readonly date: string; readonly reason: string };

/** A trading day that was looked for, or why it cannot be told. */
export type FoundTradingDay = { readonly ok: true; readonly date: string; readonly confidence: Confidence } | Denied;

/** A calendar of trading days. KRX and NXT share it. */
export interface TradingCalendar {
  readonly data: CalendarData;
  /** First and last day about which the calendar speaks. */
  readonly coveredFrom: string;
  readonly coveredTo: string;
  tradingDay(date: string): TradingDay;
  /** The first trading day after `date`. */
  nextTradingDay(date: string): FoundTradingDay;
  /** The last trading day before `date`. */
  previousTradingDay(date: string): FoundTradingDay;
  /** The trading day `count` trading days after `date`, which must be one itself. `count` is 0 or more. */
  addTradingDays(date: string, count: number): FoundTradingDay;
}

/**
 * Builds a calendar. The exchange announces temporary holidays weeks ahead, so a program must be able to load them
 * without a release: spread {@link krxCalendarData} and add to it.
 *
 * @throws {ConfigurationError} `KRX_CALENDAR_INVALID` on a date that is none, a closure on a weekend, outside of the
 * coverage or given twice, a special day that is closed, a gap in the coverage, or a coverage that begins within a year.
 */
export function createTradingCalendar(data: CalendarData): TradingCalendar {
  const { coveredFrom, coveredTo } = checkCoverage(data);
  const closures = indexByDate('closures', data.closures, coveredFrom, coveredTo);
  const specialDays = indexByDate('specialDays', data.specialDays, coveredFrom, coveredTo);
  for (const special of data.specialDays) {
    if (closures.has(special.date)) refuse('A day of special hours is also closed.', special.date);
  }

  const tradingDay = (date: string): TradingDay => {
    checkDate('date', date);
    const span = data.coverage.find((each) => each.from <= date && date <= each.to);
    if (span === undefined) {
      return {
        status: 'UNKNOWN',
        date,
        reason: `${date} is not covered: the calendar reaches from ${coveredFrom} to ${coveredTo}.`,
      };
    }
    const closure = closures.get(date);
    if (closure !== undefined) {
      const confidence = closure.confidence ?? span.confidence;
      return { status: 'CLOSED', date, confidence, reason: closure.reason };
    }
    if (isWeekend(date)) return { status: 'CLOSED', date, confidence: 'CONFIRMED', reason: 'weekend' };
    const special = specialHoursOf(date);
    if (special === undefined) return { status: 'OPEN', date, confidence: span.confidence };
    return {
      status: 'OPEN',
      date,
      confidence: weakestConfidence(span.confidence, special.confidence),
      specialHours: special.kind,
    };
  };

  const isOpen = (date: string): boolean => !isWeekend(date) && !closures.has(date);

  const specialHoursOf = (date: string): Pick<SpecialDay, 'kind' | 'confidence'> | undefined => {
    const listed = specialDays.get(date);
    if (listed !== undefined) return listed;
    const newYear = `${date.slice(0, 4)}-01-01`;
    for (let day = newYear; day < date; day = addCalendarDays(day, 1)) if (isOpen(day)) return undefined;
    return { kind: 'FIRST_TRADING_DAY', confidence: 'CONFIRMED' };
  };

  const step = (from: string, direction: 1 | -1): FoundTradingDay => {
    for (let date = addCalendarDays(from, direction); ; date = addCalendarDays(date, direction)) {
      const day = tradingDay(date);
      if (day.status === 'OPEN') return { ok: true, date, confidence: day.confidence };
      if (day.status === 'UNKNOWN') return deny('DATE_NOT_COVERED', day.reason);
    }
  };

  return {
    data,
    coveredFrom,
    coveredTo,
    tradingDay,
    nextTradingDay: (date) => {
      checkDate('date', date);
      return step(date, 1);
    },
    previousTradingDay: (date) => {
      checkDate('date', date);
      return step(date, -1);
    },
    addTradingDays: (date, count) => {
      checkWholeNumber('count', count, 0);
      const start = tradingDay(date);
      if (start.status === 'UNKNOWN') return deny('DATE_NOT_COVERED', start.reason);
      if (start.status === 'CLOSED') return deny('MARKET_CLOSED', `${date} is closed: ${start.reason}.`);
      let found: FoundTradingDay = { ok: true, date, confidence: start.confidence };
      for (let left = count; left > 0 && found.ok; left--) found = step(found.date, 1);
      return found;
    },
  };
}

/** The calendar that this package knows. */
export const krxCalendar: TradingCalendar = createTradingCalendar(krxCalendarData);

function isWeekend(date: string): boolean {
  const day = dayOfWeek(date);
  return day === 0 || day === 6;
}

function checkCoverage(data: CalendarData): { readonly coveredFrom: string; readonly coveredTo: string } {
  const [first, ...rest] = data.coverage;
  if (first === undefined) refuse('A calendar without coverage knows no day.', '(none)');
  let { to } = first;
  for (const each of data.coverage) {
    if (!isCalendarDate(each.from) || !isCalendarDate(each.to) || each.to < each.from) {
      refuse('A span of the coverage is not a span of days.', `${each.from}..${each.to}`);
    }
  }
  // The first trading day of a year opens an hour later. Which day that is can only be told from all days before it.
  if (!first.from.endsWith('-01-01')) refuse('The coverage does not begin on 1 January.', first.from);
  for (const each of rest) {
    if (each.from !== addCalendarDays(to, 1)) refuse('The coverage has a gap or an overlap.', `${to}..${each.from}`);
    ({ to } = each);
  }
  return { coveredFrom: first.from, coveredTo: to };
}

function indexByDate<Row extends Closure | SpecialDay>(
  list: string,
  rows: readonly Row[],
  coveredFrom: string,
  coveredTo: string,
): ReadonlyMap<string, Row> {
  const index = new Map<string, Row>();
  for (const row of rows) {
    if (!isCalendarDate(row.date)) refuse(`A date in ${list} is not a date.`, row.date);
    if (row.date < coveredFrom || row.date > coveredTo)
      refuse(`A date in ${list} is outside of the coverage.`, row.date);
    if (isWeekend(row.date)) refuse(`A date in ${list} is on a weekend.`, row.date);
    if (index.has(row.date)) refuse(`A date in ${list} is given twice.`, row.date);
    index.set(row.date, row);
  }
  return index;
}

function refuse(summary: string, found: string): never {
  throw new ConfigurationError({
    code: 'KRX_CALENDAR_INVALID',
    summary,
    facts: { found },
    next: 'Correct the calendar data; nothing was loaded.',
  });
}
