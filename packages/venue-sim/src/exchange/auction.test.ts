import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allotAuction, findAuctionMatch, marketOrderLevel } from './auction.ts';
import { OrderBook } from './order-book.ts';

interface Waiting {
  readonly side: 'BUY' | 'SELL';
  /** 0: a market order. */
  readonly price: number;
  readonly quantity: number;
}

const levelCount = 12;

function bookOf(orders: readonly Waiting[]): OrderBook {
  const book = new OrderBook(levelCount);
  for (const [index, { side, price, quantity }] of orders.entries()) {
    const outside = side === 'BUY' ? levelCount + 1 : 0;
    book.add(side, price === 0 ? outside : price, index + 1, quantity);
  }
  return book;
}

/** The rule by trying every price: what is dearer or cheaper must trade in full; of several the nearest to the reference. */
function bruteMatch(orders: readonly Waiting[], reference: number): { level: number; quantity: number } | undefined {
  const limits = orders.filter(({ price }) => price > 0).map(({ price }) => price);
  const buyAt = limits.length === 0 ? reference : Math.min(Math.max(...limits) + 1, levelCount);
  const sellAt = limits.length === 0 ? reference : Math.max(Math.min(...limits) - 1, 1);
  const priced = orders.map((order) => {
    const at = order.side === 'BUY' ? buyAt : sellAt;
    return order.price === 0 ? { ...order, price: at } : order;
  });
  const sum = (side: 'BUY' | 'SELL', wanted: (price: number) => boolean): number =>
    priced
      .filter((order) => order.side === side && wanted(order.price))
      .reduce((all, { quantity }) => all + quantity, 0);
  const candidates: { level: number; quantity: number }[] = [];
  for (let level = 1; level <= levelCount; level++) {
    const demand = sum('BUY', (price) => price >= level);
    const supply = sum('SELL', (price) => price <= level);
    const quantity = Math.min(demand, supply);
    const dearerTrade = sum('BUY', (price) => price > level) <= supply;
    const cheaperTrade = sum('SELL', (price) => price < level) <= demand;
    if (quantity > 0 && dearerTrade && cheaperTrade) candidates.push({ level, quantity });
  }
  candidates.sort((one, other) => Math.abs(one.level - reference) - Math.abs(other.level - reference));
  const best = candidates[0];
  for (let level = 1; level <= levelCount; level++) {
    const volume = Math.min(
      sum('BUY', (price) => price >= level),
      sum('SELL', (price) => price <= level),
    );
    expect(volume).toBeLessThanOrEqual(best?.quantity ?? 0);
  }
  return best;
}

const waiting = fc.record({
  side: fc.constantFrom<'BUY' | 'SELL'>('BUY', 'SELL'),
  price: fc.oneof(
    { weight: 1, arbitrary: fc.constant(0) },
    { weight: 5, arbitrary: fc.integer({ min: 1, max: levelCount }) },
  ),
  quantity: fc.integer({ min: 1, max: 400 }),
});
const reference = fc.integer({ min: 1, max: levelCount });

