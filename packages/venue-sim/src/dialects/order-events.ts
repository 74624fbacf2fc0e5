import { type Exchange, type VenueFill, type VenueOrder } from '../exchange/contracts.ts';

/** What brokers send notices of, in the order in which it happened to an order. */
export type OrderEvent =
  /** It has a number. Of a replace or a cancel: the broker has taken it. */
  | { readonly kind: 'ACCEPTED'; readonly order: VenueOrder; readonly atMs: number }
  /** A replace or a cancel was done. */
  | { readonly kind: 'CONFIRMED'; readonly order: VenueOrder; readonly atMs: number }
  | {
      readonly kind: 'FILLED';
      readonly order: VenueOrder;
      readonly atMs: number;
      readonly fill: VenueFill;
      /** Of the order, up to and including this fill. The order itself may be further. */
      readonly sum: FillSum;
    }
  /** Its condition (IOC, FOK) took what did not trade. */
  | { readonly kind: 'REMAINDER_CANCELED'; readonly order: VenueOrder; readonly atMs: number }
  /** The exchange refused it after it had its number. */
  | { readonly kind: 'REJECTED'; readonly order: VenueOrder; readonly atMs: number }
  /** The end of its session took what did not trade. */
  | { readonly kind: 'EXPIRED'; readonly order: VenueOrder; readonly atMs: number };

export interface FillSum {
  readonly quantity: number;
  readonly amountKrw: number;
  readonly feeKrw: number;
  readonly taxKrw: number;
}

interface Told {
  sum: FillSum;
  ended: boolean;
}

const noFills: FillSum = { quantity: 0, amountKrw: 0, feeKrw: 0, taxKrw: 0 };

/** Tells what happens to the orders of some accounts from now on. Answers a function that stops it. */
export function watchOrders(
  exchange: Exchange,
  accountIds: readonly string[],
  tell: (event: OrderEvent) => void,
): () => void {
  const told = new Map<number, Told>();
  for (const accountId of accountIds) {
    for (const order of exchange.listOrders(accountId)) {
      told.set(order.orderNumber, { sum: noFills, ended: order.leavesQuantity === 0 });
    }
    for (const fill of exchange.listFills(accountId)) {
      const known = told.get(fill.orderNumber);
      if (known !== undefined) known.sum = withFill(known.sum, fill);
    }
  }
  const isWatched = (accountId: string | undefined): boolean =>
    accountId !== undefined && accountIds.includes(accountId);

  /** The first word of an order; then its end, once all its fills are told. */
  const see = (order: VenueOrder): Told => {
    const known = told.get(order.orderNumber);
    if (known !== undefined) return known;
    const first: Told = { sum: noFills, ended: false };
    told.set(order.orderNumber, first);
    const atMs = exchange.nowMs;
    tell({ kind: 'ACCEPTED', order, atMs });
    if (order.kind !== 'NEW') tell({ kind: 'CONFIRMED', order, atMs });
    return first;
  };
  const tellEnd = (order: VenueOrder, known: Told): void => {
    if (known.ended || order.leavesQuantity > 0 || known.sum.quantity < order.filledQuantity) return;
    known.ended = true;
    const atMs = exchange.nowMs;
    if (order.rejectedQuantity > 0) tell({ kind: 'REJECTED', order, atMs });
    else if (order.expired) tell({ kind: 'EXPIRED', order, atMs });
    else if (order.kind !== 'CANCEL' && order.timeInForce !== 'DAY' && order.canceledQuantity > 0) {
      tell({ kind: 'REMAINDER_CANCELED', order, atMs });
    }
  };
  return exchange.subscribe({
    onOrder(order) {
      if (isWatched(order.accountId)) tellEnd(order, see(order));
    },
    onFill(fill) {
      if (!isWatched(fill.accountId)) return;
      const order = exchange.getOrder(fill.orderNumber);
      if (order === undefined) return;
      const known = see(order);
      known.sum = withFill(known.sum, fill);
      tell({ kind: 'FILLED', order, fill, sum: known.sum, atMs: fill.atMs });
      tellEnd(order, known);
    },
  });
}

function withFill(sum: FillSum, { priceKrw, quantity, feeKrw, taxKrw }: VenueFill): FillSum {
  return {
    quantity: sum.quantity + quantity,
    amountKrw: sum.amountKrw + priceKrw * quantity,
    feeKrw: sum.feeKrw + feeKrw,
    taxKrw: sum.taxKrw + taxKrw,
  };
}
