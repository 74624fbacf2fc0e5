import {
  type BrokerOrderId,
  type EpochMs,
  type Krw,
  type OrderSnapshot,
  type ReplaceResponse,
  type Shares,
  orderTypePrices,
} from '@qts/core';
import { Lineage, type LineageRow, type LineageTotals, type OrderNumbers, wasRefused } from './lineage.ts';
import { type OrderRecord, type PricedTerms } from './order-record.ts';
import { type BoundNumber, type OpenReplace } from './tracked-order.ts';

/** What the tracker does about orders that are replaced. */
export interface ReplaceTracker {
  begin(record: OrderRecord, replace: OpenReplace): void;
  answer(record: OrderRecord, replace: OpenReplace, response: ReplaceResponse): void;
  /** The open replace is over, if there is one, and changed nothing. */
  end(record: OrderRecord): void;
  /** The open replace was looked for and not found. It may still land. */
  endAbsent(record: OrderRecord): void;
  /** The numbers of an order that was replaced in an earlier process. */
  restore(record: OrderRecord, numbers: OrderNumbers): void;
  /** Binds the rows of replaces that point at a number of ours, however late they come; gives those that moved shares. */
  bind(rows: readonly OrderSnapshot[]): readonly BoundNumber[];
  /** The order as one row: its numbers summed up, after a read that began at `asOfMs`. */
  totalRow(record: OrderRecord, asOfMs: EpochMs): LineageRow;
  /** Takes the prices of what is still working from the rows, once no replace is open. */
  reprice(record: OrderRecord): void;
}

/**
 * How long shares that are gone may be on their way to a number that no list shows yet, ms: as long as it takes to call a
 * replace absent (execution-safety 6.3). Until a read that begins so long after the first, none of them is called canceled.
 */
const movedAreShownWithinMs = 30_000;

export interface ReplaceTrackerParts {
  readonly byNumber: Map<BrokerOrderId, OrderRecord>;
  /** Brings the sums of open and unknown orders up to date. */
  readonly recount: (record: OrderRecord) => void;
}

