import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { systemClock, type WebSocketHandlers, type WebSocketTransport } from '@qts/broker-kit';
import { createKiwoomBroker, kiwoomLiveCredentials } from '@qts/broker-kiwoom';
import { type Clock, type SymbolCode } from '@qts/core';
import { createAcceleratedClock, createVenueSim } from '@qts/venue-sim';
import { asReceived } from '../streams/as-received.ts';
import { kiwoomNoticeFrame, kiwoomTradeFrame } from '../streams/kiwoom-frames.ts';

/** What the stream has to bear (issue of the live streams): quotes a second, over so many symbols. */
export const soakLoad = { quotesPerSecond: 200_000, symbols: 41, noticesPerSecond: 100 } as const;
/** Different frames of each symbol. */
const framesPerSymbol = 50;
/** The reader stops for so long, so often: quotes must then be conflated, notices must wait. */
const pauseMs = 200;
const pauseEveryMs = 2_000;
/** Registering so many symbols takes some seconds. */
const liveMsMax = 20_000;
const encoder = new TextEncoder();
const nothing = new Uint8Array(0);
/** Heap after a collection may differ by so much from one moment to another, bytes. */
const heapNoiseBytes = 8 * 1_048_576;

export interface SoakResult {
  readonly simulated: true;
  readonly seconds: number;
  readonly quotesSent: number;
  readonly quotesPerSecond: number;
  readonly quotesRead: number;
  readonly quotesConflated: number;
  readonly noticesSent: number;
  readonly noticesRead: number;
  /** Notices that came out of their order, or with another content. */
  readonly noticesWrong: number;
  /** Heap after a collection, at a quarter of the time and at the end, bytes. */
  readonly heapEarlyBytes: number;
  readonly heapLateBytes: number;
  /** Share of one core that decoding, hubs and reading took. */
  readonly cpuShare: number;
  /** The load was reached, no notice was lost, nothing unaccounted for, memory did not grow. */
  readonly held: boolean;
}

/**
 * Feeds one broker's streams in this process, through its own session, decoder and hubs, faster than a market does. REST is
 * a simulated venue's; the socket is a function call.
 */
export async function runStreamSoak(seconds: number, tell: (line: string) => void): Promise<SoakResult> {
  const symbols = Array.from({ length: soakLoad.symbols }, (_, index) => String(100_010 + index * 10));
  const frames = asReceived(
    Array.from({ length: soakLoad.symbols * framesPerSymbol }, (_, index) =>
      kiwoomTradeFrame(symbols[index % symbols.length] ?? '', index),
    ),
  );
  const wire = createMemoryWire();
  const started = await startBroker(symbols, wire.transport);
  const quotes = started.broker.streams.market.open(
    symbols.map((symbol) => ({ channel: 'TRADES', symbol: symbol as SymbolCode })),
  );
  const orders = started.broker.streams.orders.open();
  const read = { quotes: 0, notices: 0, wrong: 0, live: 0 };
  const readers = [
    (async () => {
      let pausedAtMs = performance.now();
      for await (const event of quotes) {
        if (event.kind === 'trade') read.quotes += 1;
        if (event.kind === 'connected') read.live += 1;
        if (performance.now() - pausedAtMs < pauseEveryMs) continue;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
        pausedAtMs = performance.now();
      }
    })(),
    (async () => {
      for await (const event of orders) {
        if (event.kind === 'connected') read.live += 1;
        if (event.kind !== 'order-notice') continue;
        if (event.orderedQuantity !== read.notices + 1) read.wrong += 1;
        read.notices += 1;
      }
    })(),
  ];
  const liveUntilMs = performance.now() + liveMsMax;
  while (read.live < 2) {
    await turn();
    if (performance.now() > liveUntilMs) throw new Error(`The streams were not live within ${liveMsMax} ms.`);
  }
  tell('streams are live');

  const collect = garbageCollector();
  const beganMs = performance.now();
  const cpu = process.cpuUsage();
  let sent = 0;
  let notices = 0;
  let heapEarlyBytes: number | undefined;
  let toldSeconds = 0;
  for (let elapsedMs = 0; elapsedMs < seconds * 1_000; elapsedMs = performance.now() - beganMs) {
    const due = Math.floor((elapsedMs * soakLoad.quotesPerSecond) / 1_000);
    // Never more than 20 ms of them at once: a reader wants its turn.
    for (const until = Math.min(due, sent + 4_000); sent < until; sent += 1) {
      wire.say(frames[sent % frames.length] ?? nothing);
    }
    for (const until = Math.floor((elapsedMs * soakLoad.noticesPerSecond) / 1_000); notices < until; notices += 1) {
      wire.say(encoder.encode(kiwoomNoticeFrame(1 + (notices % 500), notices + 1)));
    }
    if (heapEarlyBytes === undefined && elapsedMs > seconds * 250) heapEarlyBytes = collect();
    if (elapsedMs >= (toldSeconds + 10) * 1_000) tell(`${(toldSeconds += 10)} of ${seconds} s`);
    await turn();
  }
  const took = (performance.now() - beganMs) / 1_000;
  const used = process.cpuUsage(cpu);
  while (quotes.figures().queued > 0 || orders.figures().queued > 0) await turn();
  const heapLateBytes = collect();
  const { conflated } = quotes.figures();
  await Promise.all([quotes.close(), orders.close()]);
  await Promise.all(readers);
  await started.stop();
  const figures = {
    ...{ simulated: true as const, seconds: took, quotesSent: sent, quotesPerSecond: sent / took },
    ...{ quotesRead: read.quotes, quotesConflated: conflated, noticesSent: notices, noticesRead: read.notices },
    ...{ noticesWrong: read.wrong, heapEarlyBytes: heapEarlyBytes ?? heapLateBytes, heapLateBytes },
    cpuShare: (used.user + used.system) / 1_000_000 / took,
  };
  const held =
    figures.quotesPerSecond >= soakLoad.quotesPerSecond * 0.98 &&
    figures.noticesRead === notices &&
    read.wrong === 0 &&
    read.quotes + conflated === sent &&
    heapLateBytes - figures.heapEarlyBytes <= heapNoiseBytes;
  return { ...figures, held };
}

