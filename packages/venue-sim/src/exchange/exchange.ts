import { kstInstantMs, orderSizeAllowed } from '@qts/krx';
import { VenueError } from '../venue-error.ts';
import { AccountLedger } from './account-ledger.ts';
import { Announcer } from './announcer.ts';
import { bookView } from './book-view.ts';
import { Bookkeeping, type VenueTime } from './bookkeeping.ts';
import {
  type AccountView,
  type BookView,
  type Exchange,
  type ExchangeListener,
  type ExchangeSetup,
  type InstrumentView,
  type NewOrder,
  type VenueFill,
  type VenueOrder,
  type VenuePhase,
  type VenueRefusal,
  type VenueResult,
} from './contracts.ts';
import { DayPhases } from './day-phases.ts';
import { type DaySchedule, createDaySchedule } from './day-schedule.ts';
import { EventQueue } from './event-queue.ts';
import { Issue } from './issue.ts';
import { Matching } from './matching.ts';
import { type Ticket, admitOrder } from './order-admission.ts';
import { type OrderRecord } from './order-record.ts';
import { OrderRegistry } from './order-registry.ts';
import { PriceLadder } from './price-ladder.ts';
import { refuseOrder, refuseTaking, takeRefusal } from './refusals.ts';
import { createSeededRandom } from './seeded-random.ts';

const eightOClockMs = 8 * 3_600_000;

/**
 * Opens a simulated day of KRX.
 *
 * @throws {VenueError} `INVALID_SETTING` when the date is no trading day that `krx` knows, an issue has no daily limits on
 * it, a symbol or an account is named twice, or an account holds an issue that is not listed.
 */
export function createExchange(setup: ExchangeSetup): Exchange {
  return new SimulatedExchange(setup);
}

type ReplaceRequest = Parameters<Exchange['replaceOrder']>[0];
type CancelRequest = Parameters<Exchange['cancelOrder']>[0];

class SimulatedExchange implements Exchange {
  readonly tradingDate: string;
  readonly #time: VenueTime;
  readonly #schedule: DaySchedule;
  readonly #issues = new Map<string, Issue>();
  readonly #ledgers = new Map<string, AccountLedger>();
  readonly #registry: OrderRegistry;
  readonly #announcer = new Announcer();
  readonly #books: Bookkeeping;
  readonly #matching: Matching;
  readonly #events = new EventQueue();
  readonly #phases: DayPhases;
  readonly #ticket: Ticket = { limitLevel: 0, limitPriceKrw: 0, reservePriceKrw: 0 };