export function createReplaceTracker({ byNumber, recount }: ReplaceTrackerParts): ReplaceTracker {
  function end(record: OrderRecord, hasLanded = false): void {
    const { openReplace } = record;
    if (openReplace === undefined) return;
    record.note({ commandEnded: openReplace.commandId });
    record.openReplace = undefined;
    if (hasLanded) record.terms = [...record.terms, openReplace];
    recount(record);
  }

  function lineageOf(record: OrderRecord): Lineage | undefined {
    if (record.reference !== undefined) record.lineage ??= new Lineage(record.reference);
    return record.lineage;
  }

  /** The row of the open replace. One that nobody numbered is told from a person's own at another screen by its terms. */
  function rowOf({ openReplace, lineage }: OrderRecord): LineageRow | undefined {
    if (openReplace === undefined || lineage === undefined) return undefined;
    const { number, target, quantity, limitPriceKrw, orderType, isUnknown } = openReplace;
    if (number !== undefined) return lineage.row(number);
    if (!isUnknown) return undefined;
    return lineage
      .rows()
      .find(
        (row) =>
          row.originalBrokerOrderId === target.brokerOrderId &&
          row.reference.orderType === orderType &&
          row.orderedQuantity === quantity &&
          (limitPriceKrw === undefined || row.limitPriceKrw === limitPriceKrw),
      );
  }

  /** Whether shares have gone that a replace which nobody can find may have moved to a number that is not listed yet. */
  function mayHaveMoved(record: OrderRecord, totals: LineageTotals, asOfMs: EpochMs): boolean {
    const { filledQuantity, rejectedQuantity, leavesQuantity } = totals;
    const { facts, absentReplaces, openReplace, intent } = record;
    const gone = intent.quantity - filledQuantity - rejectedQuantity - leavesQuantity;
    if ((absentReplaces.length === 0 && openReplace === undefined) || facts.expired || gone <= facts.canceledQuantity) {
      record.goneSinceMs = undefined;
      return false;
    }
    record.goneSinceMs ??= asOfMs;
    return asOfMs < record.goneSinceMs + movedAreShownWithinMs;
  }

  return {
    end: (record) => {
      end(record);
    },

    endAbsent(record) {
      const { openReplace, absentReplaces } = record;
      if (openReplace === undefined) return;
      record.absentReplaces = [...new Set([...absentReplaces, openReplace.target.brokerOrderId])];
      end(record);
    },

    restore(record, { newest, rows, named, absent }) {
      // Of a replace that only was about to leave there is nothing to know; who looks for it begins it again.
      if (rows.length + named.length + absent.length === 0) return;
      const lineage = lineageOf(record);
      if (lineage === undefined) return;
      for (const { reference, parent, takesAll } of named) lineage.expect(reference, parent, takesAll);
      for (const { row, asOfMs } of rows) lineage.take(row, asOfMs);
      lineage.takeNews();
      for (const { brokerOrderId } of lineage.references()) {
        byNumber.set(brokerOrderId, record);
        record.note({ brokerOrderId });
      }
      record.reference = newest ?? lineage.newest() ?? record.reference;
      record.absentReplaces = absent;
    },

    begin(record, replace) {
      record.note({ commandOpened: { commandId: replace.commandId, kind: 'REPLACE' } });
      record.openReplace = replace;
      // From now on what its number loses may have gone to another.
      lineageOf(record);
      recount(record);
    },

    answer(record, replace, response) {
      const { target, takesAll, commandId } = replace;
      switch (response.outcome) {
        case 'ACCEPTED': {
          if (response.dryRun) {
            end(record);
            return;
          }
          const { reference, brokerOrderId } = response;
          record.note({ brokerOrderId });
          byNumber.set(brokerOrderId, record);
          const lineage = lineageOf(record);
          lineage?.expect(reference, target.brokerOrderId, takesAll);
          record.reference = reference;
          record.openReplace = { ...replace, number: brokerOrderId, isUnknown: false };
          // A list may have been faster than the answer.
          const row = lineage?.row(brokerOrderId);
          if (row === undefined) recount(record);
          else end(record, !wasRefused(row));
          return;
        }
        case 'UNKNOWN':
          record.note({ commandUnknown: commandId });
          record.openReplace = { ...replace, isUnknown: true };
          recount(record);
          return;
        case 'REJECTED':
        case 'NOT_SENT':
          end(record);
      }
    },

    bind(rows) {
      const wanted = rows.filter(({ kind }) => kind === 'REPLACE');
      const bound: BoundNumber[] = [];
      for (let isNew = wanted.length > 0; isNew;) {
        isNew = false;
        for (const row of wanted) {
          const { reference, originalBrokerOrderId: original } = row;
          if (original === undefined || byNumber.has(reference.brokerOrderId)) continue;
          const record = byNumber.get(original);
          if (record?.reference?.tradingDate !== reference.tradingDate) continue;
          if (record.intent.symbol !== reference.symbol || record.intent.side !== reference.side) continue;
          lineageOf(record);
          byNumber.set(reference.brokerOrderId, record);
          record.note({ brokerOrderId: reference.brokerOrderId });
          const wasAbsent = record.absentReplaces.includes(original);
          record.absentReplaces = record.absentReplaces.filter((each) => each !== original);
          record.hasNewNumber = true;
          isNew = true;
          if (wasRefused(row)) continue;
          record.reference = reference;
          bound.push({ order: record, reference, wasAbsent, wasAwaited: record.openReplace !== undefined });
        }
      }
      return bound;
    },

    totalRow(record, asOfMs) {
      const { lineage, intent, facts, reference } = record;
      const [first] = lineage?.rows() ?? [];
      if (lineage === undefined || first === undefined || reference === undefined) {
        throw new Error(`order ${intent.intentId} was not replaced`);
      }
      const landed = rowOf(record);
      if (landed !== undefined) end(record, !wasRefused(landed));
      const totals = lineage.totals(intent.quantity);
      const row = { ...first, reference, kind: 'NEW', ...totals } as const;
      const hasMoved = mayHaveMoved(record, totals, asOfMs);
      const isWhole = lineage.hasRoot && !lineage.isWaiting;
      if (record.openReplace === undefined && isWhole && !hasMoved) {
        record.reference = lineage.newest() ?? reference;
        if (record.reference.brokerOrderId !== reference.brokerOrderId) lineage.addNews();
        const isBack = totals.canceledQuantity < facts.canceledQuantity || (facts.expired && totals.leavesQuantity > 0);
        if (record.hasNewNumber && isBack) record.restate(totals.canceledQuantity);
        record.hasNewNumber = false;
        return row;
      }
      // What left a number may have gone to one that is not shown yet: no share is called canceled over that. What a part
      // of the numbers shows is the least that there is.
      const { filledQuantity, filledAmountKrw, rejectedQuantity, canceledQuantity } = facts;
      return {
        ...row,
        canceledQuantity,
        leavesQuantity: Math.max(1, totals.leavesQuantity) as Shares,
        ...(lineage.hasRoot
          ? undefined
          : {
              filledQuantity: Math.max(filledQuantity, totals.filledQuantity) as Shares,
              filledAmountKrw: Math.max(filledAmountKrw, totals.filledAmountKrw) as Krw,
              rejectedQuantity: Math.max(rejectedQuantity, totals.rejectedQuantity) as Shares,
            }),
      };
    },

    reprice(record) {
      const { lineage, openReplace, worstPriceKrw } = record;
      const working = lineage?.rows().filter(({ leavesQuantity }) => leavesQuantity > 0) ?? [];
      if (openReplace !== undefined || working.length === 0) return;
      record.terms = working.map((row): PricedTerms => {
        const { orderType } = row.reference;
        const isBound = orderTypePrices[orderType].limit && orderType !== 'CONDITIONAL_LIMIT';
        const limitPriceKrw = isBound ? row.limitPriceKrw : undefined;
        return { limitPriceKrw, worstPriceKrw: limitPriceKrw ?? worstPriceKrw };
      });
      recount(record);
    },
  };
}