/** A socket without a network: answers the login and every registration, and says what it is told to. */
function createMemoryWire(): { readonly transport: WebSocketTransport; say(message: Uint8Array): void } {
  let handlers: WebSocketHandlers | undefined;
  return {
    transport: {
      open(_address, given) {
        handlers = given;
        queueMicrotask(() => {
          given.onOpen();
        });
        return {
          send(text) {
            const trnm = text.startsWith('{"trnm":"LOGIN"') ? 'LOGIN' : 'REG';
            queueMicrotask(() => {
              given.onMessage(encoder.encode(`{"trnm":"${trnm}","return_code":0,"return_msg":""}`));
            });
          },
          close() {
            given.onClose(1_000, '');
          },
          terminate: () => undefined,
        };
      },
    },
    say(message) {
      handlers?.onMessage(message);
    },
  };
}

async function startBroker(
  symbols: readonly string[],
  streamTransport: WebSocketTransport,
): Promise<{ readonly broker: ReturnType<typeof createKiwoomBroker>; stop(): Promise<void> }> {
  const tradingDate = '2026-11-20';
  const keys = { accountNumber: '8765432101', appKey: 'bench'.padEnd(36, 'k'), appSecret: 'bench'.padEnd(43, 's') };
  // The venue's day, so that its tokens are valid for the broker too.
  const startMs = Date.parse(`${tradingDate}T10:00:00+09:00`);
  const aheadMs = startMs - systemClock.nowMs();
  const clock: Clock = {
    nowMs: () => systemClock.nowMs() + aheadMs,
    monotonicMs: () => systemClock.monotonicMs(),
    setTimer: (callback, ms) => systemClock.setTimer(callback, ms),
  };
  const venue = await createVenueSim({
    dialect: 'kiwoom',
    environment: 'LIVE',
    tradingDate,
    instruments: symbols.map((symbol) => ({
      ...{ symbol, name: symbol, market: 'KOSPI' as const, productClass: 'STOCK' as const, basePriceKrw: 257_500 },
    })),
    accounts: [{ accountId: 'main', cashKrw: 1_000_000_000, terms: { feePartsPerBillion: 140_527 }, ...keys }],
    seed: 1,
    clock: createAcceleratedClock({ startMs, speed: 1 }),
  });
  const broker = createKiwoomBroker({
    credentials: kiwoomLiveCredentials({ appKey: keys.appKey, secretKey: keys.appSecret }),
    simulatedUrl: venue.url,
    streamTransport,
    clock,
  });
  return {
    broker,
    async stop() {
      await broker.close();
      await venue.close();
    },
  };
}

/** Collects garbage, and answers what is left. */
function garbageCollector(): () => number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  return () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
}

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
