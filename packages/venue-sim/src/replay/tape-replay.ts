import { type Side } from '@qts/krx';
import { type Exchange, type VenueTrade } from '../exchange/contracts.ts';
import { RestingFlow } from './resting-flow.ts';
import { AgreementCounter, type TapeAgreement, isSameBook, matchPrints } from './tape-agreement.ts';
import { type TapeBookStep, type TapeFlow, type TapeStep, type TapeTake, deriveTapeFlow } from './tape-flow.ts';
import { isShown, quantityShown, continuousLevelsShown } from './tape-levels.ts';
import { type Tape, type TapeTrade } from './tape.ts';

export interface TapeReplayOptions {
  /**
   * Compare the exchange with the tape at every row; costs two looks at the book per row. Only meaningful while no
   * account trades the issue. Default false.
   */
  readonly compare?: boolean;
  /** How long before the first auction print the book of the opening is put in place. Default ten minutes. */
  readonly openingLeadMs?: number;
}

/** A tape that plays, or has played, on an exchange. */
export interface TapeReplay {
  readonly flow: TapeFlow;
  /** Whether the last row has been played. */
  readonly done: boolean;
  /** What was compared so far; all zero without {@link TapeReplayOptions.compare}. */
  agreement(): TapeAgreement;
}

const openingLeadMsDefault = 10 * 60_000;
/** How often a replay looks whether the auction has ended: its end is random, up to 30 seconds after the hour. */
const auctionPollMs = 100;
/** After this a row is played all the same, and what the exchange refuses is counted. */
const auctionWaitMsMax = 60_000;

/**
 * Schedules a recorded tape as order flow on an exchange (see `TapeFlow` for how rows become orders). Times are those
 * of the tape; rows that come before the exchange has ended its own opening auction wait for it, in order.
 *
 * Orders of accounts meet this flow as they meet any: they take from it, queue behind it, and are hit by it. What they
 * take stays taken. So that the book finds back to the tape, a level that the tape no longer has is cleared of whatever
 * the replay has left there; and the flow never cancels more than it has.
 *
 * @throws {RangeError} from {@link deriveTapeFlow}, or when the first row lies in the exchange's past. Nothing is
 * scheduled then.
 */
export function scheduleTapeReplay(exchange: Exchange, tape: Tape, options: TapeReplayOptions = {}): TapeReplay {
  const flow = deriveTapeFlow(tape);
  if (flow.firstAtMs < exchange.nowMs) {
    throw new RangeError(
      `The tape begins at ${flow.firstAtMs} and the exchange is already at ${exchange.nowMs}. Start the day earlier (startAtMs).`,
    );
  }
  return new Player(exchange, flow, options);
}

class Player implements TapeReplay {
  readonly flow: TapeFlow;
  readonly #exchange: Exchange;
  readonly #resting: RestingFlow;
  readonly #counter = new AgreementCounter();
  readonly #compare: boolean;
  #next = 0;
  /** Prints of the issue since the last step, and what they are expected to be. Prints are told after the step. */
  #prints: VenueTrade[] = [];
  #settle: (() => void) | undefined;

  constructor(exchange: Exchange, flow: TapeFlow, options: TapeReplayOptions) {
    this.flow = flow;
    this.#exchange = exchange;
    this.#resting = new RestingFlow(exchange, flow.symbol);
    this.#compare = options.compare ?? false;
    if (this.#compare) {
      exchange.subscribe({
        onTrade: (trade) => {
          if (trade.symbol === flow.symbol) this.#prints.push(trade);
        },
      });
    }
    const print = flow.steps.find((step) => step.kind === 'OPENING_PRINT');
    const leadMs = print === undefined ? 0 : (options.openingLeadMs ?? openingLeadMsDefault);
    const openAtMs = Math.min(flow.restingAtMs, (print?.atMs ?? Infinity) - leadMs);
    exchange.schedule(Math.max(exchange.nowMs, openAtMs), () => {
      this.#open();
    });
    this.#scheduleNext();
  }

  get done(): boolean {
    return this.#next >= this.flow.steps.length;
  }

  agreement(): TapeAgreement {
    this.#settleLast();
    return this.#counter.result(this.#resting.refusalCount, this.#resting.refusals);
  }

