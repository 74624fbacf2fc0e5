import { krw } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { tickOf } from './kiwoom-ticks.ts';

describe('the tick at a price', () => {
  it.each([
    // Shares, on the board of each code; a boundary price belongs to the upper band.
    ['0', 1_999, 1],
    ['0', 2_000, 5],
    ['0', 4_995, 5],
    ['0', 5_000, 10],
    ['0', 19_990, 10],
    ['0', 20_000, 50],
    ['0', 50_000, 100],
    ['0', 199_900, 100],
    ['0', 200_000, 500],
    ['0', 499_500, 500],
    ['0', 500_000, 1_000],
    ['10', 258_000, 500],
    ['50', 97_300, 100],
    ['6', 4_000, 5],
    // Funds.
    ['8', 1_999, 1],
    ['8', 97_305, 5],
    ['60', 2_000, 5],
    ['70', 1_500, 1],
    ['90', 30_000, 5],
    // Warrants.
    ['3', 15, 5],
  ])('on market %s at %i won is %i', (market, price, tick) => {
    expect(tickOf(market, krw(price))).toBe(tick);
  });

  it.each(['5', '7', '9', '30', '80', '', 'KOSPI'])('is not known on market "%s"', (market) => {
    expect(tickOf(market, krw(1_000))).toBeUndefined();
  });
});
