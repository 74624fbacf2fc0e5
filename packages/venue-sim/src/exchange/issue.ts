import { type Side, type TradingSession } from '@qts/krx';
import { type Instrument, type InstrumentView, type VenuePhase } from './contracts.ts';
import { type IssueWindow } from './day-schedule.ts';
import { OrderBook } from './order-book.ts';
import { type PriceLadder } from './price-ladder.ts';

/** The only level of a book in which everything trades at one given price. */
export const fixedPriceLevel = 1;

/** A listed issue on the simulated day: its prices, books, open windows and figures. */
export class Issue {
  readonly instrument: Instrument;
  readonly ladder: PriceLadder;
  /** Orders of the regular session, and later those of the after-market: never both. */
  readonly book: OrderBook;
  /** Orders of the closing-price session that is open. */
  readonly fixedPriceBook: OrderBook = new OrderBook(fixedPriceLevel);
  /** What takes orders now, by the session that orders name. */
  readonly open: Record<TradingSession, IssueWindow | undefined> = {
    PRE_MARKET: undefined,
    PRE_OPEN_CLOSING_PRICE: undefined,
    REGULAR: undefined,
    POST_CLOSE_CLOSING_PRICE: undefined,
    AFTER_HOURS_SINGLE_PRICE: undefined,
    AFTER_MARKET: undefined,
  };
  /** Last price of the regular session. */
  regularLastKrw: number | undefined;
  #lastKrw: number | undefined;
  #openKrw: number | undefined;
  #highKrw: number | undefined;
  #lowKrw: number | undefined;
  #closeKrw: number | undefined;
  #volume = 0;
  #turnoverKrw = 0;

  constructor(instrument: Instrument, ladder: PriceLadder) {
    this.instrument = instrument;
    this.ladder = ladder;
    this.book = new OrderBook(ladder.levelCount);
  }

  /** The price an auction leans to: the last trade of the regular session, before the first one the base price. */
  get referenceLevel(): number {
    return this.ladder.nearestLevel(this.regularLastKrw ?? this.instrument.basePriceKrw);
  }

  /** The one price of a closing-price session. Without a trade all day, today's is the base price (assumed). */
  fixedPriceKrw(session: TradingSession): number {
    const { basePriceKrw, previousCloseKrw = basePriceKrw } = this.instrument;
    return session === 'PRE_OPEN_CLOSING_PRICE' ? previousCloseKrw : (this.#closeKrw ?? basePriceKrw);
  }

  bookOf(session: TradingSession): OrderBook {
    return isFixedPrice(session) ? this.fixedPriceBook : this.book;
  }

  /** Whether orders of the regular session are collected for one price now. */
  get inAuction(): boolean {
    const phase = this.open.REGULAR?.phase;
    return phase === 'OPENING_AUCTION' || phase === 'CLOSING_AUCTION';
  }

  /** One tick better than the side's best price, inside the daily limits; nothing when that side is empty. */
  oneTickBetter(side: Side): number | undefined {
    if (this.book.isEmpty(side)) return undefined;
    const best = this.book.bestOf(side);
    return side === 'BUY' ? Math.min(best + 1, this.ladder.levelCount) : Math.max(best - 1, 1);
  }

  recordTrade(priceKrw: number, quantity: number, session: TradingSession): void {
    this.#lastKrw = priceKrw;
    this.#volume += quantity;
    this.#turnoverKrw += priceKrw * quantity;
    if (session !== 'REGULAR') return;
    this.regularLastKrw = priceKrw;
    if (this.#highKrw === undefined || this.#lowKrw === undefined) {
      this.#openKrw = this.#highKrw = this.#lowKrw = priceKrw;
    } else if (priceKrw > this.#highKrw) this.#highKrw = priceKrw;
    else if (priceKrw < this.#lowKrw) this.#lowKrw = priceKrw;
  }

  /** Keeps the last price of the regular session as the official close. */
  recordClose(): void {
    this.#closeKrw = this.regularLastKrw;
  }

  view(): InstrumentView {
    const { instrument, ladder } = this;
    const phases: VenuePhase[] = Object.values(this.open).flatMap((window) => window?.phase ?? []);
    return {
      instrument,
      upperLimitKrw: ladder.upperLimitKrw,
      lowerLimitKrw: ladder.lowerLimitKrw,
      lastPriceKrw: this.#lastKrw ?? instrument.previousCloseKrw ?? instrument.basePriceKrw,
      ...(this.#openKrw === undefined ? {} : { openPriceKrw: this.#openKrw }),
      ...(this.#highKrw === undefined ? {} : { highPriceKrw: this.#highKrw }),
      ...(this.#lowKrw === undefined ? {} : { lowPriceKrw: this.#lowKrw }),
      ...(this.#closeKrw === undefined ? {} : { closePriceKrw: this.#closeKrw }),
      volume: this.#volume,
      turnoverKrw: this.#turnoverKrw,
      phases: phases.length === 0 ? ['CLOSED'] : phases,
    };
  }
}

/** Whether a session trades at one given price, by time alone. */
export function isFixedPrice(session: TradingSession): boolean {
  return session === 'PRE_OPEN_CLOSING_PRICE' || session === 'POST_CLOSE_CLOSING_PRICE';
}