  #open(): void {
    const { resting, opening } = this.flow;
    for (const { side, priceKrw, quantity } of resting) this.#resting.add(side, priceKrw, quantity);
    if (opening === undefined) return;
    this.#resting.add('SELL', opening.priceKrw, opening.quantity);
    this.#resting.add('BUY', opening.priceKrw, opening.quantity);
  }

  #scheduleNext(): void {
    const step = this.flow.steps[this.#next];
    if (step === undefined) return;
    this.#exchange.schedule(Math.max(step.atMs, this.#exchange.nowMs), () => {
      this.#play(step);
    });
  }

  /** Plays one step per event of the exchange, so that the prints of one step are told before the next. */
  #play(step: TapeStep): void {
    if (this.#mustWait(step)) {
      this.#exchange.schedule(this.#exchange.nowMs + auctionPollMs, () => {
        this.#play(step);
      });
      return;
    }
    this.#settleLast();
    this.#next += 1;
    switch (step.kind) {
      case 'CLOSING_PRICE_TRADE':
        this.#playClosingPrice(step.trade);
        break;
      case 'BOOK_BEFORE_OPEN':
        this.#compareBeforeOpen(step.book);
        this.#prints = [];
        break;
      case 'OPENING_PRINT':
        this.#compareOpening(step.trade);
        break;
      case 'TAKE':
        this.#playTake(step);
        break;
      case 'BOOK':
        this.#playBook(step);
        break;
      default:
        step satisfies never;
    }
    this.#scheduleNext();
  }

  /** Continuous rows, and the print of the auction, need the auction to be over. */
  #mustWait(step: TapeStep): boolean {
    if (step.kind === 'CLOSING_PRICE_TRADE' || step.kind === 'BOOK_BEFORE_OPEN') return false;
    if (this.#exchange.nowMs >= step.atMs + auctionWaitMsMax) return false;
    return this.#exchange.getInstrument(this.flow.symbol)?.phases.includes('OPENING_AUCTION') ?? false;
  }

  #settleLast(): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.();
    this.#prints = this.#prints.filter((print) => print.auction);
  }

  #playClosingPrice(trade: TapeTrade): void {
    const session = trade.phase === 'PRE_OPEN_CLOSING_PRICE' ? trade.phase : 'POST_CLOSE_CLOSING_PRICE';
    const taker: Side = trade.aggressor ?? 'BUY';
    const maker: Side = taker === 'BUY' ? 'SELL' : 'BUY';
    for (const side of [maker, taker]) {
      this.#exchange.placeOrder({
        symbol: this.flow.symbol,
        side,
        quantity: trade.quantity,
        orderType: 'CLOSING_PRICE',
        timeInForce: 'DAY',
        session,
        limitPriceKrw: 0,
        stopPriceKrw: 0,
      });
    }
    if (!this.#compare) return;
    this.#settle = () => {
      const [isEqual = false] = matchPrints(this.#prints, [trade]);
      this.#counter.compare('CLOSING_PRICE_TRADE', isEqual, trade.sequence);
    };
  }

  #compareBeforeOpen(book: TapeBookStep['book']): void {
    if (!this.#compare) return;
    const { opening, symbol } = this.flow;
    const view = this.#exchange.getBook(symbol);
    const isMatchExpected =
      view?.expectedPriceKrw === opening?.priceKrw && view?.expectedQuantity === opening?.quantity;
    this.#counter.compare('BOOK_BEFORE_OPEN', isMatchExpected && isSameBook(view, book), book.sequence);
  }

  #compareOpening(trade: TapeTrade): void {
    if (!this.#compare) return;
    const prints = this.#prints.filter((print) => print.auction);
    const [isEqual = false] = matchPrints(prints, [trade]);
    this.#counter.compare('OPENING_PRINT', isEqual, trade.sequence);
    this.#prints = [];
  }

  #playTake(take: TapeTake): void {
    const { aggressor, limitKrw, takeQuantity, restQuantity, amendedFromKrw, canceledBefore, reading, trades } = take;
    for (const { side, priceKrw, quantity } of canceledBefore) this.#resting.reduce(side, priceKrw, -quantity);
    if (amendedFromKrw !== undefined) this.#resting.reduce(aggressor, amendedFromKrw, takeQuantity + restQuantity);
    if (restQuantity > 0) this.#resting.add(aggressor, limitKrw, takeQuantity + restQuantity);
    else if (takeQuantity > 0) this.#resting.take(aggressor, limitKrw, takeQuantity);
    if (!this.#compare) return;
    this.#counter.read(reading);
    this.#settle = () => {
      const equal = matchPrints(this.#prints, trades);
      for (const [index, trade] of trades.entries()) {
        this.#counter.compare('CONTINUOUS_TRADE', equal[index] === true, trade.sequence, reading);
      }
    };
  }

  #playBook({ book, isAfterTrades, changes, unseen, reading }: TapeBookStep): void {
    const { symbol } = this.flow;
    if (this.#compare && isAfterTrades) {
      const isEqual = isSameBook(this.#exchange.getBook(symbol), book);
      // The rest and the origin of an order are read from this very book, so such a row is no evidence of the trades alone.
      const isByTrades = isEqual && reading === 'TRADES_ONLY';
      this.#counter.compare('BOOK_BY_TRADES', isByTrades, book.sequence, reading);
      this.#counter.compare('BOOK_BY_TAKERS', isEqual, book.sequence, reading);
    }
    const all = [...changes, ...unseen];
    // Cancels first: an amended order leaves its level before it comes back at another, and nothing crosses on the way.
    for (const { side, priceKrw, quantity } of all) {
      if (quantity < 0) this.#resting.reduce(side, priceKrw, -quantity);
    }
    this.#clearLevelsGone(book);
    for (const { side, priceKrw, quantity } of all) {
      if (quantity > 0) this.#resting.add(side, priceKrw, quantity);
    }
    if (!this.#compare) return;
    this.#counter.read(reading);
    this.#counter.unseenLevelChanges += unseen.length;
    this.#counter.compare('BOOK_AFTER_ROW', isSameBook(this.#exchange.getBook(symbol), book), book.sequence, reading);
  }

  /** Removes what orders of accounts made the replay leave behind at levels that the tape no longer has. */
  #clearLevelsGone(book: TapeBookStep['book']): void {
    const shown = { book, levelsShown: continuousLevelsShown };
    for (const side of ['BUY', 'SELL'] as const) {
      for (const priceKrw of this.#resting.pricesOf(side)) {
        if (isShown(shown, side, priceKrw) && quantityShown(book, side, priceKrw) === 0) {
          this.#resting.clear(side, priceKrw);
        }
      }
    }
  }
}
