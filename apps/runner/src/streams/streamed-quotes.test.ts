import {
  type BookUpdate,
  type MarketEvent,
  type MarketStatus,
  type MarketSubscription,
  type Quote,
  type QuoteReader,
  type StreamControl,
  type Trade,
  krw,
  shares,
  symbolCode,
  ValidationError,
  tradingDate,
} from '@qts/core';
import { createFakeClock } from '@qts/core/testing';
import { createEventStream } from '@qts/broker-kit';
import { beforeEach, describe, expect, it } from 'vitest';
import { createStreamCounter } from './stream-figures.ts';
import { createStreamedQuotes } from './streamed-quotes.ts';

const symbol = symbolCode('005930');
const startMs = Date.parse('2025-10-17T10:00:00+09:00');

let clock: ReturnType<typeof createFakeClock>;
let reads: number;
let volume: number;
let send: (event: MarketEvent | StreamControl) => void;
let quotes: ReturnType<typeof createStreamedQuotes>;
let open: (options?: { readonly room?: number; readonly offersStatus?: boolean }) => void;
let asked: readonly MarketSubscription[];
let told: StreamControl[];

const quote = (): Quote => ({
  ...{ symbol, lastPriceKrw: krw(70_000), basePriceKrw: krw(70_000), upperLimitKrw: krw(91_000) },
  ...{ lowerLimitKrw: krw(49_000), tickKrw: krw(100), volume: shares(volume), halted: false, readAtMs: clock.nowMs() },
});

const stamp = () => ({ receivedMonotonicMs: clock.monotonicMs(), receivedAtMs: clock.nowMs() });

const trade = (priceKrw: number, quantity: number, accumulatedVolume: number): Trade => ({
  ...{ kind: 'trade', symbol, venue: 'KRX', priceKrw: krw(priceKrw), quantity: shares(quantity) },
  ...{ accumulatedVolume: shares(accumulatedVolume), ...stamp() },
});

const gap = (): StreamControl => ({
  ...{ kind: 'gap', brokerId: 'kis', subscriptions: ['H0STCNT0 005930'], reason: 'CONNECTION_CLOSED', next: '' },
  ...{ sinceMs: clock.nowMs(), ...stamp() },
});

const book = (bidKrw: number, askKrw: number): BookUpdate => ({
  ...{ kind: 'book', symbol, venue: 'KRX', ...stamp() },
  bids: [{ priceKrw: krw(bidKrw), quantity: shares(1) }],
  asks: [{ priceKrw: krw(askKrw), quantity: shares(1) }],
});

const status = (news: Partial<MarketStatus>): MarketStatus => ({
  ...{ kind: 'market-status', symbol, venue: 'KRX', native: {}, ...stamp() },
  ...news,
});

const refusal = (...subscriptions: readonly string[]): StreamControl => ({
  ...{ kind: 'subscription-refused', brokerId: 'kis', subscriptions, reason: 'SYMBOL_UNKNOWN', next: '', ...stamp() },
});

const notOffered = () =>
  new ValidationError({ code: 'STREAM_NOT_OFFERED', summary: 'KIS has none.', next: 'Choose another.' });

const get = (): Promise<Quote> => quotes.reader.getQuote({ symbol });

beforeEach(() => {
  clock = createFakeClock({ startMs });
  reads = 0;
  volume = 100;
  const sink = createEventStream<MarketEvent>({
    ...{ brokerId: 'kis', clock, logger: undefined, overflow: 'CONFLATE_PER_SYMBOL', subscriptions: [] },
    onClose: () => undefined,
  });
  send = (event) => {
    sink.push(event);
  };
  const reader = {
    brokerId: 'kis',
    getQuote() {
      reads += 1;
      return Promise.resolve(quote());
    },
  } as unknown as QuoteReader;
  told = [];
  open = ({ room = 40, offersStatus = true } = {}) => {
    quotes = createStreamedQuotes({
      ...{ quotes: reader, clock, quoteAgeMsMax: 60_000, tradingDate: tradingDate('2025-10-17') },
      stream: {
        brokerId: 'kis',
        open(subscriptions) {
          if (!offersStatus && subscriptions.some(({ channel }) => channel === 'MARKET_STATUS')) throw notOffered();
          asked = subscriptions;
          return sink.stream;
        },
      },
      issues: [{ symbol, market: 'KOSPI', productClass: 'STOCK' }],
      counter: createStreamCounter(clock, (_, event) => told.push(event)),
      room: () => room,
    });
    quotes.start();
  };
  open();
});

