import {
  type BrokerOrderId,
  type EpochMs,
  type IntentId,
  type OrderFacts,
  type OrderObservation,
  type OrderReference,
  type OrderSnapshot,
  type SymbolCode,
  findContradictions,
} from '@qts/core';
import { type LineageRow } from './lineage.ts';
import { createOpenOrderIndex } from './open-order-index.ts';
import { OrderRecord } from './order-record.ts';
import { createReplaceTracker } from './replace-tracker.ts';
import { type BoundNumber, type FillIncrement } from './tracked-order.ts';
import { hasExpired } from './order-expiry.ts';
import { type ListResult, type OrderTracker, type OrderTrackerSettings } from './order-tracker-contract.ts';

export function createOrderTracker({ onFill, onFacts, endsAtMs }: OrderTrackerSettings = {}): OrderTracker {
  const records = new Map<IntentId, OrderRecord>();
  const byNumber = new Map<BrokerOrderId, OrderRecord>();
  const unknownOrders = new Map<SymbolCode, number>();
  const open = createOpenOrderIndex();
  const numberListeners: ((bound: BoundNumber) => void)[] = [];
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
  function applyRow(record: OrderRecord, row: LineageRow, asOfMs: EpochMs): FillIncrement | undefined {
    const before = record.facts;
    const { filledQuantity, filledAmountKrw, canceledQuantity } = before;
    record.note({ ...observationOf(row, asOfMs), expired: hasExpired(record, row, asOfMs, endsAtMs) });
    const { facts, leavesQuantity } = record;
    if (leavesQuantity === 0 || facts.canceledQuantity > canceledQuantity) endCancels(record, record.openCancels);
    if (leavesQuantity === 0) replaces.end(record);
    open.count(record, leavesQuantity);
    const hasNews = record.lineage?.takeNews() === true;
    if (onFacts !== undefined && (hasNews || hasMore(facts, before))) onFacts(record, asOfMs);
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

    endCancelAbsent(target) {
      const record = find(target);
      if (record?.openCancels.length === 1) endCancels(record, record.openCancels);
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
      if (record?.openReplace?.commandId === commandId) replaces.endAbsent(record);
    },

    newestReference: (target) => find(target)?.lineage?.newest(target.brokerOrderId) ?? target,

    workingReferences(intentId) {
      const record = records.get(intentId);
      return record?.reference === undefined ? [] : (record.lineage?.working() ?? [record.reference]);
    },

    watchNumbers: (hear) => void numberListeners.push(hear),

    restore({ intent, worstPriceKrw, sentAtMs, answer, isAbsent, figures, numbers, acceptedReplace, ...cancels }) {
      const { intentId, symbol, side } = intent;
      if (records.has(intentId)) return;
      tracker.beginPlace(intent, worstPriceKrw, sentAtMs);
      tracker.endPlace(intentId, isAbsent ? { ...answer, outcome: 'UNKNOWN' } : answer);
      if (isAbsent) tracker.endAbsent(intentId);
      const record = records.get(intentId);
      if (record?.reference === undefined) return;
      if (numbers !== undefined) replaces.restore(record, numbers);
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
      if (leavesQuantity > 0 && acceptedReplace !== undefined) {
        const { response, ...replace } = acceptedReplace;
        const isListed = record.lineage?.row(response.brokerOrderId) !== undefined;
        if (!isListed) tracker.endReplace(intentId, tracker.beginReplace(intentId, replace), response);
      }
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
      const fold = (record: OrderRecord, row: LineageRow): void => {
        const fill = applyRow(record, row, readStartedAtMs);
        if (fill !== undefined) {
          fills.push(fill);
          onFill?.(fill);
        }
        const contradictions = findContradictions(record.facts);
        if (contradictions.length > 0) contradicting.push({ intentId: record.intentId, contradictions });
      };
      const bound = replaces.bind(orders);
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
        fold(record, replaces.totalRow(record, readStartedAtMs));
        replaces.reprice(record);
      }
      for (const each of bound) for (const hear of numberListeners) hear(each);
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

function observationOf(row: LineageRow, asOfMs: EpochMs): OrderObservation {
  const { reference, filledQuantity, filledAmountKrw, canceledQuantity, rejectedQuantity } = row;
  return {
    symbol: reference.symbol,
    side: reference.side,
    brokerOrderId: reference.brokerOrderId,
    ...{ filledQuantity, filledAmountKrw, canceledQuantity, rejectedQuantity },
    reading: { source: `${reference.brokerId} list`, asOfMs },
  };
}
