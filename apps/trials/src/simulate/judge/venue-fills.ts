import { type TrackedOrder } from '@qts/engine';
import { type Exchange } from '@qts/venue-sim';

/**
 * What the venue has filled of an order of ours under its numbers, up to a time.
 * @param upToMs epoch ms
 * @param enteredByMs numbers that entered the book later are left out, epoch ms
 */
export type FilledAtVenue = (order: TrackedOrder, upToMs: number, enteredByMs?: number) => number;

export function createFilledAtVenue(exchange: Exchange, accountId: string): FilledAtVenue {
  return ({ facts }, upToMs, enteredByMs = Infinity) => {
    const numbers = new Set(facts.brokerOrderIds.map(Number));
    let sum = 0;
    for (const { orderNumber, atMs, quantity } of exchange.listFills(accountId)) {
      if (atMs > upToMs || !numbers.has(orderNumber)) continue;
      if ((exchange.getOrder(orderNumber)?.enteredAtMs ?? Infinity) <= enteredByMs) sum += quantity;
    }
    return sum;
  };
}
