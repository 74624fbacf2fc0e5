import {
  type CashBalance,
  type OrderList,
  type OrderSnapshot,
  type PositionList,
  type SymbolCode,
  type Timer,
  BrokerError,
  kstEpochMs,
  timeOfDayMs,
} from '@qts/core';
import { pause, within } from '../unknown/abortable.ts';
import { cashAllowanceDefault, compareAccount } from './compare-account.ts';
import { compareOrders, missingOrders } from './compare-orders.ts';
import { type Difference, differenceRules } from './difference.ts';
import { createDifferenceJudge } from './difference-judge.ts';
import {
  type Reconciler,
  type ReconcilerSettings,
  fullComparisonTimes,
  reconcilerTimingsDefault,
} from './reconciler-contract.ts';

/** What one comparison came to. */
interface Pass {
  /** Lists were complete and everything could be read. */
  readonly wasRead: boolean;
  /** Nothing traded while positions and cash were read, so that they could be compared. */
  readonly wasQuiet: boolean;
  readonly suspects: readonly Difference[];
}

/** Between two looks whether something is due: reads that fail are not repeated faster. */
const leastMs = 1_000;
/** Full comparisons that {@link Reconciler.reconcileNow} makes at most until two in a row say the same. */
const passesMax = 8;
/** Reads of single orders in one pass. */
const singleReadsMax = 10;

/**
 * Reconciliation while running (execution-safety 10.2 and 10.3).
 *
 * ```
 * list ─► fills into tracker and book (D1) ─► D2, D3, D6 ─┐
 * list ─ positions ─ cash ─ list: nothing traded? ─► D4, D5 ─┴► seen twice ─► record, alarm, restrict: once
 * ```
 *
 * A read is compared with what we had when it began: positions and cash lie between two lists, and when those differ
 * nothing is concluded. Reads never run side by side. Nothing is ever sent or canceled from here.
 */
