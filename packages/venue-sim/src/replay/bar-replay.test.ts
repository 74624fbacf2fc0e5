import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Exchange, type NewOrder } from '../exchange/contracts.ts';
import { createExchange } from '../exchange/exchange.ts';
import { scheduleBarReplay } from './bar-replay.ts';
import { type ReplayBar, type ReplayDaily } from './bars.ts';

const symbol = '005930';
const tradingDate = '2025-10-16';
const barMs = 300_000;
const at = (time: string): number => Date.parse(`${tradingDate}T${time}+09:00`);
const nineAm = at('09:00:00');

/** Made-up bars from 09:00 on: open, high, low, close, volume. */
function barsOf(...rows: readonly (readonly [number, number, number, number, number])[]): readonly ReplayBar[] {
  return rows.map(([openKrw, highKrw, lowKrw, closeKrw, volume], index) => ({
    startMs: nineAm + index * barMs,
    openKrw,
    highKrw,
    lowKrw,
    closeKrw,
    volume,
  }));
}

const bars = barsOf([70_000, 70_500, 69_900, 70_300, 5_000], [70_300, 70_350, 69_800, 69_900, 4_000]);
const daily: ReplayDaily = {
  tradingDate,
  openKrw: 70_000,
  highKrw: 71_200,
  lowKrw: 69_800,
  closeKrw: 71_000,
  volume: 20_000,
};

function startExchange(): Exchange {
  return createExchange({
    tradingDate,
    instruments: [{ symbol, name: '', market: 'KOSPI', productClass: 'STOCK', basePriceKrw: 70_000 }],
    accounts: [{ accountId: 'ours', cashKrw: 10_000_000_000, terms: { feePartsPerBillion: 0 } }],
    seed: 1,
  });
}

function start(setup: Partial<Parameters<typeof scheduleBarReplay>[1]> = {}) {
  const exchange = startExchange();
  const replay = scheduleBarReplay(exchange, { symbol, bars, barMs, daily, seed: 1, compare: true, ...setup });
  return { exchange, replay };
}

const buy = (quantity: number, rest: Partial<NewOrder>): NewOrder => ({
  accountId: 'ours',
  symbol,
  side: 'BUY',
  quantity,
  orderType: 'LIMIT',
  timeInForce: 'DAY',
  session: 'REGULAR',
  limitPriceKrw: 0,
  stopPriceKrw: 0,
  ...rest,
});

