import { symbolCode, tradingDate } from '@qts/core';
import { type InstrumentFacts } from '@qts/risk';
import { describe, expect, it } from 'vitest';
import { createSellTaxes } from './sell-taxes.ts';

const share: InstrumentFacts = { symbol: symbolCode('005930'), market: 'KOSPI', productClass: 'STOCK', conditions: [] };
const fund: InstrumentFacts = { ...share, symbol: symbolCode('069500'), productClass: 'ETF' };

describe('createSellTaxes', () => {
  it('gives each tax of the date as parts per billion', () => {
    const taxesOf = createSellTaxes([share, fund], tradingDate('2026-11-20'));
    expect([...taxesOf(share.symbol)].sort()).toEqual([1_500_000, 500_000]);
    expect(taxesOf(fund.symbol)).toEqual([]);
    expect(taxesOf(symbolCode('000660'))).toEqual([]);
  });

  it('refuses a date whose taxes nobody knows', () => {
    expect(() => createSellTaxes([share], tradingDate('1999-01-04'))).toThrow(
      /taxes of the trading date are not known/,
    );
  });
});
