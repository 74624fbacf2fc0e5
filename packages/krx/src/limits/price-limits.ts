import { checkDate, checkOneOf, checkWholeNumber } from '../rules/checks.ts';
import { type Confidence, weakestConfidence } from '../rules/confidence.ts';
import { isInForce } from '../rules/dated-rule.ts';
import { type Denied, deny } from '../rules/denial.ts';
import { type ListedMarket, type ProductClass, listedMarkets, productClasses } from '../rules/product.ts';
import { portion } from '../rules/portion.ts';
import { type TickTable } from '../ticks/tick-table.ts';
import { tickTable } from '../ticks/ticks.ts';
import { type ListingPhase, listingPhases, priceLimitRules } from './price-limit-rules.ts';

/** What decides the daily limits of an issue. */
export interface PriceLimitQuery {
  readonly productClass: ProductClass;
  readonly market: ListedMarket;
  /** `YYYY-MM-DD`. */
  readonly tradingDate: string;
  /** 기준가: normally the previous close; the offering price on a first listing day. Won, at least 1. */
  readonly basePriceKrw: number;
  /**
   * Size of the multiple of a leveraged or inverse ETF or ETN without its sign: 2 for 2X and for −2X. At least 1, at
   * most 3, whole or with a fraction. Default 1. The limit widens with it.
   */
  readonly leverage?: number;
  /** Default `ORDINARY`. */
  readonly phase?: ListingPhase;
}

/** Daily limits (상한가, 하한가): the highest and the lowest price an order may carry that day. */
export type DailyPriceLimits =
  | {
      readonly ok: true;
      readonly limited: true;
      readonly basePriceKrw: number;
      readonly upperLimitKrw: number;
      readonly lowerLimitKrw: number;
      readonly confidence: Confidence;
    }
  | { readonly ok: true; readonly limited: false; readonly confidence: Confidence };

/**
 * The daily price limits. The exchange's way: the width is the percentage of the base, cut down to the tick of the base;
 * upper = base + width, cut down to the tick of that price; lower = base − width (rounded up where a base is off the
 * grid, which only happens when the tick table changed overnight).
 *
 * The base is replaced on ex-rights, split and merger days, so a live system takes base and limits from the broker and
 * uses this as a cross-check; a mismatch blocks the symbol.
 *
 * Marked `UNCONFIRMED`: widths below one tick (a base of 1 to 3 won), where one tick is used; bases off the grid; the
 * rounding of a first listing day. A leveraged product is `SINGLE_SOURCE`.
 *
 * @returns the limits, or a denial (`RULE_UNKNOWN`) when no rule is held for the combination.
 * @throws {ValidationError} on an argument that is no date, no price or no known word, and where no tick table is held.
 */
export function dailyPriceLimits(query: PriceLimitQuery): DailyPriceLimits | Denied {
  const { productClass, market, tradingDate, basePriceKrw, leverage = 1, phase = 'ORDINARY' } = query;
  checkDate('tradingDate', tradingDate);
  checkOneOf('productClass', productClass, productClasses);
  checkOneOf('market', market, listedMarkets);
  checkOneOf('phase', phase, listingPhases);
  checkWholeNumber('basePriceKrw', basePriceKrw, 1);
  const combination = `${productClass} on ${market} on ${tradingDate} (${phase})`;

  const rule = priceLimitRules.find(
    (each) =>
      each.phase === phase &&
      each.productClasses.includes(productClass) &&
      each.markets.includes(market) &&
      isInForce(each, tradingDate),
  );
  if (rule === undefined) return deny('RULE_UNKNOWN', `No price limit rule is held for ${combination}.`);
  if (!isKnownLeverage(leverage, productClass)) {
    return deny('RULE_UNKNOWN', `No price limit rule is held for a multiple of ${leverage} of ${combination}.`);
  }
  const { limit } = rule;
  if (limit.kind === 'NONE') return { ok: true, limited: false, confidence: rule.confidence };

  const ticks = tickTable(productClass, market, tradingDate);
  const marks = [rule.confidence, ticks.confidence] as const;
  if (limit.kind === 'RANGE') {
    return {
      ok: true,
      limited: true,
      basePriceKrw,
      upperLimitKrw: ticks.floor(portion(basePriceKrw, limit.highestPercent, 100)),
      // Cut up, so that the limit stays inside the range.
      lowerLimitKrw: ticks.ceil(basePriceKrw - portion(basePriceKrw, 100 - limit.lowestPercent, 100)),
      confidence: weakestConfidence('UNCONFIRMED', ...marks),
    };
  }
  const band = bandAround(basePriceKrw, limit.percent, leverage, ticks);
  return {
    ok: true,
    limited: true,
    basePriceKrw,
    upperLimitKrw: band.upperLimitKrw,
    lowerLimitKrw: band.lowerLimitKrw,
    confidence: weakestConfidence(
      band.isByTheBook ? 'CONFIRMED' : 'UNCONFIRMED',
      leverage === 1 ? 'CONFIRMED' : 'SINGLE_SOURCE',
      ...marks,
    ),
  };
}

/** Base plus and minus a percentage, rounded as the exchange does. */
function bandAround(
  basePriceKrw: number,
  percent: number,
  leverage: number,
  ticks: TickTable,
): { readonly upperLimitKrw: number; readonly lowerLimitKrw: number; readonly isByTheBook: boolean } {
  const tick = ticks.tickAt(basePriceKrw);
  // Multiples come in hundredths at most (1.5X); whole numbers keep the product exact.
  const raw = portion(basePriceKrw, percent * Math.round(leverage * 100), 10_000);
  const cut = raw - (raw % tick);
  const width = Math.max(cut, tick);
  return {
    upperLimitKrw: ticks.floor(basePriceKrw + width),
    lowerLimitKrw: ticks.ceil(Math.max(basePriceKrw - width, 1)),
    isByTheBook: cut >= tick && ticks.isOnTick(basePriceKrw) && basePriceKrw - width > 0,
  };
}

/** Shares have no multiple. Three is the largest that is listed (bond ETN). */
function isKnownLeverage(leverage: number, productClass: ProductClass): boolean {
  if (leverage === 1) return true;
  const isInHundredths = Math.abs(leverage * 100 - Math.round(leverage * 100)) < 1e-9;
  return (productClass === 'ETF' || productClass === 'ETN') && leverage > 1 && leverage <= 3 && isInHundredths;
}
