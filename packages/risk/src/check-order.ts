import { type ExecutionIntent, type Krw, type OrderType, type Quote } from '@qts/core';
import { type TradingWindow } from '@qts/krx';
import { checkAccount } from './checks/account-checks.ts';
import { checkExposure } from './checks/exposure-checks.ts';
import { checkMarket } from './checks/market-checks.ts';
import { checkNeighbours } from './checks/neighbour-checks.ts';
import { checkPrices } from './checks/price-checks.ts';
import { checkSize } from './checks/size-checks.ts';
import { worstPriceKrw } from './order-prices.ts';
import { type Denial, type RiskDecision, deny } from './risk-decision.ts';
import { type RiskLimits } from './risk-limits.ts';
import { type InstrumentFacts, type RiskView } from './risk-view.ts';

/** An intent that asks for an order. */
export type OrderIntent = ExecutionIntent & { readonly intentType: OrderType };

/** What every check looks at. */
export interface OrderUnderCheck {
  readonly intent: OrderIntent;
  readonly view: RiskView;
  readonly limits: RiskLimits;
  readonly instrument: InstrumentFacts;
  readonly window: TradingWindow;
  readonly quote: Quote;
  readonly worstPriceKrw: Krw;
  /** Quantity × worst price, won. */
  readonly worstValueKrw: number;
}

/** One group of rules: the first denial, or nothing. */
export type OrderCheck = (order: OrderUnderCheck) => Denial | undefined;

/** After the market itself (calendar, issue, window, terms): in this order, the first denial wins (market-rules 16). */
const checks: readonly OrderCheck[] = [checkPrices, checkSize, checkAccount, checkNeighbours, checkExposure];

/**
 * Judges an order before anything leaves. Pure: the same intent, view and limits give the same decision. What no rule
 * or figure allows is denied; nothing is rounded, cut or sent to see.
 *
 * The order of the checks is that of market-rules 16. The trading state (its first) is the engine's; volatility
 * interruptions and circuit breakers (its last) are known here only as `quote.halted`.
 */
export function checkOrder(intent: ExecutionIntent, view: RiskView, limits: RiskLimits): RiskDecision {
  if (!isOrder(intent)) return deny('G_EXE_NOOP_POLICY', 'a NOOP is no order', {});
  const market = checkMarket(intent, view, limits);
  if ('allowed' in market) return market;
  const { instrument, window, quote } = market;
  const worst = worstPriceKrw(intent, quote);
  const worstValueKrw = worst * intent.quantity;
  const under: OrderUnderCheck = {
    intent,
    view,
    limits,
    instrument,
    window,
    quote,
    worstPriceKrw: worst,
    worstValueKrw,
  };
  for (const check of checks) {
    const denial = check(under);
    if (denial !== undefined) return denial;
  }
  return { allowed: true, worstPriceKrw: worst };
}

function isOrder(intent: ExecutionIntent): intent is OrderIntent {
  return intent.intentType !== 'NOOP';
}
