import { type DatedRule } from '../rules/dated-rule.ts';
import { type ListedMarket, type ProductClass } from '../rules/product.ts';

/**
 * What kind of day it is for an issue.
 *
 * - `ORDINARY`: any other day.
 * - `FIRST_LISTING_DAY`: the first day of a new listing; the base price is the offering price.
 * - `LIQUIDATION`: liquidation trading before a delisting (정리매매).
 */
export const listingPhases = ['ORDINARY', 'FIRST_LISTING_DAY', 'LIQUIDATION'] as const;
export type ListingPhase = (typeof listingPhases)[number];

/** How far a price may go in a day (가격제한폭). */
export interface PriceLimitRule extends DatedRule {
  readonly productClasses: readonly ProductClass[];
  readonly markets: readonly ListedMarket[];
  readonly phase: ListingPhase;
  /**
   * `BAND`: base ± `percent`, times the multiple of a leveraged product. `RANGE`: from `lowestPercent` to
   * `highestPercent` of the base. `NONE`: no limit.
   */
  readonly limit:
    | { readonly kind: 'BAND'; readonly percent: number }
    | { readonly kind: 'RANGE'; readonly lowestPercent: number; readonly highestPercent: number }
    | { readonly kind: 'NONE' };
  readonly source: string;
}

/** Every rule about daily limits, with its dates. */
export const priceLimitRules: readonly PriceLimitRule[] = [
  {
    productClasses: ['STOCK', 'ETF', 'ETN'],
    markets: ['KOSPI', 'KOSDAQ'],
    phase: 'ORDINARY',
    effectiveFrom: '2015-06-15',
    confidence: 'CONFIRMED',
    limit: { kind: 'BAND', percent: 30 },
    source: 'exchange page on price limits and press of 2015-06',
  },
  {
    productClasses: ['STOCK', 'ETF', 'ETN'],
    markets: ['KOSPI', 'KOSDAQ'],
    phase: 'ORDINARY',
    effectiveFrom: '2010-10-04', // the first date with a tick table; the limit itself is older
    effectiveTo: '2015-06-14',
    confidence: 'CONFIRMED',
    limit: { kind: 'BAND', percent: 15 },
    source: 'press of 2015-06',
  },
  {
    productClasses: ['STOCK'],
    markets: ['KONEX'],
    phase: 'ORDINARY',
    effectiveFrom: '2013-07-01',
    confidence: 'SINGLE_SOURCE',
    limit: { kind: 'BAND', percent: 15 },
    source: "a broker's page on the KONEX board (BNK): it did not take part in the widening of 2015",
  },
  {
    productClasses: ['STOCK'],
    markets: ['KOSPI', 'KOSDAQ'],
    phase: 'FIRST_LISTING_DAY',
    effectiveFrom: '2023-06-26',
    confidence: 'CONFIRMED',
    limit: { kind: 'RANGE', lowestPercent: 60, highestPercent: 400 },
    source: 'press of 2023-06; base = offering price, no opening-price procedure',
  },
  {
    productClasses: ['STOCK'],
    markets: ['KOSPI', 'KOSDAQ'],
    phase: 'LIQUIDATION',
    effectiveFrom: '2010-10-04',
    confidence: 'SINGLE_SOURCE',
    limit: { kind: 'NONE' },
    source: 'exchange page on price limits',
  },
  {
    productClasses: ['ELW'],
    markets: ['KOSPI'],
    phase: 'ORDINARY',
    effectiveFrom: '2010-10-04',
    confidence: 'CONFIRMED',
    limit: { kind: 'NONE' },
    source: 'exchange pages on price limits and on ELW',
  },
];
