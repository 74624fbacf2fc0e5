/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index is made in this file; a check per access would be paid per order */
import { type Side } from '@qts/krx';

/**
 * The order book of one issue: price levels that are numbered, queues that keep time, and nothing that is allocated per
 * operation. It knows no prices, accounts or rules; {@link PriceLadder} turns won into levels, the issue decides what
 * may enter.
 *
 * Levels run from 1 to `levelCount`, cheap to dear. Two more stand outside the grid: 0 for market sells and
 * `levelCount + 1` for market buys that wait in a call auction, so that they queue, shrink and leave like all others.
 *
 *     level      0 │ 1 … bids … best bid   best ask … asks … levelCount │ levelCount + 1
 *            market sells                                                   market buys
 *
 * Orders live in slots of a pool. A slot number is the handle of a resting order until it is filled or removed; then it
 * is used again.
 */

/** Told of every resting order that trades, in the order of priority. Must not touch the book. */
export interface FillSink {
  onRestingFill(orderNumber: number, level: number, quantity: number): void;
}

/** No slot. */
const none = -1;
/** Integers per slot in the pool: next slot, previous slot, level and side, order number. */
const stride = 4;
const nextAt = 0;
const previousAt = 1;
const placeAt = 2;
const orderAt = 3;
const slotsAtFirst = 64;

/** One side of the book: the ends of each level's queue, its total, and which levels are occupied. */
class BookSide {
  readonly head: Int32Array;
  readonly tail: Int32Array;
  readonly quantity: Float64Array;
  readonly #occupied: Int32Array;
  readonly #isBid: boolean;
  /** What `best` is while the side is empty: a level that no limit can reach. */
  readonly #empty: number;
  best: number;

  constructor(levelCount: number, isBid: boolean) {
    const levels = levelCount + 2;
    this.head = new Int32Array(levels).fill(none);
    this.tail = new Int32Array(levels).fill(none);
    this.quantity = new Float64Array(levels);
    this.#occupied = new Int32Array((levels >> 5) + 1);
    this.#isBid = isBid;
    this.#empty = isBid ? none : levels;
    this.best = this.#empty;
  }

  occupy(level: number): void {
    this.#occupied[level >> 5]! |= 1 << (level & 31);
    if (this.#isBid ? level > this.best : level < this.best) this.best = level;
  }

  vacate(level: number): void {
    this.#occupied[level >> 5]! &= ~(1 << (level & 31));
    if (level === this.best) this.best = this.after(level);
  }

  /** The next occupied level behind `level`, away from the other side; what an empty side has as best if there is none. */
  after(level: number): number {
    return this.#isBid ? this.#below(level) : this.#above(level);
  }

  #below(level: number): number {
    let word = level >> 5;
    let bits = this.#occupied[word]! & ((1 << (level & 31)) - 1);
    while (bits === 0) {
      if (word === 0) return this.#empty;
      word -= 1;
      bits = this.#occupied[word]!;
    }
    return (word << 5) + 31 - Math.clz32(bits);
  }

  #above(level: number): number {
    let word = level >> 5;
    const shift = level & 31;
    let bits = shift === 31 ? 0 : this.#occupied[word]! & (-1 << (shift + 1));
    while (bits === 0) {
      word += 1;
      if (word === this.#occupied.length) return this.#empty;
      bits = this.#occupied[word]!;
    }
    return (word << 5) + 31 - Math.clz32(bits & -bits);
  }
}

export class OrderBook {
  readonly levelCount: number;
  readonly #bids: BookSide;
  readonly #asks: BookSide;
  #links: Int32Array = new Int32Array(slotsAtFirst * stride);
  #quantities: Float64Array = new Float64Array(slotsAtFirst);
  /** Free slots are chained through their `next`. */
  #firstFree: number = none;
  #slotsUsed = 0;
  #changes = 0;

  constructor(levelCount: number) {
    this.levelCount = levelCount;
    this.#bids = new BookSide(levelCount, true);
    this.#asks = new BookSide(levelCount, false);
  }

  /** Grows with every order that comes, goes or shrinks: equal figures mean an equal book. */
  get changes(): number {
    return this.#changes;
  }

  /** The dearest level with bids, or -1. */
  get bestBid(): number {
    return this.#bids.best;
  }

  /** The cheapest level with asks, or `levelCount + 2`. */
  get bestAsk(): number {
    return this.#asks.best;
  }

  isEmpty(side: Side): boolean {
    return side === 'BUY' ? this.#bids.best === none : this.#asks.best > this.levelCount + 1;
  }

  /** Best level of a side, as {@link bestBid} and {@link bestAsk} have it. */
  bestOf(side: Side): number {
    return this.#sideOf(side).best;
  }

  /** The next occupied level behind `level`; what {@link bestOf} answers for an empty side if there is none. */
  levelAfter(side: Side, level: number): number {
    return this.#sideOf(side).after(level);
  }

  /** Shares that wait at a level. */
  quantityAt(side: Side, level: number): number {
    return this.#sideOf(side).quantity[level]!;
  }

  /** Shares left of the order in a slot. */
  quantityIn(slot: number): number {
    return this.#quantities[slot]!;
  }

