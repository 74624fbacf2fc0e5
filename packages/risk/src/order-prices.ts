import { type ExecutionIntent, type Krw, type Quote } from '@qts/core';

/**
 * The price an order is bound to; `undefined` when it may trade at any. The limit of a conditional limit does not bind:
 * in the closing auction the rest becomes a market order.
 */
export function bindingLimitKrw({ intentType, limitPriceKrw }: ExecutionIntent): Krw | undefined {
  return intentType === 'CONDITIONAL_LIMIT' ? undefined : limitPriceKrw;
}

/** The most a share can cost: the binding limit, or the upper daily limit. Sells are valued by it, too: from above. */
export function worstPriceKrw(intent: ExecutionIntent, quote: Quote): Krw {
  return bindingLimitKrw(intent) ?? quote.upperLimitKrw;
}
