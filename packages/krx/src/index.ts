export {
  type OrderType,
  type Side,
  type TimeInForce,
  type TradingSession,
  type Venue,
  orderTypes,
  sides,
  timesInForce,
  tradingSessions,
  venues,
} from '@qts/core';
export { krxCalendarData } from './calendar/calendar-data.ts';
export {
  type CalendarData,
  type Closure,
  type CoverageSpan,
  type SpecialDay,
  type SpecialHoursKind,
  specialHoursKinds,
} from './calendar/calendar-types.ts';
export { type SettlementRule, settlementDate, settlementRules } from './calendar/settlement.ts';
export {
  type FoundTradingDay,
  type TradingCalendar,
  type TradingDay,
  createTradingCalendar,
  krxCalendar,
} from './calendar/trading-calendar.ts';
export {
  type ExchangeFeeRule,
  type FeeVenue,
  type Liquidity,
  exchangeFee,
  exchangeFeeRules,
  feeVenues,
  liquidities,
} from './costs/exchange-fees.ts';
export { type SellTax, type SellTaxQuery, sellTax } from './costs/sell-tax.ts';
export {
  type SellTaxName,
  type SellTaxRule,
  sellTaxNames,
  sellTaxRateDenominator,
  sellTaxRules,
} from './costs/sell-tax-rules.ts';
export {
  type CircuitBreakerRule,
  type CircuitBreakerStage,
  type IndexFall,
  circuitBreakerRule,
  circuitBreakerRules,
  circuitBreakerStages,
  isCircuitBreakerDue,
} from './halts/circuit-breaker.ts';
export {
  type VolatilityGroup,
  type VolatilityMechanism,
  type VolatilityRule,
  isVolatilityTriggered,
  volatilityGroups,
  volatilityMechanisms,
  volatilityRule,
  volatilityRules,
} from './halts/volatility-rules.ts';
export { type ListingPhase, type PriceLimitRule, listingPhases, priceLimitRules } from './limits/price-limit-rules.ts';
export {
  type DailyPriceLimits,
  type PriceLimitFormula,
  type PriceLimitFormulaQuery,
  type PriceLimitQuery,
  dailyPriceLimits,
  priceLimitFormula,
} from './limits/price-limits.ts';
export { type RuleTable, krxRuleTables } from './rule-tables.ts';
export { type Confidence, confidences, weakestConfidence } from './rules/confidence.ts';
export { type DatedRule } from './rules/dated-rule.ts';
export { type DenialCode, type Denied, denialCodes } from './rules/denial.ts';
export {
  addCalendarDays,
  formatTimeOfDay,
  isCalendarDate,
  kstDate,
  kstInstantMs,
  kstTimeOfDayMs,
  timeOfDay,
} from './rules/kst-time.ts';
export { portion } from './rules/portion.ts';
export { type ListedMarket, type ProductClass, listedMarkets, productClasses } from './rules/product.ts';
export {
  type OrderExpiryRule,
  type RestingTimeInForce,
  orderExpiry,
  orderExpiryRules,
} from './sessions/order-expiry.ts';
export {
  type MatchingMethod,
  type SessionRule,
  type SymbolCondition,
  type WindowKind,
  type WindowPrices,
  matchingMethods,
  sessionOfWindow,
  sessionRules,
  symbolConditions,
  windowKinds,
  windowPrices,
} from './sessions/session-rules.ts';
export {
  type SessionDay,
  type SessionQuery,
  type TradingWindow,
  type WithheldWindow,
  openWindows,
  openWindowsOf,
  sessionWindows,
} from './sessions/session-windows.ts';
export { type SpecialHoursRule, specialHoursRules } from './sessions/special-hours.ts';
export {
  type LotRule,
  type OrderSizeQuery,
  type OrderSizeRule,
  lotRules,
  lotSize,
  orderSizeAllowed,
  orderSizeRules,
} from './sizes/order-size.ts';
export { type ShortCode, isShortCode, parseShortCode } from './symbols.ts';
export { type AllowedOrderTerms, type OrderTermsQuery, orderTermsAllowed } from './terms/order-terms.ts';
export {
  type OrderTermsRule,
  type ProductTermsRule,
  orderTermsRules,
  productTermsRules,
} from './terms/order-terms-rules.ts';
export { type TickBand, type TickRule, tickRules } from './ticks/tick-rules.ts';
export { type TickTable } from './ticks/tick-table.ts';
export {
  type TickPriceQuery,
  type TickQuery,
  ceilToTick,
  floorToTick,
  isOnTick,
  nextTickDown,
  nextTickUp,
  tickSize,
  tickTable,
} from './ticks/ticks.ts';