  /** The oldest order of a level, or -1. */
  firstSlotAt(side: Side, level: number): number {
    return this.#sideOf(side).head[level]!;
  }

  /** The next younger order of the same level, or -1. */
  slotAfter(slot: number): number {
    return this.#links[slot * stride + nextAt]!;
  }

  orderIn(slot: number): number {
    return this.#links[slot * stride + orderAt]!;
  }

  /** Puts an order at the end of its level's queue and returns its slot. Nothing is matched. */
  add(side: Side, level: number, orderNumber: number, quantity: number): number {
    this.#changes += 1;
    const own = this.#sideOf(side);
    const slot = this.#takeSlot();
    const last = own.tail[level]!;
    const links = this.#links;
    const at = slot * stride;
    links[at + nextAt] = none;
    links[at + previousAt] = last;
    links[at + placeAt] = (level << 1) | (side === 'BUY' ? 1 : 0);
    links[at + orderAt] = orderNumber;
    this.#quantities[slot] = quantity;
    own.tail[level] = slot;
    if (last === none) {
      own.head[level] = slot;
      own.quantity[level] = quantity;
      own.occupy(level);
    } else {
      links[last * stride + nextAt] = slot;
      own.quantity[level]! += quantity;
    }
    return slot;
  }

  /** Takes shares off an order; it keeps its place. At nothing left it leaves, and the slot is void: answers true. */
  reduce(slot: number, by: number): boolean {
    const left = this.#quantities[slot]! - by;
    if (left <= 0) {
      this.remove(slot);
      return true;
    }
    this.#changes += 1;
    this.#quantities[slot] = left;
    const place = this.#links[slot * stride + placeAt]!;
    ((place & 1) === 1 ? this.#bids : this.#asks).quantity[place >> 1]! -= by;
    return false;
  }

  /** Takes an order out. */
  remove(slot: number): void {
    this.#changes += 1;
    const links = this.#links;
    const at = slot * stride;
    const place = links[at + placeAt]!;
    const own = (place & 1) === 1 ? this.#bids : this.#asks;
    const level = place >> 1;
    const next = links[at + nextAt]!;
    const previous = links[at + previousAt]!;
    if (previous === none) own.head[level] = next;
    else links[previous * stride + nextAt] = next;
    if (next === none) own.tail[level] = previous;
    else links[next * stride + previousAt] = previous;
    own.quantity[level]! -= this.#quantities[slot]!;
    if (next === none && previous === none) own.vacate(level);
    links[at + nextAt] = this.#firstFree;
    this.#firstFree = slot;
  }

  /** Puts an order behind those of another level. It loses its place in time, whatever the level. */
  move(slot: number, level: number): void {
    const at = slot * stride;
    const side: Side = (this.#links[at + placeAt]! & 1) === 1 ? 'BUY' : 'SELL';
    const orderNumber = this.#links[at + orderAt]!;
    const quantity = this.#quantities[slot]!;
    this.remove(slot);
    this.add(side, level, orderNumber, quantity); // takes the slot that was just freed
  }

  /**
   * Trades an incoming order against the other side up to and including `limit`, best level first, oldest first.
   * Returns the shares that found no counterpart.
   */
  match(side: Side, limit: number, quantity: number, sink: FillSink): number {
    const isBuy = side === 'BUY';
    const opposite = isBuy ? this.#asks : this.#bids;
    let left = quantity;
    while (left > 0) {
      const level = opposite.best;
      if (isBuy ? level > limit : level < limit) break;
      const slot = opposite.head[level]!;
      const orderNumber = this.#links[slot * stride + orderAt]!;
      const resting = this.#quantities[slot]!;
      const traded = resting < left ? resting : left;
      if (traded === resting) {
        this.remove(slot);
      } else {
        this.#changes += 1;
        this.#quantities[slot] = resting - traded;
        opposite.quantity[level]! -= traded;
      }
      left -= traded;
      sink.onRestingFill(orderNumber, level, traded);
    }
    return left;
  }

  /** Whether an incoming order would find `quantity` shares up to and including `limit`. */
  couldFill(side: Side, limit: number, quantity: number): boolean {
    const isBuy = side === 'BUY';
    const opposite = isBuy ? this.#asks : this.#bids;
    let left = quantity;
    for (let level = opposite.best; isBuy ? level <= limit : level >= limit; level = opposite.after(level)) {
      left -= opposite.quantity[level]!;
      if (left <= 0) return true;
    }
    return false;
  }

  #sideOf(side: Side): BookSide {
    return side === 'BUY' ? this.#bids : this.#asks;
  }

  #takeSlot(): number {
    const free = this.#firstFree;
    if (free !== none) {
      this.#firstFree = this.#links[free * stride + nextAt]!;
      return free;
    }
    const slot = this.#slotsUsed;
    this.#slotsUsed += 1;
    if (slot === this.#quantities.length) this.#grow();
    return slot;
  }

  #grow(): void {
    const links = new Int32Array(this.#links.length * 2);
    links.set(this.#links);
    this.#links = links;
    const quantities = new Float64Array(this.#quantities.length * 2);
    quantities.set(this.#quantities);
    this.#quantities = quantities;
  }
}
