export { checkOrder } from './check-order.ts';
export { type MarketDaySettings, createMarketDay } from './market-day.ts';
export { bindingLimitKrw } from './order-prices.ts';
export { type Denial, type RiskDecision } from './risk-decision.ts';
export { type RiskLimits, riskLimitsDefault } from './risk-limits.ts';
export {
  type AccountView,
  type InstrumentFacts,
  type MarketView,
  type OpenOrderView,
  type RiskView,
} from './risk-view.ts';
