import { type ExecutionIntent } from '@qts/core';

/**
 * What two orders of one account at one broker must differ in, so that a lost answer can be told apart from the other's
 * (execution-safety 5.4). Not a hash: it never leaves the process and is compared as it is.
 */
export function orderFingerprint(intent: ExecutionIntent): string {
  const { symbol, side, intentType, timeInForce, quantity, limitPriceKrw = 0, stopPriceKrw = 0, venue } = intent;
  return `${symbol} ${side} ${intentType} ${timeInForce} ${quantity} ${limitPriceKrw} ${stopPriceKrw} ${venue}`;
}

/**
 * Whether two intents of one id ask for the same order. When it was made and what it carries along do not count: a
 * caller that asks again may have stamped it anew.
 */
export function isSameOrder(one: ExecutionIntent, other: ExecutionIntent): boolean {
  return (
    one === other ||
    (one.symbol === other.symbol &&
      one.side === other.side &&
      one.quantity === other.quantity &&
      one.intentType === other.intentType &&
      one.limitPriceKrw === other.limitPriceKrw &&
      one.stopPriceKrw === other.stopPriceKrw &&
      one.timeInForce === other.timeInForce &&
      one.venue === other.venue &&
      one.session === other.session &&
      one.validUntilMs === other.validUntilMs)
  );
}
