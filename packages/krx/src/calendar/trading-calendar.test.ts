import { ConfigurationError, ValidationError } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { addCalendarDays } from '../rules/kst-time.ts';
import { closures } from './closures.ts';
import { krxCalendarData } from './calendar-data.ts';
import { type TradingDay, createTradingCalendar, krxCalendar } from './trading-calendar.ts';

const tradingDay = (date: string): TradingDay => krxCalendar.tradingDay(date);

function daysOf(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addCalendarDays(day, 1)) days.push(day);
  return days;
}

const isOpen = (date: string): boolean => tradingDay(date).status === 'OPEN';

describe('the KRX calendar', () => {
  it.each(closures)('is closed on $date: $reason', ({ date, reason }) => {
    expect(tradingDay(date)).toMatchObject({ status: 'CLOSED', reason });
  });

  // 2026 and 2027 as the market-rules reference counts them.
  it.each([
    ['2018', 244],
    ['2019', 246],
    ['2020', 248],
    ['2021', 248],
    ['2022', 246],
    ['2023', 245],
    ['2024', 244],
    ['2025', 242],
    ['2026', 244],
    ['2027', 245],
  ])('has in %s %i trading days', (year, count) => {
    expect(daysOf(`${year}-01-01`, `${year}-12-31`).filter(isOpen)).toHaveLength(count);
  });

  it.each([
    ['2018-11-19', '2018-11-19'],
    ['2019-10-17', '2019-10-17'],
    ['2025-06-13', '2025-06-17'],
    ['2025-10-16', '2025-10-22'],
    ['2025-12-05', '2025-12-24'],
    ['2026-01-02', '2026-01-30'],
    ['2026-06-08', '2026-06-08'],
  ])('is open on every weekday of the recorded span %s to %s', (from, to) => {
    const weekdays = daysOf(from, to).filter((date) => ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()));
    expect(weekdays.filter((date) => !isOpen(date))).toStrictEqual([]);
  });

  it('is closed on weekends', () => {
    expect(tradingDay('2026-11-21')).toStrictEqual({
      status: 'CLOSED',
      date: '2026-11-21',
      confidence: 'CONFIRMED',
      reason: 'weekend',
    });
  });

  it('knows nothing beyond its coverage, and says where that ends', () => {
    expect(tradingDay('2028-01-03')).toStrictEqual({
      status: 'UNKNOWN',
      date: '2028-01-03',
      reason: '2028-01-03 is not covered: the calendar reaches from 2018-01-01 to 2027-12-31.',
    });
    expect(tradingDay('2017-12-28').status).toBe('UNKNOWN');
  });

  it.each([
    ['2022-06-15', 'SINGLE_SOURCE'],
    ['2024-06-14', 'CONFIRMED'],
    ['2025-08-14', 'SINGLE_SOURCE'],
    ['2026-11-20', 'CONFIRMED'],
    ['2027-06-15', 'SINGLE_SOURCE'],
    ['2027-12-31', 'UNCONFIRMED'],
  ])('marks %s as %s', (date, confidence) => {
    expect(tradingDay(date)).toMatchObject({ confidence });
  });

  it.each([
    '2018-01-02',
    '2019-01-02',
    '2020-01-02',
    '2021-01-04',
    '2022-01-03',
    '2023-01-02',
    '2024-01-02',
    '2025-01-02',
    '2026-01-02',
    '2027-01-04',
  ])('opens the year on %s', (date) => {
    expect(tradingDay(date)).toMatchObject({ status: 'OPEN', specialHours: 'FIRST_TRADING_DAY' });
  });

  it('has one first trading day a year and the announced test days, and no other special hours', () => {
    const special = daysOf('2018-01-01', '2027-12-31').filter((date) => 'specialHours' in tradingDay(date));
    expect(special).toHaveLength(10 + krxCalendarData.specialDays.length);
  });

  it.each(krxCalendarData.specialDays)('has special hours on $date: $kind', ({ date, kind }) => {
    expect(tradingDay(date)).toMatchObject({ status: 'OPEN', specialHours: kind });
    expect(new Date(`${date}T00:00:00Z`).getUTCDay()).toBe(4);
  });

  it('steps over weekends and holidays', () => {
    expect(krxCalendar.nextTradingDay('2026-02-13')).toMatchObject({ ok: true, date: '2026-02-19' });
    expect(krxCalendar.nextTradingDay('2026-02-14')).toMatchObject({ ok: true, date: '2026-02-19' });
    expect(krxCalendar.previousTradingDay('2026-02-19')).toMatchObject({ ok: true, date: '2026-02-13' });
    expect(krxCalendar.addTradingDays('2026-09-22', 3)).toMatchObject({ ok: true, date: '2026-09-29' });
    expect(krxCalendar.addTradingDays('2026-09-22', 0)).toMatchObject({ ok: true, date: '2026-09-22' });
  });

  it('does not step out of its coverage', () => {
    expect(krxCalendar.nextTradingDay('2027-12-30')).toMatchObject({ ok: false, code: 'DATE_NOT_COVERED' });
    expect(krxCalendar.previousTradingDay('2018-01-02')).toMatchObject({ ok: false, code: 'DATE_NOT_COVERED' });
    expect(krxCalendar.addTradingDays('2027-12-29', 5)).toMatchObject({ ok: false, code: 'DATE_NOT_COVERED' });
    expect(krxCalendar.addTradingDays('2028-01-03', 0)).toMatchObject({ ok: false, code: 'DATE_NOT_COVERED' });
  });

  it('does not count from a closed day', () => {
    expect(krxCalendar.addTradingDays('2026-10-09', 1)).toStrictEqual({
      ok: false,
      code: 'MARKET_CLOSED',
      reason: '2026-10-09 is closed: Hangul Day.',
    });
  });

  it('refuses what is not a date or a count', () => {
    expect(() => tradingDay('20261120')).toThrow(ValidationError);
    expect(() => krxCalendar.nextTradingDay('2026-13-01')).toThrow(ValidationError);
    expect(() => krxCalendar.previousTradingDay('today')).toThrow(ValidationError);
    expect(() => krxCalendar.addTradingDays('2026-11-20', -1)).toThrow(ValidationError);
  });
});

