import {
  type CancelRequest,
  type Clock,
  type Logger,
  type OrderAdapter,
  type OrderReference,
  type OrderSnapshot,
  type Shares,
  BrokerError,
  ConfigurationError,
  kstDate,
} from '@qts/core';
import { type OrderGateway } from '../gateway/order-gateway-contract.ts';
import { type OrderTracker } from '../orders/order-tracker-contract.ts';
import { pause, within } from './abortable.ts';
import { listReadTimeoutMs } from './read-timeout.ts';

export interface UnknownCancelsSettings {
  /** Reads the order; cancels leave through the gateway. */
  readonly adapter: Pick<OrderAdapter, 'getOrder'>;
  readonly gateway: Pick<OrderGateway, 'watch' | 'cancelOrder'>;
  readonly tracker: OrderTracker;
  readonly clock: Clock;
  /** When the order is read, ms after its cancel became unknown. Default 0.5, 1, 2, 4, 8, 15, 30 s; then every 15 s. */
  readonly readAfterMs?: readonly number[];
  readonly logger?: Logger;
}

/** What somebody wants gone. */
interface Wish {
  readonly target: OrderReference;
  /** `undefined`: all that remains. */
  quantity: Shares | undefined;
}

/** Brings cancels to an end whose answer was lost. */
export interface UnknownCancels {
  /** Takes on a cancel of an earlier process that may not have reached the broker. */
  begin(request: CancelRequest): void;
  /** Orders whose cancel is being brought to an end. */
  readonly open: readonly OrderReference[];
  /** Resolves when no cancel is open. An order that stays open at the broker keeps it waiting. */
  settled(): Promise<void>;
  /** Stops; leaves no timer. */
  close(): void;
}

const readAfterMsDefault: readonly number[] = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
/** What it takes to say that the cancel of a part was not carried out: reads of the order, and when they begin. */
const absence = { reads: 3, firstAfterMs: 2_000, lastAfterMs: 30_000 } as const;

/**
 * Unknown cancels (execution-safety 6.7). A cancel of all that remains may be repeated: the order is read, and while the
 * broker still shows a remainder it is canceled again, by the number that the broker shows. There is no count after which
 * it gives up before the trading date of the order is over: a cancel is bounded by its rate lane, and an order that
 * somebody wants gone must not be forgotten. An order that is not listed is read again.
 *
 * The cancel of a part is never repeated, because the first may have landed: it is read until the broker's figures show
 * the part canceled or nothing is left, or until three reads
 * from 2 s to 30 s on show that it was not carried out (as an order is called absent, 6.3). What it does later, a list shows.
 *
 * @throws {ConfigurationError} for a schedule that is empty or does not rise.
 */
