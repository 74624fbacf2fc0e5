import { type Side, type TradingSession } from '@qts/krx';
import { allotAuction, findAuctionMatch } from './auction.ts';
import { type Bookkeeping, type VenueTime } from './bookkeeping.ts';
import { type Issue, fixedPriceLevel, isFixedPrice } from './issue.ts';
import { type FillSink, type OrderBook } from './order-book.ts';
import { type OrderRecord } from './order-record.ts';
import { type OrderRegistry } from './order-registry.ts';

const bothSides = ['BUY', 'SELL'] as const satisfies readonly Side[];

/** Makes orders meet: at entry, in auctions, at the fixed price, and when a session ends. */
export class Matching implements FillSink {
  readonly #time: VenueTime;
  readonly #registry: OrderRegistry;
  readonly #books: Bookkeeping;
  // The order that is trading against the book. Fields instead of a closure: this is the hot path.
  #issue: Issue | undefined;
  #taker: OrderRecord | undefined;

  constructor(time: VenueTime, registry: OrderRegistry, books: Bookkeeping) {
    this.#time = time;
    this.#registry = registry;
    this.#books = books;
  }

  /** Lets an order that was just entered trade, rest or end, as its window and condition have it. */
  enter(issue: Issue, order: OrderRecord, limitLevel: number): void {
    const { session, side } = order;
    const book = issue.bookOf(session);
    const matchFromMs = issue.open[session]?.matchFromMs ?? Infinity;
    const collects = session === 'REGULAR' ? issue.inAuction : this.#time.nowMs < matchFromMs;
    if (collects) {
      order.slot = book.add(side, limitLevel, order.orderNumber, order.leavesQuantity);
      return;
    }
    if (order.timeInForce === 'FOK' && !book.couldFill(side, limitLevel, order.leavesQuantity)) {
      this.#books.canceled(order, order.leavesQuantity, 'COMMAND');
      return;
    }
    this.#issue = issue;
    this.#taker = order;
    const left = book.match(side, limitLevel, order.leavesQuantity, this);
    if (left === 0) return;
    if (order.timeInForce !== 'DAY') {
      this.#books.canceled(order, left, 'COMMAND');
      return;
    }
    const level = order.orderType === 'MARKET' ? this.#restingLevel(issue, side) : limitLevel;
    order.slot = book.add(side, level, order.orderNumber, left);
  }

  /** {@inheritDoc FillSink.onRestingFill} */
  onRestingFill(orderNumber: number, level: number, quantity: number): void {
    const issue = this.#issue;
    const taker = this.#taker;
    if (issue === undefined || taker === undefined) throw new Error('A book traded without an incoming order.');
    const resting = this.#registry.waiting(orderNumber);
    const priceKrw = isFixedPrice(taker.session) ? taker.limitPriceKrw : issue.ladder.priceOf(level);
    this.#books.printed(issue, priceKrw, quantity, taker, taker.side);
    this.#books.filled(issue, resting, priceKrw, quantity);
    this.#books.filled(issue, taker, priceKrw, quantity);
  }

  /** Trades what an auction has collected, at one price and with one print. The window must still be open. */
  uncross(issue: Issue): void {
    const { book } = issue;
    const match = findAuctionMatch(book, issue.referenceLevel);
    if (match === undefined) return;
    const byRounds = issue.open.REGULAR?.phase === 'OPENING_AUCTION';
    const priceKrw = issue.ladder.priceOf(match.level);
    const allotments = bothSides.flatMap((side) => allotAuction(book, side, match, byRounds));
    const [first] = allotments;
    if (first === undefined) return;
    this.#books.printed(issue, priceKrw, match.quantity, this.#orderIn(book, first.slot), undefined);
    for (const { slot, quantity } of allotments) {
      const order = this.#orderIn(book, slot);
      book.reduce(slot, quantity);
      this.#books.filled(issue, order, priceKrw, quantity);
    }
  }

