import {
  type CancelOutcome,
  type Clock,
  type EpochMs,
  type IntentId,
  type Logger,
  type OrderAdapter,
  type OrderList,
  type OrderReference,
  type OrderSnapshot,
  ConfigurationError,
} from '@qts/core';
import { type OrderGateway } from '../gateway/order-gateway-contract.ts';
import { type OrderTracker } from '../orders/order-tracker-contract.ts';
import { type TrackedOrder } from '../orders/tracked-order.ts';
import { checkOperator } from '../safety/check-operator.ts';
import { pause } from '../unknown/abortable.ts';
import { type StopRequest } from './kill-switch.ts';
import { createOpenOrdersReader } from './read-open-orders.ts';

/** An order that still works, or may. */
export interface LeftOrder {
  /** Absent: its number is not known. */
  readonly reference?: OrderReference;
  /** Absent: it is not one of ours. */
  readonly intentId?: IntentId;
  readonly leavesQuantity: number;
  /** What the last cancel said; absent: none was sent, because it is not ours. */
  readonly outcome?: CancelOutcome;
  /** When a window opens that takes the cancel, where it is known. */
  readonly opensAtMs?: EpochMs;
}

export interface CancelAllReport {
  /** The broker's complete list shows nothing open, and no order of ours is unknown. */
  readonly isEmpty: boolean;
  /** What is left, by name: of the last complete list, and of what we know ourselves. */
  readonly left: readonly LeftOrder[];
  /**
   * Why the last look gave no list; absent: it did. Then what is open **is not known**, whatever `left` says; with no
   * `completeReads` it never was.
   */
  readonly unreadCode?: string;
  /** Orders that a cancel was sent for. */
  readonly canceledOrders: number;
  readonly cancelsSent: number;
  readonly completeReads: number;
  readonly failedReads: number;
  readonly durationMs: number;
}

export interface CancelAllSettings {
  readonly adapter: Pick<OrderAdapter, 'listOrders'>;
  /** Without `cancelIntent` an order that has no number is not canceled when it gets one; it is named in the report. */
  readonly gateway: Pick<OrderGateway, 'cancelOrder'> & Partial<Pick<OrderGateway, 'cancelIntent'>>;
  readonly tracker: Pick<OrderTracker, 'list' | 'findByReference' | 'workingReferences' | 'applyList'>;
  readonly clock: Clock;
  /**
   * `OURS` (default): what we sent. An order that we never sent may be a person's; it is named in the report. `ALL`: whatever
   * is open in the account.
   */
  readonly scope?: 'OURS' | 'ALL';
  /** The whole takes no longer, ms. Default {@link timeoutMsDefault}. */
  readonly timeoutMs?: number;
  readonly logger?: Logger;
}

/**
 * How long a cancel-all goes on, ms. Brokers give one token a minute (KIS, `EGW00133`): an issue that was refused, because
 * another client of the key had one, is repeated after 60 s, and half a minute is needed to cancel and to see it.
 */
const timeoutMsDefault = 120_000;

/** Waits between two looks, ms: the last one repeats. A list may lag behind by some seconds. */
const pausesMs: readonly number[] = [500, 1_000, 2_000, 3_000];
const pauseMsAfter = (round: number): number => pausesMs[Math.min(round, pausesMs.length - 1)] ?? 0;

/**
 * Cancels what rests and proves it: lists, cancels each, lists again until nothing is open, or nothing but what the broker
 * refuses in this session (execution-safety 8, mass cancel). The list decides, not the answers:
 *
 * | Answer to a cancel                                        | While the list shows the order open                     |
 * | --------------------------------------------------------- | ------------------------------------------------------- |
 * | `REQUESTED`, `CONFIRMED`, `TOO_LATE_FILLED`, `…_CLOSED`   | wait one look for the list; then cancel again           |
 * | `NOT_FOUND`, `NOT_SENT`, `UNKNOWN`                        | cancel again                                            |
 * | `REFUSED_BY_SESSION`                                      | do not; name it with the time of the next window        |
 *
 * What we know to be open and the list does not show is canceled, too: a list lags behind, and may not have the order of a
 * moment ago. When the list cannot be read, what we know ourselves, and what the list showed last, is canceled blindly. Orders without a number are canceled when they
 * get one. It asks no safety state, no guard and no journal; cancels leave on the broker's lane for risk.
 */