describe('findAuctionMatch', () => {
  it('finds the price that trying every price finds, and no price trades more', () => {
    fc.assert(
      fc.property(fc.array(waiting, { maxLength: 14 }), reference, (orders, at) => {
        expect(findAuctionMatch(bookOf(orders), at)).toEqual(bruteMatch(orders, at));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['the reference, when it is one of several prices', 5, 5],
    ['the lowest, when the reference lies below', 1, 4],
    ['the highest, when the reference lies above', 12, 6],
  ])('takes %s', (_, at, level) => {
    const orders: Waiting[] = [
      { side: 'SELL', price: 4, quantity: 10 },
      { side: 'BUY', price: 6, quantity: 10 },
    ];
    expect(findAuctionMatch(bookOf(orders), at)).toEqual({ level, quantity: 10 });
  });

  it('trades nothing when nothing crosses', () => {
    const orders: Waiting[] = [
      { side: 'SELL', price: 6, quantity: 10 },
      { side: 'BUY', price: 5, quantity: 10 },
    ];
    expect(findAuctionMatch(bookOf(orders), 5)).toBeUndefined();
  });
});

describe('marketOrderLevel', () => {
  it.each([
    ['one tick above the highest limit', [{ side: 'SELL', price: 7, quantity: 1 }], 8],
    ['the daily limit, when that is the highest', [{ side: 'BUY', price: 12, quantity: 1 }], 12],
    ['the reference, when there is no limit order', [], 3],
  ] as const)('puts a market buy at %s', (_, orders, level) => {
    expect(marketOrderLevel(bookOf([...orders, { side: 'BUY', price: 0, quantity: 1 }]), 'BUY', 3)).toBe(level);
  });
});

describe('allotAuction', () => {
  const quantities = (orders: readonly Waiting[], side: 'BUY' | 'SELL', byRounds: boolean): string[] => {
    const book = bookOf(orders);
    const match = findAuctionMatch(book, 6);
    if (match === undefined) return [];
    return allotAuction(book, side, match, byRounds).map(({ slot, quantity }) => `${book.orderIn(slot)}:${quantity}`);
  };

  it('serves dearer orders first, equal ones by time, market orders before all', () => {
    const orders: Waiting[] = [
      { side: 'BUY', price: 6, quantity: 5 },
      { side: 'BUY', price: 7, quantity: 5 },
      { side: 'BUY', price: 6, quantity: 5 },
      { side: 'BUY', price: 0, quantity: 5 },
      { side: 'SELL', price: 6, quantity: 17 },
    ];
    expect(quantities(orders, 'BUY', true)).toEqual(['4:5', '2:5', '1:5', '3:2']);
    expect(quantities(orders, 'SELL', true)).toEqual(['5:17']);
  });

  it('shares at the upper limit by rounds: 100 each, half of the rest, the rest, larger orders first', () => {
    const orders: Waiting[] = [
      { side: 'BUY', price: 12, quantity: 300 },
      { side: 'BUY', price: 12, quantity: 1_000 },
      { side: 'BUY', price: 0, quantity: 50 }, // stands with the limit orders there
      { side: 'SELL', price: 12, quantity: 850 },
    ];
    // 100 + 100 + 50, then half of 900, then half of 200, then 50 more for the largest.
    expect(quantities(orders, 'BUY', true)).toEqual(['2:600', '1:200', '3:50']);
  });

  it('rounds an odd half up', () => {
    const orders: Waiting[] = [
      { side: 'BUY', price: 12, quantity: 203 },
      { side: 'BUY', price: 12, quantity: 150 },
      { side: 'SELL', price: 12, quantity: 252 },
    ];
    expect(quantities(orders, 'BUY', true)).toEqual(['1:152', '2:100']);
  });

  it('shares at the lower limit the same way, and by time alone when rounds do not apply', () => {
    const orders: Waiting[] = [
      { side: 'SELL', price: 1, quantity: 300 },
      { side: 'SELL', price: 1, quantity: 1_000 },
      { side: 'BUY', price: 1, quantity: 350 },
    ];
    expect(quantities(orders, 'SELL', true)).toEqual(['2:250', '1:100']);
    expect(quantities(orders, 'SELL', false)).toEqual(['1:300', '2:50']);
  });

  it('gives each side exactly what is matched, and nobody more than wanted', () => {
    fc.assert(
      fc.property(fc.array(waiting, { maxLength: 14 }), reference, fc.boolean(), (orders, at, byRounds) => {
        const book = bookOf(orders);
        const match = findAuctionMatch(book, at);
        if (match === undefined) return;
        for (const side of ['BUY', 'SELL'] as const) {
          const allotments = allotAuction(book, side, match, byRounds);
          expect(allotments.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(match.quantity);
          expect(new Set(allotments.map(({ slot }) => slot)).size).toBe(allotments.length);
          for (const { slot, quantity } of allotments) {
            expect(quantity).toBeGreaterThan(0);
            expect(quantity).toBeLessThanOrEqual(book.quantityIn(slot));
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
