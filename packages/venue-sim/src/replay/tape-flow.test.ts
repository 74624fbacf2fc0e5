import { describe, expect, it } from 'vitest';
import { type TapeStep, deriveTapeFlow } from './tape-flow.ts';
import { bookAt, tapeOf, tradeAt } from './tape-rows.testing.ts';
import { type TapeRow } from './tape.ts';

/** Asks from 9,000 up, bids from 8,990 down, ten won apart; quantities as given, best first. */
const start = bookAt(1, { asks: [50, 60, 70], bids: [40, 30, 20] });

function readSecond(...rows: readonly TapeRow[]): readonly TapeStep[] {
  return deriveTapeFlow(tapeOf(start, ...rows)).steps;
}

describe('deriveTapeFlow', () => {
  it('puts the first book in place before anything moves', () => {
    expect(deriveTapeFlow(tapeOf(start)).resting).toEqual([
      { side: 'SELL', priceKrw: 9_000, quantity: 50 },
      { side: 'SELL', priceKrw: 9_010, quantity: 60 },
      { side: 'SELL', priceKrw: 9_020, quantity: 70 },
      { side: 'BUY', priceKrw: 8_990, quantity: 40 },
      { side: 'BUY', priceKrw: 8_980, quantity: 30 },
      { side: 'BUY', priceKrw: 8_970, quantity: 20 },
    ]);
  });

  it.each([
    ['a level that grows is a new order', { bids: [40, 35, 20] }, 'ONE_ORDER', [['BUY', 8_980, 5]]],
    ['a level that shrinks is a cancel', { asks: [50, 60, 1] }, 'ONE_CANCEL', [['SELL', 9_020, -69]]],
    [
      'a fall and an equal rise on one side are one amended order',
      { bids: [45, 25, 20] },
      'ONE_PRICE_CHANGE',
      [
        ['BUY', 8_990, 5],
        ['BUY', 8_980, -5],
      ],
    ],
    [
      'a fall and an equal rise on two sides are two orders',
      { bids: [45, 30, 20], asks: [45, 60, 70] },
      'SEVERAL_ORDERS',
      [
        ['SELL', 9_000, -5],
        ['BUY', 8_990, 5],
      ],
    ],
    ['an unchanged book is nothing', {}, 'NOTHING_CHANGED', []],
  ] as const)('%s', (_, change, reading, changes) => {
    const next = bookAt(2, { asks: [50, 60, 70], bids: [40, 30, 20], ...change });
    expect(readSecond(next)).toMatchObject([
      {
        kind: 'BOOK',
        reading,
        isAfterTrades: false,
        changes: changes.map(([side, priceKrw, quantity]) => ({ side, priceKrw, quantity })),
      },
    ]);
  });

  it('a trade that explains the next book needs no other order', () => {
    const steps = readSecond(
      tradeAt(2, { priceKrw: 9_000, quantity: 20, aggressor: 'BUY' }),
      bookAt(3, { asks: [30, 60, 70], bids: [40, 30, 20] }),
    );
    expect(steps).toMatchObject([
      { kind: 'TAKE', aggressor: 'BUY', limitKrw: 9_000, takeQuantity: 20, restQuantity: 0 },
      { kind: 'BOOK', reading: 'TRADES_ONLY', changes: [] },
    ]);
  });

  it('trades of one instant at ever worse prices are one order', () => {
    const steps = readSecond(
      tradeAt(2, { priceKrw: 9_000, quantity: 50, aggressor: 'BUY', atMs: 2_000 }),
      tradeAt(3, { priceKrw: 9_010, quantity: 10, aggressor: 'BUY', atMs: 2_000 }),
      tradeAt(4, { priceKrw: 9_010, quantity: 5, aggressor: 'BUY', atMs: 2_000 }),
    );
    expect(steps).toMatchObject([
      { takeQuantity: 60, limitKrw: 9_010, trades: [{ sequence: 2 }, { sequence: 3 }] },
      { takeQuantity: 5, limitKrw: 9_010, trades: [{ sequence: 4 }] },
    ]);
  });

  it('the rest of an order stays at its price on its own side', () => {
    const steps = readSecond(
      tradeAt(2, { priceKrw: 9_000, quantity: 50, aggressor: 'BUY' }),
      bookAt(3, { asks: [0, 60, 70], bids: [40, 30, 20], extraBid: { priceKrw: 9_000, quantity: 7 } }),
    );
    expect(steps).toMatchObject([
      { takeQuantity: 50, restQuantity: 7, limitKrw: 9_000 },
      { reading: 'REST_OF_TAKER', changes: [] },
    ]);
  });

  it('an order that came from another level leaves it by what it traded and left', () => {
    const steps = readSecond(
      tradeAt(2, { priceKrw: 9_000, quantity: 20, aggressor: 'BUY' }),
      bookAt(3, { asks: [30, 60, 70], bids: [40, 10, 20] }),
    );
    expect(steps).toMatchObject([
      { takeQuantity: 20, amendedFromKrw: 8_980 },
      { reading: 'AMENDED_ORDER_TOOK', changes: [] },
    ]);
  });

  it('shares that a resting order passed by were canceled before it', () => {
    const steps = readSecond(
      tradeAt(2, { priceKrw: 9_000, quantity: 45, aggressor: 'BUY' }),
      bookAt(3, { asks: [0, 60, 70], bids: [40, 30, 20], extraBid: { priceKrw: 9_000, quantity: 7 } }),
    );
    expect(steps).toMatchObject([
      { takeQuantity: 45, restQuantity: 7, canceledBefore: [{ side: 'SELL', priceKrw: 9_000, quantity: -5 }] },
      { reading: 'TRADES_AND_ONE_ORDER', changes: [] },
    ]);
  });

  it('a book that is older than the trade before it changes nothing', () => {
    const steps = readSecond(
      tradeAt(2, { priceKrw: 9_000, quantity: 20, aggressor: 'BUY' }),
      bookAt(3, { asks: [50, 60, 70], bids: [40, 30, 20] }),
      bookAt(4, { asks: [30, 60, 70], bids: [40, 30, 20] }),
    );
    expect(steps).toMatchObject([
      { kind: 'TAKE' },
      { reading: 'BOOK_LAGS_TRADE', changes: [] },
      { reading: 'NOTHING_CHANGED', changes: [] },
    ]);
  });

  it('takes no more than is there when the tape trades more than it showed', () => {
    const steps = readSecond(
      tradeAt(2, { priceKrw: 9_000, quantity: 80, aggressor: 'BUY' }),
      bookAt(3, { asks: [0, 60, 70], bids: [40, 30, 20] }),
    );
    expect(steps).toMatchObject([
      { takeQuantity: 50, reading: 'MORE_THAN_SHOWN' },
      { reading: 'TRADES_ONLY', changes: [] },
    ]);
  });

  it('a level that comes into view was there before, and one that changes unseen changes when it leaves', () => {
    const full = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const flow = deriveTapeFlow(
      tapeOf(
        bookAt(1, { asks: full, bids: [40] }),
        // The best ask is taken: 9,100 comes into view with 11.
        tradeAt(2, { priceKrw: 9_000, quantity: 1, aggressor: 'BUY' }),
        bookAt(3, { asks: [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], bids: [40] }),
        // A new best ask: 9,100 leaves the view.
        bookAt(4, { asks: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], bids: [40] }),
        tradeAt(5, { priceKrw: 9_000, quantity: 1, aggressor: 'BUY' }),
        bookAt(6, { asks: [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99], bids: [40] }),
      ),
    );
    expect(flow.resting).toContainEqual({ side: 'SELL', priceKrw: 9_100, quantity: 11 });
    expect(flow.steps.filter((step) => step.kind === 'BOOK')).toMatchObject([
      { reading: 'TRADES_ONLY', unseen: [] },
      { reading: 'ONE_ORDER', unseen: [{ side: 'SELL', priceKrw: 9_100, quantity: 88 }] },
      { reading: 'TRADES_ONLY', unseen: [] },
    ]);
  });

  it.each([
    ['rows out of order', [bookAt(1, { asks: [50] })]],
    ['a continuous trade without an aggressor', [tradeAt(2, { priceKrw: 9_000, quantity: 1 })]],
    [
      'an auction print after continuous trading',
      [
        tradeAt(2, { priceKrw: 9_000, quantity: 1, aggressor: 'BUY' }),
        tradeAt(3, { priceKrw: 9_000, quantity: 1, phase: 'AUCTION' }),
      ],
    ],
  ])('refuses %s', (_, rows) => {
    expect(() => readSecond(...rows)).toThrow(RangeError);
  });
});