export function createReconciler(settings: ReconcilerSettings): Reconciler {
  const { adapter, account, accountId, tradingDate, clock, tracker, book, external, logger } = settings;
  const { exclusive = false, knownDifferences = new Map<string, string>() } = settings;
  const timings = { ...reconcilerTimingsDefault, ...settings.timings };
  const allowance = { ...cashAllowanceDefault, ...settings.allowance };
  const judge = createDifferenceJudge({
    ...{ brokerId: adapter.brokerId, accountId, tradingDate, clock, exclusive, logger },
    ...{ journal: settings.journal, safety: settings.safety, restrict: settings.restrict, known: knownDifferences },
  });
  const closing = new AbortController();
  const timers = new Set<Timer>();
  let busy: Promise<unknown> = Promise.resolve();
  let ordersReadAtMs = -Infinity;
  let accountReadAtMs = -Infinity;
  let accountDueAtMs = Infinity;
  let hasStarted = false;
  let next: Timer | undefined;

  const isUnclear = (symbol: SymbolCode): boolean => {
    if (tracker.hasUnknown(symbol)) return true;
    for (const side of ['BUY', 'SELL'] as const) {
      for (const order of tracker.openOrders(symbol, side)) if (order.reference === undefined) return true;
    }
    return false;
  };

  /** Neither an order of ours nor what a replace moved of one. */
  function isExternal({ kind, reference, originalBrokerOrderId }: OrderSnapshot): boolean {
    if (kind === 'CANCEL' || tracker.findByReference(reference) !== undefined) return false;
    if (originalBrokerOrderId === undefined) return true;
    return tracker.findByReference({ ...reference, brokerOrderId: originalBrokerOrderId }) === undefined;
  }

  /** One after the other, whatever asks. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = busy.then(work);
    busy = mine.catch(() => undefined);
    return mine;
  }

  async function read<Result>(
    what: string,
    from: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result | undefined> {
    try {
      const result = await within(clock, timings.readTimeoutMs, closing.signal, from);
      if (result === undefined) logger?.warn('reconciliation-not-read', { what, code: 'TIMEOUT' });
      return result;
    } catch (error) {
      const code = BrokerError.isInstance(error) ? error.code : 'ADAPTER_THREW';
      logger?.warn('reconciliation-not-read', { what, code });
      return undefined;
    }
  }

  /** The list, taken in. `undefined`: it could not be read, or is not complete. */
  async function takeList(
    reason: string,
  ): Promise<{ readonly changed: boolean; readonly seen: Difference[] } | undefined> {
    const list = await read('orders', (signal) => adapter.listOrders({ tradingDate }, { signal }));
    if (list === undefined) return undefined;
    ordersReadAtMs = clock.monotonicMs();
    settings.onList?.(list);
    const openBefore = tracker.openOrdersTotal;
    const netBefore = external.netCashKrw;
    const result = tracker.applyList(list);
    if (tracker.openOrdersTotal < openBefore || result.fills.length > 0) orderEnded();
    if (!list.complete) return undefined;
    // A new row may be the order whose number we wait for; what was somebody else's before stays so.
    const before = new Set(external.rows.map(({ reference }) => reference.brokerOrderId));
    const isTheirs = ({ reference }: OrderSnapshot): boolean =>
      before.has(reference.brokerOrderId) || !isUnclear(reference.symbol);
    external.take(list.orders.filter((row) => isExternal(row) && isTheirs(row)));
    const seen = compareOrders({ result, external: external.rows, tracker, reason });
    seen.push(...(await confirmMissing(list)));
    return { changed: result.fills.length > 0 || external.netCashKrw !== netBefore, seen };
  }

  /** Our open orders that the list does not have; before that counts, each is asked for by its number. */
  async function confirmMissing(list: OrderList): Promise<readonly Difference[]> {
    const missing: Difference[] = [];
    let singleReads = 0;
    for (const { order, difference } of missingOrders(tracker, list, timings.listLagMs)) {
      const { reference } = order;
      if (!judge.isDue(difference) || reference === undefined) {
        missing.push(difference);
        continue;
      }
      // What is not asked for today's pass is a suspect for the next one.
      if (singleReads++ >= singleReadsMax) continue;
      if (singleReads > 1) await pause(clock, timings.singleReadGapMs, closing.signal);
      const readStartedAtMs = clock.nowMs();
      const row = await read('order', async (signal) => ({ found: await adapter.getOrder(reference, { signal }) }));
      if (row?.found !== undefined) tracker.applyList({ orders: [row.found], readStartedAtMs });
      else if (row !== undefined) missing.push(difference);
    }
    return missing;
  }

  async function comparePositions(reason: string): Promise<Pass> {
    const before = await takeList(reason);
    const traded = book.boughtKrw + book.soldKrw;
    const positions: PositionList | undefined = await read('positions', (signal) => account.listPositions({ signal }));
    const cash: CashBalance | undefined = await read('cash', (signal) => account.getCashBalance({ signal }));
    const after = await takeList(reason);
    accountReadAtMs = clock.monotonicMs();
    accountDueAtMs = Infinity;
    if (before === undefined || after === undefined || positions?.complete !== true || cash === undefined) {
      return { wasRead: false, wasQuiet: false, suspects: [] };
    }
    // The two lists lie too close together to be two reads. What the first brought is known by the second.
    const missed = before.seen.filter(({ class: kind }) => kind === 'D1');
    const suspects = judge.weigh('ORDERS', reason, [...missed, ...after.seen]);
    if (after.changed || book.boughtKrw + book.soldKrw !== traded) return { wasRead: true, wasQuiet: false, suspects };
    const seen = compareAccount({ book, external, positions, cash, isUnclear, allowance });
    return { wasRead: true, wasQuiet: true, suspects: [...suspects, ...judge.weigh('ACCOUNT', reason, seen)] };
  }

  async function compareOrderList(reason: string): Promise<boolean> {
    const list = await takeList(reason);
    if (list === undefined) return false;
    const suspects = judge.weigh('ORDERS', reason, list.seen);
    if (suspects.length > 0) later(timings.againMs, () => compareOrderList(reason));
    return true;
  }

  /** Once, after a while, in turn. */
  function later(delayMs: number, work: () => Promise<unknown>): void {
    if (closing.signal.aborted) return;
    const timer = clock.setTimer(() => {
      timers.delete(timer);
      void inTurn(work).catch(complain);
    }, delayMs);
    timers.add(timer);
  }

  function complain(error: unknown): void {
    logger?.error('reconciliation-failed', { error: error instanceof Error ? error.message : typeof error });
  }

  function orderEnded(): void {
    accountDueAtMs = Math.min(accountDueAtMs, clock.monotonicMs() + timings.afterEndMs);
    // A look that is under way sets the next one when it is done.
    if (next !== undefined) schedule();
  }

  /** When the next of the loops is due. An order that opens before is seen as late as if it had opened at this look. */
  function nextDueMs(): number {
    const nowMs = clock.monotonicMs();
    const everyMs = tracker.openOrdersTotal > 0 ? timings.ordersOpenMs : timings.ordersIdleMs;
    const dueMs = Math.min(accountDueAtMs, accountReadAtMs + timings.accountMs, ordersReadAtMs + everyMs);
    return Math.max(leastMs, Math.min(dueMs - nowMs, timings.ordersOpenMs));
  }

  /** Sets the next look, in the place of the one before. */
  function schedule(): void {
    if (!hasStarted || closing.signal.aborted) return;
    next?.cancel();
    next = clock.setTimer(() => {
      next = undefined;
      void inTurn(look)
        .catch(complain)
        .finally(() => {
          if (next === undefined) schedule();
        });
    }, nextDueMs());
  }

  async function look(): Promise<void> {
    const nowMs = clock.monotonicMs();
    if (nowMs >= accountDueAtMs || nowMs - accountReadAtMs >= timings.accountMs) {
      const { wasRead, wasQuiet, suspects } = await comparePositions('schedule');
      if (!wasRead || !wasQuiet || suspects.length > 0) accountDueAtMs = clock.monotonicMs() + timings.againMs;
      return;
    }
    const everyMs = tracker.openOrdersTotal > 0 ? timings.ordersOpenMs : timings.ordersIdleMs;
    if (nowMs - ordersReadAtMs >= everyMs) await compareOrderList('schedule');
  }

  async function compareAll(reason: string): ReturnType<Reconciler['reconcileNow']> {
    for (let reads = 1; ; reads++) {
      const { wasRead, wasQuiet, suspects } = await comparePositions(reason);
      const isClear = wasRead && wasQuiet && suspects.length === 0;
      if (isClear) {
        const differences = judge.standing;
        const differs = differences.some((each) => differenceRules[each.class].restrictTo !== undefined);
        return { reason, outcome: differs ? 'DIFFERS' : 'AGREED', differences, reads };
      }
      if (reads >= passesMax || closing.signal.aborted) {
        return { reason, outcome: 'UNREADABLE', differences: judge.standing, reads };
      }
      await pause(clock, timings.againMs, closing.signal);
    }
  }

  return {
    reconcileNow: (reason) => inTurn(() => compareAll(reason)),
    readOrders: (reason) => inTurn(async () => (await takeList(reason)) !== undefined),
    orderEnded,
    isUnclear,
    start() {
      ordersReadAtMs = clock.monotonicMs();
      accountReadAtMs = clock.monotonicMs();
      for (const time of fullComparisonTimes) {
        const inMs = kstEpochMs(tradingDate, timeOfDayMs(time)) - clock.nowMs();
        if (inMs > 0) later(inMs, () => compareAll(`full comparison at ${time}`));
      }
      hasStarted = true;
      schedule();
    },
    get differences() {
      return judge.standing;
    },
    close() {
      closing.abort();
      next?.cancel();
      for (const timer of timers) timer.cancel();
      timers.clear();
    },
  };
}
