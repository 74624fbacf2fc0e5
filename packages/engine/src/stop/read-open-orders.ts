import { type Clock, type Logger, type OrderAdapter, type OrderList, BrokerError, kstDate } from '@qts/core';
import { within } from '../unknown/abortable.ts';
import { listReadTimeoutMs } from '../unknown/read-timeout.ts';

/** Reads what is open at the broker, look by look, and keeps what is known when a look fails. */
export interface OpenOrdersReader {
  /**
   * One more look; `undefined` when it gave no complete list. Why is told to the log once, and not again while it stays.
   * @param nextLookInMs when the caller looks again if this fails
   */
  read(nextLookInMs: number): Promise<OrderList | undefined>;
  /** The last complete list, however old. */
  readonly lastComplete: OrderList | undefined;
  /** Why the last look gave no complete list; absent: it did. A look that the end of the time cut off counts for nothing. */
  readonly unreadCode: string | undefined;
  readonly completeReads: number;
  readonly failedReads: number;
}

export interface OpenOrdersReaderSettings {
  readonly adapter: Pick<OrderAdapter, 'listOrders'>;
  readonly clock: Clock;
  readonly logger?: Logger | undefined;
  /** Ends a look that is under way. */
  readonly signal: AbortSignal;
}

export function createOpenOrdersReader({ adapter, clock, logger, signal }: OpenOrdersReaderSettings): OpenOrdersReader {
  let lastComplete: OrderList | undefined;
  let unreadCode: string | undefined = 'TIME_IS_OVER';
  let completeReads = 0;
  let failedReads = 0;
  /** Failures since the last complete list that the log has. */
  const told = new Set<string>();

  /** @param waitMs what has to pass before it can work, where somebody said so */
  function note(code: string, nextLookInMs: number, waitMs?: number): void {
    failedReads++;
    if (signal.aborted) return;
    unreadCode = code;
    // The same every few seconds says nothing new; the time after which it may work does, once.
    const what = waitMs === undefined ? code : `${code} for a time`;
    if (told.has(what)) return;
    told.add(what);
    logger?.warn('cancel-all-not-listed', { code, again: `in ${Math.ceil((waitMs ?? nextLookInMs) / 1_000)} s` });
  }

  return {
    async read(nextLookInMs) {
      const query = { tradingDate: kstDate(clock.nowMs()), state: 'OPEN' } as const;
      try {
        const list = await within(clock, listReadTimeoutMs, signal, (either) =>
          adapter.listOrders(query, { signal: either }),
        );
        if (list?.complete === true) {
          completeReads++;
          [lastComplete, unreadCode] = [list, undefined];
          told.clear();
          return list;
        }
        note(list === undefined ? 'TIMEOUT' : 'LIST_NOT_COMPLETE', nextLookInMs);
      } catch (error) {
        const [code, waitMs] = BrokerError.isInstance(error) ? [error.code, error.facts['waitMs']] : ['ADAPTER_THREW'];
        note(code, nextLookInMs, typeof waitMs === 'number' ? waitMs : undefined);
      }
      return undefined;
    },
    get lastComplete() {
      return lastComplete;
    },
    get unreadCode() {
      return unreadCode;
    },
    get completeReads() {
      return completeReads;
    },
    get failedReads() {
      return failedReads;
    },
  };
}
