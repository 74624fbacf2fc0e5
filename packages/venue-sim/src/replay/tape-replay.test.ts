import { describe, expect, it } from 'vitest';
import { type Exchange, type VenueResult } from '../exchange/contracts.ts';
import { createExchange } from '../exchange/exchange.ts';
import { bookAt, tapeOf, tradeAt } from './tape-rows.testing.ts';
import { scheduleTapeReplay } from './tape-replay.ts';
import { type TapeRow } from './tape.ts';

const nineAm = Date.parse('2018-11-19T09:00:00+09:00');
const symbol = '257370';

function startExchange(): Exchange {
  return createExchange({
    tradingDate: '2018-11-19',
    instruments: [{ symbol, name: '', market: 'KOSDAQ', productClass: 'STOCK', basePriceKrw: 9_000 }],
    accounts: [
      { accountId: 'ours', cashKrw: 100_000_000, terms: { feePartsPerBillion: 0 } },
      {
        accountId: 'holder',
        cashKrw: 0,
        holdings: [{ symbol, quantity: 1_000, costKrw: 10_000_000 }],
        terms: { feePartsPerBillion: 0 },
      },
    ],
    seed: 1,
    startAtMs: Date.parse('2018-11-19T07:00:00+09:00'),
  });
}

/** Made-up rows that begin at 09:01, played to the moment before row `sequence`. */
function playUntil(sequence: number, ...rows: readonly TapeRow[]) {
  const exchange = startExchange();
  const replay = scheduleTapeReplay(exchange, tapeOf(...rows), { compare: true });
  const advanceTo = (next: number) => {
    exchange.advanceTo(nineAm + 60_000 + next - 1);
  };
  advanceTo(sequence);
  return { exchange, replay, advanceTo };
}

function place(exchange: Exchange, side: 'BUY' | 'SELL', limitPriceKrw: number, quantity: number): VenueResult {
  return exchange.placeOrder({
    accountId: side === 'BUY' ? 'ours' : 'holder',
    symbol,
    side,
    quantity,
    orderType: 'LIMIT',
    timeInForce: 'DAY',
    session: 'REGULAR',
    limitPriceKrw,
    stopPriceKrw: 0,
  });
}

const first = bookAt(1, { asks: [50, 60, 70], bids: [40, 30, 20] });

