import {
  type Clock,
  type ExecutionIntent,
  type IntentId,
  type Logger,
  type OrderAdapter,
  type OrderList,
  type OrderReference,
  type OrderSnapshot,
  type Timer,
  BrokerError,
  kstDate,
  kstEpochMs,
} from '@qts/core';
import { within } from './abortable.ts';
import { type MatchTerms, haveSameTerms, matchRows } from './match-rows.ts';

/** An order that was called absent, and what it would look like. */
export interface WatchedOrder {
  readonly intent: ExecutionIntent;
  readonly terms: MatchTerms;
}

/** An order that turned up after all. */
export interface LateLanding {
  readonly intent: ExecutionIntent;
  readonly reference: OrderReference;
  /** Absent when a late answer named it. */
  readonly row?: OrderSnapshot;
}

/**
 * Tombstones: orders that were not found may still land, because a gateway can hold a request for long (execution-safety
 * 6.5). Until the trading date is over every list is compared with them, and one is read now and then.
 */
export interface LateLandingWatch {
  watch(order: WatchedOrder): void;
  find(intentId: IntentId): WatchedOrder | undefined;
  forget(intentId: IntentId): void;
  /** Compares a list. An incomplete one is good enough: a row that is there is there. */
  observe(list: Pick<OrderList, 'orders'>): void;
  readonly watched: readonly IntentId[];
  close(): void;
}

export interface LateLandingSettings {
  readonly adapter: Pick<OrderAdapter, 'listOrders'>;
  readonly clock: Clock;
  readonly logger: Logger | undefined;
  readonly intervalMs: number;
  readonly readTimeoutMs: number;
  /** Whether a number belongs to an order already. */
  readonly isBound: (reference: OrderReference) => boolean;
  /** Whether another order of ours still waits for its number and looks the same: a row may be that one's. */
  readonly hasUnboundTwin: (intent: ExecutionIntent) => boolean;
  /** Binds the order: its number is bound when this returns. */
  readonly land: (landing: LateLanding) => void;
  /** Rows that could be the order, and nobody can say: told once for each number. */
  readonly alarm: (intent: ExecutionIntent, numbers: string) => void;
}

const dayMs = 86_400_000;

export function createLateLandingWatch(settings: LateLandingSettings): LateLandingWatch {
  const { adapter, clock, logger, intervalMs, readTimeoutMs, isBound, hasUnboundTwin, land, alarm } = settings;
  const orders = new Map<IntentId, WatchedOrder>();
  const alarmed = new Set<string>();
  const abort = new AbortController();
  let timer: Timer | undefined;

  function forgetPastDates(): void {
    for (const [intentId, { terms }] of orders) {
      if (clock.nowMs() >= kstEpochMs(kstDate(terms.sentAtMs), dayMs)) orders.delete(intentId);
    }
  }

  function schedule(): void {
    if (timer !== undefined || orders.size === 0 || abort.signal.aborted) return;
    timer = clock.setTimer(() => {
      void read().finally(() => {
        timer = undefined;
        schedule();
      });
    }, intervalMs);
  }

  async function read(): Promise<void> {
    forgetPastDates();
    const [first] = orders.values();
    if (first === undefined) return;
    const query = { tradingDate: kstDate(first.terms.sentAtMs) };
    try {
      const list = await within(clock, readTimeoutMs, abort.signal, (signal) => adapter.listOrders(query, { signal }));
      if (list !== undefined) observe(list);
    } catch (error) {
      const code = BrokerError.isInstance(error) ? error.code : 'ADAPTER_THREW';
      if (!abort.signal.aborted) logger?.warn('late-landings-not-read', { code });
    }
  }

  const twinsOf = (intent: ExecutionIntent): number =>
    [...orders.values()].filter((each) => haveSameTerms(each.intent, intent)).length;

  function observe({ orders: rows }: Pick<OrderList, 'orders'>): void {
    if (abort.signal.aborted) return;
    forgetPastDates();
    // Of several that look the same the youngest comes first: orders land sooner rather than later, and all are ours.
    for (const { intent, terms } of [...orders.values()].reverse()) {
      const { fitting, doubtful } = matchRows(terms, rows, isBound);
      const [row] = fitting;
      // A row may be that of an order whose answer is still awaited: the next list will tell.
      if ((row === undefined && doubtful.length === 0) || hasUnboundTwin(intent)) continue;
      if (row === undefined || doubtful.length > 0 || fitting.length > twinsOf(intent)) {
        tellOnce(intent, [...fitting, ...doubtful]);
        continue;
      }
      orders.delete(intent.intentId);
      land({ intent, reference: row.reference, row });
    }
  }

  function tellOnce(intent: ExecutionIntent, rows: readonly OrderSnapshot[]): void {
    const numbers = rows.map(({ reference }) => reference.brokerOrderId).filter((number) => !alarmed.has(number));
    if (numbers.length === 0) return;
    for (const number of numbers) alarmed.add(number);
    alarm(intent, numbers.join(' '));
  }

  return {
    watch(order) {
      orders.set(order.intent.intentId, order);
      schedule();
    },
    find: (intentId) => orders.get(intentId),
    forget: (intentId) => void orders.delete(intentId),
    observe,
    get watched() {
      return [...orders.keys()];
    },
    close() {
      abort.abort();
      timer?.cancel();
      timer = undefined;
      orders.clear();
    },
  };
}
