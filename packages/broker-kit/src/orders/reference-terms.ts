import { type OrderReference } from '@qts/core';

/** The terms of an order that its reference keeps. */
export function referenceTerms(
  brokerId: string,
  terms: Pick<OrderReference, 'symbol' | 'side' | 'orderType' | 'timeInForce' | 'venue' | 'session'>,
): Omit<OrderReference, 'brokerOrderId' | 'tradingDate' | 'native'> {
  const { symbol, side, orderType, timeInForce, venue, session } = terms;
  return { brokerId, symbol, side, orderType, timeInForce, venue, session };
}
