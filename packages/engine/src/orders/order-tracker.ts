import {
  type BrokerOrderId,
  type CancelResponse,
  type EpochMs,
  type ExecutionIntent,
  type ExecutionResponse,
  type IntentId,
  type Krw,
  type OrderContradiction,
  type OrderFacts,
  type OrderList,
  type OrderObservation,
  type OrderReference,
  type OrderSnapshot,
  type ReplaceResponse,
  type Shares,
  type Side,
  type SymbolCode,
  findContradictions,
} from '@qts/core';
import { createOpenOrderIndex } from './open-order-index.ts';
import { OrderRecord } from './order-record.ts';
import { createReplaceTracker } from './replace-tracker.ts';
import { type FillIncrement, type OpenReplace, type TrackedOrder } from './tracked-order.ts';

/** What one read of the broker's list brought. */
export interface ListResult {
  readonly fills: readonly FillIncrement[];
  /** Rows of orders whose number is none of ours. Never adopted here: a stranger's order must not be canceled. */
  readonly unbound: readonly OrderSnapshot[];
  /** Orders of the list whose figures contradict themselves; a person has to look. */
  readonly contradicting: readonly {
    readonly intentId: IntentId;
    readonly contradictions: readonly OrderContradiction[];
  }[];
}

/** Every order of one account at one broker on one trading date, folded from commands, answers and lists. */
export interface OrderTracker {
  get(intentId: IntentId): TrackedOrder | undefined;
  findByReference(reference: Pick<OrderReference, 'tradingDate' | 'brokerOrderId'>): TrackedOrder | undefined;
  /** All orders, in the order in which they were begun. */
  list(): readonly TrackedOrder[];
  /** Whether an order of the symbol may or may not be live. */
  hasUnknown(symbol: SymbolCode): boolean;
  /** Orders handed to the broker; those that never left are not among them. */
  readonly sentCount: number;

  /** Orders of which something may still trade, unknown ones included. */
  openOrders(symbol: SymbolCode, side: Side): ReadonlySet<TrackedOrder>;
  readonly openOrdersTotal: number;
  /** Open buys at their worst price, won: of all symbols, or of one. */
  openBuyValueKrw(symbol?: SymbolCode): number;
  /** Shares that open sells hold back; those of an unknown sell count as gone. */
  openSellQuantity(symbol: SymbolCode): number;

  /** A place command is about to be sent. */
  beginPlace(intent: ExecutionIntent, worstPriceKrw: Krw, sentAtMs: EpochMs): void;
  /** What became of it. Said once more, a clear word ends an unknown one. */
  endPlace(intentId: IntentId, response: ExecutionResponse): void;
  /**
   * An unknown place command ended without an order: it was looked for and not found. Nothing of it counts any more; when
   * it turns up after all, {@link endPlace} with its number brings it back.
   */
  endAbsent(intentId: IntentId): void;
  /** A cancel is about to be sent; gives it an id. An order that is not ours may be canceled: nothing is kept then. */
  beginCancel(target: OrderReference): string;
  endCancel(target: OrderReference, commandId: string, response: CancelResponse): void;
  /** Judges with shares of an order left out of every sum: what it would be to place them now. `judge` must not wait. */
  without<Result>(intentId: IntentId, quantity: Shares, judge: () => Result): Result;
  /** A replace is about to be sent: until its end is seen the order counts with the dearer of both terms. */
  beginReplace(intentId: IntentId, replace: Omit<OpenReplace, 'commandId' | 'number' | 'isUnknown'>): string;
  /** What became of it. An acceptance is a number; the end is seen when a list shows it. */
  endReplace(intentId: IntentId, commandId: string, response: ReplaceResponse): void;
  /** An unknown replace was looked for and not found. When it lands after all, a list binds it. */
  endReplaceAbsent(intentId: IntentId, commandId: string): void;
  /** The number that a command about `target` has to name now: its newest child, if a replace took all that was left. */
  newestReference(target: OrderReference): OrderReference;
  /** All that may still trade under a number of its own; the number last known when no list has shown the order. */
  workingReferences(intentId: IntentId): readonly OrderReference[];
  /** An order of an earlier process, as its journal shows it. One that is known already stays as it is. */
  restore(order: RestoredOrder): void;
  /** Folds the broker's figures in. Repetition and order of arrival do not matter. */
  applyList(list: Pick<OrderList, 'orders' | 'readStartedAtMs'>): ListResult;
}

