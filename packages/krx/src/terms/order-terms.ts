import {
  type OrderType,
  type TimeInForce,
  type TradingSession,
  type Venue,
  orderTypes,
  timesInForce,
  venues,
} from '@qts/core';
import { checkDate, checkOneOf } from '../rules/checks.ts';
import { type Confidence, weakestConfidence } from '../rules/confidence.ts';
import { isInForce } from '../rules/dated-rule.ts';
import { type Denied, deny } from '../rules/denial.ts';
import { type ListedMarket, type ProductClass, listedMarkets, productClasses } from '../rules/product.ts';
import { type WindowKind, sessionOfWindow, sessionRules, windowKinds } from '../sessions/session-rules.ts';
import { orderTermsRules, productTermsRules } from './order-terms-rules.ts';

/** The terms of an order and where they would apply. */
export interface OrderTermsQuery {
  readonly venue: Venue;
  /** `YYYY-MM-DD`. */
  readonly tradingDate: string;
  readonly window: WindowKind;
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  readonly productClass: ProductClass;
  readonly market: ListedMarket;
}

/** Terms that are taken, and how well that is supported. */
export interface AllowedOrderTerms {
  readonly ok: true;
  readonly session: TradingSession;
  readonly confidence: Confidence;
}

/**
 * Whether a window takes an order of this type and condition for this class of product. What no rule names is denied:
 * nothing is sent "to see". Does not ask the calendar, the clock or the symbol master: see `openWindows` and
 * `TradingWindow.symbolConditions`.
 */
export function orderTermsAllowed(query: OrderTermsQuery): AllowedOrderTerms | Denied {
  const { venue, tradingDate, window, orderType, timeInForce, productClass, market } = query;
  checkDate('tradingDate', tradingDate);
  checkOneOf('venue', venue, venues);
  checkOneOf('window', window, windowKinds);
  checkOneOf('orderType', orderType, orderTypes);
  checkOneOf('timeInForce', timeInForce, timesInForce);
  checkOneOf('productClass', productClass, productClasses);
  checkOneOf('market', market, listedMarkets);

  const windowRule = sessionRules.find(
    (rule) => rule.venue === venue && rule.window === window && isInForce(rule, tradingDate),
  );
  if (windowRule === undefined) return deny('NO_SUCH_WINDOW', `${venue} has no ${window} on ${tradingDate}.`);
  if (!windowRule.productClasses.includes(productClass) || !windowRule.markets.includes(market)) {
    return deny('PRODUCT_NOT_ALLOWED', `${venue} ${window} does not take ${market} ${productClass} on ${tradingDate}.`);
  }

  const terms = `${orderType} ${timeInForce}`;
  const termsRule = orderTermsRules.find(
    (rule) =>
      rule.venue === venue &&
      rule.orderType === orderType &&
      rule.timesInForce.includes(timeInForce) &&
      rule.windows.includes(window) &&
      isInForce(rule, tradingDate),
  );
  if (termsRule === undefined) {
    return deny('TERMS_NOT_ALLOWED', `No source says that ${venue} ${window} takes ${terms} on ${tradingDate}.`);
  }
  if (!termsRule.allowed) {
    return deny('TERMS_NOT_ALLOWED', `${venue} ${window} does not take ${terms} (${termsRule.source}).`);
  }

  const productRule = productTermsRules.find(
    (rule) =>
      rule.productClasses.includes(productClass) && rule.markets.includes(market) && isInForce(rule, tradingDate),
  );
  const isTakenByProduct =
    productRule?.orderTypes.includes(orderType) === true && productRule.timesInForce.includes(timeInForce);
  if (!isTakenByProduct) {
    return deny(
      'PRODUCT_NOT_ALLOWED',
      `No source says that ${market} ${productClass} takes ${terms} on ${tradingDate}.`,
    );
  }
  return {
    ok: true,
    session: sessionOfWindow[window],
    confidence: weakestConfidence(windowRule.confidence, termsRule.confidence, productRule.confidence),
  };
}