  /** Gives the market orders that an auction left over one price a side, in the order in which they wait. */
  restMarketOrders(issue: Issue): void {
    const { book } = issue;
    for (const side of bothSides) {
      const orders = this.#ordersAt(book, side, side === 'BUY' ? book.levelCount + 1 : 0);
      for (const order of orders) book.remove(order.slot);
      const level = this.#restingLevel(issue, side);
      for (const order of orders) order.slot = book.add(side, level, order.orderNumber, order.leavesQuantity);
    }
  }

  /** Conditional limits, and market orders that found no counterpart, stand in the closing auction as market orders. */
  turnIntoMarketOrders(issue: Issue): void {
    const { book } = issue;
    for (const side of bothSides) {
      const outside = side === 'BUY' ? book.levelCount + 1 : 0;
      const turning = this.#ordersOn(book, side).filter(
        ({ orderType }) => orderType === 'CONDITIONAL_LIMIT' || orderType === 'MARKET',
      );
      turning.sort((one, other) => one.orderNumber - other.orderNumber);
      for (const order of turning) book.move(order.slot, outside);
    }
  }

  /** Trades what a closing-price session has collected before its matching begins, by time. */
  crossFixedPrice(issue: Issue, session: TradingSession): void {
    const book = issue.fixedPriceBook;
    const priceKrw = issue.fixedPriceKrw(session);
    for (;;) {
      const buySlot = book.firstSlotAt('BUY', fixedPriceLevel);
      const sellSlot = book.firstSlotAt('SELL', fixedPriceLevel);
      if (buySlot < 0 || sellSlot < 0) return;
      const buy = this.#orderIn(book, buySlot);
      const sell = this.#orderIn(book, sellSlot);
      const quantity = Math.min(book.quantityIn(buySlot), book.quantityIn(sellSlot));
      book.reduce(buySlot, quantity);
      book.reduce(sellSlot, quantity);
      this.#books.printed(issue, priceKrw, quantity, buy, undefined);
      this.#books.filled(issue, buy, priceKrw, quantity);
      this.#books.filled(issue, sell, priceKrw, quantity);
    }
  }

  /** Ends all orders of a session that is over. */
  expire(issue: Issue, session: TradingSession): void {
    const book = issue.bookOf(session);
    for (const side of bothSides) {
      for (const order of this.#ordersOn(book, side)) {
        book.remove(order.slot);
        this.#books.canceled(order, order.leavesQuantity, 'SESSION_END');
      }
    }
  }

  /**
   * Where a market order without counterpart waits: with market orders that wait already, else one tick better than its
   * own side, else at the last price (assumed: it keeps that price however the book moves).
   */
  #restingLevel(issue: Issue, side: Side): number {
    const { book } = issue;
    if (!book.isEmpty(side)) {
      const best = book.bestOf(side);
      if (this.#orderIn(book, book.firstSlotAt(side, best)).orderType === 'MARKET') return best;
    }
    return issue.oneTickBetter(side) ?? issue.referenceLevel;
  }

  /** Every order of a side, best level first, oldest first. */
  #ordersOn(book: OrderBook, side: Side): OrderRecord[] {
    const orders: OrderRecord[] = [];
    const last = book.levelCount + 1;
    for (let level = book.bestOf(side); level >= 0 && level <= last; level = book.levelAfter(side, level)) {
      orders.push(...this.#ordersAt(book, side, level));
    }
    return orders;
  }

  #ordersAt(book: OrderBook, side: Side, level: number): OrderRecord[] {
    const orders: OrderRecord[] = [];
    for (let slot = book.firstSlotAt(side, level); slot >= 0; slot = book.slotAfter(slot)) {
      orders.push(this.#orderIn(book, slot));
    }
    return orders;
  }

  #orderIn(book: OrderBook, slot: number): OrderRecord {
    return this.#registry.waiting(book.orderIn(slot));
  }
}
