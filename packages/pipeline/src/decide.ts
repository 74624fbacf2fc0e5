import {
  type Decision,
  type EnrichedState,
  type EpochMs,
  type ExecutionIntent,
  type IdGenerator,
  type IntentId,
  type Signal,
} from '@qts/core';
import { type FailsafeCode } from '@qts/failsafe-codes';

export interface DecideSettings {
  readonly strategyName: string;
  readonly generateId: IdGenerator;
  /** An intent that could not leave within this time is stale. */
  readonly intentLifeMs: number;
}

/**
 * Turns a wish into an intent, or says why not. What can be seen from the state alone is decided here: a quantity that is
 * none, a price outside the day's limits, a wish against an own open order or beyond what may be sold. Limits, cash and
 * market rules are weighed by the engine, in one place, for every caller.
 */
export function decide(signal: Signal, state: EnrichedState, nowMs: EpochMs, settings: DecideSettings): Decision {
  const { symbol } = signal;
  if (signal.action === 'HOLD') return { approved: false, symbol, signal, reason: signal.reason };
  const refusal = refuse(signal, state);
  if (refusal !== undefined) return { approved: false, symbol, signal, ...refusal };
  const intent: ExecutionIntent = {
    intentId: settings.generateId() as IntentId,
    symbol,
    side: signal.action,
    quantity: signal.quantity,
    ...(signal.limitPriceKrw === undefined
      ? { intentType: 'MARKET' as const }
      : { intentType: 'LIMIT' as const, limitPriceKrw: signal.limitPriceKrw }),
    timeInForce: 'DAY',
    venue: 'KRX',
    session: 'REGULAR',
    createdAtMs: nowMs,
    validUntilMs: nowMs + settings.intentLifeMs,
    metadata: { strategy: settings.strategyName, reason: signal.reason },
  };
  return { approved: true, symbol, signal, intent, reason: signal.reason };
}

function refuse(
  signal: Exclude<Signal, { readonly action: 'HOLD' }>,
  { market, position }: EnrichedState,
): { readonly code: FailsafeCode; readonly reason: string } | undefined {
  if (!Number.isSafeInteger(signal.quantity) || signal.quantity <= 0) {
    return { code: 'G_EXE_QTY_NONPOSITIVE', reason: 'quantity is not a whole number above 0' };
  }
  if (market.halted) return { code: 'GR040', reason: 'the symbol is halted' };
  const price = signal.limitPriceKrw;
  if (price !== undefined && (price > market.upperLimitKrw || price < market.lowerLimitKrw)) {
    return { code: 'GR040', reason: `price ${price} is outside ${market.lowerLimitKrw}–${market.upperLimitKrw}` };
  }
  if (signal.action === 'SELL') {
    if (position.openBuyQuantity > 0) return { code: 'GR030', reason: 'an own buy order is open' };
    if (signal.quantity > position.sellableQuantity) return { code: 'GR040', reason: 'more than may be sold' };
  } else if (position.sellableQuantity < position.quantity) {
    return { code: 'GR030', reason: 'an own sell order is open' };
  }
  return undefined;
}
