import { ValidationError } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { settlementDate } from './settlement.ts';

describe('settlementDate', () => {
  it.each([
    ['2026-11-20', '2026-11-24'],
    ['2026-02-12', '2026-02-19'], // over Seollal
    ['2025-12-29', '2026-01-02'], // over the year end
    ['2020-12-29', '2021-01-04'],
  ])('a trade of %s settles on %s', (tradingDate, date) => {
    expect(settlementDate({ tradingDate })).toMatchObject({ ok: true, date });
  });

  it('marks trades from the planned change of October 2027 on', () => {
    expect(settlementDate({ tradingDate: '2027-09-28' })).toMatchObject({ confidence: 'SINGLE_SOURCE' });
    expect(settlementDate({ tradingDate: '2027-10-05' })).toMatchObject({ confidence: 'UNCONFIRMED' });
  });

  it('denies what cannot be told', () => {
    expect(settlementDate({ tradingDate: '2027-12-30' })).toMatchObject({ code: 'DATE_NOT_COVERED' });
    expect(settlementDate({ tradingDate: '2017-11-20' })).toMatchObject({ code: 'DATE_NOT_COVERED' });
    expect(settlementDate({ tradingDate: '2026-11-21' })).toMatchObject({ code: 'MARKET_CLOSED' });
    expect(() => settlementDate({ tradingDate: '' })).toThrow(ValidationError);
  });
});
