import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ValidationError } from './errors.ts';
import { isTradingDate, kstDate, kstDateTime, kstEpochMs, kstTimeOfDayMs, timeOfDayMs } from './kst.ts';
import { tradingDate } from './value-constructors.ts';

describe('an instant in Korea', () => {
  it.each([
    ['2026-09-14T00:00:00.000Z', '2026-09-14T09:00:00.000+09:00', '2026-09-14', '09:00'],
    ['2026-09-13T15:00:00.000Z', '2026-09-14T00:00:00.000+09:00', '2026-09-14', '00:00'],
    ['2026-09-13T14:59:59.999Z', '2026-09-13T23:59:59.999+09:00', '2026-09-13', '23:59:59'],
    ['2025-12-31T15:00:00.000Z', '2026-01-01T00:00:00.000+09:00', '2026-01-01', '00:00'],
    ['2024-02-28T15:00:00.000Z', '2024-02-29T00:00:00.000+09:00', '2024-02-29', '00:00'],
    ['1969-12-31T23:59:59.000Z', '1970-01-01T08:59:59.000+09:00', '1970-01-01', '08:59:59'],
    // Korea had daylight saving last in 1988; ours is a fixed offset all the same.
    ['1988-07-01T00:00:00.000Z', '1988-07-01T09:00:00.000+09:00', '1988-07-01', '09:00'],
  ])('%s is %s', (utc, korea, date, time) => {
    const instant = Date.parse(utc);
    expect(kstDateTime(instant)).toBe(korea);
    expect(kstDate(instant)).toBe(date);
    expect(kstTimeOfDayMs(instant) - timeOfDayMs(time)).toBe(instant - Math.floor(instant / 1_000) * 1_000);
  });

  it('is its date and its time of day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -4e12, max: 8e12 }), (instant) => {
        expect(kstEpochMs(kstDate(instant), kstTimeOfDayMs(instant))).toBe(instant);
        expect(kstTimeOfDayMs(instant)).toBeGreaterThanOrEqual(0);
        expect(kstTimeOfDayMs(instant)).toBeLessThan(86_400_000);
        expect(Date.parse(kstDateTime(instant))).toBe(instant);
      }),
    );
  });

  it('has its own date whichever instant was asked for before', () => {
    const lastOfMonday = Date.parse('2026-09-14T14:59:59.999Z');
    for (const [instant, date] of [
      [lastOfMonday, '2026-09-14'],
      [lastOfMonday + 1, '2026-09-15'],
      [lastOfMonday, '2026-09-14'],
    ] as const) {
      expect(kstDate(instant)).toBe(date);
      expect(kstDate(instant)).toBe(date);
    }
    expect(() => kstDate(NaN)).toThrow(RangeError);
    expect(kstDate(lastOfMonday)).toBe('2026-09-14');
  });

  it('is the same on a machine in another zone', () => {
    const zone = process.env['TZ'];
    try {
      for (const each of ['America/New_York', 'Asia/Seoul', 'Pacific/Kiritimati']) {
        process.env['TZ'] = each;
        expect(kstDateTime(1_789_344_000_000)).toBe('2026-09-14T09:00:00.000+09:00');
        expect(kstEpochMs(tradingDate('2026-09-14'), timeOfDayMs('09:00'))).toBe(1_789_344_000_000);
      }
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });
});

describe('timeOfDayMs', () => {
  it.each([
    ['00:00', 0],
    ['08:30', 30_600_000],
    ['15:30:00', 55_800_000],
    ['23:59:59', 86_399_000],
  ])('%s is %i', (text, ms) => {
    expect(timeOfDayMs(text)).toBe(ms);
  });

  it.each(['', '9:00', '24:00', '12:60', '12:00:60', '0900', '09:00 ', 'noon'])('refuses %j', (text) => {
    expect(() => timeOfDayMs(text)).toThrow(ValidationError);
  });
});

describe('isTradingDate', () => {
  it('is true for every date that exists', () => {
    const days = fc.integer({ min: -200_000, max: 200_000 });
    fc.assert(fc.property(days, (day) => isTradingDate(new Date(day * 86_400_000).toISOString().slice(0, 10))));
  });

  it.each(['2023-02-29', '2026-04-31', '2026-00-01', '2026-01-00', '2026-01-32', '26-01-01', 20260101, null])(
    'is false for %j',
    (value) => {
      expect(isTradingDate(value)).toBe(false);
    },
  );
});
