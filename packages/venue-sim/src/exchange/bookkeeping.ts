import { type Side, sellTax } from '@qts/krx';
import { type AccountLedger } from './account-ledger.ts';
import { type Announcer } from './announcer.ts';
import { type VenueFill } from './contracts.ts';
import { type Issue } from './issue.ts';
import { type OrderRecord, notWaiting } from './order-record.ts';
import { type OrderRegistry } from './order-registry.ts';

/** The exchange's time, epoch ms. Whoever runs the exchange moves it. */
export interface VenueTime {
  nowMs: number;
}

/** Writes down what happens to orders: their figures, the accounts behind them, the prints, and the news of it all. */
export class Bookkeeping {
  readonly #time: VenueTime;
  readonly #tradingDate: string;
  readonly #registry: OrderRegistry;
  readonly #ledgers: ReadonlyMap<string, AccountLedger>;
  readonly #announcer: Announcer;

  constructor(parts: {
    readonly time: VenueTime;
    readonly tradingDate: string;
    readonly registry: OrderRegistry;
    readonly ledgers: ReadonlyMap<string, AccountLedger>;
    readonly announcer: Announcer;
  }) {
    this.#time = parts.time;
    this.#tradingDate = parts.tradingDate;
    this.#registry = parts.registry;
    this.#ledgers = parts.ledgers;
    this.#announcer = parts.announcer;
  }

  /** An order was entered: what it needs is held back. */
  entered(order: OrderRecord): void {
    if (order.accountId === undefined) return;
    this.#ledgerOf(order.accountId).reserve(order);
    this.#announce(order);
  }

  /** An order traded. The print is written apart: an auction has one for many orders. */
  filled(issue: Issue, order: OrderRecord, priceKrw: number, quantity: number): void {
    const amountKrw = priceKrw * quantity;
    order.filledQuantity += quantity;
    order.filledAmountKrw += amountKrw;
    order.leavesQuantity -= quantity;
    if (order.leavesQuantity === 0) this.#ended(order);
    if (order.accountId === undefined) return;
    const { feeKrw, taxKrw } = this.#ledgerOf(order.accountId).settle(
      order,
      quantity,
      amountKrw,
      order.side === 'SELL' ? this.#taxOn(issue, order.filledAmountKrw) : 0,
    );
    const fill: VenueFill = {
      fillNumber: this.#registry.nextFillNumber(),
      orderNumber: order.orderNumber,
      accountId: order.accountId,
      symbol: order.symbol,
      side: order.side,
      priceKrw,
      quantity,
      feeKrw,
      taxKrw,
      atMs: this.#time.nowMs,
    };
    this.#registry.addFill(fill);
    if (this.#announcer.hearsFills) this.#announcer.fill(fill);
    this.#announce(order);
  }

  /** Shares left an order without trading: by a cancel, a replace, its condition, or the end of its session. */
  canceled(order: OrderRecord, quantity: number, why: 'COMMAND' | 'SESSION_END'): void {
    order.canceledQuantity += quantity;
    order.leavesQuantity -= quantity;
    if (why === 'SESSION_END') order.expired = true;
    if (order.leavesQuantity === 0) this.#ended(order);
    if (order.accountId === undefined) return;
    this.#ledgerOf(order.accountId).release(order, quantity);
    this.#announce(order);
  }

  /** A cancel was done: its row is complete as soon as it is entered. */
  cancelEntered(cancel: OrderRecord): void {
    cancel.canceledQuantity = cancel.quantity;
    cancel.leavesQuantity = 0;
    this.#ended(cancel);
    if (cancel.accountId !== undefined) this.#announce(cancel);
  }

  /** An order that has its number is refused: nothing was held back for it. */
  rejected(order: OrderRecord): void {
    order.rejectedQuantity = order.quantity;
    order.leavesQuantity = 0;
    this.#ended(order);
    if (order.accountId !== undefined) this.#announce(order);
  }

  /** The market prints a trade. */
  printed(issue: Issue, priceKrw: number, quantity: number, order: OrderRecord, aggressor: Side | undefined): void {
    issue.recordTrade(priceKrw, quantity, order.session);
    if (!this.#announcer.hearsTrades) return;
    const { symbol } = order;
    const atMs = this.#time.nowMs;
    const auction = order.session === 'REGULAR' && issue.inAuction;
    this.#announcer.trade(
      aggressor === undefined
        ? { symbol, priceKrw, quantity, auction, atMs }
        : { symbol, priceKrw, quantity, aggressor, auction, atMs },
    );
  }

  #ended(order: OrderRecord): void {
    order.slot = notWaiting;
    this.#registry.end(order);
  }

  #announce(order: OrderRecord): void {
    if (this.#announcer.hearsOrders) this.#announcer.order(order);
  }

  #taxOn(issue: Issue, amountKrw: number): number {
    const { market, productClass } = issue.instrument;
    const tax = sellTax({ market, productClass, tradingDate: this.#tradingDate, amountKrw });
    if (!tax.ok) throw new Error(`${issue.instrument.symbol} cannot be taxed: ${tax.reason}`);
    return tax.taxKrw;
  }

  #ledgerOf(accountId: string): AccountLedger {
    const ledger = this.#ledgers.get(accountId);
    if (ledger === undefined) throw new Error(`Account ${accountId} has no ledger.`);
    return ledger;
  }
}
