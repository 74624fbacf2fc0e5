import {
  type BrokerOrderId,
  type Clock,
  type OrderAdapter,
  type OrderListQuery,
  type OrderSnapshot,
  BrokerError,
} from '@qts/core';
import { orWhenAborted, pause } from './abortable.ts';

/** How long a person who decides waits for the list at most, ms: as long as the program looked before it asked. */
const patienceMs = 60_000;
const againMs = 1_000;

export interface NamedRowParts {
  readonly adapter: Pick<OrderAdapter, 'listOrders'>;
  readonly clock: Clock;
  /** Aborts when the resolver is closed. */
  readonly signal: AbortSignal;
}

/**
 * The row of a number that a person named; `undefined` when a complete list does not have it, or no list was complete. A
 * key that allows one request a second is busy for longer than a read waits by itself, so this one may wait for its permit
 * as long as the person does, and is read again when it fails. Reads of orders go before all others but commands.
 *
 * @throws {BrokerError} (rejects) when the list could not be read for a minute
 */
export async function readNamedRow(
  query: OrderListQuery,
  number: BrokerOrderId,
  { adapter, clock, signal }: NamedRowParts,
): Promise<OrderSnapshot | undefined> {
  const endsMs = clock.monotonicMs() + patienceMs;
  const deadlineMs = clock.nowMs() + patienceMs;
  for (;;) {
    let failure: BrokerError | undefined;
    try {
      const list = await orWhenAborted(adapter.listOrders(query, { signal, deadlineMs }), signal);
      const row = list?.orders.find(({ kind, reference }) => kind === 'NEW' && reference.brokerOrderId === number);
      if (list === undefined || list.complete || row !== undefined) return row;
    } catch (error) {
      if (!BrokerError.isInstance(error)) throw error;
      failure = error;
    }
    if (signal.aborted || clock.monotonicMs() + againMs >= endsMs) {
      if (failure !== undefined) throw failure;
      return undefined;
    }
    await pause(clock, againMs, signal);
  }
}
