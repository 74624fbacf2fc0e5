import { type TradingSession, type Venue } from '@qts/core';
import { describe, expect, it } from 'vitest';
import {
  findOrderDivision,
  getOrderDivision,
  kisForeignOrderDivisions,
  kisOrderDivisions,
  sessionOfOrder,
} from './kis-order-divisions.ts';

const rows = kisOrderDivisions.map((division) => [division.code, division.korean, division] as const);
/** A date on which every division holds that is not abolished. */
const today = '2026-09-14';

/** An order time inside each session, as a list shows it. */
const timeIn = {
  PRE_MARKET: '081500',
  PRE_OPEN_CLOSING_PRICE: '083500',
  REGULAR: '100000',
  POST_CLOSE_CLOSING_PRICE: '155000',
  AFTER_HOURS_SINGLE_PRICE: '163000',
  AFTER_MARKET: '170000',
} as const;

describe('the table of order divisions', () => {
  it('has every code once, and none of those that a list only shows', () => {
    const codes = kisOrderDivisions.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).toHaveLength(28);
    expect(codes.filter((code) => kisForeignOrderDivisions.has(code))).toEqual([]);
  });

  it.each(rows)('row %s %s leads from its terms to its code and back', (code, _korean, division) => {
    const date = division.effectiveTo ?? today;
    for (const [venue, sessions] of Object.entries(division.offered)) {
      for (const session of sessions) {
        const terms = { ...division, venue: venue as Venue, session };
        expect(findOrderDivision(terms, date)?.code).toBe(code);
        const back = getOrderDivision(code);
        expect(back).toBe(division);
        expect(back === undefined ? undefined : sessionOfOrder(back, terms.venue, timeIn[session])).toBe(session);
      }
    }
  });

  it.each([
    ['07', '2026-09-11', '2026-09-14'],
    ['41', '2026-09-14', '2026-09-11'],
    ['47', '2026-09-14', '2026-09-11'],
    ['27', '2026-09-14', '2026-09-11'],
    ['29', '2026-09-14', '2026-09-11'],
    ['22', '2025-03-04', '2025-02-28'],
  ])('code %s holds on %s and not on %s', (code, held, not) => {
    const division = getOrderDivision(code);
    const [venue, sessions] = Object.entries(division?.offered ?? {})[0] ?? [];
    const terms = { ...division, venue, session: sessions?.[0] } as Parameters<typeof findOrderDivision>[0];
    expect(findOrderDivision(terms, held)?.code).toBe(code);
    expect(findOrderDivision(terms, not)).toBeUndefined();
  });

  it('has nothing for NXT before it opened', () => {
    const terms = { orderType: 'LIMIT', timeInForce: 'DAY', session: 'REGULAR', venue: 'NXT' } as const;
    expect(findOrderDivision(terms, '2025-02-28')).toBeUndefined();
    expect(findOrderDivision(terms, '2025-03-04')?.code).toBe('00');
  });

  it.each([
    ['MARKET', 'DAY', 'REGULAR', 'NXT'],
    ['CONDITIONAL_LIMIT', 'DAY', 'REGULAR', 'SOR'],
    ['MIDPOINT', 'DAY', 'REGULAR', 'SOR'],
    ['MARKET', 'DAY', 'AFTER_MARKET', 'KRX'],
    ['LIMIT', 'DAY', 'PRE_MARKET', 'KRX'],
    ['PRIORITY_LIMIT', 'IOC', 'REGULAR', 'KRX'],
    ['LIMIT', 'GTP', 'REGULAR', 'NXT'],
  ] as const)('has no code for %s %s in %s on %s', (orderType, timeInForce, session, venue) => {
    expect(findOrderDivision({ orderType, timeInForce, session, venue }, today)).toBeUndefined();
  });

  it('tells the session of an NXT or SOR order by its time, and of a KRX order by its code', () => {
    const limit = getOrderDivision('00');
    const sessionAt = (venue: Venue, time: string): TradingSession | undefined =>
      limit === undefined ? undefined : sessionOfOrder(limit, venue, time);
    expect([sessionAt('NXT', '084959'), sessionAt('NXT', '085000')]).toEqual(['PRE_MARKET', 'REGULAR']);
    expect([sessionAt('SOR', '152959'), sessionAt('SOR', '153000')]).toEqual(['REGULAR', 'AFTER_MARKET']);
    expect(sessionAt('KRX', '083000')).toBe('REGULAR');
  });
});
