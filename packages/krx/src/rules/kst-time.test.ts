import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addCalendarDays,
  dayOfWeek,
  formatTimeOfDay,
  isCalendarDate,
  kstDate,
  kstInstantMs,
  kstTimeOfDayMs,
  timeOfDay,
} from './kst-time.ts';

describe('Korean time', () => {
  it('is nine hours ahead of UTC', () => {
    const open = Date.parse('2026-11-20T00:00:00Z');
    expect(kstInstantMs('2026-11-20', timeOfDay('09:00'))).toBe(open);
    expect(kstDate(open)).toBe('2026-11-20');
    expect(kstTimeOfDayMs(open)).toBe(timeOfDay('09:00'));
  });

  it('changes its date at 15:00 UTC', () => {
    expect(kstDate(Date.parse('2026-11-20T14:59:59.999Z'))).toBe('2026-11-20');
    expect(kstDate(Date.parse('2026-11-20T15:00:00.000Z'))).toBe('2026-11-21');
  });

  it('takes an instant apart and puts it together again', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000_000_000, max: 4_000_000_000_000 }), (instantMs) => {
        expect(kstInstantMs(kstDate(instantMs), kstTimeOfDayMs(instantMs))).toBe(instantMs);
      }),
    );
  });

  it('reads and writes times of day', () => {
    expect(timeOfDay('09:00:30')).toBe(32_430_000);
    expect(formatTimeOfDay(32_430_000)).toBe('09:00:30');
    expect(formatTimeOfDay(32_430_001)).toBe('09:00:30.001');
  });

  it('steps over months and leap days', () => {
    expect(addCalendarDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addCalendarDays('2027-01-01', -1)).toBe('2026-12-31');
    expect(dayOfWeek('2026-11-20')).toBe(5);
  });

  it.each(['2026-02-29', '2026-00-10', '2026-1-1', '20261120', '2026-11-20T00:00', '', ' 2026-11-20'])(
    '%j is not a date',
    (text) => {
      expect(isCalendarDate(text)).toBe(false);
    },
  );

  it('a leap day is a date in a leap year', () => {
    expect(isCalendarDate('2028-02-29')).toBe(true);
  });
});
