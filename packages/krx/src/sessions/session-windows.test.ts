import { type Venue } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { krxCalendarData } from '../calendar/calendar-data.ts';
import { createTradingCalendar } from '../calendar/trading-calendar.ts';
import { formatTimeOfDay, kstInstantMs, kstTimeOfDayMs, timeOfDay } from '../rules/kst-time.ts';
import { type SessionDay, openWindows, openWindowsOf, sessionWindows } from './session-windows.ts';

function dayOf(venue: Venue, tradingDate: string): SessionDay {
  const day = sessionWindows({ venue, tradingDate });
  if (!day.ok) throw new Error(day.reason);
  return day;
}

const at = (instantMs: number): string => formatTimeOfDay(kstTimeOfDayMs(instantMs)).replace(/:00$/, '');

/** `KIND accepts / matches`, one line per window. */
function timetable(venue: Venue, tradingDate: string): string[] {
  return dayOf(venue, tradingDate).windows.map(
    (each) =>
      `${each.kind} ${at(each.acceptFromMs)}-${at(each.acceptUntilMs)} / ${at(each.matchFromMs)}-${at(each.matchUntilMs)}`,
  );
}

describe('the windows of an ordinary day', () => {
  it('of KRX since the after-market', () => {
    for (const tradingDate of ['2026-09-14', '2026-11-20']) {
      expect(timetable('KRX', tradingDate)).toStrictEqual([
        'PRE_OPEN_CLOSING_PRICE 08:30-08:40 / 08:30-08:40',
        'OPENING_AUCTION 08:30-09:00 / 09:00-09:00',
        'CONTINUOUS 09:00-15:20 / 09:00-15:20',
        'CLOSING_AUCTION 15:20-15:30 / 15:30-15:30',
        'POST_CLOSE_CLOSING_PRICE 15:30-16:00 / 15:40-16:00',
        'AFTER_MARKET 16:00-20:00 / 16:00-20:00',
      ]);
    }
  });

  it('of KRX before the after-market', () => {
    for (const tradingDate of ['2019-04-29', '2019-10-17', '2025-02-28', '2025-03-04', '2026-09-11']) {
      expect(timetable('KRX', tradingDate)).toStrictEqual([
        'PRE_OPEN_CLOSING_PRICE 08:30-08:40 / 08:30-08:40',
        'OPENING_AUCTION 08:30-09:00 / 09:00-09:00',
        'CONTINUOUS 09:00-15:20 / 09:00-15:20',
        'CLOSING_AUCTION 15:20-15:30 / 15:30-15:30',
        'POST_CLOSE_CLOSING_PRICE 15:30-16:00 / 15:40-16:00',
        'AFTER_HOURS_SINGLE_PRICE 16:00-18:00 / 16:10-18:00',
      ]);
    }
  });

  it('of KRX when the windows before the open were an hour long', () => {
    for (const tradingDate of ['2018-11-19', '2019-04-26']) {
      expect(timetable('KRX', tradingDate).slice(0, 2)).toStrictEqual([
        'PRE_OPEN_CLOSING_PRICE 07:30-08:30 / 07:30-08:30',
        'OPENING_AUCTION 08:00-09:00 / 09:00-09:00',
      ]);
    }
  });

  it('of NXT', () => {
    for (const tradingDate of ['2025-03-04', '2026-11-20']) {
      expect(timetable('NXT', tradingDate)).toStrictEqual([
        'PRE_MARKET 08:00-08:50 / 08:00-08:50',
        'CONTINUOUS 09:00:30-15:20 / 09:00:30-15:20',
        'POST_CLOSE_CLOSING_PRICE 15:00-16:00 / 15:30-16:00',
        'AFTER_MARKET 15:30-20:00 / 15:40-20:00',
      ]);
    }
  });

  it('of a routed order are those that both venues share, and marked as unconfirmed', () => {
    expect(timetable('SOR', '2026-11-20')).toStrictEqual(['CONTINUOUS 09:00:30-15:20 / 09:00:30-15:20']);
    expect(dayOf('SOR', '2026-11-20').windows[0]?.confidence).toBe('UNCONFIRMED');
  });

  it('carry the trading session their orders name', () => {
    expect(dayOf('KRX', '2026-11-20').windows.map((each) => each.session)).toStrictEqual([
      'PRE_OPEN_CLOSING_PRICE',
      'REGULAR',
      'REGULAR',
      'REGULAR',
      'POST_CLOSE_CLOSING_PRICE',
      'AFTER_MARKET',
    ]);
  });

  it('end at random within 30 seconds in the two auctions only', () => {
    const random = dayOf('KRX', '2026-11-20').windows.filter((each) => each.randomEndMsMax > 0);
    expect(random.map((each) => [each.kind, each.method, each.randomEndMsMax])).toStrictEqual([
      ['OPENING_AUCTION', 'CALL_AUCTION', 30_000],
      ['CLOSING_AUCTION', 'CALL_AUCTION', 30_000],
    ]);
  });

  it('bar NXT names from the single-price session while that and NXT existed together', () => {
    const conditions = (tradingDate: string): unknown =>
      dayOf('KRX', tradingDate).windows.find((each) => each.kind === 'AFTER_HOURS_SINGLE_PRICE')?.symbolConditions;
    expect(conditions('2025-02-28')).toStrictEqual([]);
    expect(conditions('2025-03-04')).toStrictEqual(['NOT_NXT_TRADABLE']);
    expect(conditions('2026-09-11')).toStrictEqual(['NOT_NXT_TRADABLE']);
  });

  it('print a single price every ten minutes in the single-price session', () => {
    const window = dayOf('KRX', '2025-02-28').windows.at(-1);
    expect(window).toMatchObject({ method: 'PERIODIC_CALL_AUCTION', intervalMs: 600_000, prices: 'NEAR_CLOSE' });
  });
});

