import { type Side } from '@qts/krx';
import { findAuctionMatch, marketOrderLevel } from './auction.ts';
import { type BookLevel, type BookView } from './contracts.ts';
import { type Issue } from './issue.ts';
import { type OrderBook } from './order-book.ts';

/** Levels a side that the market sees in continuous trading, and while an auction collects orders. */
const continuousLevels = 10;
const auctionLevels = 3;

/**
 * What the market sees of an issue. While an auction collects orders, that is the expected match and what would be left
 * around it (observed: a recorded book just before an open shows no crossed prices, and the level at the opening price
 * stays in it unchanged). The same object as before while nothing has changed: whoever looks often sees that at once.
 */
export function bookView(issue: Issue): BookView {
  const { book, inAuction, referenceLevel } = issue;
  const last = lastLooks.get(issue);
  if (last?.changes === book.changes && last.inAuction === inAuction && last.referenceLevel === referenceLevel) {
    return last.view;
  }
  const view = lookAt(issue);
  lastLooks.set(issue, { changes: book.changes, inAuction, referenceLevel, view });
  return view;
}

/** What a view was made of. */
interface Look {
  readonly changes: number;
  readonly inAuction: boolean;
  readonly referenceLevel: number;
  readonly view: BookView;
}

const lastLooks = new WeakMap<Issue, Look>();

function lookAt(issue: Issue): BookView {
  const { book, ladder, inAuction } = issue;
  const match = inAuction ? findAuctionMatch(book, issue.referenceLevel) : undefined;
  const traded = match?.quantity ?? 0;
  const depth = inAuction ? auctionLevels : continuousLevels;
  const asks = shownSide(issue, 'SELL', depth, traded);
  const bids = shownSide(issue, 'BUY', depth, traded);
  return {
    symbol: issue.instrument.symbol,
    asks: asks.levels,
    bids: bids.levels,
    totalAskQuantity: asks.total,
    totalBidQuantity: bids.total,
    ...(match === undefined ? {} : { expectedPriceKrw: ladder.priceOf(match.level), expectedQuantity: match.quantity }),
  };
}

/** The best levels of a side after its first `skipped` shares, and all that waits behind them. */
function shownSide(
  issue: Issue,
  side: Side,
  depth: number,
  skipped: number,
): { readonly levels: readonly BookLevel[]; readonly total: number } {
  const { book, ladder } = issue;
  const levels: BookLevel[] = [];
  let toSkip = skipped;
  let total = 0;
  for (let level = book.bestOf(side); isLevel(book, level); level = book.levelAfter(side, level)) {
    const waiting = book.quantityAt(side, level);
    const gone = Math.min(toSkip, waiting);
    toSkip -= gone;
    const quantity = waiting - gone;
    if (quantity === 0) continue;
    total += quantity;
    if (levels.length === depth) continue;
    const priceKrw = ladder.priceOf(shownLevel(issue, side, level));
    const last = levels.at(-1);
    // Waiting market orders can stand at the same price as limit orders: at a daily limit.
    if (last?.priceKrw === priceKrw) levels[levels.length - 1] = { priceKrw, quantity: last.quantity + quantity };
    else levels.push({ priceKrw, quantity });
  }
  return { levels, total };
}

function shownLevel(issue: Issue, side: Side, level: number): number {
  const isPrice = level >= 1 && level <= issue.book.levelCount;
  return isPrice ? level : marketOrderLevel(issue.book, side, issue.referenceLevel);
}

/** Whether it is a level of the book at all, not the mark of an empty side. */
function isLevel(book: OrderBook, level: number): boolean {
  return level >= 0 && level <= book.levelCount + 1;
}