  constructor(setup: ExchangeSetup) {
    const { tradingDate, startAtMs = kstInstantMs(setup.tradingDate, eightOClockMs) } = setup;
    this.tradingDate = tradingDate;
    this.#schedule = createDaySchedule(tradingDate);
    this.#time = { nowMs: startAtMs };
    for (const account of setup.accounts) {
      refuseTwice(this.#ledgers, account.accountId, 'accounts');
      this.#ledgers.set(account.accountId, new AccountLedger(account));
    }
    this.#registry = new OrderRegistry([...this.#ledgers.keys()]);
    this.#books = new Bookkeeping({
      time: this.#time,
      tradingDate,
      registry: this.#registry,
      ledgers: this.#ledgers,
      announcer: this.#announcer,
    });
    this.#matching = new Matching(this.#time, this.#registry, this.#books);
    this.#phases = new DayPhases({
      time: this.#time,
      events: this.#events,
      matching: this.#matching,
      announcer: this.#announcer,
    });
    const random = createSeededRandom(setup.seed);
    for (const instrument of setup.instruments) {
      refuseTwice(this.#issues, instrument.symbol, 'instruments');
      const issue = new Issue(instrument, PriceLadder.of(instrument, tradingDate));
      this.#issues.set(instrument.symbol, issue);
      this.#phases.plan(issue, this.#schedule, random);
    }
    for (const { holdings = [] } of setup.accounts) {
      for (const { symbol } of holdings) {
        if (this.#issues.has(symbol)) continue;
        throw new VenueError('INVALID_SETTING', `accounts: ${symbol} is held but not listed. Add it to instruments.`);
      }
    }
    this.#run(startAtMs); // what began before the start
    this.#time.nowMs = startAtMs;
  }

  get settlementDate(): string {
    return this.#schedule.settlementDate;
  }

  get nowMs(): number {
    return this.#time.nowMs;
  }

  get phases(): readonly VenuePhase[] {
    return this.#phases.current;
  }

  advanceTo(atMs: number): void {
    this.#refusePast(atMs, 'advanceTo');
    this.#run(atMs);
    this.#time.nowMs = Math.max(this.#time.nowMs, atMs); // an action may have gone further
  }

  schedule(atMs: number, action: () => void): void {
    this.#refusePast(atMs, 'schedule');
    this.#events.add(atMs, action);
  }

  nextDueMs(): number | undefined {
    return this.#events.nextDueMs;
  }

  placeOrder(order: NewOrder): VenueResult {
    const issue = this.#issues.get(order.symbol);
    if (issue === undefined) return refuseOrder('UNKNOWN_SYMBOL', order);
    const refusal = this.#admit(issue, order) ?? this.#accountRefusal(issue, order);
    if (refusal !== undefined) return refuseOrder(refusal, order);
    return this.#enter(issue, order, undefined);
  }

  rejectOrder(order: NewOrder): VenueResult {
    if (!this.#issues.has(order.symbol)) return refuseOrder('UNKNOWN_SYMBOL', order);
    const prices = { limitPriceKrw: order.limitPriceKrw, reservePriceKrw: 0 };
    const record = this.#registry.enter('NEW', undefined, order, order.quantity, prices, this.#time.nowMs);
    this.#books.rejected(record);
    this.#announcer.tell();
    return { ok: true, order: record };
  }

  replaceOrder(request: ReplaceRequest): VenueResult {
    const { accountId, orderNumber, orderType, timeInForce, session, limitPriceKrw } = request;
    const original = this.#registry.find(orderNumber);
    if (original === undefined) return refuseTaking('NOT_FOUND', orderNumber, request.quantity ?? 0);
    const { symbol, side, leavesQuantity } = original;
    const quantity = request.quantity ?? leavesQuantity;
    const taken = takeRefusal(original, accountId, quantity);
    if (taken !== undefined) return refuseTaking(taken, orderNumber, quantity);
    const order: NewOrder = {
      ...(accountId === undefined ? {} : { accountId }),
      symbol,
      side,
      quantity,
      orderType,
      timeInForce,
      session,
      limitPriceKrw,
      stopPriceKrw: 0,
    };
    if (original.session !== session) return refuseOrder('TYPE_NOT_ALLOWED_NOW', order);
    const issue = this.#issueOf(original);
    const refusal = this.#admit(issue, order) ?? this.#accountRefusal(issue, order, original);
    if (refusal !== undefined) return refuseOrder(refusal, order);
    issue.bookOf(session).reduce(original.slot, quantity);
    this.#books.canceled(original, quantity, 'COMMAND');
    return this.#enter(issue, order, orderNumber);
  }

  cancelOrder({ accountId, orderNumber, quantity: wanted }: CancelRequest): VenueResult {
    const original = this.#registry.find(orderNumber);
    if (original === undefined) return refuseTaking('NOT_FOUND', orderNumber, wanted ?? 0);
    const quantity = wanted ?? original.leavesQuantity;
    const refusal = takeRefusal(original, accountId, quantity);
    if (refusal !== undefined) return refuseTaking(refusal, orderNumber, quantity);
    this.#issueOf(original).bookOf(original.session).reduce(original.slot, quantity);
    this.#books.canceled(original, quantity, 'COMMAND');
    const prices = { limitPriceKrw: original.limitPriceKrw, reservePriceKrw: 0 };
    const cancel = this.#registry.enter('CANCEL', orderNumber, original, quantity, prices, this.#time.nowMs);
    this.#books.cancelEntered(cancel);
    this.#announcer.tell();
    return { ok: true, order: cancel };
  }

  getOrder(orderNumber: number): VenueOrder | undefined {
    return this.#registry.find(orderNumber);
  }

  listOrders(accountId: string): readonly VenueOrder[] {
    return this.#registry.ordersOf(accountId);
  }

  listFills(accountId: string): readonly VenueFill[] {
    return this.#registry.fillsOf(accountId);
  }

  getAccount(accountId: string): AccountView | undefined {
    return this.#ledgers.get(accountId)?.view();
  }

  getInstrument(symbol: string): InstrumentView | undefined {
    return this.#issues.get(symbol)?.view();
  }

  listInstruments(): readonly InstrumentView[] {
    return Array.from(this.#issues.values(), (issue) => issue.view());
  }

  getBook(symbol: string): BookView | undefined {
    const issue = this.#issues.get(symbol);
    return issue === undefined ? undefined : bookView(issue);
  }

  subscribe(listener: ExchangeListener): () => void {
    return this.#announcer.subscribe(listener);
  }

  /** Window, type, price, quantity; writes the ticket. */
  #admit(issue: Issue, order: NewOrder): VenueRefusal | undefined {
    if (order.session === 'AFTER_HOURS_SINGLE_PRICE' && this.#schedule.hasAfterHoursSinglePrice) return 'NOT_SUPPORTED';
    return admitOrder(issue, order, this.#ticket);
  }

  /** Size limit and means. The flow of the market itself has neither: it may stand for many orders at once. */
  #accountRefusal(issue: Issue, order: NewOrder, replaced?: OrderRecord): VenueRefusal | undefined {
    const { symbol, side, quantity, accountId } = order;
    if (accountId === undefined) return undefined;
    const ledger = this.#ledgers.get(accountId);
    if (ledger === undefined) return 'WRONG_ACCOUNT';
    const { limitPriceKrw, reservePriceKrw } = this.#ticket;
    const { listedShares, basePriceKrw } = issue.instrument;
    if (listedShares !== undefined) {
      const size = orderSizeAllowed({
        tradingDate: this.tradingDate,
        quantity,
        priceKrw: limitPriceKrw === 0 ? issue.ladder.upperLimitKrw : limitPriceKrw,
        listedShares,
        marketValueKrw: listedShares * basePriceKrw,
      });
      if (!size.ok) return 'QUANTITY_ABOVE_LIMIT';
    }
    return ledger.refusalOf({ side, symbol, quantity, reservePriceKrw }, replaced);
  }

  /** Numbers an order that nothing speaks against, and lets it meet the book. */
  #enter(issue: Issue, order: NewOrder, originalOrderNumber: number | undefined): VenueResult {
    const ticket = this.#ticket;
    const kind = originalOrderNumber === undefined ? 'NEW' : 'REPLACE';
    const record = this.#registry.enter(kind, originalOrderNumber, order, order.quantity, ticket, this.#time.nowMs);
    this.#books.entered(record);
    this.#matching.enter(issue, record, ticket.limitLevel);
    this.#announcer.tell();
    return { ok: true, order: record };
  }

  #run(untilMs: number): void {
    for (let due = this.#events.takeDue(untilMs); due !== undefined; due = this.#events.takeDue(untilMs)) {
      this.#time.nowMs = due.atMs;
      due.action();
      this.#announcer.tell();
    }
  }

  #refusePast(atMs: number, what: string): void {
    if (Number.isSafeInteger(atMs) && atMs >= this.#time.nowMs) return;
    throw new RangeError(
      `${what}: ${atMs} is no time from now (${this.#time.nowMs}) on. Give whole epoch ms; time runs forward only.`,
    );
  }

  #issueOf(order: OrderRecord): Issue {
    const issue = this.#issues.get(order.symbol);
    if (issue === undefined) throw new Error(`Order ${order.orderNumber} is for ${order.symbol}, which is not listed.`);
    return issue;
  }
}

function refuseTwice(known: ReadonlyMap<string, unknown>, key: string, field: string): void {
  if (known.has(key)) throw new VenueError('INVALID_SETTING', `${field}: ${key} is named twice. Name it once.`);
}
