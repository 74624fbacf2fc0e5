import { type OrderList, type OrderSnapshot, findDoubleBindings } from '@qts/core';
import { type ListResult, type OrderTracker } from '../orders/order-tracker-contract.ts';
import { type TrackedOrder } from '../orders/tracked-order.ts';
import { type Difference } from './difference.ts';

/** What a list that was taken in showed. */
export interface OrderComparison {
  readonly result: ListResult;
  /** Rows that are nobody's of ours. */
  readonly external: readonly OrderSnapshot[];
  readonly tracker: OrderTracker;
  /** Why the list was read: in a scheduled read new fills are how fills arrive, and no difference. */
  readonly reason: string;
}

/** Fills that we missed (D1), orders that are not ours (D2) and contradictions (D6). */
export function compareOrders({ result, external, tracker, reason }: OrderComparison): Difference[] {
  const differences: Difference[] = [];
  for (const { intentId, symbol, quantity, filledQuantity } of reason === 'schedule' ? [] : result.fills) {
    const why = `the broker had filled ${filledQuantity} of ${symbol}, of which ${quantity} were not known`;
    const figures = { expected: filledQuantity - quantity, found: filledQuantity };
    differences.push({ class: 'D1', subject: intentId, symbol, intentId, ...figures, why });
  }
  for (const { reference, orderedQuantity } of external) {
    const { brokerOrderId: subject, symbol, side } = reference;
    const found = `${side} ${orderedQuantity} ${symbol}`;
    const why = `the broker has order ${subject} (${found}), which we never sent`;
    differences.push({ class: 'D2', subject, symbol, expected: 'no order', found, why });
  }
  for (const { intentId, contradictions } of result.contradicting) {
    const symbol = tracker.get(intentId)?.intent.symbol;
    const found = contradictions.join(' ');
    const about = { subject: intentId, intentId, ...(symbol === undefined ? undefined : { symbol }) };
    differences.push({
      class: 'D6',
      ...about,
      expected: 'figures that agree',
      found,
      why: `figures of ${intentId}: ${found}`,
    });
  }
  for (const { brokerOrderId, clientOrderIds } of findDoubleBindings(tracker.list().map(({ facts }) => facts))) {
    const found = clientOrderIds.join(' ');
    const why = `order ${brokerOrderId} is bound to ${found}`;
    differences.push({ class: 'D6', subject: brokerOrderId, expected: 'one order', found, why });
  }
  return differences;
}

/** Open orders of ours that a complete list does not have, though it was read long enough after they were sent (D3). */
export function missingOrders(
  tracker: OrderTracker,
  list: OrderList,
  listLagMs: number,
): readonly { readonly order: TrackedOrder; readonly difference: Difference }[] {
  const listed = new Set(list.orders.map(({ reference }) => reference.brokerOrderId));
  const missing: { order: TrackedOrder; difference: Difference }[] = [];
  for (const order of tracker.list()) {
    const { reference, leavesQuantity, sentAtMs, intentId, intent } = order;
    if (reference === undefined || leavesQuantity === 0 || listed.has(reference.brokerOrderId)) continue;
    if (list.readStartedAtMs < sentAtMs + listLagMs) continue;
    const { brokerOrderId } = reference;
    const why = `the broker does not list order ${brokerOrderId} (${intent.symbol}), which is open here`;
    const about = { subject: brokerOrderId, symbol: intent.symbol, intentId };
    missing.push({ order, difference: { class: 'D3', ...about, expected: 'open', found: 'not listed', why } });
  }
  return missing;
}