describe('the windows of a day of special hours', () => {
  it('open at ten and close as usual on the first trading day', () => {
    expect(timetable('KRX', '2026-01-02')).toStrictEqual([
      'PRE_OPEN_CLOSING_PRICE 09:30-09:40 / 09:30-09:40',
      'OPENING_AUCTION 09:30-10:00 / 10:00-10:00',
      'CONTINUOUS 10:00-15:20 / 10:00-15:20',
      'CLOSING_AUCTION 15:20-15:30 / 15:30-15:30',
      'POST_CLOSE_CLOSING_PRICE 15:30-16:00 / 15:40-16:00',
      'AFTER_HOURS_SINGLE_PRICE 16:00-18:00 / 16:10-18:00',
    ]);
    expect(dayOf('KRX', '2026-01-02').specialHours).toBe('FIRST_TRADING_DAY');
  });

  it('leave the NXT pre-market out on the first trading day, and say why', () => {
    expect(timetable('NXT', '2026-01-02')[0]).toBe('CONTINUOUS 10:00:30-15:20 / 10:00:30-15:20');
    expect(dayOf('NXT', '2026-01-02').withheld).toStrictEqual([
      { kind: 'PRE_MARKET', reason: 'NXT PRE_MARKET does not run on this day (FIRST_TRADING_DAY).' },
    ]);
  });

  it('keep the after-market of the next first trading day, marked as unconfirmed', () => {
    const day = dayOf('KRX', '2027-01-04');
    expect(day.windows.at(-1)).toMatchObject({ kind: 'AFTER_MARKET', confidence: 'UNCONFIRMED' });
  });

  it('run an hour later on the day of the college test', () => {
    expect(timetable('KRX', '2025-11-13')).toStrictEqual([
      'PRE_OPEN_CLOSING_PRICE 09:30-09:40 / 09:30-09:40',
      'OPENING_AUCTION 09:30-10:00 / 10:00-10:00',
      'CONTINUOUS 10:00-16:20 / 10:00-16:20',
      'CLOSING_AUCTION 16:20-16:30 / 16:30-16:30',
      'POST_CLOSE_CLOSING_PRICE 16:30-17:00 / 16:40-17:00',
      'AFTER_HOURS_SINGLE_PRICE 17:00-18:00 / 17:10-18:00',
    ]);
    expect(timetable('NXT', '2025-11-13')).toStrictEqual([
      'CONTINUOUS 10:00:30-16:20 / 10:00:30-16:20',
      'AFTER_MARKET 16:30-20:00 / 16:40-20:00',
    ]);
  });

  it('leave out what no source gives the hours of', () => {
    expect(dayOf('KRX', '2026-11-19').withheld).toStrictEqual([
      { kind: 'AFTER_MARKET', reason: 'KRX AFTER_MARKET has no known hours on this day (CSAT_DAY).' },
    ]);
    expect(dayOf('NXT', '2026-11-19').withheld.map((each) => each.reason)).toStrictEqual([
      'NXT PRE_MARKET does not run on this day (CSAT_DAY).',
      'No hours are held for NXT POST_CLOSE_CLOSING_PRICE on a CSAT_DAY.',
    ]);
  });
});

