import { type OrderStatus } from '@qts/core';
import { type VenueSim } from '@qts/venue-sim';
import { type RunnerBroker } from '../brokers/runner-broker.ts';
import { type Books } from '../report/books.ts';

/** What the venue's own records say about our orders. All of it must be 0 but `sent`. */
export interface OrderProof {
  /** Orders of ours that left. */
  readonly sent: number;
  /** Requests to place an order beyond one for each of them, and orders at the venue beyond those requests. */
  readonly duplicates: number;
  /** Orders at the venue that our books do not have, the other way round, and orders that nobody knows about. */
  readonly lost: number;
}

/** Counts by the venue's requests and its exchange, which ask nothing of ours. */
export function proveOrders(
  venue: Pick<VenueSim, 'requests'>,
  { placeOperations }: Pick<RunnerBroker, 'placeOperations'>,
  orders: readonly { readonly status: OrderStatus; readonly needsReconciliation: boolean }[],
  books: { readonly ours: Books; readonly venue: Books },
): OrderProof {
  const sent = orders.filter(({ status }) => status !== 'DENIED').length;
  const requests = placeOperations.reduce((sum, operation) => sum + venue.requests(operation).length, 0);
  const duplicates = Math.max(0, requests - sent) + Math.max(0, books.venue.orders.size - requests);
  const missing = (from: Books, at: Books): number =>
    [...at.orders.keys()].filter((key) => !from.orders.has(key)).length;
  const unresolved = orders.filter(({ needsReconciliation }) => needsReconciliation).length;
  return { sent, duplicates, lost: missing(books.ours, books.venue) + missing(books.venue, books.ours) + unresolved };
}
