import { ValidationError } from '@qts/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tickTable } from '../ticks/ticks.ts';
import { dailyPriceLimits } from './price-limits.ts';

const share = { productClass: 'STOCK', market: 'KOSPI', tradingDate: '2026-11-20' } as const;

describe('dailyPriceLimits', () => {
  // market-rules reference, section 5; 9,980 is the exchange's own worked example.
  it.each([
    [1_540, 2_000, 1_078],
    [1_999, 2_595, 1_400],
    [4_995, 6_490, 3_500],
    [9_980, 12_970, 6_990],
    [15_380, 19_990, 10_770],
    [19_990, 25_950, 14_000],
    [38_450, 49_950, 26_950],
    [49_950, 64_900, 35_000],
    [153_800, 199_900, 107_700],
    [199_900, 259_500, 140_000],
    [499_500, 649_000, 350_000],
    [1_000_000, 1_300_000, 700_000],
  ])('base %i gives %i and %i', (basePriceKrw, upperLimitKrw, lowerLimitKrw) => {
    expect(dailyPriceLimits({ ...share, basePriceKrw })).toStrictEqual({
      ok: true,
      limited: true,
      basePriceKrw,
      upperLimitKrw,
      lowerLimitKrw,
      confidence: 'CONFIRMED',
    });
  });

  it.each([
    [1, 2, 1],
    [2, 3, 1],
    [3, 4, 2],
  ])('a base of %i won, where the width is below a tick, is marked as unconfirmed', (basePriceKrw, upper, lower) => {
    expect(dailyPriceLimits({ ...share, basePriceKrw })).toMatchObject({
      upperLimitKrw: upper,
      lowerLimitKrw: lower,
      confidence: 'UNCONFIRMED',
    });
  });

  it('widened from 15 to 30 percent on 2015-06-15', () => {
    const before = dailyPriceLimits({ ...share, tradingDate: '2015-06-14', basePriceKrw: 10_000 });
    const after = dailyPriceLimits({ ...share, tradingDate: '2015-06-15', basePriceKrw: 10_000 });
    expect(before).toMatchObject({ upperLimitKrw: 11_500, lowerLimitKrw: 8_500 });
    expect(after).toMatchObject({ upperLimitKrw: 13_000, lowerLimitKrw: 7_000 });
  });

  it('uses the tick table of the date', () => {
    const query = { productClass: 'STOCK', market: 'KOSDAQ', basePriceKrw: 10_550 } as const;
    expect(dailyPriceLimits({ ...query, tradingDate: '2019-10-17' })).toMatchObject({
      upperLimitKrw: 13_700,
      lowerLimitKrw: 7_400,
    });
    expect(dailyPriceLimits({ ...query, tradingDate: '2026-11-20' })).toMatchObject({
      upperLimitKrw: 13_710,
      lowerLimitKrw: 7_390,
    });
  });

  it('stays at 15 percent on KONEX', () => {
    expect(dailyPriceLimits({ ...share, market: 'KONEX', basePriceKrw: 10_000 })).toMatchObject({
      upperLimitKrw: 11_500,
      lowerLimitKrw: 8_500,
      confidence: 'SINGLE_SOURCE',
    });
  });

  it('doubles for a 2X fund, on one source', () => {
    const fund = { ...share, productClass: 'ETF', basePriceKrw: 17_000 } as const;
    expect(dailyPriceLimits({ ...fund, leverage: 2 })).toMatchObject({
      upperLimitKrw: 27_200,
      lowerLimitKrw: 6_800,
      confidence: 'SINGLE_SOURCE',
    });
    expect(dailyPriceLimits(fund)).toMatchObject({ upperLimitKrw: 22_100, confidence: 'CONFIRMED' });
  });

  it.each([0.5, 4, -2, 1.333_3, Number.NaN])('denies a multiple of %s', (leverage) => {
    const fund = { ...share, productClass: 'ETF', basePriceKrw: 17_000 } as const;
    expect(dailyPriceLimits({ ...fund, leverage })).toMatchObject({ ok: false, code: 'RULE_UNKNOWN' });
  });

  it('denies a multiple of a share', () => {
    expect(dailyPriceLimits({ ...share, basePriceKrw: 17_000, leverage: 2 })).toMatchObject({ code: 'RULE_UNKNOWN' });
  });

  it('has no limit for ELW and for liquidation trading', () => {
    const elw = { ...share, productClass: 'ELW', basePriceKrw: 105 } as const;
    expect(dailyPriceLimits(elw)).toStrictEqual({ ok: true, limited: false, confidence: 'CONFIRMED' });
    expect(dailyPriceLimits({ ...share, basePriceKrw: 105, phase: 'LIQUIDATION' })).toMatchObject({ limited: false });
  });

  it('ranges from 60 to 400 percent on a first listing day, and knows no rule before 2023-06-26', () => {
    const listing = { ...share, market: 'KOSDAQ', basePriceKrw: 20_000, phase: 'FIRST_LISTING_DAY' } as const;
    expect(dailyPriceLimits({ ...listing, tradingDate: '2023-06-26' })).toMatchObject({
      upperLimitKrw: 80_000,
      lowerLimitKrw: 12_000,
      confidence: 'UNCONFIRMED',
    });
    expect(dailyPriceLimits({ ...listing, tradingDate: '2023-06-23' })).toStrictEqual({
      ok: false,
      code: 'RULE_UNKNOWN',
      reason: 'No price limit rule is held for KOSDAQ STOCK on 2023-06-23 (FIRST_LISTING_DAY).',
    });
  });

  it('keeps a base that the new table of 2023-01-25 put off the grid inside the limits, and marks it', () => {
    // A KOSDAQ share above 200,000 won could close on a 100-won step the day before.
    expect(
      dailyPriceLimits({ ...share, market: 'KOSDAQ', tradingDate: '2023-01-25', basePriceKrw: 700_100 }),
    ).toMatchObject({ upperLimitKrw: 910_000, lowerLimitKrw: 490_500, confidence: 'UNCONFIRMED' });
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses the base %s', (basePriceKrw) => {
    expect(() => dailyPriceLimits({ ...share, basePriceKrw })).toThrow(ValidationError);
  });

  it('gives limits that orders may carry, around the base, for any base and date', () => {
    const anyDate = fc.constantFrom('2012-03-02', '2018-11-19', '2023-01-25', '2026-11-20');
    const anyMarket = fc.constantFrom('KOSPI' as const, 'KOSDAQ' as const);
    fc.assert(
      fc.property(anyDate, anyMarket, fc.integer({ min: 1, max: 5_000_000 }), (tradingDate, market, price) => {
        const ticks = tickTable('STOCK', market, tradingDate);
        const basePriceKrw = ticks.ceil(price);
        const limits = dailyPriceLimits({ productClass: 'STOCK', market, tradingDate, basePriceKrw });
        if (!limits.ok || !limits.limited) throw new Error('a share is limited');
        expect(ticks.isOnTick(limits.upperLimitKrw)).toBe(true);
        expect(ticks.isOnTick(limits.lowerLimitKrw)).toBe(true);
        expect(limits.upperLimitKrw).toBeGreaterThan(basePriceKrw);
        expect(limits.lowerLimitKrw).toBeLessThanOrEqual(basePriceKrw);
      }),
    );
  });
});
