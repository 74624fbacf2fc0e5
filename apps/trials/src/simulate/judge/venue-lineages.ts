import { type Exchange, type VenueOrder } from '@qts/venue-sim';
import { type Judge } from './judge.ts';
import { type OriginRow } from './wire.ts';

/** An order of ours as the venue has it: the number that a request of ours made, and those that replaces gave it. */
export interface VenueLineage {
  readonly root: VenueOrder;
  /** The root and its replaces, however deep, in order of entry. */
  readonly orders: readonly VenueOrder[];
  /** Figures over all numbers: what moved from one to another is neither canceled nor ordered anew. */
  readonly filledQuantity: number;
  readonly filledAmountKrw: number;
  readonly canceledQuantity: number;
  readonly expired: boolean;
}

/** The venue's orders that requests of ours made, by the intent behind the request. */
export type OwnOrders = ReadonlyMap<string, readonly VenueLineage[]>;

export function findOwnOrders(
  { evidence }: Judge,
  exchange: Exchange,
  accountId: string,
  origins: readonly OriginRow[],
): OwnOrders {
  const all = exchange.listOrders(accountId);
  const own = new Map<string, VenueLineage[]>();
  for (const { orderNumber, address } of origins) {
    const post = evidence.postsByAddress.get(address);
    const order = exchange.getOrder(orderNumber);
    if (post === undefined || order?.kind !== 'NEW') continue;
    const ofIntent = own.get(post.intentId) ?? [];
    ofIntent.push(lineageOf(order, all));
    own.set(post.intentId, ofIntent);
  }
  return own;
}

function lineageOf(root: VenueOrder, all: readonly VenueOrder[]): VenueLineage {
  const numbers = new Set([root.orderNumber]);
  const orders = [root];
  for (const order of all) {
    if (order.kind !== 'REPLACE' || !numbers.has(order.originalOrderNumber ?? 0)) continue;
    numbers.add(order.orderNumber);
    orders.push(order);
  }
  const sum = (figure: (order: VenueOrder) => number): number => orders.reduce((all, each) => all + figure(each), 0);
  const filledQuantity = sum((each) => each.filledQuantity);
  return {
    ...{ root, orders, filledQuantity, filledAmountKrw: sum((each) => each.filledAmountKrw) },
    canceledQuantity: root.quantity - filledQuantity - root.rejectedQuantity - sum((each) => each.leavesQuantity),
    expired: orders.some(({ expired }) => expired),
  };
}
