import { join } from 'node:path';
import { dailyPriceLimits } from '@qts/krx';
import { describe, expect, it } from 'vitest';
import { findDataFolder } from '../../src/market-data/data-folder.ts';
import { readPriceLimitDays } from '../../src/market-data/price-limit-days.ts';

const days = readPriceLimitDays(join(findDataFolder(), 'cases/price-limit-days.csv'));

describe('daily price limits of krx on recorded days', () => {
  it('has days of both limits to look at', () => {
    expect(days.filter(({ hit }) => hit === 'U')).toHaveLength(1_222);
    expect(days.filter(({ hit }) => hit === 'L')).toHaveLength(78);
  });

  it('meets the price at which the market stopped, on every one of them', () => {
    const wrong = days.filter(({ date, baseKrw, highKrw, lowKrw, hit }) => {
      // The files do not tell the board; since 2023-01-25 both have one tick table.
      const limits = dailyPriceLimits({
        productClass: 'STOCK',
        market: 'KOSDAQ',
        tradingDate: date,
        basePriceKrw: baseKrw,
      });
      if (!limits.ok || !limits.limited) return true;
      const isInside = highKrw <= limits.upperLimitKrw && lowKrw >= limits.lowerLimitKrw;
      return !isInside || (hit === 'U' ? highKrw !== limits.upperLimitKrw : lowKrw !== limits.lowerLimitKrw);
    });
    expect(wrong).toEqual([]);
  });
});
