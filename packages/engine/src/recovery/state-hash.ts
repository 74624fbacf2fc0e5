import { createHash } from 'node:crypto';
import { type OrderTracker } from '../orders/order-tracker-contract.ts';
import { type FoldedJournal } from './folded-journal.ts';
import { orderFold } from './order-fold.ts';

/** Sha-256 of what a folded journal says: the same records give the same hash, with a snapshot between them or not. */
export function hashFoldedJournal(folded: FoldedJournal): string {
  return createHash('sha256')
    .update(canonical(orderFold.toSnapshot(folded)))
    .digest('hex');
}

/**
 * Sha-256 of the orders of an engine: of each its intent, status, number and figures. An engine that is restored from
 * the journal has the hash of the one that wrote it (execution-safety 20, I10).
 */
export function hashOrders(tracker: Pick<OrderTracker, 'list'>): string {
  const orders = tracker.list().map(({ intentId, status, reference, facts, leavesQuantity }) => {
    const { filledQuantity, filledAmountKrw, canceledQuantity, rejectedQuantity } = facts;
    const figures = { filledQuantity, filledAmountKrw, canceledQuantity, rejectedQuantity, leavesQuantity };
    return { intentId, status, number: reference?.brokerOrderId ?? '', ...figures };
  });
  orders.sort((left, right) => (left.intentId < right.intentId ? -1 : 1));
  return createHash('sha256').update(canonical(orders)).digest('hex');
}

/** JSON with sorted names, so that the order in which a state came about does not matter. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
    return Object.fromEntries(Object.entries(each).sort(([left], [right]) => (left < right ? -1 : 1)));
  });
}
