import { type BrokerOrderId, type OrderSnapshot, type ReplaceResponse, type Shares, orderTypePrices } from '@qts/core';
import { Lineage, wasRefused } from './lineage.ts';
import { type OrderRecord, type PricedTerms } from './order-record.ts';
import { type OpenReplace } from './tracked-order.ts';

/** What the tracker does about orders that are replaced. */
export interface ReplaceTracker {
  begin(record: OrderRecord, replace: OpenReplace): void;
  answer(record: OrderRecord, replace: OpenReplace, response: ReplaceResponse): void;
  /** The open replace is over, if there is one, and changed nothing. */
  end(record: OrderRecord): void;
  /** Binds the rows of replaces that point at a number of ours, however late they come. */
  bind(rows: readonly OrderSnapshot[]): void;
  /** The order as one row: its numbers summed up. */
  totalRow(record: OrderRecord): OrderSnapshot;
  /** Takes the prices of what is still working from the rows, once no replace is open. */
  reprice(record: OrderRecord): void;
}

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
  function rowOf({ openReplace, lineage }: OrderRecord): OrderSnapshot | undefined {
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

  return {
    end: (record) => {
      end(record);
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
          if (!wasRefused(row)) record.reference = reference;
          isNew = true;
        }
      }
    },

    totalRow(record) {
      const { lineage, intent, facts, reference } = record;
      const [first] = lineage?.rows() ?? [];
      if (lineage === undefined || first === undefined || reference === undefined) {
        throw new Error(`order ${intent.intentId} was not replaced`);
      }
      const landed = rowOf(record);
      if (landed !== undefined) end(record, !wasRefused(landed));
      const totals = lineage.totals(intent.quantity);
      const isSure = record.openReplace === undefined && !lineage.isWaiting;
      if (isSure) record.reference = lineage.newest() ?? reference;
      return {
        ...{ ...first, reference, kind: 'NEW', ...totals },
        // What left a number may have gone to one that is not shown yet: no share is called canceled over that.
        ...(isSure
          ? undefined
          : {
              canceledQuantity: facts.canceledQuantity,
              leavesQuantity: Math.max(1, totals.leavesQuantity) as Shares,
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
