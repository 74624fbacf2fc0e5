import { type VenueFill, type VenueOrder } from './contracts.ts';
import { type EnteredTerms, type EntryPrices, OrderRecord } from './order-record.ts';

/** All that one account has entered and traded today, in order. */
interface AccountHistory {
  readonly orders: OrderRecord[];
  readonly fills: VenueFill[];
}

/**
 * Numbers orders and finds them again. Orders of accounts stay for the day; those of the market's own flow are forgotten
 * when they end, so that a replayed day of millions of them fits in memory.
 */
export class OrderRegistry {
  /** By order number, which starts at 1. */
  readonly #orders: (OrderRecord | undefined)[] = [undefined];
  readonly #histories = new Map<string, AccountHistory>();
  #fillCount = 0;

  constructor(accountIds: readonly string[]) {
    for (const accountId of accountIds) this.#histories.set(accountId, { orders: [], fills: [] });
  }

  /** Gives an order, a replace or a cancel its number and keeps it. */
  enter(
    kind: VenueOrder['kind'],
    originalOrderNumber: number | undefined,
    terms: EnteredTerms,
    quantity: number,
    prices: EntryPrices,
    enteredAtMs: number,
  ): OrderRecord {
    const orderNumber = this.#orders.length;
    const order = new OrderRecord(orderNumber, kind, originalOrderNumber, terms, quantity, prices, enteredAtMs);
    this.#orders.push(order);
    if (order.accountId !== undefined) this.#historyOf(order.accountId).orders.push(order);
    return order;
  }

  /** Forgets an order that has ended, unless an account may still ask for it. */
  end(order: OrderRecord): void {
    if (order.accountId === undefined) this.#orders[order.orderNumber] = undefined;
  }

  find(orderNumber: number): OrderRecord | undefined {
    return this.#orders[orderNumber];
  }

  /** An order that waits in a book. */
  waiting(orderNumber: number): OrderRecord {
    const order = this.#orders[orderNumber];
    if (order === undefined) throw new Error(`Order ${orderNumber} waits in a book but is not registered.`);
    return order;
  }

  nextFillNumber(): number {
    this.#fillCount += 1;
    return this.#fillCount;
  }

  addFill(fill: VenueFill): void {
    this.#historyOf(fill.accountId).fills.push(fill);
  }

  ordersOf(accountId: string): readonly OrderRecord[] {
    return this.#histories.get(accountId)?.orders ?? [];
  }

  fillsOf(accountId: string): readonly VenueFill[] {
    return this.#histories.get(accountId)?.fills ?? [];
  }

  #historyOf(accountId: string): AccountHistory {
    const history = this.#histories.get(accountId);
    if (history === undefined) throw new Error(`Account ${accountId} is not registered.`);
    return history;
  }
}
