import { checkDate, checkOneOf, checkWholeNumber } from '../rules/checks.ts';
import { type Confidence } from '../rules/confidence.ts';
import { type DatedRule, isInForce, ruleInForce } from '../rules/dated-rule.ts';
import { type ProductClass, productClasses } from '../rules/product.ts';
import { type Denied, deny } from '../rules/denial.ts';

/** How large one order may be (호가수량 제한). All sessions; shares, DR, ETF, ETN, ELW, rights. */
export interface OrderSizeRule extends DatedRule {
  /** Most shares of one order, in percent of the listed shares. */
  readonly maxPercentOfListed: number;
  /** The percentage for an issue with a small market value, and what counts as small. */
  readonly smallCapMaxPercentOfListed: number;
  readonly smallCapBelowKrw: number;
  /** An order up to this value passes whatever its share of the listed ones. */
  readonly reliefUpToKrw: number;
  /** No order may be worth more. */
  readonly maxValueKrw: number;
  readonly source: string;
}

/** Size limits, with their dates. The older limit (5 %) is not held: its other terms are not known. */
export const orderSizeRules: readonly OrderSizeRule[] = [
  {
    effectiveFrom: '2018-09-17',
    confidence: 'CONFIRMED',
    maxPercentOfListed: 1,
    smallCapMaxPercentOfListed: 5,
    smallCapBelowKrw: 20_000_000_000,
    reliefUpToKrw: 1_000_000_000,
    maxValueKrw: 100_000_000_000,
    source: 'press of 2018-09',
  },
];

/** The number of shares that are traded as one: orders are whole multiples of it. */
export interface LotRule extends DatedRule {
  readonly productClass: ProductClass;
  readonly lotShares: number;
  readonly source: string;
}

/** Lots, as far back as the sessions are held. */
export const lotRules: readonly LotRule[] = [
  {
    productClass: 'STOCK',
    lotShares: 1,
    effectiveFrom: '2016-08-01',
    confidence: 'SINGLE_SOURCE',
    source: 'press of 2014-05-12: one share on KOSPI from 2014-06-02; KONEX 2014-11-17',
  },
  { productClass: 'ETF', lotShares: 1, effectiveFrom: '2016-08-01', confidence: 'UNCONFIRMED', source: 'inference' },
  { productClass: 'ETN', lotShares: 1, effectiveFrom: '2016-08-01', confidence: 'UNCONFIRMED', source: 'inference' },
  {
    productClass: 'ELW',
    lotShares: 10,
    effectiveFrom: '2016-08-01',
    confidence: 'SINGLE_SOURCE',
    source: 'exchange page on ELW',
  },
];

/** An order whose size is to be judged. */
export interface OrderSizeQuery {
  readonly tradingDate: string;
  /** Shares, at least 1. */
  readonly quantity: number;
  /** Won, at least 1. For a type without a price the upper limit: the most it could cost. */
  readonly priceKrw: number;
  /** Listed shares of the issue, at least 1. */
  readonly listedShares: number;
  /** Market value of the issue. Absent: taken as not small, which is the stricter reading. */
  readonly marketValueKrw?: number;
}

/** Whether the exchange takes an order of this size. */
export function orderSizeAllowed(
  query: OrderSizeQuery,
): { readonly ok: true; readonly confidence: Confidence } | Denied {
  const { tradingDate, quantity, priceKrw, listedShares, marketValueKrw } = query;
  checkDate('tradingDate', tradingDate);
  checkWholeNumber('quantity', quantity, 1);
  checkWholeNumber('priceKrw', priceKrw, 1);
  checkWholeNumber('listedShares', listedShares, 1);
  if (marketValueKrw !== undefined) checkWholeNumber('marketValueKrw', marketValueKrw, 0);
  const rule = ruleInForce(orderSizeRules, tradingDate);
  if (rule === undefined) return deny('DATE_NOT_COVERED', `No order size limit is held for ${tradingDate}.`);

  // Beyond the safe integers the product is rounded, but it is then far above every limit.
  const valueKrw = quantity * priceKrw;
  if (valueKrw > rule.maxValueKrw) {
    return deny('ORDER_TOO_LARGE', `The order is worth ${valueKrw} won; the most is ${rule.maxValueKrw}.`);
  }
  if (valueKrw <= rule.reliefUpToKrw) return { ok: true, confidence: rule.confidence };
  const isSmall = marketValueKrw !== undefined && marketValueKrw < rule.smallCapBelowKrw;
  const percent = isSmall ? rule.smallCapMaxPercentOfListed : rule.maxPercentOfListed;
  const maxShares = Math.floor((listedShares * percent) / 100);
  if (quantity > maxShares) {
    return deny('ORDER_TOO_LARGE', `The order has ${quantity} shares; the most is ${maxShares} (${percent} % of all).`);
  }
  return { ok: true, confidence: rule.confidence };
}

/** The lot of a class, in shares. */
export function lotSize(query: {
  readonly productClass: ProductClass;
  readonly tradingDate: string;
}): { readonly ok: true; readonly lotShares: number; readonly confidence: Confidence } | Denied {
  const { productClass, tradingDate } = query;
  checkDate('tradingDate', tradingDate);
  checkOneOf('productClass', productClass, productClasses);
  const rule = lotRules.find((each) => each.productClass === productClass && isInForce(each, tradingDate));
  return rule === undefined
    ? deny('DATE_NOT_COVERED', `No lot of ${productClass} is held for ${tradingDate}.`)
    : { ok: true, lotShares: rule.lotShares, confidence: rule.confidence };
}