/** What an earlier process wrote down of an order. */
export interface RestoredOrder {
  readonly intent: ExecutionIntent;
  /** What a share of it can cost at most, won. */
  readonly worstPriceKrw: Krw;
  readonly sentAtMs: EpochMs;
  /** The answer to its intent, as recorded. */
  readonly answer: ExecutionResponse;
  /** It was looked for and not found; {@link OrderTracker.endPlace} with its number brings it back. */
  readonly isAbsent: boolean;
  /** Cumulative, of a list that was read from `asOfMs` on; absent: none was written down. */
  readonly figures?: Pick<
    OrderSnapshot,
    'filledQuantity' | 'filledAmountKrw' | 'canceledQuantity' | 'rejectedQuantity'
  > & { readonly expired: boolean; readonly asOfMs: EpochMs };
  /** Shares that the answer to a cancel said were canceled. */
  readonly confirmedCancelQuantity?: Shares;
  /** A cancel left, and no figure shows it yet. */
  readonly hasPendingCancel: boolean;
}

export interface OrderTrackerSettings {
  /** Hears every fill once, in the order in which fills are seen. Usually a book's `applyFill`. */
  readonly onFill?: (fill: FillIncrement) => void;
  /**
   * Told whenever a list added to what is known of an order, before {@link onFill} is. Usually
   * {@link journalOrderFacts}, so that a restart knows it, too. Not called for what is restored.
   */
  readonly onFacts?: (order: TrackedOrder, asOfMs: EpochMs) => void;
  /**
   * When nothing of an order can trade any more, for certain; `undefined` when nobody knows. Usually
   * {@link orderEndsAtMs}. Without it no remainder that the broker still shows is ever taken for expired.
   */
  readonly endsAtMs?: (order: TrackedOrder) => EpochMs | undefined;
}

/** How long after its end an order is left alone before its absence of life means something (execution-safety 9), ms. */
export const expiryMarginMs = 60_000;

