import { type Side, type SymbolCode } from '@qts/core';
import { type OrderRecord } from './order-record.ts';

/** Open orders by symbol and side with their sums, kept so that a check on the way of an order never adds up. */
export interface OpenOrderIndex {
  openOrders(symbol: SymbolCode, side: Side): ReadonlySet<OrderRecord>;
  readonly openOrdersTotal: number;
  openBuyValueKrw(symbol?: SymbolCode): number;
  openSellQuantity(symbol: SymbolCode): number;
  /** Takes note that `leaves` shares of the order may still trade; 0 takes it out. */
  count(order: OrderRecord, leaves: number): void;
}

interface OpenSide {
  readonly orders: Set<OrderRecord>;
  /** Shares that may still trade. */
  leaves: number;
  /** The same at worst price, won. */
  valueKrw: number;
}

const none: ReadonlySet<OrderRecord> = new Set();

export function createOpenOrderIndex(): OpenOrderIndex {
  const sides: Record<Side, Map<SymbolCode, OpenSide>> = { BUY: new Map(), SELL: new Map() };
  let total = 0;
  let buyValueKrw = 0;

  return {
    openOrders: (symbol, side) => sides[side].get(symbol)?.orders ?? none,
    get openOrdersTotal() {
      return total;
    },
    openBuyValueKrw: (symbol) => (symbol === undefined ? buyValueKrw : (sides.BUY.get(symbol)?.valueKrw ?? 0)),
    openSellQuantity: (symbol) => sides.SELL.get(symbol)?.leaves ?? 0,

    count(order, leaves) {
      const { symbol, side } = order.intent;
      let at = sides[side].get(symbol);
      if (at === undefined) {
        at = { orders: new Set(), leaves: 0, valueKrw: 0 };
        sides[side].set(symbol, at);
      }
      const change = leaves - order.countedLeaves;
      // Its price may have changed since it was counted.
      const countedKrw = leaves * order.worstPriceKrw;
      const valueKrw = countedKrw - order.countedValueKrw;
      order.countedLeaves = leaves;
      order.countedValueKrw = countedKrw;
      at.leaves += change;
      at.valueKrw += valueKrw;
      if (side === 'BUY') buyValueKrw += valueKrw;
      const before = at.orders.size;
      if (leaves > 0) at.orders.add(order);
      else at.orders.delete(order);
      total += at.orders.size - before;
    },
  };
}