export function createUnknownCancels(settings: UnknownCancelsSettings): UnknownCancels {
  const { adapter, gateway, tracker, clock, logger, readAfterMs = readAfterMsDefault } = settings;
  const rises = readAfterMs.every((ms, at) => Number.isSafeInteger(ms) && ms > (readAfterMs[at - 1] ?? 0));
  if (readAfterMs.length === 0 || !rises) {
    throw new ConfigurationError({
      code: 'SETTING_OUT_OF_RANGE',
      summary: 'The schedule for unknown cancels is not usable.',
      facts: { field: 'readAfterMs', found: readAfterMs.join(' ') },
      next: 'Give at least one integer of 1 or more, each above the last.',
    });
  }
  const open = new Map<string, Wish>();
  const working = new Set<Promise<void>>();
  const closing = new AbortController();

  /** Distance to the next read, ms, after `reads` of them. */
  function distanceMs(reads: number): number {
    const at = Math.min(reads, readAfterMs.length - 1);
    return (readAfterMs[at] ?? 0) - (readAfterMs[at - 1] ?? 0);
  }

  async function bringToEnd(wish: Wish): Promise<void> {
    const { target } = wish;
    const canceledBefore = tracker.findByReference(target)?.facts.canceledQuantity ?? 0;
    const beganAtMs = clock.monotonicMs();
    let readsWithout = 0;
    for (let reads = 0; ; reads++) {
      await pause(clock, distanceMs(reads), closing.signal);
      if (closing.signal.aborted) return;
      const sinceMs = clock.monotonicMs() - beganAtMs;
      if (kstDate(clock.nowMs()) > target.tradingDate) {
        // Nothing of it can trade any more, and its number may be another order's by now.
        logger?.error('unknown-cancel-of-past-date', { brokerOrderId: target.brokerOrderId });
        return;
      }
      const row = await read(numberOf(wish));
      if (row === undefined) continue;
      tracker.applyList({ orders: [row], readStartedAtMs: row.readStartedAtMs });
      // Nothing works any more: it is gone at the broker, or its session took it.
      const order = tracker.findByReference(target);
      if (order?.leavesQuantity === 0) return;
      if (row.leavesQuantity === 0) {
        const isElsewhere = numberOf(wish).brokerOrderId !== row.reference.brokerOrderId;
        if (isElsewhere || order?.openReplace !== undefined) continue;
        return;
      }
      const { quantity } = wish;
      if (quantity === undefined) {
        const { outcome } = await gateway.cancelOrder({ target: row.reference, dryRun: false });
        // A lost replace may have moved shares to a number that nobody knows yet.
        const mayHaveMoved = order?.openReplace?.isUnknown === true;
        if (outcome !== 'UNKNOWN' && outcome !== 'NOT_SENT' && !mayHaveMoved) return;
        continue;
      }
      // Of an order of ours its own sum: a replace that takes shares along stands as a cancel in the row of the number.
      const canceledQuantity = order?.facts.canceledQuantity ?? row.canceledQuantity;
      if (canceledQuantity >= canceledBefore + quantity) return;
      if (sinceMs >= absence.firstAfterMs && order?.openReplace === undefined) readsWithout++;
      if (readsWithout >= absence.reads && sinceMs >= absence.lastAfterMs) {
        logger?.warn('part-cancel-not-found', { brokerOrderId: target.brokerOrderId, quantity });
        tracker.endCancelAbsent(target);
        return;
      }
    }
  }

  /**
   * The number to look at: the one that was named, or what a replace took it to. Of an order that somebody wants gone as a
   * whole another one, when nothing is left there: replaces of parts leave it several.
   */
  function numberOf({ target, quantity }: Wish): OrderReference {
    const newest = tracker.newestReference(target);
    const order = quantity === undefined ? tracker.findByReference(target) : undefined;
    const working = order === undefined ? [] : tracker.workingReferences(order.intentId);
    const isWorking = working.some(({ brokerOrderId }) => brokerOrderId === newest.brokerOrderId);
    return isWorking ? newest : (working[0] ?? newest);
  }

  /** The order as the broker shows it; `undefined` when it cannot be read within the time, or is not listed. */
  async function read(
    target: OrderReference,
  ): Promise<(OrderSnapshot & { readonly readStartedAtMs: number }) | undefined> {
    const readStartedAtMs = clock.nowMs();
    try {
      const row = await within(clock, listReadTimeoutMs, closing.signal, (signal) =>
        adapter.getOrder(target, { signal }),
      );
      return row === undefined || closing.signal.aborted ? undefined : { ...row, readStartedAtMs };
    } catch (error) {
      const code = BrokerError.isInstance(error) ? error.code : 'ADAPTER_THREW';
      logger?.warn('unknown-cancel-not-read', { brokerOrderId: target.brokerOrderId, code });
      return undefined;
    }
  }

  function begin({ target, quantity }: CancelRequest): void {
    const key = `${target.tradingDate} ${target.brokerOrderId}`;
    if (closing.signal.aborted) return;
    const known = open.get(key);
    if (known !== undefined) {
      // Cancels that are sent from here come by again; of one of a part and one of all, the one of all is wanted.
      if (quantity === undefined) known.quantity = undefined;
      return;
    }
    const wish: Wish = { target, quantity };
    open.set(key, wish);
    const kept: Promise<void> = bringToEnd(wish)
      .catch((error: unknown) => {
        logger?.error('unknown-cancels-failed', { error: error instanceof Error ? error.message : typeof error });
      })
      .finally(() => {
        open.delete(key);
        working.delete(kept);
      });
    working.add(kept);
  }

  gateway.watch({ cancelUnknown: begin });
  return {
    begin,
    get open() {
      return [...open.values()].map(({ target }) => target);
    },
    async settled() {
      while (working.size > 0) await Promise.all(working);
    },
    close() {
      closing.abort();
    },
  };
}
