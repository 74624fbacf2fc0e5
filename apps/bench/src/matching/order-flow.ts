import { createExchange } from '@qts/venue-sim';
import { benchSetup, continuousAtMs, flowOrder } from './exchange-setup.ts';

/** One operation of the workload. `place` takes the next order index; `cancel` names the index of an order that rests. */
export type Operation =
  | { readonly kind: 'PLACE'; readonly side: 'BUY' | 'SELL'; readonly priceKrw: number; readonly quantity: number }
  | { readonly kind: 'CANCEL'; readonly orderIndex: number };

/** A workload: operations that fill the book, then those that are timed. */
export interface OrderFlow {
  readonly restingCount: number;
  readonly filling: readonly Operation[];
  readonly timed: readonly Operation[];
  /** Orders that rest when all is done, for the check that the flow hovers where it should. */
  readonly restingAtEnd: number;
}

const tickKrw = 100;
const middleKrw = 70_000;
/** Passive orders rest up to this many ticks from the middle. */
const passiveTicksMax = 20;
const crossingPercent = 12;

/**
 * Draws the flow of benchmark B6: of the orders 88 % rest within twenty ticks and 12 % cross; as soon as the book holds
 * `restingCount` orders, one that rests is canceled. The exchange itself tells which orders still rest, so that a cancel
 * never meets an order that is gone.
 */
export function drawOrderFlow(restingCount: number, timedCount: number, seed: number): OrderFlow {
  const exchange = createExchange(benchSetup);
  exchange.advanceTo(continuousAtMs);
  const draw = createDraw(seed);
  const orders: { readonly leavesQuantity: number; readonly orderNumber: number }[] = [];
  let resting: number[] = [];
  const filling: Operation[] = [];
  const timed: Operation[] = [];
  const sweepEvery = Math.max(Math.floor(restingCount / 8), 1);

  const place = (into: Operation[], crosses: boolean): void => {
    const side = draw(2) === 0 ? 'BUY' : 'SELL';
    const towards = (side === 'BUY') === crosses ? 1 : -1;
    const priceKrw = middleKrw + towards * (1 + draw(passiveTicksMax)) * tickKrw;
    const quantity = 1 + draw(100);
    const placed = exchange.placeOrder(flowOrder(side, priceKrw, quantity));
    if (!placed.ok) throw new Error(`The flow holds an order that the exchange refuses: ${placed.detail}`);
    if (placed.order.leavesQuantity > 0) resting.push(orders.length);
    orders.push(placed.order);
    into.push({ kind: 'PLACE', side, priceKrw, quantity });
  };
  const cancelOne = (): boolean => {
    while (resting.length > 0) {
      const at = draw(resting.length);
      const orderIndex = resting[at] ?? 0;
      resting[at] = resting.at(-1) ?? 0;
      resting.pop();
      const order = orders[orderIndex];
      if (order === undefined || order.leavesQuantity === 0) continue;
      exchange.cancelOrder({ orderNumber: order.orderNumber });
      timed.push({ kind: 'CANCEL', orderIndex });
      return true;
    }
    return false;
  };
  const sweep = (): void => {
    resting = resting.filter((index) => (orders[index]?.leavesQuantity ?? 0) > 0);
  };

  while (resting.length < restingCount) place(filling, false);
  while (timed.length < timedCount) {
    if (timed.length % sweepEvery === 0) sweep();
    if (resting.length >= restingCount && cancelOne()) continue;
    place(timed, draw(100) < crossingPercent);
  }
  sweep();
  return { restingCount, filling, timed, restingAtEnd: resting.length };
}

/** Whole numbers below `limit` from a seed. */
function createDraw(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * limit);
  };
}