describe('scheduleTapeReplay', () => {
  it('plays an opening as recorded: what is shown before it, the print, the book after it', () => {
    const beforeOpen = { ...bookAt(1, { asks: [5, 60, 70], bids: [40, 30, 20] }), atMs: nineAm - 1 };
    const print = { ...tradeAt(2, { priceKrw: 9_000, quantity: 900, phase: 'AUCTION' }), atMs: nineAm + 5_000 };
    const { exchange, replay } = playUntil(10, beforeOpen, print, bookAt(3, { asks: [5, 60, 70], bids: [40, 31, 20] }));
    expect(replay.done).toBe(true);
    expect(exchange.getInstrument(symbol)).toMatchObject({ openPriceKrw: 9_000, volume: 900 });
    const counted = replay.agreement().checks.filter(({ rows }) => rows > 0);
    expect(counted.map(({ check, rows, agreeing }) => [check, rows, agreeing])).toEqual([
      ['BOOK_BEFORE_OPEN', 1, 1],
      ['OPENING_PRINT', 1, 1],
      ['BOOK_AFTER_ROW', 1, 1],
    ]);
  });

  it('holds rows back until the exchange has ended its own auction', () => {
    const print = { ...tradeAt(1, { priceKrw: 9_000, quantity: 900, phase: 'AUCTION' }), atMs: nineAm + 1 };
    const book = { ...bookAt(2, { asks: [5], bids: [40] }), atMs: nineAm + 2 };
    const trade = { ...tradeAt(3, { priceKrw: 9_000, quantity: 1, aggressor: 'BUY' }), atMs: nineAm + 3 };
    const { replay } = playUntil(10, print, book, trade);
    expect(replay.agreement()).toMatchObject({ refusalCount: 0, disagreements: [] });
    expect(replay.done).toBe(true);
  });

  it('reports a trade that the exchange cannot repeat, under its reason', () => {
    const { replay } = playUntil(10, first, tradeAt(2, { priceKrw: 9_000, quantity: 80, aggressor: 'BUY' }));
    expect(replay.agreement().disagreements).toMatchObject([
      { check: 'CONTINUOUS_TRADE', reason: 'MORE_THAN_SHOWN', rows: 1, firstSequence: 2 },
    ]);
  });

  it('leaves a disagreement that the tape does not explain unexplained', () => {
    const { exchange, replay, advanceTo } = playUntil(2, first, bookAt(5, { asks: [50, 60, 70], bids: [40, 30, 20] }));
    advanceTo(3);
    place(exchange, 'BUY', 9_000, 10);
    advanceTo(10);
    expect(replay.agreement().disagreements).toMatchObject([
      { check: 'BOOK_AFTER_ROW', reason: 'UNEXPLAINED', rows: 1, firstSequence: 5 },
    ]);
  });

  it('fills an order that waits behind the recorded ones when the tape trades through its price', () => {
    const { exchange, advanceTo } = playUntil(
      2,
      first,
      tradeAt(5, { priceKrw: 8_990, quantity: 40, aggressor: 'SELL' }),
      bookAt(6, { asks: [50, 60, 70], bids: [0, 30, 20] }),
      tradeAt(7, { priceKrw: 8_980, quantity: 30, aggressor: 'SELL' }),
    );
    advanceTo(3);
    place(exchange, 'BUY', 8_990, 10);
    advanceTo(6);
    expect(exchange.listFills('ours')).toEqual([]);
    advanceTo(10);
    expect(exchange.listFills('ours')).toMatchObject([{ priceKrw: 8_990, quantity: 10 }]);
  });

  it('what an order takes stays taken, and the level is cleared when the tape has left it', () => {
    const { exchange, advanceTo } = playUntil(
      2,
      first,
      tradeAt(5, { priceKrw: 9_000, quantity: 50, aggressor: 'BUY' }),
      // The tape's own order was larger: its rest of 25 becomes 35, because ten shares of its prey are gone.
      bookAt(6, { asks: [0, 60, 70], bids: [40, 30, 20], extraBid: { priceKrw: 9_000, quantity: 25 } }),
      bookAt(7, { asks: [9, 60, 70], bids: [40, 30, 20] }),
    );
    advanceTo(3);
    expect(place(exchange, 'BUY', 9_000, 10)).toMatchObject({ ok: true, order: { filledQuantity: 10 } });
    advanceTo(7);
    expect(exchange.getBook(symbol)?.bids[0]).toEqual({ priceKrw: 9_000, quantity: 35 });
    advanceTo(10);
    expect(exchange.getBook(symbol)).toMatchObject({
      asks: [{ priceKrw: 9_000, quantity: 9 }, { priceKrw: 9_010 }, { priceKrw: 9_020 }],
      bids: [{ priceKrw: 8_990, quantity: 40 }, { priceKrw: 8_980 }, { priceKrw: 8_970 }],
    });
  });

  it('never cancels an order of an account when a level of the tape shrinks', () => {
    const { exchange, advanceTo } = playUntil(2, first, bookAt(5, { asks: [50, 60, 70], bids: [0, 30, 20] }));
    advanceTo(3);
    const placed = place(exchange, 'BUY', 8_990, 10);
    advanceTo(10);
    expect(placed).toMatchObject({ ok: true, order: { leavesQuantity: 10 } });
    expect(exchange.getBook(symbol)?.bids[0]).toEqual({ priceKrw: 8_990, quantity: 10 });
  });

  it('refuses a tape that begins in the past of the exchange', () => {
    const exchange = startExchange();
    exchange.advanceTo(nineAm + 3_600_000);
    expect(() => scheduleTapeReplay(exchange, tapeOf(first))).toThrow(/Start the day earlier/);
    expect(exchange.getBook(symbol)?.asks).toEqual([]);
  });
});
