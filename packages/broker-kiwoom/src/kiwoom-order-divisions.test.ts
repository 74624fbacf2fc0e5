import { type TradingSession, type Venue } from '@qts/core';
import { describe, expect, it } from 'vitest';
import {
  divisionOfName,
  effectiveFromOf,
  findOrderDivision,
  isOffered,
  kiwoomOrderDivisions,
  sessionOfOrder,
} from './kiwoom-order-divisions.ts';

const rows = kiwoomOrderDivisions.map((division) => [division.code, division.korean, division] as const);
/** A date on which every division holds that is not abolished. */
const today = '2026-09-14';

/** An order time inside each session, as a list shows it. */
const timeIn = {
  PRE_MARKET: '08:15:00',
  PRE_OPEN_CLOSING_PRICE: '08:35:00',
  REGULAR: '10:00:00',
  POST_CLOSE_CLOSING_PRICE: '15:50:00',
  AFTER_HOURS_SINGLE_PRICE: '16:30:00',
  AFTER_MARKET: '17:00:00',
} as const;

describe('the table of trde_tp', () => {
  it('has every code of the guide once', () => {
    expect(kiwoomOrderDivisions.map(({ code }) => code)).toEqual(
      '0 3 5 6 7 10 13 16 20 23 26 28 29 30 31 61 62 81'.split(' '),
    );
  });

  it('has no code of which only a number is known', () => {
    const codes = new Set(kiwoomOrderDivisions.map(({ code }) => code));
    expect(['00', '03', '40', '46', '47'].filter((code) => codes.has(code))).toEqual([]);
  });

  it.each(rows)('row %s %s leads from its terms to its code, and from its name back', (code, korean, division) => {
    const date = division.effectiveTo ?? today;
    expect(divisionOfName(korean)).toBe(division);
    expect(divisionOfName(` ${korean.replace(/[()]/g, '')} `)).toBe(division);
    for (const [venue, sessions] of Object.entries(division.offered) as [Venue, readonly TradingSession[]][]) {
      for (const session of sessions) {
        expect(findOrderDivision({ ...division, venue, session }, date)?.code).toBe(code);
        expect(sessionOfOrder(division, venue, timeIn[session])).toBe(session);
        const from = effectiveFromOf(division, venue, session);
        if (from !== undefined) {
          expect(findOrderDivision({ ...division, venue, session }, '2025-03-03')).toBeUndefined();
          expect(findOrderDivision({ ...division, venue, session }, from)?.code).toBe(code);
        }
      }
    }
  });

  it.each([
    ['62 after its last day', 'AFTER_HOURS_SINGLE_PRICE', 'DAY', 'AFTER_HOURS_SINGLE_PRICE', 'KRX', '2026-09-14'],
    ['the KRX after-market before it began', 'LIMIT', 'DAY', 'AFTER_MARKET', 'KRX', '2026-09-11'],
    ['a market order in the KRX after-market', 'MARKET', 'DAY', 'AFTER_MARKET', 'KRX', today],
    ['an IOC order in the KRX after-market', 'LIMIT', 'IOC', 'AFTER_MARKET', 'KRX', today],
    ['a market order in NXT’s pre-market', 'MARKET', 'DAY', 'PRE_MARKET', 'NXT', today],
    ['a plain market order on NXT', 'MARKET', 'DAY', 'REGULAR', 'NXT', today],
    ['an order at the closing price on SOR', 'CLOSING_PRICE', 'DAY', 'POST_CLOSE_CLOSING_PRICE', 'SOR', today],
    ['an order at the closing price in the regular session', 'CLOSING_PRICE', 'DAY', 'REGULAR', 'KRX', today],
    ['a GTP order, of which no code is certain', 'LIMIT', 'GTP', 'PRE_MARKET', 'NXT', today],
    ['a mid-point order on SOR', 'MIDPOINT', 'DAY', 'REGULAR', 'SOR', today],
  ] as const)('has no code for %s', (_name, orderType, timeInForce, session, venue, date) => {
    expect(findOrderDivision({ orderType, timeInForce, session, venue }, date)).toBeUndefined();
  });

  it('offers on the mock server what KRX takes in daytime, and nothing else', () => {
    expect(isOffered('PAPER', 'KRX', 'REGULAR')).toBe(true);
    expect(isOffered('PAPER', 'KRX', 'AFTER_MARKET')).toBe(false);
    expect(isOffered('PAPER', 'NXT', 'REGULAR')).toBe(false);
    expect(isOffered('PAPER', 'SOR', 'REGULAR')).toBe(false);
    expect(isOffered('LIVE', 'NXT', 'AFTER_MARKET')).toBe(true);
  });

  it.each(['', '없는유형', 'toString'])('knows no type under the name %j', (name) => {
    expect(divisionOfName(name)).toBeUndefined();
  });
});