export function createCancelAll(settings: CancelAllSettings): (request: StopRequest) => Promise<CancelAllReport> {
  const { adapter, gateway, tracker, clock, scope = 'OURS', timeoutMs = timeoutMsDefault, logger } = settings;
  if (!Number.isSafeInteger(timeoutMs) || timeoutMs < 1) {
    throw new ConfigurationError({
      code: 'SETTING_OUT_OF_RANGE',
      summary: 'The time for a cancel-all is not usable.',
      facts: { field: 'timeoutMs', found: timeoutMs },
      next: 'Give whole milliseconds, 1 or more; 120000 is the default.',
    });
  }

  return async (request) => {
    checkOperator(request);
    logger?.warn('cancel-all-began', { ...request, scope });
    const startedAtMs = clock.monotonicMs();
    const over = new AbortController();
    const isOver = (): boolean => over.signal.aborted;
    const limit = clock.setTimer(() => {
      over.abort();
    }, timeoutMs);
    const run = startRun(scope, over.signal);
    try {
      for (let round = 0; !(await run.cancel(await run.list(pauseMsAfter(round)))); round++) {
        await pause(clock, pauseMsAfter(round), over.signal);
        if (isOver()) break;
      }
    } finally {
      limit.cancel();
      over.abort();
    }
    const report = { ...run.report(), durationMs: clock.monotonicMs() - startedAtMs };
    const { isEmpty, left, cancelsSent, durationMs } = report;
    logger?.warn('cancel-all-ended', { isEmpty, left: left.length, cancelsSent, durationMs });
    return report;
  };

  function startRun(
    wanted: 'OURS' | 'ALL',
    signal: AbortSignal,
  ): {
    readonly list: (nextLookInMs: number) => Promise<OrderList | undefined>;
    readonly cancel: (list: OrderList | undefined) => Promise<boolean>;
    readonly report: () => Omit<CancelAllReport, 'durationMs'>;
  } {
    const answers = new Map<string, { outcome: CancelOutcome; opensAtMs?: EpochMs; answeredInRound: number }>();
    const queued = new Set<IntentId>();
    const canceled = new Set<string>();
    let left: readonly LeftOrder[] = [];
    let isEmpty = false;
    let round = 0;
    let cancelsSent = 0;
    const reader = createOpenOrdersReader({ adapter, clock, logger, signal });

    function isDue(number: OrderReference): boolean {
      const before = answers.get(keyOf(number));
      if (before?.outcome === 'REFUSED_BY_SESSION') return false;
      // What was answered a moment ago is given one look of the list to show.
      return before === undefined || !wasTaken.has(before.outcome) || round - before.answeredInRound >= 2;
    }

    /** Cancels one order: of several numbers of one of ours the gateway cancels all when one is named. */
    async function cancelOne(numbers: readonly OrderReference[]): Promise<void> {
      const due = numbers.filter(isDue);
      const [target] = due;
      if (target === undefined) return;
      cancelsSent += due.length;
      for (const number of due) canceled.add(keyOf(number));
      const { outcome, opensAtMs } = await gateway.cancelOrder({ target, dryRun: false }, { signal });
      const when = opensAtMs === undefined ? undefined : { opensAtMs };
      for (const number of due) answers.set(keyOf(number), { outcome, answeredInRound: round, ...when });
    }

    /** @returns whether there is nothing more to do */
    async function cancel(read: OrderList | undefined): Promise<boolean> {
      round++;
      if (read !== undefined) tracker.applyList(read);
      const ours = tracker.list().filter((order) => order.leavesQuantity > 0);
      const unnumbered = ours.filter(({ reference }) => reference === undefined);
      for (const { intentId } of unnumbered) {
        if (queued.has(intentId)) continue;
        queued.add(intentId);
        void gateway.cancelIntent?.(intentId, { signal });
      }
      const listed = (read ?? openWhenLastListed()).orders.filter(isOpen).map(asLeft);
      const unlisted = ours.flatMap((order) => numbersOf(order, listed, read !== undefined));
      const open: readonly LeftOrder[] = [...listed, ...unlisted, ...unnumbered.map(withoutNumber)];
      const targets = new Map<string, OrderReference[]>();
      for (const { reference, intentId } of open) {
        if (reference === undefined || (wanted !== 'ALL' && intentId === undefined)) continue;
        const order = intentId ?? keyOf(reference);
        targets.set(order, [...(targets.get(order) ?? []), reference]);
      }
      await Promise.all([...targets.values()].map(cancelOne));
      left = open.map((each) => {
        const answer = each.reference === undefined ? undefined : answers.get(keyOf(each.reference));
        if (answer === undefined) return each;
        const { outcome, opensAtMs } = answer;
        return { ...each, outcome, ...(opensAtMs === undefined ? undefined : { opensAtMs }) };
      });
      isEmpty = read !== undefined && open.length === 0;
      return read !== undefined && left.every(isFinal);
    }

    /** Nothing that was open is taken for gone because the list cannot be read any more; only what ended for ours counts. */
    function openWhenLastListed(): Pick<OrderList, 'orders'> {
      const orders = reader.lastComplete?.orders ?? [];
      return {
        orders: orders.filter(({ reference }) => (tracker.findByReference(reference)?.leavesQuantity ?? 1) > 0),
      };
    }

    /**
     * Numbers under which an order may still work and which the list does not show: it may lag behind, so they are canceled
     * as well, until an answer and a list say the same.
     */
    function numbersOf(
      { intentId, reference, leavesQuantity }: TrackedOrder,
      listed: readonly LeftOrder[],
      hasList: boolean,
    ): readonly LeftOrder[] {
      if (reference === undefined) return [];
      const shown = new Set(listed.map((each) => (each.reference === undefined ? '' : keyOf(each.reference))));
      const isGone = (key: string): boolean => {
        const outcome = answers.get(key)?.outcome;
        return hasList && outcome !== undefined && (wasTaken.has(outcome) || outcome === 'NOT_FOUND');
      };
      const working = tracker.workingReferences(intentId);
      return (working.length > 0 ? working : [reference])
        .filter((number) => !shown.has(keyOf(number)) && !isGone(keyOf(number)))
        .map((number) => ({ reference: number, intentId, leavesQuantity }));
    }

    /** Nothing more can be done about it: not ours to cancel, or refused in this session. */
    function isFinal({ reference, intentId, outcome }: LeftOrder): boolean {
      return (
        outcome === 'REFUSED_BY_SESSION' || (reference !== undefined && intentId === undefined && wanted === 'OURS')
      );
    }

    function asLeft({ reference, leavesQuantity }: OrderSnapshot): LeftOrder {
      const order = tracker.findByReference(reference);
      return { reference, leavesQuantity, ...(order === undefined ? undefined : { intentId: order.intentId }) };
    }

    return {
      list: (nextLookInMs) => reader.read(nextLookInMs),
      cancel,
      report() {
        const { completeReads, failedReads, unreadCode } = reader;
        const unread = unreadCode === undefined ? {} : { unreadCode };
        return { isEmpty, left, ...unread, canceledOrders: canceled.size, cancelsSent, completeReads, failedReads };
      },
    };
  }
}

/** The broker took the cancel, or says that nothing was left. */
const wasTaken: ReadonlySet<CancelOutcome> = new Set(['REQUESTED', 'CONFIRMED', 'TOO_LATE_FILLED', 'TOO_LATE_CLOSED']);

const isOpen = ({ kind, leavesQuantity }: OrderSnapshot): boolean => kind !== 'CANCEL' && leavesQuantity > 0;

function withoutNumber({
  intentId,
  leavesQuantity,
}: {
  readonly intentId: IntentId;
  readonly leavesQuantity: number;
}): LeftOrder {
  return { intentId, leavesQuantity };
}

function keyOf({ tradingDate, brokerOrderId }: OrderReference): string {
  return `${tradingDate} ${brokerOrderId}`;
}
