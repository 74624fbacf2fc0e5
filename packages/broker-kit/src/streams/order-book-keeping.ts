import { type OrderNotice, type OrderSnapshot } from '@qts/core';

/** A notice as a broker's codec reads it: what is not told by the wire is added here. */
export type OrderNoticeDraft = Omit<OrderNotice, 'provisionalQuantity'>;

/** What is known of one order: what reads have told, and what notices have told beyond them. */
interface KnownOrder {
  snapshot: OrderSnapshot | undefined;
  /** Shares that notices told, or that a gap may have swallowed and a read has told. */
  noticed: number;
  /** Shares noticed while a gap was being read: they may be in that read already. */
  overlap: number;
  /** When a notice last told a fill, monotonic ms. */
  noticedAtMs: number;
  /** Since when reads know more than notices have told, monotonic ms. */
  unnoticedSinceMs: number | undefined;
  readonly fillIds: Set<string>;
}

/** An order whose figures are news. */
export interface ChangedOrder {
  readonly snapshot: OrderSnapshot;
  readonly provisionalQuantity: number;
}

/** Provisional fills that no read has confirmed in time: a notice came twice, or was wrong. */
export interface UnconfirmedFills {
  readonly brokerOrderId: string;
  readonly quantity: number;
}

/**
 * Counts fills twice over: as notices tell them, and as reads tell them. The reads are the truth; what notices tell
 * beyond them is provisional until a read catches up (execution-safety 7). Nothing is ever subtracted from a read.
 */
export interface OrderBookKeeping {
  /** Shares noticed beyond the reads, after this notice; `undefined` for a fill whose id was told before. */
  notice(draft: OrderNoticeDraft, isOverlap: boolean): number | undefined;
  /** Takes a read in; answers what is news. */
  read(orders: readonly OrderSnapshot[], atMs: number): readonly ChangedOrder[];
  /** Every order that a read has told. */
  all(): readonly ChangedOrder[];
  /** After a gap: what the read has told will not be noticed any more. */
  forgive(): void;
  /** Whether something is provisional still. */
  readonly hasProvisional: boolean;
  /** Gives up fills that were noticed before `beforeMs` and that the reads since do not show. */
  giveUp(beforeMs: number): { readonly changed: readonly ChangedOrder[]; readonly wrong: readonly UnconfirmedFills[] };
  /** Orders that were filled by what reads say, and of which no notice has told it since before `beforeMs`. */
  unnoticed(beforeMs: number): readonly string[];
}

export function createOrderBookKeeping(): OrderBookKeeping {
  const orders = new Map<string, KnownOrder>();

  function known(key: string): KnownOrder {
    let order = orders.get(key);
    if (order === undefined) {
      order = {
        snapshot: undefined,
        noticed: 0,
        overlap: 0,
        noticedAtMs: 0,
        unnoticedSinceMs: undefined,
        fillIds: new Set(),
      };
      orders.set(key, order);
    }
    return order;
  }

  const confirmed = (order: KnownOrder): number => order.snapshot?.filledQuantity ?? 0;
  const provisional = (order: KnownOrder): number => Math.max(0, order.noticed - confirmed(order));

  return {
    notice(draft, isOverlap) {
      const order = known(keyOf(draft));
      const { fill, totals } = draft;
      if (draft.type === 'FILLED' && fill !== undefined) {
        if (fill.fillId !== undefined) {
          if (order.fillIds.has(fill.fillId)) return undefined;
          order.fillIds.add(fill.fillId);
        }
        order.noticed =
          totals === undefined ? order.noticed + fill.quantity : Math.max(order.noticed, totals.filledQuantity);
        order.noticedAtMs = draft.receivedMonotonicMs;
        if (isOverlap && totals === undefined) order.overlap += fill.quantity;
        if (order.noticed >= confirmed(order)) order.unnoticedSinceMs = undefined;
      }
      return provisional(order);
    },
    read(snapshots, atMs) {
      const changed: ChangedOrder[] = [];
      for (const snapshot of snapshots) {
        const order = known(keyOf(snapshot.reference));
        const before = order.snapshot;
        // A read that was under way while a newer one answered, or a list that lags: never back.
        if (before !== undefined && (snapshot.filledQuantity < before.filledQuantity || isSame(before, snapshot)))
          continue;
        order.snapshot = snapshot;
        if (snapshot.filledQuantity > order.noticed) order.unnoticedSinceMs ??= atMs;
        changed.push({ snapshot, provisionalQuantity: provisional(order) });
      }
      return changed;
    },
    all() {
      const told: ChangedOrder[] = [];
      for (const order of orders.values()) {
        if (order.snapshot !== undefined)
          told.push({ snapshot: order.snapshot, provisionalQuantity: provisional(order) });
      }
      return told;
    },
    forgive() {
      for (const order of orders.values()) {
        order.noticed = Math.max(order.noticed, confirmed(order));
        order.unnoticedSinceMs = undefined;
      }
    },
    get hasProvisional() {
      for (const order of orders.values()) if (provisional(order) > 0) return true;
      return false;
    },
    giveUp(beforeMs) {
      const changed: ChangedOrder[] = [];
      const wrong: UnconfirmedFills[] = [];
      for (const [key, order] of orders) {
        const quantity = provisional(order);
        if (quantity === 0 || order.noticedAtMs > beforeMs) continue;
        if (quantity > order.overlap) wrong.push({ brokerOrderId: key.slice(key.indexOf('/') + 1), quantity });
        order.noticed = confirmed(order);
        order.overlap = 0;
        if (order.snapshot !== undefined) changed.push({ snapshot: order.snapshot, provisionalQuantity: 0 });
      }
      return { changed, wrong };
    },
    unnoticed: (beforeMs) =>
      [...orders]
        .filter(([, { unnoticedSinceMs }]) => unnoticedSinceMs !== undefined && unnoticedSinceMs <= beforeMs)
        .map(([key]) => key),
  };
}

/** Numbers are unique per day and branch; with symbol and side two branches can hardly be taken for one. */
function keyOf(order: {
  readonly tradingDate: string;
  readonly brokerOrderId: string;
  readonly symbol: string;
  readonly side: string;
}): string {
  return `${order.tradingDate} ${order.symbol} ${order.side}/${order.brokerOrderId}`;
}

function isSame(one: OrderSnapshot, other: OrderSnapshot): boolean {
  return (
    one.filledQuantity === other.filledQuantity &&
    one.filledAmountKrw === other.filledAmountKrw &&
    one.canceledQuantity === other.canceledQuantity &&
    one.rejectedQuantity === other.rejectedQuantity &&
    one.leavesQuantity === other.leavesQuantity &&
    one.orderedQuantity === other.orderedQuantity &&
    one.limitPriceKrw === other.limitPriceKrw
  );
}