describe('createTradingCalendar', () => {
  it('takes a holiday that was announced after the release', () => {
    const calendar = createTradingCalendar({
      ...krxCalendarData,
      closures: [...krxCalendarData.closures, { date: '2027-06-14', reason: 'temporary holiday' }],
    });
    expect(calendar.tradingDay('2027-06-14')).toMatchObject({ status: 'CLOSED', reason: 'temporary holiday' });
    expect(isOpen('2027-06-14')).toBe(true);
  });

  const span = { from: '2027-01-01', to: '2027-12-31', confidence: 'CONFIRMED', source: 'test' } as const;
  const valid = { coverage: [span], closures: [], specialDays: [] };

  it.each([
    ['no coverage', { ...valid, coverage: [] }],
    ['a span that ends before it begins', { ...valid, coverage: [{ ...span, to: '2026-12-31' }] }],
    ['a coverage that begins within a year', { ...valid, coverage: [{ ...span, from: '2027-06-01' }] }],
    ['a gap', { ...valid, coverage: [span, { ...span, from: '2028-01-02', to: '2028-12-31' }] }],
    ['an overlap', { ...valid, coverage: [span, { ...span, from: '2027-12-31', to: '2028-12-31' }] }],
    ['a date that is none', { ...valid, closures: [{ date: '2027-02-29', reason: 'x' }] }],
    ['a closure on a weekend', { ...valid, closures: [{ date: '2027-01-02', reason: 'x' }] }],
    ['a closure outside of the coverage', { ...valid, closures: [{ date: '2028-01-03', reason: 'x' }] }],
    [
      'a closure twice',
      {
        ...valid,
        closures: [
          { date: '2027-03-02', reason: 'x' },
          { date: '2027-03-02', reason: 'y' },
        ],
      },
    ],
    [
      'special hours on a closed day',
      {
        ...valid,
        closures: [{ date: '2027-11-18', reason: 'x' }],
        specialDays: [{ date: '2027-11-18', kind: 'CSAT_DAY', confidence: 'CONFIRMED' }],
      },
    ],
  ] as const)('refuses %s', (_, data) => {
    expect(() => createTradingCalendar(data)).toThrow(ConfigurationError);
  });
});
