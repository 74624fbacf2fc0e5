import { type DatedRule } from '../rules/dated-rule.ts';
import { type ListedMarket, type ProductClass } from '../rules/product.ts';

/** From this price on (inclusive) the tick holds, up to the next band. */
export interface TickBand {
  readonly fromPriceKrw: number;
  readonly tickKrw: number;
}

/** The tick table (호가가격단위) of some classes and markets over some dates. */
export interface TickRule extends DatedRule {
  readonly productClasses: readonly ProductClass[];
  readonly markets: readonly ListedMarket[];
  /** Rising, the first from 0. */
  readonly bands: readonly TickBand[];
  readonly source: string;
}

/** Shares on all boards alike since 2023-01-25. */
const shareBands2023: readonly TickBand[] = [
  { fromPriceKrw: 0, tickKrw: 1 },
  { fromPriceKrw: 2_000, tickKrw: 5 },
  { fromPriceKrw: 5_000, tickKrw: 10 },
  { fromPriceKrw: 20_000, tickKrw: 50 },
  { fromPriceKrw: 50_000, tickKrw: 100 },
  { fromPriceKrw: 200_000, tickKrw: 500 },
  { fromPriceKrw: 500_000, tickKrw: 1_000 },
];

/** KOSPI shares before. */
const shareBands2010: readonly TickBand[] = [
  { fromPriceKrw: 0, tickKrw: 1 },
  { fromPriceKrw: 1_000, tickKrw: 5 },
  { fromPriceKrw: 5_000, tickKrw: 10 },
  { fromPriceKrw: 10_000, tickKrw: 50 },
  { fromPriceKrw: 50_000, tickKrw: 100 },
  { fromPriceKrw: 100_000, tickKrw: 500 },
  { fromPriceKrw: 500_000, tickKrw: 1_000 },
];

/** KOSDAQ shares before: never above 100 won. */
const shareBands2010Capped: readonly TickBand[] = [
  { fromPriceKrw: 0, tickKrw: 1 },
  { fromPriceKrw: 1_000, tickKrw: 5 },
  { fromPriceKrw: 5_000, tickKrw: 10 },
  { fromPriceKrw: 10_000, tickKrw: 50 },
  { fromPriceKrw: 50_000, tickKrw: 100 },
];

const fiveWon: readonly TickBand[] = [{ fromPriceKrw: 0, tickKrw: 5 }];

const oneWonBelow2000: readonly TickBand[] = [
  { fromPriceKrw: 0, tickKrw: 1 },
  { fromPriceKrw: 2_000, tickKrw: 5 },
];

/** The 1-won step below 1,000 won came on this day (press of 2010-07-30, two papers). Older tables are not held. */
const tablesFrom = '2010-10-04';

/** Every tick table, with its dates. */
export const tickRules: readonly TickRule[] = [
  {
    productClasses: ['STOCK'],
    markets: ['KOSPI', 'KOSDAQ', 'KONEX'],
    effectiveFrom: '2023-01-25',
    confidence: 'CONFIRMED',
    bands: shareBands2023,
    source: 'press of 2022-11-01 and 2023-01-17; every share price of 2023-12 to 2026-06 that was looked at is on it',
  },
  {
    productClasses: ['STOCK'],
    markets: ['KOSPI'],
    effectiveFrom: tablesFrom,
    effectiveTo: '2023-01-24',
    confidence: 'CONFIRMED',
    bands: shareBands2010,
    source: 'press of 2010-07-30 and 2022-11-01',
  },
  {
    productClasses: ['STOCK'],
    markets: ['KOSDAQ'],
    effectiveFrom: tablesFrom,
    effectiveTo: '2023-01-24',
    confidence: 'CONFIRMED',
    bands: shareBands2010Capped,
    source: 'press of 2003-05-29, 2010-07-30 and 2022-11-01',
  },
  {
    productClasses: ['STOCK'],
    markets: ['KONEX'],
    effectiveFrom: '2013-07-01',
    effectiveTo: '2023-01-24',
    confidence: 'SINGLE_SOURCE',
    bands: shareBands2010Capped,
    source: 'press of 2023-01-17, which sets KOSPI against KOSDAQ and KONEX; the board opened on 2013-07-01',
  },
  {
    productClasses: ['ETF', 'ETN'],
    markets: ['KOSPI'],
    effectiveFrom: '2023-12-18',
    confidence: 'CONFIRMED',
    bands: oneWonBelow2000,
    source: 'exchange announcement of 2023-10-05 in the press',
  },
  {
    // Papers give both 8 and 18 December 2023 as the first day. The 5-won grid is valid under either table.
    productClasses: ['ETF', 'ETN'],
    markets: ['KOSPI'],
    effectiveFrom: '2023-12-08',
    effectiveTo: '2023-12-17',
    confidence: 'UNCONFIRMED',
    bands: fiveWon,
    source: 'two papers of 2023-10-05 that disagree about the day; the coarser grid is kept for the days between',
  },
  {
    productClasses: ['ETF', 'ETN'],
    markets: ['KOSPI'],
    effectiveFrom: tablesFrom,
    effectiveTo: '2023-12-07',
    confidence: 'CONFIRMED',
    bands: fiveWon,
    source: 'press of 2022-11-01 and 2023-10-05',
  },
  {
    productClasses: ['ELW'],
    markets: ['KOSPI'],
    effectiveFrom: tablesFrom,
    confidence: 'SINGLE_SOURCE',
    bands: fiveWon,
    source: 'press of 2022-11-01: stays at 5 won; a later change is not known',
  },
];
