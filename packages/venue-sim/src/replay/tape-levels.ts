import { type Side } from '@qts/krx';
import { type BookLevel } from '../exchange/contracts.ts';
import { type TapeBook } from './tape.ts';

/** Levels that a book shows a side in continuous trading, and before the print of an auction. */
export const continuousLevelsShown = 10;
export const auctionLevelsShown = 3;

/** A level's total goes up (`quantity` above 0) or down (below 0). `BUY` is the bid side. */
export interface LevelChange {
  readonly side: Side;
  readonly priceKrw: number;
  readonly quantity: number;
}

/** One recorded book, with how many levels a side it could have shown. */
export interface ShownBook {
  readonly book: TapeBook;
  readonly levelsShown: number;
}

/** Levels of one side of a recorded book, best first. */
export function levelsOf(
  book: { readonly asks: readonly BookLevel[]; readonly bids: readonly BookLevel[] },
  side: Side,
): readonly BookLevel[] {
  return side === 'BUY' ? book.bids : book.asks;
}

/** Whether a price lies inside what a recorded book shows: everything is, when fewer levels exist than could be shown. */
export function isShown({ book, levelsShown }: ShownBook, side: Side, priceKrw: number): boolean {
  const levels = levelsOf(book, side);
  const last = levels.at(-1);
  if (last === undefined || levels.length < levelsShown) return true;
  return side === 'BUY' ? priceKrw >= last.priceKrw : priceKrw <= last.priceKrw;
}

/** What a recorded book shows at a price: 0 for a level that is absent between the levels shown. */
export function quantityShown(book: TapeBook, side: Side, priceKrw: number): number {
  return levelsOf(book, side).find((level) => level.priceKrw === priceKrw)?.quantity ?? 0;
}

/**
 * The levels of a book as far as a tape tells them: totals by price, what lies outside of the ten included once it has
 * been seen. Matches like an exchange, without orders: enough to say what a trade leaves behind.
 */
export class KnownLevels {
  readonly #bids = new Map<number, number>();
  readonly #asks = new Map<number, number>();

  side(side: Side): ReadonlyMap<number, number> {
    return side === 'BUY' ? this.#bids : this.#asks;
  }

  quantityAt(side: Side, priceKrw: number): number {
    return this.side(side).get(priceKrw) ?? 0;
  }

  set(side: Side, priceKrw: number, quantity: number): void {
    const levels = side === 'BUY' ? this.#bids : this.#asks;
    if (quantity > 0) levels.set(priceKrw, quantity);
    else levels.delete(priceKrw);
  }

  add({ side, priceKrw, quantity }: LevelChange): void {
    this.set(side, priceKrw, this.quantityAt(side, priceKrw) + quantity);
  }

  /** Takes up to `quantity` from the other side, best price first, no worse than the limit. Returns what was taken. */
  take(aggressor: Side, limitKrw: number, quantity: number): number {
    const resting: Side = aggressor === 'BUY' ? 'SELL' : 'BUY';
    const reachable = [...this.side(resting).keys()]
      .filter((priceKrw) => (aggressor === 'BUY' ? priceKrw <= limitKrw : priceKrw >= limitKrw))
      .sort((a, b) => (aggressor === 'BUY' ? a - b : b - a));
    let left = quantity;
    for (const priceKrw of reachable) {
      if (left === 0) break;
      const traded = Math.min(left, this.quantityAt(resting, priceKrw));
      this.add({ side: resting, priceKrw, quantity: -traded });
      left -= traded;
    }
    return quantity - left;
  }

  /** How the levels that a recorded book shows differ from those known here. */
  differencesTo(shown: ShownBook): LevelChange[] {
    const changes: LevelChange[] = [];
    for (const side of ['SELL', 'BUY'] as const) {
      for (const { priceKrw, quantity } of levelsOf(shown.book, side)) {
        const change = quantity - this.quantityAt(side, priceKrw);
        if (change !== 0) changes.push({ side, priceKrw, quantity: change });
      }
      for (const [priceKrw, quantity] of this.side(side)) {
        if (isShown(shown, side, priceKrw) && quantityShown(shown.book, side, priceKrw) === 0) {
          changes.push({ side, priceKrw, quantity: -quantity });
        }
      }
    }
    return changes;
  }
}

/**
 * What levels do while nobody sees them. A level that leaves the ten may come back with another quantity, and a level
 * that is seen for the first time stood there before. Neither is new flow at the moment it comes into view: the change is
 * made when the level goes out of sight (or before the first book), where it cannot touch a trade.
 */
export class UnseenLevels {
  readonly #rows: readonly ShownBook[];

  constructor(rows: readonly ShownBook[]) {
    this.#rows = rows;
  }

  /** Every level outside the first book that is shown at some later time, with what it then holds. */
  beforeFirst(): LevelChange[] {
    const changes: LevelChange[] = [];
    const [first, ...later] = this.#rows;
    if (first === undefined) return changes;
    for (const side of ['SELL', 'BUY'] as const) {
      const prices = new Set(later.flatMap(({ book }) => levelsOf(book, side).map((level) => level.priceKrw)));
      for (const priceKrw of prices) {
        if (isShown(first, side, priceKrw)) continue;
        const quantity = this.#whenNextShown(0, side, priceKrw) ?? 0;
        if (quantity > 0) changes.push({ side, priceKrw, quantity });
      }
    }
    return changes;
  }

  /** Changes of levels that row `index` no longer shows and the row before it did. */
  leavingAt(index: number, known: KnownLevels): LevelChange[] {
    const changes: LevelChange[] = [];
    const now = this.#rows[index];
    const before = this.#rows[index - 1];
    if (now === undefined || before === undefined) return changes;
    for (const side of ['SELL', 'BUY'] as const) {
      for (const [priceKrw, quantity] of known.side(side)) {
        if (isShown(now, side, priceKrw) || !isShown(before, side, priceKrw)) continue;
        const later = this.#whenNextShown(index, side, priceKrw) ?? quantity;
        if (later !== quantity) changes.push({ side, priceKrw, quantity: later - quantity });
      }
    }
    return changes;
  }

  /** What the price holds when a later row shows it again; `undefined` if none does. */
  #whenNextShown(index: number, side: Side, priceKrw: number): number | undefined {
    for (let at = index + 1; at < this.#rows.length; at += 1) {
      const row = this.#rows[at];
      if (row !== undefined && isShown(row, side, priceKrw)) return quantityShown(row.book, side, priceKrw);
    }
    return undefined;
  }
}