describe('sessionWindows denies', () => {
  it.each([
    ['KRX', '2026-11-21', 'MARKET_CLOSED', '2026-11-21 is closed: weekend.'],
    ['KRX', '2026-12-25', 'MARKET_CLOSED', '2026-12-25 is closed: Christmas.'],
    [
      'KRX',
      '2028-01-03',
      'DATE_NOT_COVERED',
      '2028-01-03 is not covered: the calendar reaches from 2018-01-01 to 2027-12-31.',
    ],
    ['NXT', '2025-02-28', 'DATE_NOT_COVERED', 'No sessions of NXT are held for 2025-02-28.'],
  ] as const)('%s on %s', (venue, tradingDate, code, reason) => {
    expect(sessionWindows({ venue, tradingDate })).toStrictEqual({ ok: false, code, reason });
    expect(openWindows({ venue, tradingDate, atMs: kstInstantMs(tradingDate, timeOfDay('10:00')) })).toMatchObject({
      code,
    });
  });

  it('a day that a calendar of the caller closes', () => {
    const calendar = createTradingCalendar({
      ...krxCalendarData,
      closures: [...krxCalendarData.closures, { date: '2027-06-14', reason: 'temporary holiday' }],
    });
    expect(sessionWindows({ venue: 'KRX', tradingDate: '2027-06-14', calendar })).toMatchObject({
      code: 'MARKET_CLOSED',
    });
  });
});

describe('openWindows', () => {
  const kindsAt = (venue: Venue, tradingDate: string, atMs: number): string[] => {
    const open = openWindows({ venue, tradingDate, atMs });
    return open.ok ? open.windows.map((each) => each.kind) : [];
  };

  const everyWindow = (
    [
      ['KRX', '2018-11-19'],
      ['KRX', '2025-11-13'],
      ['KRX', '2026-01-02'],
      ['KRX', '2026-11-20'],
      ['NXT', '2026-11-20'],
    ] as const
  ).flatMap(([venue, date]) =>
    dayOf(venue, date).windows.map((window) => ({ venue, date, kind: window.kind, window })),
  );

  it.each(everyWindow)(
    '$venue $kind on $date takes its first and its last millisecond and no more',
    ({ venue, date, window }) => {
      const isOpenAt = (atMs: number): boolean => kindsAt(venue, date, atMs).includes(window.kind);
      expect(isOpenAt(window.acceptFromMs - 1)).toBe(false);
      expect(isOpenAt(window.acceptFromMs)).toBe(true);
      expect(isOpenAt(window.acceptUntilMs - 1)).toBe(true);
      expect(isOpenAt(window.acceptUntilMs)).toBe(false);
    },
  );

  it('gives several windows at once', () => {
    const date = '2026-11-20';
    expect(kindsAt('KRX', date, kstInstantMs(date, timeOfDay('08:35')))).toStrictEqual([
      'PRE_OPEN_CLOSING_PRICE',
      'OPENING_AUCTION',
    ]);
    expect(kindsAt('NXT', date, kstInstantMs(date, timeOfDay('15:35')))).toStrictEqual([
      'POST_CLOSE_CLOSING_PRICE',
      'AFTER_MARKET',
    ]);
  });

  it('says what follows when nothing is open', () => {
    const atMs = kstInstantMs('2026-11-20', timeOfDay('08:55'));
    expect(openWindows({ venue: 'NXT', tradingDate: '2026-11-20', atMs })).toStrictEqual({
      ok: false,
      code: 'NO_OPEN_WINDOW',
      reason: 'NXT takes no orders for 2026-11-20 at 2026-11-20 08:55:00; CONTINUOUS follows at 09:00:30.',
    });
  });

  it('opens nothing for the order of another day', () => {
    const nextMorning = kstInstantMs('2026-11-23', timeOfDay('10:00'));
    expect(openWindowsOf(dayOf('KRX', '2026-11-20'), nextMorning)).toStrictEqual({
      ok: false,
      code: 'NO_OPEN_WINDOW',
      reason: 'KRX takes no orders for 2026-11-20 at 2026-11-23 10:00:00; nothing follows on this day.',
    });
  });
});
