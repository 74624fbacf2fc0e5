import { type Side } from '@qts/krx';
import { type OrderBook } from './order-book.ts';

/**
 * The call auction (단일가매매): orders are collected, then traded at one price. Pure functions over a book that may be
 * crossed; market orders wait in its two outer levels.
 *
 * The price is one at which all dearer bids and all cheaper asks trade in full; that is a price of greatest volume. Of
 * several such prices, which always lie side by side, the one nearest to the reference is taken (assumed).
 *
 * A market order counts as one tick better than the best limit price **of either side**, inside the daily limits. The
 * published rule says "one tick better than its own side's best"; taken by the letter, a market order could then miss
 * limit orders that it is there to meet (assumed: the wider reading). With no limit order at all it counts as the reference.
 */
export interface AuctionMatch {
  readonly level: number;
  readonly quantity: number;
}

/** Shares that one waiting order gets. */
export interface AuctionAllotment {
  readonly slot: number;
  readonly quantity: number;
}

/** Where the waiting market orders of a side count: see {@link AuctionMatch}. */
export function marketOrderLevel(book: OrderBook, side: Side, referenceLevel: number): number {
  const { levelCount } = book;
  if (side === 'BUY') {
    const highest = Math.max(highestLimit(book, 'BUY'), highestLimit(book, 'SELL'));
    return highest === 0 ? referenceLevel : Math.min(highest + 1, levelCount);
  }
  const lowest = Math.min(lowestLimit(book, 'BUY'), lowestLimit(book, 'SELL'));
  return lowest === levelCount + 1 ? referenceLevel : Math.max(lowest - 1, 1);
}

/** The price level and the quantity at which the collected orders would trade now; nothing when none would. */
export function findAuctionMatch(book: OrderBook, referenceLevel: number): AuctionMatch | undefined {
  const { levelCount } = book;
  const marketBuy = book.quantityAt('BUY', levelCount + 1);
  const marketSell = book.quantityAt('SELL', 0);
  const lowest = marketSell > 0 ? marketOrderLevel(book, 'SELL', referenceLevel) : book.bestAsk;
  const highest = marketBuy > 0 ? marketOrderLevel(book, 'BUY', referenceLevel) : book.bestBid;

  let demand = marketBuy;
  for (let level = lowest; level <= highest; level++) demand += book.quantityAt('BUY', level);
  let supply = marketSell;
  let cheaper = 0; // asks below the level; market sells stand at the lowest level themselves
  let first = 0;
  let last = 0;
  let quantity = 0; // the same at each level that qualifies: the greatest there is
  for (let level = lowest; level <= highest; level++) {
    supply += book.quantityAt('SELL', level);
    const dearer = level === highest ? 0 : demand - book.quantityAt('BUY', level);
    const tradable = Math.min(demand, supply);
    if (tradable > 0 && dearer <= supply && cheaper <= demand) {
      if (first === 0) first = level;
      last = level;
      quantity = tradable;
    }
    demand = dearer;
    cheaper = supply;
  }
  if (first === 0) return undefined;
  return { level: Math.min(Math.max(referenceLevel, first), last), quantity };
}

/**
 * Which waiting orders of a side trade how much: by price, then time; market orders first, except at a daily limit, where
 * they stand with the limit orders of that price. With `byRounds`, the orders at a daily limit that cannot all be
 * served count as entered at once and are served by size (see {@link shareByRounds}).
 */
export function allotAuction(
  book: OrderBook,
  side: Side,
  match: AuctionMatch,
  byRounds: boolean,
): readonly AuctionAllotment[] {
  const queue = slotsInPriority(book, side, match.level);
  const limitLevel = side === 'BUY' ? book.levelCount : 1;
  if (byRounds && match.level === limitLevel) return shareByRounds(book, queue, match.quantity);
  const allotments: AuctionAllotment[] = [];
  let left = match.quantity;
  for (const slot of queue) {
    if (left === 0) break;
    const quantity = Math.min(left, book.quantityIn(slot));
    allotments.push({ slot, quantity });
    left -= quantity;
  }
  return allotments;
}

/** Shares of the first round at a daily limit. */
const firstRoundQuantity = 100;

/**
 * Allotment at a daily limit: each order 100 shares, then each half of what it still wants, then the rest; within a round
 * larger orders first, equal ones by time. An odd half is rounded up (the older six-step rule rounds half up).
 */
function shareByRounds(book: OrderBook, slots: readonly number[], supply: number): readonly AuctionAllotment[] {
  const shares = slots.map((slot) => ({ slot, wanted: book.quantityIn(slot), quantity: 0 }));
  shares.sort((one, other) => other.wanted - one.wanted || book.orderIn(one.slot) - book.orderIn(other.slot));
  let left = supply;
  const rounds: readonly ((rest: number) => number)[] = [
    (rest) => Math.min(rest, firstRoundQuantity),
    (rest) => Math.ceil(rest / 2),
    (rest) => rest,
  ];
  for (const portionOf of rounds) {
    for (const share of shares) {
      const quantity = Math.min(left, portionOf(share.wanted - share.quantity));
      share.quantity += quantity;
      left -= quantity;
    }
  }
  return shares.filter((share) => share.quantity > 0);
}

/** Slots of a side that may trade at `level`, in the order in which they are served. */
function slotsInPriority(book: OrderBook, side: Side, level: number): readonly number[] {
  const { levelCount } = book;
  const isBuy = side === 'BUY';
  const slots: number[] = [];
  for (let each = book.bestOf(side); isBuy ? each >= level : each <= level; each = book.levelAfter(side, each)) {
    for (let slot = book.firstSlotAt(side, each); slot >= 0; slot = book.slotAfter(slot)) slots.push(slot);
  }
  // At a daily limit everything that may trade stands at that price; order numbers tell who came first.
  if (level === (isBuy ? levelCount : 1)) slots.sort((one, other) => book.orderIn(one) - book.orderIn(other));
  return slots;
}

/** Highest level with a limit order of the side, or 0. */
function highestLimit(book: OrderBook, side: Side): number {
  let highest = 0;
  for (let level = firstLimit(book, side); isGridLevel(book, level); level = book.levelAfter(side, level)) {
    highest = Math.max(highest, level);
  }
  return highest;
}

/** Lowest level with a limit order of the side, or `levelCount + 1`. */
function lowestLimit(book: OrderBook, side: Side): number {
  let lowest = book.levelCount + 1;
  for (let level = firstLimit(book, side); isGridLevel(book, level); level = book.levelAfter(side, level)) {
    lowest = Math.min(lowest, level);
  }
  return lowest;
}

/** Best level of a side without its market orders. */
function firstLimit(book: OrderBook, side: Side): number {
  const best = book.bestOf(side);
  const marketLevel = side === 'BUY' ? book.levelCount + 1 : 0;
  return best === marketLevel ? book.levelAfter(side, best) : best;
}

function isGridLevel(book: OrderBook, level: number): boolean {
  return level >= 1 && level <= book.levelCount;
}
