import { checkDate, checkOneOf, checkWholeNumber } from '../rules/checks.ts';
import { type Confidence, weakestConfidence } from '../rules/confidence.ts';
import { isInForce } from '../rules/dated-rule.ts';
import { type Denied, deny } from '../rules/denial.ts';
import { type ListedMarket, type ProductClass, listedMarkets, productClasses } from '../rules/product.ts';
import { portion } from '../rules/portion.ts';
import { type TickTable } from '../ticks/tick-table.ts';
import { tickTable } from '../ticks/ticks.ts';
import { type ListingPhase, type PriceLimitRule, listingPhases, priceLimitRules } from './price-limit-rules.ts';

/** What decides how the daily limits of an issue are computed. */
export interface PriceLimitFormulaQuery {
  readonly productClass: ProductClass;
  readonly market: ListedMarket;
  /** `YYYY-MM-DD`. */
  readonly tradingDate: string;
  /**
   * Size of the multiple of a leveraged or inverse ETF or ETN without its sign: 2 for 2X and for −2X. From 1 to 3, in
   * hundredths at most. Default 1. The limit widens with it.
   */
  readonly leverage?: number;
  /** Default `ORDINARY`. */
  readonly phase?: ListingPhase;
}

/** A {@link PriceLimitFormulaQuery} with the base price of one issue. */
export interface PriceLimitQuery extends PriceLimitFormulaQuery {
  /** 기준가: normally the previous close; the offering price on a first listing day. Won, at least 1. */
  readonly basePriceKrw: number;
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

/** The rule of a class, market and date, ready for many base prices. */
export interface PriceLimitFormula {
  readonly ok: true;
  /** The limits around a base price. Throws {@link ValidationError} unless it is a safe integer of at least 1. */
  limitsOf(basePriceKrw: number): DailyPriceLimits;
}

/**
 * The daily price limits of an issue. The exchange's way: the width is the percentage of the base, cut down to the tick
 * of the base; upper = base + width, cut down to the tick of that price; lower = base − width (rounded up where a base is
 * off the grid, which happens when the tick table changed overnight).
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
  const formula = priceLimitFormula(query);
  return formula.ok ? formula.limitsOf(query.basePriceKrw) : formula;
}

/** {@link dailyPriceLimits} for many issues of one kind: the rule is looked up once. */
export function priceLimitFormula(query: PriceLimitFormulaQuery): PriceLimitFormula | Denied {
  const { productClass, market, tradingDate, leverage = 1, phase = 'ORDINARY' } = query;
  checkDate('tradingDate', tradingDate);
  checkOneOf('productClass', productClass, productClasses);
  checkOneOf('market', market, listedMarkets);
  checkOneOf('phase', phase, listingPhases);
  const combination = `${market} ${productClass} on ${tradingDate} (${phase})`;

  const rule = priceLimitRules.find(
    (each) =>
      each.phase === phase &&
      each.productClasses.includes(productClass) &&
      each.markets.includes(market) &&
      isInForce(each, tradingDate),
  );
  if (rule === undefined) return deny('RULE_UNKNOWN', `No price limit rule is held for ${combination}.`);
  if (!isKnownLeverage(leverage, productClass)) {
    return deny('RULE_UNKNOWN', `No price limit rule is held for ${leverage} times ${combination}.`);
  }
  const limitsOf = bindRule(rule, leverage, tickTable(productClass, market, tradingDate));
  return {
    ok: true,
    limitsOf: (basePriceKrw) => {
      checkWholeNumber('basePriceKrw', basePriceKrw, 1);
      return limitsOf(basePriceKrw);
    },
  };
}

function bindRule(
  rule: PriceLimitRule,
  leverage: number,
  ticks: TickTable,
): (basePriceKrw: number) => DailyPriceLimits {
  const { limit } = rule;
  const held = weakestConfidence(rule.confidence, ticks.confidence);
  switch (limit.kind) {
    case 'NONE': {
      const unlimited: DailyPriceLimits = { ok: true, limited: false, confidence: rule.confidence };
      return () => unlimited;
    }
    case 'RANGE':
      return (basePriceKrw) => ({
        ok: true,
        limited: true,
        basePriceKrw,
        upperLimitKrw: ticks.floor(portion(basePriceKrw, limit.highestPercent, 100)),
        // Cut up, so that the limit stays inside the range.
        lowerLimitKrw: ticks.ceil(basePriceKrw - portion(basePriceKrw, 100 - limit.lowestPercent, 100)),
        confidence: 'UNCONFIRMED',
      });
    case 'BAND': {
      const byTheBook = weakestConfidence(held, leverage === 1 ? 'CONFIRMED' : 'SINGLE_SOURCE');
      const hundredthsOfPercent = limit.percent * Math.round(leverage * 100);
      return (basePriceKrw) => {
        const tick = ticks.tickAt(basePriceKrw);
        const raw = portion(basePriceKrw, hundredthsOfPercent, 10_000);
        const cut = raw - (raw % tick);
        const widthKrw = Math.max(cut, tick);
        const isByTheBook = cut >= tick && ticks.isOnTick(basePriceKrw);
        return {
          ok: true,
          limited: true,
          basePriceKrw,
          upperLimitKrw: ticks.floor(basePriceKrw + widthKrw),
          lowerLimitKrw: ticks.ceil(basePriceKrw - widthKrw),
          confidence: isByTheBook ? byTheBook : 'UNCONFIRMED',
        };
      };
    }
  }
}

/** Shares have no multiple. Three is the largest that is listed (bond ETN). */
function isKnownLeverage(leverage: number, productClass: ProductClass): boolean {
  if (leverage === 1) return true;
  const isInHundredths = Math.abs(leverage * 100 - Math.round(leverage * 100)) < 1e-9;
  return (productClass === 'ETF' || productClass === 'ETN') && leverage > 1 && leverage <= 3 && isInHundredths;
}