describe('quotes that a stream keeps up to date', () => {
  it('are read once for limits and base, and follow the trades from then on', async () => {
    await get();
    send(trade(70_100, 10, 110));
    send(trade(69_900, 5, 115));
    expect(await get()).toMatchObject({ lastPriceKrw: 69_900, highPriceKrw: 70_100, lowPriceKrw: 69_900, volume: 115 });
    expect(quotes.latest(symbol)).toMatchObject({ lastPriceKrw: 69_900, upperLimitKrw: 91_000 });
    expect(reads).toBe(1);
    expect(quotes.figures()).toEqual({ live: 1, first: 1, repairs: {} });
  });

  it('take the tick of the new price', async () => {
    await get();
    send(trade(49_950, 1, 101));
    expect((await get()).tickKrw).toBe(50);
  });

  it('leave a trade out that was heard before, or comes late', async () => {
    await get();
    send(trade(70_100, 10, 110));
    send(trade(70_500, 5, 105));
    expect((await get()).lastPriceKrw).toBe(70_100);
  });

  it('are read by REST after a gap, and decided on only then', async () => {
    await get();
    send(trade(70_100, 10, 110));
    send(gap());
    volume = 150;
    expect(await get()).toMatchObject({ lastPriceKrw: 70_000, volume: 150 });
    await get();
    expect(reads).toBe(2);
    expect(quotes.figures().repairs).toEqual({ GAP: 1 });
    expect(quotes.unrepaired()).toEqual([]);
  });

  it('stay in the gap while a read does not reach what was heard', async () => {
    await get();
    send(trade(70_100, 10, 110));
    send(gap());
    volume = 105;
    expect(await get()).toMatchObject({ lastPriceKrw: 70_100, volume: 110 });
    expect(quotes.unrepaired()).toEqual([symbol]);
  });

  it('see a hole in the volume of the day', async () => {
    await get();
    send(trade(70_100, 10, 110));
    send(trade(70_200, 10, 140));
    expect(quotes.unrepaired()).toEqual([symbol]);
  });

  it('are doubted when nothing of any symbol comes for two seconds', async () => {
    await get();
    send(trade(70_100, 10, 110));
    volume = 110;
    await clock.advance(2_000);
    const old = await get();
    expect([reads, clock.nowMs() - old.readAtMs]).toEqual([1, 2_000]);
    await clock.advance(1);
    await get();
    expect(reads).toBe(2);
    expect(quotes.figures().repairs).toEqual({ STALE: 1 });
  });

  it('are as old as the last read once nobody keeps them up to date', async () => {
    await get();
    const readAtMs = clock.nowMs();
    await clock.advance(30_000);
    expect(quotes.latest(symbol)?.readAtMs).toBe(readAtMs);
  });

  it('ask for trades, books and status, and say what there was no room for', () => {
    expect(asked.map(({ channel }) => channel)).toEqual(['TRADES', 'BOOK', 'MARKET_STATUS']);
    expect(told).toEqual([]);
    open({ room: 1 });
    expect(asked.map(({ channel }) => channel)).toEqual(['TRADES']);
    expect(told).toMatchObject([
      {
        kind: 'subscription-refused',
        reason: 'REGISTRATION_LIMIT',
        subscriptions: ['BOOK 005930', 'MARKET_STATUS 005930'],
      },
    ]);
  });

  it('do without status where the broker has none, and say so', () => {
    open({ offersStatus: false });
    expect(asked.map(({ channel }) => channel)).toEqual(['TRADES', 'BOOK']);
    expect(told).toMatchObject([{ reason: 'STREAM_NOT_OFFERED', subscriptions: ['MARKET_STATUS 005930'] }]);
  });

  it('have the prices of trades and reads alone: a book changes none', async () => {
    const before = await get();
    send(book(71_000, 71_100));
    expect(await get()).toEqual(before);
  });

  it.each([
    ['a book is crossed', 'CROSSED', () => book(70_100, 70_000), () => book(70_000, 70_100)],
    ['an interruption is on', 'VI', () => status({ viActive: true }), () => status({ viActive: false })],
    ['the issue is halted', 'HALTED', () => status({ halted: true }), () => status({ halted: false })],
  ])('are read by REST while %s', async (_, state, begin, end) => {
    await get();
    send(begin());
    await get();
    expect([reads, quotes.figures().repairs]).toEqual([2, { [state]: 1 }]);
    send(end());
    await get();
    expect(reads).toBe(2);
  });

  it('live on with books while nothing trades, and no longer than a price may be old', async () => {
    await get();
    for (let second = 0; second < 60; second += 1) {
      send(book(70_000, 70_100));
      await clock.advance(1_000);
    }
    const old = await get();
    expect([reads, clock.nowMs() - old.readAtMs]).toEqual([1, 1_000]);
    send(book(70_000, 70_100));
    await clock.advance(1);
    await get();
    expect(quotes.figures().repairs).toEqual({ STALE: 1 });
  });

  it('are read by REST when the trades of a symbol are refused, whatever its book says', async () => {
    await get();
    send(refusal('H0STCNT0 005930'));
    send(book(70_000, 70_100));
    await get();
    await get();
    expect(quotes.figures().repairs).toEqual({ SILENT: 2 });
    send(trade(70_100, 10, 110));
    await get();
    expect(reads).toBe(3);
  });

  it('are read by REST when there was no room for trades', async () => {
    open({ room: 0 });
    await get();
    await get();
    expect(quotes.figures()).toEqual({ live: 0, first: 1, repairs: { SILENT: 1 } });
  });
});
