import { type BookLevel, type BookView, type VenueTrade } from '../exchange/contracts.ts';
import { type BookReading, type TradeReading, bookReadings, tradeReadings } from './tape-reading.ts';
import { type FlowRefusal } from './resting-flow.ts';
import { type TapeBook, type TapeTrade } from './tape.ts';

/** What a replay of a tape compares, row by row. */
export const tapeChecks = {
  CLOSING_PRICE_TRADE: 'Closing-price session before the open: each trade, price and size',
  BOOK_BEFORE_OPEN: 'Book before the open: three levels a side, and the expected match',
  OPENING_PRINT: 'Opening auction: price and volume',
  CONTINUOUS_TRADE: 'Continuous trading: each trade, price and size',
  BOOK_BY_TRADES: 'Book after trades, ten levels a side, from the trades alone',
  BOOK_BY_TAKERS: 'Book after trades, ten levels a side, from the orders that took, with their rest and origin',
  BOOK_AFTER_ROW: 'Book after every row, ten levels a side, with the orders and cancels of the row',
} as const;
export type TapeCheck = keyof typeof tapeChecks;

/** A row that does not agree, and as what it was read. `UNEXPLAINED` would be a fault of the exchange or of the replay. */
export type DisagreementReason =
  | Exclude<TradeReading, 'TAKES_WHAT_IS_SHOWN'>
  | Extract<
      BookReading,
      'REST_OF_TAKER' | 'AMENDED_ORDER_TOOK' | 'TRADES_AND_ONE_ORDER' | 'TRADES_AND_SEVERAL_ORDERS' | 'BOOK_LAGS_TRADE'
    >
  | 'UNEXPLAINED';

/** Readings under which a check may honestly fail. Anything else that fails is unexplained. */
const excusedBy: Readonly<Partial<Record<TapeCheck, readonly (TradeReading | BookReading)[]>>> = {
  CONTINUOUS_TRADE: ['MORE_THAN_SHOWN'],
  BOOK_BY_TRADES: [
    'REST_OF_TAKER',
    'AMENDED_ORDER_TOOK',
    'TRADES_AND_ONE_ORDER',
    'TRADES_AND_SEVERAL_ORDERS',
    'BOOK_LAGS_TRADE',
  ],
  BOOK_BY_TAKERS: ['TRADES_AND_ONE_ORDER', 'TRADES_AND_SEVERAL_ORDERS', 'BOOK_LAGS_TRADE'],
  BOOK_AFTER_ROW: ['BOOK_LAGS_TRADE'],
};

export interface TapeCheckCount {
  readonly check: TapeCheck;
  readonly title: string;
  readonly rows: number;
  readonly agreeing: number;
}

export interface DisagreementCount {
  readonly check: TapeCheck;
  readonly reason: DisagreementReason;
  readonly meaning: string;
  readonly rows: number;
  /** The first such row of the tape. */
  readonly firstSequence: number;
}

export interface ReadingCount {
  readonly reading: TradeReading | BookReading;
  readonly meaning: string;
  readonly rows: number;
}

/** How far the exchange and a tape agree, and why not where they do not. */
export interface TapeAgreement {
  readonly checks: readonly TapeCheckCount[];
  readonly disagreements: readonly DisagreementCount[];
  /** How the rows were read: trades by their order, then books. */
  readonly readings: readonly ReadingCount[];
  /** Levels whose quantity changed while no book showed them. */
  readonly unseenLevelChanges: number;
  /** Orders or cancels of the replay that the exchange refused; the first hundred with their detail. */
  readonly refusalCount: number;
  readonly refusals: readonly FlowRefusal[];
}

/** Counts comparisons while a tape is replayed. */
export class AgreementCounter {
  readonly #checks = new Map<TapeCheck, { rows: number; agreeing: number }>();
  readonly #disagreements = new Map<string, DisagreementCount>();
  readonly #readings = new Map<TradeReading | BookReading, number>();
  unseenLevelChanges = 0;

  read(reading: TradeReading | BookReading): void {
    this.#readings.set(reading, (this.#readings.get(reading) ?? 0) + 1);
  }

  compare(check: TapeCheck, isEqual: boolean, sequence: number, reading?: TradeReading | BookReading): void {
    const count = this.#checks.get(check) ?? { rows: 0, agreeing: 0 };
    this.#checks.set(check, { rows: count.rows + 1, agreeing: count.agreeing + (isEqual ? 1 : 0) });
    if (isEqual) return;
    const reason =
      reading !== undefined && excusedBy[check]?.includes(reading) === true
        ? (reading as DisagreementReason)
        : 'UNEXPLAINED';
    const key = `${check} ${reason}`;
    const known = this.#disagreements.get(key);
    this.#disagreements.set(key, {
      check,
      reason,
      meaning: meaningOf(reason),
      rows: (known?.rows ?? 0) + 1,
      firstSequence: known?.firstSequence ?? sequence,
    });
  }

  result(refusalCount: number, refusals: readonly FlowRefusal[]): TapeAgreement {
    const readingNames = Object.keys({ ...tradeReadings, ...bookReadings }) as (TradeReading | BookReading)[];
    return {
      checks: (Object.keys(tapeChecks) as TapeCheck[]).map((check) => ({
        check,
        title: tapeChecks[check],
        ...(this.#checks.get(check) ?? { rows: 0, agreeing: 0 }),
      })),
      disagreements: Object.keys(tapeChecks).flatMap((check) =>
        [...this.#disagreements.values()].filter((count) => count.check === check),
      ),
      readings: readingNames.map((reading) => ({
        reading,
        meaning: { ...tradeReadings, ...bookReadings }[reading],
        rows: this.#readings.get(reading) ?? 0,
      })),
      unseenLevelChanges: this.unseenLevelChanges,
      refusalCount,
      refusals,
    };
  }
}

function meaningOf(reason: DisagreementReason): string {
  if (reason === 'UNEXPLAINED') return 'Nothing on the tape explains it: a fault of the exchange or of the replay.';
  return reason === 'MORE_THAN_SHOWN' ? tradeReadings[reason] : bookReadings[reason];
}

/** Whether the exchange shows exactly the levels of a recorded book. */
export function isSameBook(view: BookView | undefined, book: TapeBook): boolean {
  return view !== undefined && isSameSide(view.asks, book.asks) && isSameSide(view.bids, book.bids);
}

function isSameSide(seen: readonly BookLevel[], recorded: readonly BookLevel[]): boolean {
  return (
    seen.length === recorded.length &&
    seen.every(
      ({ priceKrw, quantity }, index) =>
        priceKrw === recorded[index]?.priceKrw && quantity === recorded[index].quantity,
    )
  );
}

/**
 * Which recorded trades the prints of one order repeat, trade by trade. The venue reports what an order takes at one
 * price as one trade; the exchange reports one print per resting order, so prints of one price are added up.
 */
export function matchPrints(prints: readonly VenueTrade[], trades: readonly TapeTrade[]): readonly boolean[] {
  const sums: { priceKrw: number; quantity: number; aggressor: string | undefined }[] = [];
  for (const { priceKrw, quantity, aggressor } of prints) {
    const last = sums.at(-1);
    if (last?.priceKrw === priceKrw) last.quantity += quantity;
    else sums.push({ priceKrw, quantity, aggressor });
  }
  const isSurplus = sums.length > trades.length;
  return trades.map(({ priceKrw, quantity, aggressor }, index) => {
    const sum = sums[index];
    return !isSurplus && sum?.priceKrw === priceKrw && sum.quantity === quantity && sum.aggressor === aggressor;
  });
}