export function createOrderTracker({ onFill, onFacts, endsAtMs }: OrderTrackerSettings = {}): OrderTracker {
  const records = new Map<IntentId, OrderRecord>();
  const byNumber = new Map<BrokerOrderId, OrderRecord>();
  const unknownOrders = new Map<SymbolCode, number>();
  const open = createOpenOrderIndex();
  let sentCount = 0;
  let cancelCount = 0;
  let replaceCount = 0;

  /** A broker's number is unique per day and branch only; one account is one branch, the reference says the day. */
  function find({
    tradingDate,
    brokerOrderId,
  }: Pick<OrderReference, 'tradingDate' | 'brokerOrderId'>): OrderRecord | undefined {
    const record = byNumber.get(brokerOrderId);
    return record?.reference?.tradingDate === tradingDate ? record : undefined;
  }

  function setUnknown(record: OrderRecord, placeIsUnknown: boolean): void {
    record.placeIsUnknown = placeIsUnknown;
    countUnknown(record);
  }

  function countUnknown(record: OrderRecord): void {
    const isUnknown = record.placeIsUnknown || record.openReplace?.isUnknown === true;
    if (record.countsAsUnknown === isUnknown) return;
    record.countsAsUnknown = isUnknown;
    const { symbol } = record.intent;
    unknownOrders.set(symbol, (unknownOrders.get(symbol) ?? 0) + (isUnknown ? 1 : -1));
  }

  const replaces = createReplaceTracker({
    byNumber,
    recount(record) {
      open.count(record, record.countedLeaves === 0 ? 0 : record.leavesQuantity);
      countUnknown(record);
    },
  });

  function endCancels(record: OrderRecord, commandIds: readonly string[]): void {
    for (const commandEnded of commandIds) record.note({ commandEnded });
    record.openCancels = record.openCancels.filter((each) => !commandIds.includes(each));
  }

  /** A row of an order of ours, folded in; what it added, if anything. */
  function applyRow(record: OrderRecord, row: OrderSnapshot, asOfMs: EpochMs): FillIncrement | undefined {
    const before = record.facts;
    const { filledQuantity, filledAmountKrw, canceledQuantity } = before;
    record.note({ ...observationOf(row, asOfMs), expired: hasExpired(record, row, asOfMs, endsAtMs) });
    const { facts, leavesQuantity } = record;
    if (leavesQuantity === 0 || facts.canceledQuantity > canceledQuantity) endCancels(record, record.openCancels);
    if (leavesQuantity === 0) replaces.end(record);
    open.count(record, leavesQuantity);
    if (onFacts !== undefined && hasMore(facts, before)) onFacts(record, asOfMs);
    const quantity = facts.filledQuantity - filledQuantity;
    const amountKrw = facts.filledAmountKrw - filledAmountKrw;
    if (quantity === 0 && amountKrw === 0) return undefined;
    const { intentId, symbol, side } = record.intent;
    const sums = { filledQuantity: facts.filledQuantity, filledAmountKrw: facts.filledAmountKrw };
    return { intentId, symbol, side, quantity, amountKrw, ...sums };
  }

  const tracker: OrderTracker = {
    get: (intentId) => records.get(intentId),
    findByReference: find,
    list: () => [...records.values()],
    hasUnknown: (symbol) => (unknownOrders.get(symbol) ?? 0) > 0,
    get sentCount() {
      return sentCount;
    },
    openOrders: (symbol, side) => open.openOrders(symbol, side),
    get openOrdersTotal() {
      return open.openOrdersTotal;
    },
    openBuyValueKrw: (symbol) => open.openBuyValueKrw(symbol),
    openSellQuantity: (symbol) => open.openSellQuantity(symbol),

    beginPlace(intent, worstPriceKrw, sentAtMs) {
      const record = new OrderRecord(intent, worstPriceKrw, sentAtMs);
      record.note({ commandOpened: { commandId: record.commandId, kind: 'PLACE' } });
      records.set(intent.intentId, record);
      open.count(record, intent.quantity);
      sentCount++;
    },

    endPlace(intentId, { outcome, reference, brokerOrderId = reference?.brokerOrderId, dryRun = false }) {
      const record = records.get(intentId);
      if (record === undefined) return;
      const { commandId } = record;
      if (outcome === 'UNKNOWN') {
        record.note({ commandUnknown: commandId });
        setUnknown(record, true);
        return;
      }
      setUnknown(record, false);
      if (outcome === 'ACCEPTED' && !dryRun) {
        record.note({
          commandEnded: commandId,
          ...(brokerOrderId === undefined ? undefined : { brokerOrderId }),
        });
        // Who says it once more does not undo a replace.
        if (record.lineage === undefined) record.reference = reference;
        if (reference !== undefined) byNumber.set(reference.brokerOrderId, record);
        // A late landing: nothing of it was counted since it had been looked for in vain.
        if (record.countedLeaves === 0) open.count(record, record.leavesQuantity);
        return;
      }
      open.count(record, 0);
      if (outcome === 'REJECTED') {
        record.note({ commandEnded: commandId, rejectedQuantity: record.intent.quantity });
        return;
      }
      // Nothing left: it is denied, or a dry run, which is no order at all.
      sentCount--;
      record.note({ commandEnded: commandId, denied: true });
      if (dryRun) records.delete(intentId);
    },

    endAbsent(intentId) {
      const record = records.get(intentId);
      if (record?.placeIsUnknown !== true) return;
      setUnknown(record, false);
      record.note({ commandEnded: record.commandId });
      open.count(record, 0);
    },

    beginCancel(target) {
      const commandId = `cancel-${++cancelCount}`;
      const record = find(target);
      if (record !== undefined) {
        record.note({ commandOpened: { commandId, kind: 'CANCEL' } });
        record.openCancels = [...record.openCancels, commandId];
      }
      return commandId;
    },

    endCancel(target, commandId, { outcome, canceledQuantity, dryRun }) {
      const record = find(target);
      if (record === undefined) return;
      if (!dryRun && outcome === 'UNKNOWN') record.note({ commandUnknown: commandId });
      // A number is no cancellation: it stays open until the broker's figures show it, or the end of the order.
      const goesOn = !dryRun && (outcome === 'REQUESTED' || outcome === 'UNKNOWN');
      if (!goesOn) endCancels(record, [commandId]);
      if (outcome === 'CONFIRMED' && canceledQuantity !== undefined) {
        record.note({ canceledQuantity });
        open.count(record, record.leavesQuantity);
      }
    },

    without(intentId, quantity, judge) {
      const record = records.get(intentId);
      const leaves = record?.countedLeaves ?? 0;
      if (record === undefined || leaves === 0) return judge();
      open.count(record, Math.max(0, leaves - quantity));
      try {
        return judge();
      } finally {
        open.count(record, leaves);
      }
    },

    beginReplace(intentId, replace) {
      const commandId = `replace-${++replaceCount}`;
      const record = records.get(intentId);
      if (record !== undefined) replaces.begin(record, { ...replace, commandId, number: undefined, isUnknown: false });
      return commandId;
    },

    endReplace(intentId, commandId, response) {
      const record = records.get(intentId);
      if (record?.openReplace?.commandId === commandId) replaces.answer(record, record.openReplace, response);
    },

    endReplaceAbsent(intentId, commandId) {
      const record = records.get(intentId);
      if (record?.openReplace?.commandId === commandId) replaces.end(record);
    },

    newestReference: (target) => find(target)?.lineage?.newest(target.brokerOrderId) ?? target,

    workingReferences(intentId) {
      const record = records.get(intentId);
      return record?.reference === undefined ? [] : (record.lineage?.working() ?? [record.reference]);
    },

    restore({ intent, worstPriceKrw, sentAtMs, answer, isAbsent, figures, ...cancels }) {
      const { intentId, symbol, side } = intent;
      if (records.has(intentId)) return;
      tracker.beginPlace(intent, worstPriceKrw, sentAtMs);
      tracker.endPlace(intentId, isAbsent ? { ...answer, outcome: 'UNKNOWN' } : answer);
      if (isAbsent) tracker.endAbsent(intentId);
      const record = records.get(intentId);
      if (record?.reference === undefined) return;
      if (cancels.hasPendingCancel) tracker.beginCancel(record.reference);
      const { confirmedCancelQuantity: canceledQuantity } = cancels;
      if (canceledQuantity !== undefined) record.note({ canceledQuantity });
      if (figures !== undefined) {
        const { asOfMs, ...known } = figures;
        const { brokerId, brokerOrderId } = record.reference;
        record.note({ symbol, side, brokerOrderId, ...known, reading: { source: `${brokerId} list`, asOfMs } });
      }
      const { leavesQuantity, facts } = record;
      if (leavesQuantity === 0) endCancels(record, record.openCancels);
      open.count(record, leavesQuantity);
      const { filledQuantity, filledAmountKrw } = facts;
      if (filledQuantity === 0 && filledAmountKrw === 0) return;
      const sums = { quantity: filledQuantity, amountKrw: filledAmountKrw, filledQuantity, filledAmountKrw };
      onFill?.({ intentId, symbol, side, ...sums });
    },

    applyList({ orders, readStartedAtMs }) {
      const fills: FillIncrement[] = [];
      const unbound: OrderSnapshot[] = [];
      const contradicting: ListResult['contradicting'][number][] = [];
      const replaced = new Set<OrderRecord>();
      const fold = (record: OrderRecord, row: OrderSnapshot): void => {
        const fill = applyRow(record, row, readStartedAtMs);
        if (fill !== undefined) {
          fills.push(fill);
          onFill?.(fill);
        }
        const contradictions = findContradictions(record.facts);
        if (contradictions.length > 0) contradicting.push({ intentId: record.intentId, contradictions });
      };
      replaces.bind(orders);
      for (const row of orders) {
        // Rows of cancels are commands: what they did stands in the row of the order.
        if (row.kind === 'CANCEL') continue;
        const record = find(row.reference);
        if (record === undefined) {
          if (row.kind === 'NEW') unbound.push(row);
          continue;
        }
        if (record.lineage === undefined) {
          fold(record, row);
          continue;
        }
        record.lineage.take(row, readStartedAtMs);
        replaced.add(record);
      }
      for (const record of replaced) {
        fold(record, replaces.totalRow(record));
        replaces.reprice(record);
      }
      return { fills, unbound, contradicting };
    },
  };
  return tracker;
}

