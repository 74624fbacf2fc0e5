import { ValidationError } from '@qts/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settlementDate } from '../calendar/settlement.ts';
import { krxCalendar } from '../calendar/trading-calendar.ts';
import { sellTaxRules } from './sell-tax-rules.ts';
import { sellTax } from './sell-tax.ts';

const sale = { productClass: 'STOCK', amountKrw: 10_000_000 } as const;

describe('sellTax', () => {
  it.each([
    ['2018-11-19', 30_000, 30_000, 30_000],
    ['2019-05-29', 30_000, 30_000, 30_000],
    ['2019-05-30', 25_000, 25_000, 10_000],
    ['2020-12-28', 25_000, 25_000, 10_000],
    ['2020-12-29', 23_000, 23_000, 10_000],
    ['2022-12-27', 23_000, 23_000, 10_000],
    ['2022-12-28', 20_000, 20_000, 10_000],
    ['2023-12-26', 20_000, 20_000, 10_000],
    ['2023-12-27', 18_000, 18_000, 10_000],
    ['2024-12-26', 18_000, 18_000, 10_000],
    ['2024-12-27', 15_000, 15_000, 10_000],
    ['2025-12-26', 15_000, 15_000, 10_000],
    ['2025-12-29', 20_000, 20_000, 10_000],
    ['2026-11-20', 20_000, 20_000, 10_000],
  ])('takes of ten million won traded on %s: KOSPI %i, KOSDAQ %i, KONEX %i', (tradingDate, kospi, kosdaq, konex) => {
    expect(sellTax({ ...sale, market: 'KOSPI', tradingDate })).toMatchObject({ taxKrw: kospi });
    expect(sellTax({ ...sale, market: 'KOSDAQ', tradingDate })).toMatchObject({ taxKrw: kosdaq });
    expect(sellTax({ ...sale, market: 'KONEX', tradingDate })).toMatchObject({ taxKrw: konex });
  });

  it('changes with the first trade that settles under the new rate', () => {
    const newYears = sellTaxRules.filter((rule) => rule.markets.includes('KOSPI') && rule.effectiveFrom > '2019-06-01');
    expect(newYears).toHaveLength(5);
    for (const { effectiveFrom } of newYears) {
      const settled = settlementDate({ tradingDate: effectiveFrom });
      const before = krxCalendar.previousTradingDay(effectiveFrom);
      if (!settled.ok || !before.ok) throw new Error(`${effectiveFrom} is not covered`);
      const nextYear = String(Number(effectiveFrom.slice(0, 4)) + 1);
      expect(settled.date.slice(0, 4)).toBe(nextYear);
      expect(settlementDate({ tradingDate: before.date })).toMatchObject({
        date: expect.stringMatching(`^${effectiveFrom.slice(0, 4)}-`) as string,
      });
    }
  });

  it('cuts each of the two KOSPI taxes to the won by itself', () => {
    // 0.05 % of 9,999 is 4.9995, 0.15 % is 14.9985: cut apart 18, cut together it would be 19.
    expect(
      sellTax({ market: 'KOSPI', productClass: 'STOCK', tradingDate: '2026-11-20', amountKrw: 9_999 }),
    ).toStrictEqual({
      ok: true,
      taxKrw: 18,
      parts: [
        { tax: 'SECURITIES_TRANSACTION_TAX', taxKrw: 4 },
        { tax: 'RURAL_SPECIAL_TAX', taxKrw: 14 },
      ],
      confidence: 'CONFIRMED',
      roundingConfidence: 'UNCONFIRMED',
    });
    expect(
      sellTax({ market: 'KOSDAQ', productClass: 'STOCK', tradingDate: '2026-11-20', amountKrw: 9_999 }),
    ).toMatchObject({ taxKrw: 19 });
  });

  it.each(['ETF', 'ETN', 'ELW'] as const)('takes nothing of %s, which nobody has confirmed', (productClass) => {
    expect(sellTax({ market: 'KOSPI', productClass, tradingDate: '2026-11-20', amountKrw: 9_999 })).toMatchObject({
      taxKrw: 0,
      parts: [],
      confidence: 'UNCONFIRMED',
    });
  });

  it('is exact for any amount', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (amountKrw) => {
        const found = sellTax({ market: 'KOSPI', productClass: 'STOCK', tradingDate: '2026-11-20', amountKrw });
        const part = (rate: bigint): bigint => (BigInt(amountKrw) * rate) / 100_000n;
        expect(found).toMatchObject({ taxKrw: Number(part(50n) + part(150n)) });
      }),
    );
  });

  it('denies a date it holds no rate for', () => {
    expect(sellTax({ ...sale, market: 'KOSPI', tradingDate: '2016-07-29' })).toStrictEqual({
      ok: false,
      code: 'DATE_NOT_COVERED',
      reason: 'No sell tax is held for KOSPI on 2016-07-29.',
    });
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])('refuses the amount %s', (amountKrw) => {
    expect(() => sellTax({ ...sale, market: 'KOSPI', tradingDate: '2026-11-20', amountKrw })).toThrow(ValidationError);
  });
});
