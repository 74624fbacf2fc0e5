import { kstDateTime } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { nextTradingDay, regularDay } from './regular-day.ts';

const times = (date: string) => Object.values(regularDay(date)).map((atMs: number) => kstDateTime(atMs).slice(11, 19));

describe('regularDay', () => {
  it('opens after the random end of the opening auction and ends after that of the closing one', () => {
    expect(times('2025-10-20')).toEqual(['09:00:30', '15:20:00', '15:30:30']);
  });

  it('knows the late opening of the first trading day of a year', () => {
    expect(times('2026-01-02')).toEqual(['10:00:30', '15:20:00', '15:30:30']);
  });

  it.each(['2025-10-19', '2026-12-25', '2031-01-02'])('refuses %s', (date) => {
    expect(() => regularDay(date)).toThrow(/does not trade on/);
  });

  it('says on a day without trading when the next one is', () => {
    expect(() => regularDay('2025-10-18')).toThrow(/The next trading day is 2025-10-20/);
    expect(nextTradingDay('2026-12-24')).toBe('2026-12-28');
    expect(nextTradingDay('2031-01-02')).toBeUndefined();
  });
});
