import { type Side } from '@qts/krx';
import { type Exchange, type VenueOrder, type VenueRefusal } from '../exchange/contracts.ts';

/** An order or a cancel of a replay that the exchange refused. */
export interface FlowRefusal {
  readonly atMs: number;
  readonly refusal: VenueRefusal;
  readonly detail: string;
}

/** Refusals kept with their detail. A replay that is refused more often has one cause, and the first ones show it. */
const refusalsKeptMax = 100;

/**
 * The orders that a replay has in the book of one issue, by level. The market's own flow has no account, so the replay
 * keeps the order numbers itself.
 */
export class RestingFlow {
  readonly #exchange: Exchange;
  readonly #symbol: string;
  readonly #bids = new Map<number, VenueOrder[]>();
  readonly #asks = new Map<number, VenueOrder[]>();
  readonly refusals: FlowRefusal[] = [];
  refusalCount = 0;

  constructor(exchange: Exchange, symbol: string) {
    this.#exchange = exchange;
    this.#symbol = symbol;
  }

  /** Prices of a side at which the replay has put orders; some may have nothing left. */
  pricesOf(side: Side): readonly number[] {
    return [...this.#side(side).keys()];
  }

  /** What the replay still has waiting at a price. */
  quantityAt(side: Side, priceKrw: number): number {
    let quantity = 0;
    for (const order of this.#side(side).get(priceKrw) ?? []) quantity += order.leavesQuantity;
    return quantity;
  }

  /** Places a limit order. What does not trade at once stays. */
  add(side: Side, priceKrw: number, quantity: number): void {
    const order = this.#place(side, priceKrw, quantity, 'DAY');
    if (order === undefined || order.leavesQuantity === 0) return;
    this.#side(side).set(priceKrw, [...this.#livingAt(side, priceKrw), order]);
  }

  /** Takes what there is up to the limit; the remainder is gone. */
  take(side: Side, limitKrw: number, quantity: number): void {
    this.#place(side, limitKrw, quantity, 'IOC');
  }

  /**
   * Cancels shares at a level: an order of exactly that size if there is one, else the youngest first, since a book does
   * not tell whose order went (assumed). Never more than the replay has there: orders of accounts are not its own.
   */
  reduce(side: Side, priceKrw: number, quantity: number): void {
    const orders = this.#livingAt(side, priceKrw);
    const exact = orders.findLast((order) => order.leavesQuantity === quantity);
    if (exact !== undefined) {
      this.#cancel(exact, quantity);
      return;
    }
    let left = quantity;
    for (let index = orders.length - 1; index >= 0 && left > 0; index -= 1) {
      const order = orders[index];
      if (order === undefined) break;
      const part = Math.min(left, order.leavesQuantity);
      this.#cancel(order, part);
      left -= part;
    }
  }

  /** Cancels all that the replay has at a level. */
  clear(side: Side, priceKrw: number): void {
    for (const order of this.#livingAt(side, priceKrw)) this.#cancel(order, order.leavesQuantity);
    this.#side(side).delete(priceKrw);
  }

  #place(side: Side, limitPriceKrw: number, quantity: number, timeInForce: 'DAY' | 'IOC'): VenueOrder | undefined {
    const result = this.#exchange.placeOrder({
      symbol: this.#symbol,
      side,
      quantity,
      orderType: 'LIMIT',
      timeInForce,
      session: 'REGULAR',
      limitPriceKrw,
      stopPriceKrw: 0,
    });
    if (result.ok) return result.order;
    this.#note(result);
    return undefined;
  }

  #cancel({ orderNumber }: VenueOrder, quantity: number): void {
    const result = this.#exchange.cancelOrder({ orderNumber, quantity });
    if (!result.ok) this.#note(result);
  }

  #note({ refusal, detail }: { readonly refusal: VenueRefusal; readonly detail: string }): void {
    this.refusalCount += 1;
    if (this.refusals.length < refusalsKeptMax) {
      this.refusals.push({ atMs: this.#exchange.nowMs, refusal, detail });
    }
  }

  /** Orders at a level that still wait, oldest first. Drops the others from memory. */
  #livingAt(side: Side, priceKrw: number): VenueOrder[] {
    const living = (this.#side(side).get(priceKrw) ?? []).filter((order) => order.leavesQuantity > 0);
    if (living.length > 0) this.#side(side).set(priceKrw, living);
    else this.#side(side).delete(priceKrw);
    return living;
  }

  #side(side: Side): Map<number, VenueOrder[]> {
    return side === 'BUY' ? this.#bids : this.#asks;
  }
}