describe('scheduleBarReplay', () => {
  it('trades every bar as recorded, on the grid', () => {
    const { exchange, replay } = start();
    exchange.advanceTo(at('16:00:00'));
    expect(replay.agreement()).toMatchObject({
      recordedBars: 2,
      agreeing: 2,
      differences: [],
      movedPrices: 1,
      modelledVolumes: 0,
      refusalCount: 0,
    });
  });

  it('opens at the first open and ends at the recorded close, high, low and volume of the day', () => {
    const { exchange } = start();
    exchange.advanceTo(at('16:00:00'));
    expect(exchange.getInstrument(symbol)).toMatchObject({
      openPriceKrw: 70_000,
      highPriceKrw: 71_200,
      lowPriceKrw: 69_800,
      closePriceKrw: 71_000,
      volume: 20_000,
    });
  });

  it('falls silent after the last bar when no row of the day is given', () => {
    const exchange = startExchange();
    const replay = scheduleBarReplay(exchange, { symbol, bars, barMs, seed: 1, compare: true });
    exchange.advanceTo(at('16:00:00'));
    expect(exchange.getInstrument(symbol)).toMatchObject({ lastPriceKrw: 69_900, volume: 9_000 });
    expect(replay.agreement()).not.toHaveProperty('closing');
  });

  it('models the volume of a bar that the source leaves at zero, and says so', () => {
    const { exchange, replay } = start({ bars: barsOf([70_000, 70_500, 69_900, 70_300, 0]) });
    exchange.advanceTo(at('16:00:00'));
    expect(replay.agreement()).toMatchObject({ agreeing: 1, modelledVolumes: 1 });
    expect(exchange.getInstrument(symbol)?.volume).toBe(20_000);
  });

  it('shows ten levels a side, a tick apart, while the market is open', () => {
    const { exchange } = start();
    for (let atMs = nineAm + 60_000; atMs < at('15:19:00'); atMs += 20 * 60_000) {
      exchange.advanceTo(atMs);
      const book = exchange.getBook(symbol);
      expect(book?.asks).toHaveLength(10);
      expect(book?.bids).toHaveLength(10);
      expect((book?.asks[0]?.priceKrw ?? 0) - (book?.bids[0]?.priceKrw ?? 0)).toBe(100);
    }
  });

  it('gives the same day for the same seed and another for another', () => {
    const tradesOf = (seed: number): string => {
      const { exchange } = start({ seed });
      const prints: string[] = [];
      exchange.subscribe({
        onTrade: ({ atMs, priceKrw, quantity }) => prints.push([atMs, priceKrw, quantity].join()),
      });
      exchange.advanceTo(at('16:00:00'));
      return prints.join('\n');
    };
    expect(tradesOf(3)).toBe(tradesOf(3));
    expect(tradesOf(4)).not.toBe(tradesOf(3));
  });

  it('never quotes or trades outside of the daily limits, on a day that closes at one', () => {
    const { exchange, replay } = start({
      bars: barsOf([90_000, 91_000, 90_000, 91_000, 5_000], [91_000, 91_000, 90_900, 91_000, 5_000]),
      daily: { ...daily, openKrw: 90_000, highKrw: 91_000, lowKrw: 90_000, closeKrw: 91_000 },
    });
    exchange.advanceTo(at('09:09:59'));
    expect(exchange.getBook(symbol)?.asks.every(({ priceKrw }) => priceKrw <= 91_000)).toBe(true);
    exchange.advanceTo(at('16:00:00'));
    expect(replay.agreement()).toMatchObject({ agreeing: 2, refusalCount: 0 });
    expect(exchange.getInstrument(symbol)).toMatchObject({ upperLimitKrw: 91_000, closePriceKrw: 91_000 });
  });

  it('fills a market order from the modelled levels, on top of the recorded volume', () => {
    const { exchange } = start();
    exchange.advanceTo(at('09:06:00'));
    const bestKrw = exchange.getBook(symbol)?.asks[0]?.priceKrw;
    exchange.placeOrder(buy(1, { orderType: 'MARKET' }));
    expect(exchange.listFills('ours')).toMatchObject([{ quantity: 1, priceKrw: bestKrw }]);
    exchange.advanceTo(at('16:00:00'));
    expect(exchange.getInstrument(symbol)?.volume).toBe(20_001);
  });

  it('fills a waiting order when the price goes through it', () => {
    const { exchange } = start();
    exchange.advanceTo(at('09:02:00'));
    exchange.placeOrder(buy(7, { limitPriceKrw: 69_900 }));
    exchange.advanceTo(at('16:00:00'));
    expect(exchange.listFills('ours').reduce((sum, { quantity }) => sum + quantity, 0)).toBe(7);
  });

  it('fills an order of the opening auction at the recorded open', () => {
    const { exchange } = start();
    exchange.advanceTo(at('08:55:00'));
    exchange.placeOrder(buy(3, { limitPriceKrw: 70_500 }));
    exchange.advanceTo(at('09:00:31'));
    expect(exchange.listFills('ours')).toMatchObject([{ quantity: 3, priceKrw: 70_000 }]);
  });

  it('repeats any bars inside of the limits, whatever the seed', () => {
    const anyRow = fc
      .tuple(
        fc.array(fc.integer({ min: 500, max: 900 }), { minLength: 4, maxLength: 4 }),
        fc.integer({ min: 0, max: 9_999 }),
      )
      .map(([hundreds, volume]): readonly [number, number, number, number, number] => {
        const [open = 0, close = 0] = hundreds;
        return [open * 100, Math.max(...hundreds) * 100, Math.min(...hundreds) * 100, close * 100, volume];
      });
    fc.assert(
      fc.property(fc.array(anyRow, { minLength: 1, maxLength: 4 }), fc.integer(), (rows, seed) => {
        const { exchange, replay } = start({ bars: barsOf(...rows), seed });
        exchange.advanceTo(at('16:00:00'));
        const { recordedBars, agreeing, differences, refusals } = replay.agreement();
        expect({ agreeing, differences, refusals }).toEqual({ agreeing: recordedBars, differences: [], refusals: [] });
        expect(exchange.getInstrument(symbol)?.closePriceKrw).toBe(daily.closeKrw);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['bars out of order', { bars: [...bars].reverse() }, /overlaps/],
    [
      'a bar after continuous trading',
      { bars: [{ ...bars[0], startMs: at('15:20:00') } as ReplayBar] },
      /outside of con/,
    ],
    ['a bar that contradicts itself', { bars: barsOf([70_000, 69_000, 69_000, 69_000, 1]) }, /contradicts/],
    ['a price outside of the limits', { bars: barsOf([95_000, 95_000, 95_000, 95_000, 1]) }, /limits/],
    ['a symbol that is not listed', { symbol: '000660' }, /does not list/],
  ])('refuses %s, and schedules nothing', (_, setup, message) => {
    const exchange = startExchange();
    expect(() => scheduleBarReplay(exchange, { symbol, bars, barMs, daily, seed: 1, ...setup })).toThrow(message);
    exchange.advanceTo(at('16:00:00'));
    expect(exchange.getInstrument(symbol)?.volume).toBe(0);
  });

  it('refuses a day that has begun', () => {
    const exchange = startExchange();
    exchange.advanceTo(nineAm);
    expect(() => scheduleBarReplay(exchange, { symbol, bars, barMs, daily, seed: 1 })).toThrow(/Start the day earlier/);
  });
});
