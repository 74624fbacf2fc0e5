import { type VenueOrder } from '../../exchange/contracts.ts';
import { type KisCall, type KisContext } from './kis-operation.ts';
import { kisOrderDivisions, orderDivisionCode } from './kis-order-divisions.ts';

/** An order as the broker's lists tell it: quantities that add up to what was ordered. */
export interface ListedOrder {
  readonly order: VenueOrder;
  readonly name: string;
  readonly divisionCode: string;
  readonly divisionName: string;
  readonly condition: string;
  readonly remainingQuantity: number;
  readonly canceledQuantity: number;
  /** `매수취소`, `현금매도` … */
  readonly sideName: string;
  /** Whether a cancel was confirmed on it. */
  readonly canceled: boolean;
  readonly exchangeClass: string;
}

/** `excg_dvsn_cd` by market (02, 03 documented; 04 assumed). */
const exchangeClasses = { KOSPI: '02', KOSDAQ: '03', KONEX: '04' } as const;

/**
 * The orders of the caller's account that have become visible, oldest first: one row per order, replace and cancel
 * (published). A row appears some time after the order was accepted.
 */
export function listVisibleOrders({ context, account, nowMs, listLagMs }: KisCall): readonly ListedOrder[] {
  const orders = context.exchange.listOrders(account.accountId);
  const takenBy = quantitiesTakenFrom(orders);
  return orders
    .filter((order) => order.enteredAtMs + listLagMs(order.orderNumber) <= nowMs)
    .map((order) => listOrder(context, order, takenBy.get(order.orderNumber) ?? { byCancel: 0, byReplace: 0 }));
}

interface Taken {
  byCancel: number;
  byReplace: number;
}

/** How much later commands took from each order. */
function quantitiesTakenFrom(orders: readonly VenueOrder[]): ReadonlyMap<number, Taken> {
  const taken = new Map<number, Taken>();
  for (const { kind, originalOrderNumber, quantity } of orders) {
    if (kind === 'NEW' || originalOrderNumber === undefined) continue;
    const sum = taken.get(originalOrderNumber) ?? { byCancel: 0, byReplace: 0 };
    if (kind === 'CANCEL') sum.byCancel += quantity;
    else sum.byReplace += quantity;
    taken.set(originalOrderNumber, sum);
  }
  return taken;
}

/**
 * The end of a session is not a cancel: nobody confirms it, and what was left stays in `rmn_qty` (assumed). A cancel has
 * a row of its own whose whole quantity is confirmed (assumed), so that in every row ordered = filled + remaining +
 * canceled + rejected.
 */
function listOrder(context: KisContext, order: VenueOrder, taken: Taken): ListedOrder {
  const instrument = context.exchange.getInstrument(order.symbol)?.instrument;
  const divisionCode = orderDivisionCode(order) ?? '';
  const division = kisOrderDivisions.get(divisionCode);
  const isCancel = order.kind === 'CANCEL';
  const expiredQuantity = order.expired ? order.canceledQuantity - taken.byCancel - taken.byReplace : 0;
  return {
    order,
    name: instrument?.name ?? '',
    divisionCode,
    divisionName: division?.name ?? '',
    condition: division?.condition ?? '없음',
    remainingQuantity: isCancel ? 0 : order.leavesQuantity + expiredQuantity,
    canceledQuantity: isCancel ? order.quantity : order.canceledQuantity - expiredQuantity,
    sideName: sideName(order),
    canceled: taken.byCancel > 0,
    exchangeClass: instrument === undefined ? '' : exchangeClasses[instrument.market],
  };
}

function sideName({ kind, side }: VenueOrder): string {
  const word = side === 'BUY' ? '매수' : '매도';
  switch (kind) {
    case 'NEW':
      return `현금${word}`;
    case 'REPLACE':
      return `${word}정정`;
    case 'CANCEL':
      return `${word}취소`;
  }
}
