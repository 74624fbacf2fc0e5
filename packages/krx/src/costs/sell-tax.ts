import { checkDate, checkOneOf, checkWholeNumber } from '../rules/checks.ts';
import { type Confidence } from '../rules/confidence.ts';
import { isInForce } from '../rules/dated-rule.ts';
import { type Denied, deny } from '../rules/denial.ts';
import { portion } from '../rules/portion.ts';
import { type ListedMarket, type ProductClass, listedMarkets, productClasses } from '../rules/product.ts';
import { type SellTaxName, sellTaxRateDenominator, sellTaxRules } from './sell-tax-rules.ts';

/** A sale to be taxed. */
export interface SellTaxQuery {
  readonly market: ListedMarket;
  readonly productClass: ProductClass;
  /** `YYYY-MM-DD` of the trade, not of its settlement. */
  readonly tradingDate: string;
  /** Price times quantity, won: a safe integer of at least 0. */
  readonly amountKrw: number;
}

/** The taxes of a sale. */
export interface SellTax {
  readonly ok: true;
  /** The sum of the parts. */
  readonly taxKrw: number;
  readonly parts: readonly { readonly tax: SellTaxName; readonly taxKrw: number }[];
  /** Support of the rate. */
  readonly confidence: Confidence;
  /** Each tax is cut to the won on the amount given. Whether brokers do so per fill or per order is not confirmed. */
  readonly roundingConfidence: Confidence;
}

/**
 * What the state takes of a sale, whatever the profit. ETF, ETN and ELW pay none (`UNCONFIRMED`). Reconcile against the
 * broker's own figure: how it rounds is its own matter.
 */
export function sellTax(query: SellTaxQuery): SellTax | Denied {
  const { market, productClass, tradingDate, amountKrw } = query;
  checkDate('tradingDate', tradingDate);
  checkOneOf('market', market, listedMarkets);
  checkOneOf('productClass', productClass, productClasses);
  checkWholeNumber('amountKrw', amountKrw, 0);
  const rule = sellTaxRules.find((each) => each.markets.includes(market) && isInForce(each, tradingDate));
  if (rule === undefined) return deny('DATE_NOT_COVERED', `No sell tax is held for ${market} on ${tradingDate}.`);
  if (productClass !== 'STOCK') {
    return { ok: true, taxKrw: 0, parts: [], confidence: 'UNCONFIRMED', roundingConfidence: 'CONFIRMED' };
  }
  const parts = rule.parts.map(({ tax, rate }) => ({ tax, taxKrw: portion(amountKrw, rate, sellTaxRateDenominator) }));
  return {
    ok: true,
    taxKrw: parts.reduce((sum, part) => sum + part.taxKrw, 0),
    parts,
    confidence: rule.confidence,
    roundingConfidence: 'UNCONFIRMED',
  };
}
