import { type CalendarData } from './calendar-types.ts';
import { closures } from './closures.ts';

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
