import { type ExecutionIntent, type Quote, parseExecutionIntent } from '@qts/core';

/** An order that the strategy wants: its price comes from the market. */
export interface PlaceOrder {
  readonly intentId: string;
  readonly symbol: number;
  readonly side: 'BUY' | 'SELL';
  readonly quantity: number;
  readonly ticks: number;
  readonly type: 'LIMIT' | 'MARKET';
  readonly lifeMs: number;
  readonly wrong?: 'OFF_TICK' | 'TOO_FAR' | 'TOO_MANY' | 'STALE';
}

/** How old the offer of an intent is whose time is over already, ms. */
const staleMs = 10;

/** The intent, at the price that was just read. */
export function intentOf(order: PlaceOrder, quote: Quote, nowMs: number): ExecutionIntent {
  const { intentId, side, type, wrong, lifeMs } = order;
  const { lastPriceKrw, tickKrw, upperLimitKrw } = quote;
  // A sell mirrors a buy: below zero it rests.
  const ticks = side === 'BUY' ? order.ticks : -order.ticks;
  const priceKrw =
    wrong === 'TOO_FAR' ? upperLimitKrw + tickKrw : lastPriceKrw + ticks * tickKrw + (wrong === 'OFF_TICK' ? 1 : 0);
  return parseExecutionIntent({
    intentId,
    symbol: quote.symbol,
    side,
    quantity: wrong === 'TOO_MANY' ? 9_999 : order.quantity,
    intentType: type,
    ...(type === 'LIMIT' ? { limitPriceKrw: priceKrw } : {}),
    createdAtMs: nowMs - staleMs,
    ...(lifeMs === 0 ? {} : { validUntilMs: wrong === 'STALE' ? nowMs - staleMs : nowMs + lifeMs }),
  });
}
