import { describe, expect, it } from 'vitest';
import { kstInstantMs, timeOfDay } from '../rules/kst-time.ts';
import { orderExpiry } from './order-expiry.ts';

describe('orderExpiry', () => {
  it.each([
    ['KRX', '2026-11-20', 'REGULAR', 'DAY', '15:30', 30_000],
    ['KRX', '2018-11-19', 'REGULAR', 'DAY', '15:30', 30_000],
    ['KRX', '2025-11-13', 'REGULAR', 'DAY', '16:30', 30_000],
    ['KRX', '2026-11-20', 'PRE_OPEN_CLOSING_PRICE', 'DAY', '08:40', 0],
    ['KRX', '2026-11-20', 'POST_CLOSE_CLOSING_PRICE', 'DAY', '16:00', 0],
    ['KRX', '2026-09-11', 'AFTER_HOURS_SINGLE_PRICE', 'DAY', '18:00', 0],
    ['KRX', '2026-11-20', 'AFTER_MARKET', 'DAY', '20:00', 0],
    ['NXT', '2026-11-20', 'PRE_MARKET', 'DAY', '20:00', 0],
    ['NXT', '2026-11-20', 'REGULAR', 'DAY', '20:00', 0],
    ['NXT', '2026-11-20', 'AFTER_MARKET', 'DAY', '20:00', 0],
    ['NXT', '2026-11-20', 'PRE_MARKET', 'GTP', '08:50', 0],
  ] as const)('%s %s %s %s ends at %s', (venue, tradingDate, session, timeInForce, time, randomEndMsMax) => {
    expect(orderExpiry({ venue, tradingDate, session, timeInForce })).toMatchObject({
      ok: true,
      expiresAtMs: kstInstantMs(tradingDate, timeOfDay(time)),
      randomEndMsMax,
    });
  });

  it.each([
    ['KRX', '2026-11-20', 'AFTER_HOURS_SINGLE_PRICE', 'DAY', 'RULE_UNKNOWN'],
    ['KRX', '2026-09-11', 'AFTER_MARKET', 'DAY', 'RULE_UNKNOWN'],
    ['KRX', '2026-11-20', 'REGULAR', 'GTP', 'RULE_UNKNOWN'],
    ['NXT', '2026-09-11', 'PRE_MARKET', 'GTP', 'RULE_UNKNOWN'],
    ['NXT', '2027-01-04', 'PRE_MARKET', 'DAY', 'NO_SUCH_WINDOW'],
    ['SOR', '2026-11-20', 'REGULAR', 'DAY', 'RULE_UNKNOWN'],
    ['KRX', '2026-11-21', 'REGULAR', 'DAY', 'MARKET_CLOSED'],
    ['KRX', '2028-01-03', 'REGULAR', 'DAY', 'DATE_NOT_COVERED'],
  ] as const)('%s %s %s %s is denied', (venue, tradingDate, session, timeInForce, code) => {
    expect(orderExpiry({ venue, tradingDate, session, timeInForce })).toMatchObject({ ok: false, code });
  });
});