/** Whether a figure of an order grew, or its session took the rest. */
function hasMore(facts: OrderFacts, before: OrderFacts): boolean {
  return (
    facts.filledQuantity !== before.filledQuantity ||
    facts.filledAmountKrw !== before.filledAmountKrw ||
    facts.canceledQuantity !== before.canceledQuantity ||
    facts.rejectedQuantity !== before.rejectedQuantity ||
    facts.expired !== before.expired
  );
}

function observationOf(row: OrderSnapshot, asOfMs: EpochMs): OrderObservation {
  const { reference, filledQuantity, filledAmountKrw, canceledQuantity, rejectedQuantity } = row;
  return {
    symbol: reference.symbol,
    side: reference.side,
    brokerOrderId: reference.brokerOrderId,
    ...{ filledQuantity, filledAmountKrw, canceledQuantity, rejectedQuantity },
    reading: { source: `${reference.brokerId} list`, asOfMs },
  };
}

/**
 * Whether the session took the remainder, of which no figure says where it went (execution-safety 9).
 *
 * | The broker shows     | before the order's end and a minute | after it    |
 * | -------------------- | ----------------------------------- | ----------- |
 * | nothing left to work | at the second read in a row         | at once     |
 * | something left       | no                                  | at the second read in a row |
 *
 * One read alone may be a list that lags behind, and an order that is taken for dead is canceled by nobody.
 */
function hasExpired(
  record: OrderRecord,
  row: OrderSnapshot,
  asOfMs: EpochMs,
  endsAtMs: OrderTrackerSettings['endsAtMs'],
): boolean {
  const { orderedQuantity, filledQuantity, canceledQuantity, rejectedQuantity, leavesQuantity } = row;
  const before = record.unaccountedAsOfMs;
  if (filledQuantity + canceledQuantity + rejectedQuantity >= orderedQuantity) {
    record.unaccountedAsOfMs = undefined;
    return false;
  }
  const endMs = endsAtMs?.(record);
  const isOver = endMs !== undefined && asOfMs >= endMs + expiryMarginMs;
  if (leavesQuantity > 0 && !isOver) {
    record.unaccountedAsOfMs = undefined;
    return false;
  }
  record.unaccountedAsOfMs ??= asOfMs;
  return (isOver && leavesQuantity === 0) || (before !== undefined && before < asOfMs);
}
