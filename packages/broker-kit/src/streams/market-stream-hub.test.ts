import {
  BrokerRefusalError,
  isStreamControl,
  type Krw,
  type MarketEvent,
  type MarketSubscription,
  type Quote,
  type Shares,
  type StreamControl,
  type SymbolCode,
  TransportError,
} from '@qts/core';
import { createFakeClock, type FakeClock } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { createScriptedSockets, type ScriptedSockets, wordProtocol } from '../../test/mock/support/scripted-sockets.ts';
import { createStreamSession, type StreamSession } from '../websocket/stream-session.ts';
import { createMarketStreamHub, type MarketStreamHub } from './market-stream-hub.ts';

interface Reading {
  readonly told: string[];
  /** What no quote is read of any more. */
  readonly givenUp: readonly string[];
  readonly close: () => Promise<void>;
}

interface Started extends ScriptedSockets {
  readonly clock: FakeClock;
  readonly hub: MarketStreamHub;
  readonly session: StreamSession;
  readonly open: (...symbols: readonly string[]) => Reading;
  /** The trades and the book of a symbol. */
  readonly openBoth: (symbol: string) => Reading;
  /** `lateMs`: how long after the clock's present moment it comes. */
  readonly trade: (symbol: string, volume: number, lateMs?: number) => void;
  /** Answers every registration that waits. */
  readonly confirm: () => Promise<void>;
  /** What a quote by REST says of the day's volume. */
  volume: number;
  reads: number;
  /** Happens while a quote is read, after what it says was settled. */
  duringRead: () => void;
  /** What a quote by REST fails with, by its symbol. */
  readonly failing: Map<string, Error>;
}

function short(event: MarketEvent | StreamControl): string {
  if (event.kind === 'backfilled') return `backfilled ${event.repaired} ${event.complete ? 'whole' : 'not whole'}`;
  if (isStreamControl(event)) return `${event.kind} ${event.reason} ${event.subscriptions.join(',')}`;
  return `${event.kind} ${event.symbol ?? ''}`;
}

const kinds = ['trade', 'quote-read', 'connected', 'connection-lost', 'gap', 'backfilled', 'drift', 'stale'] as const;

function start(): Started {
  const clock = createFakeClock();
  const sockets = createScriptedSockets();
  const session = createStreamSession({ protocol: wordProtocol, transport: sockets.transport, clock, random: () => 1 });
  const hub = createMarketStreamHub({
    ...{ brokerId: 'words', clock, logger: undefined, session },
    toRegistration({ channel, symbol = '' as SymbolCode }) {
      const key = channel === 'BOOK' ? `${symbol}/book` : symbol;
      return { key, name: key, quoteOf: { symbol, venue: 'KRX' } };
    },
    readQuote: (symbol) => {
      started.reads += 1;
      const error = started.failing.get(symbol);
      if (error !== undefined) return Promise.reject(error);
      const quote = { volume: started.volume as Shares } as Quote;
      started.duringRead();
      return Promise.resolve(quote);
    },
  });
  function open(subscriptions: readonly MarketSubscription[]): Reading {
    const told: string[] = [];
    const stream = hub.stream.open(subscriptions);
    for (const kind of [...kinds, 'subscription-refused'] as const) stream.on(kind, (event) => told.push(short(event)));
    const givenUp: string[] = [];
    stream.on('backfilled', ({ reason, subscriptions: names }) => {
      if (reason === 'READ_GIVEN_UP') givenUp.push(...names);
    });
    return { told, givenUp, close: () => stream.close() };
  }
  const started: Started = {
    ...{ ...sockets, clock, hub, session, volume: 0, reads: 0, duringRead: () => undefined, failing: new Map() },
    open: (...symbols) => open(symbols.map((each) => ({ channel: 'TRADES', symbol: each as SymbolCode }))),
    openBoth: (symbol) =>
      open((['TRADES', 'BOOK'] as const).map((channel) => ({ channel, symbol: symbol as SymbolCode }))),
    trade(symbol, volume, lateMs = 0) {
      hub.route(symbol)?.deliver({
        ...{ kind: 'trade', symbol: symbol as SymbolCode, venue: 'KRX', priceKrw: 1 as Krw, quantity: 1 as Shares },
        ...{ accumulatedVolume: volume as Shares },
        ...{ receivedMonotonicMs: clock.monotonicMs() + lateMs, receivedAtMs: clock.nowMs() + lateMs },
      });
    },
    async confirm() {
      await clock.settle();
      const socket = sockets.last();
      if (session.state === 'CONNECTING') socket.open();
      for (let times = 0; times < 5; times += 1) {
        const asked = socket.sent.at(-1) ?? '';
        if (asked.startsWith('+')) socket.say(`ok ${asked.slice(1)}`);
        await clock.advance(10);
      }
    },
  };
  return started;
}

const details = { summary: 'It failed.', next: 'Look.' };
const lost = new TransportError({ ...details, code: 'CONNECTION_LOST', sent: 'MAYBE_SENT' });
const refusal = (code: string) =>
  new BrokerRefusalError({ ...details, code, nativeCode: '1902', nativeMessage: 'no such issue' });

const day = 24 * 3_600_000;

async function pass({ clock, last }: Started, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1_000) {
    await clock.advance(1_000);
    last().say('PING');
  }
}

describe('a market data stream', () => {
  it('tells that it is connected once for all its subscriptions, with the last quotes', async () => {
    const started = start();
    const { told } = started.open('A', 'B');
    await started.confirm();
    expect(told).toEqual(['connected CONNECTED A,B', 'quote-read A', 'quote-read B', 'backfilled 2 whole']);
  });

  it('shares a registration between streams, and gives it back with the last', async () => {
    const started = start();
    const one = started.open('A', 'B');
    await started.confirm();
    const other = started.open('A');
    await started.confirm();
    expect(other.told).toContain('connected CONNECTED A');
    started.trade('A', 1);
    expect([one.told.at(-1), other.told.at(-1)]).toEqual(['trade A', 'trade A']);
    await one.close();
    expect(started.last().sent).toContain('-B');
    expect(started.last().sent).not.toContain('-A');
    await other.close();
    expect(started.last().sent).toContain('-A');
    await started.session.close();
    expect(started.clock.pendingTimers).toBe(0);
  });

  it('tells what it is refused to the stream that asked, after it was given out; the others live', async () => {
    const started = start();
    const one = started.open('A', 'B', 'C');
    await started.confirm();
    const other = started.open('D', 'A');
    await started.clock.settle();
    expect(other.told).toContain('subscription-refused REGISTRATION_LIMIT D');
    expect(one.told.join()).not.toContain('refused');
    started.trade('A', 1);
    expect(other.told.at(-1)).toBe('trade A');
    started.trade('D', 1);
    expect(other.told.at(-1)).toBe('trade A');
  });

  it('says what was missed in a reconnect, and reads the last quotes', async () => {
    const started = start();
    const { told } = started.open('A');
    await started.confirm();
    told.length = 0;
    started.last().drop();
    expect(told).toEqual(['connection-lost CONNECTION_CLOSED A', 'gap CONNECTION_CLOSED A']);
    await started.clock.advance(2_000);
    await started.confirm();
    expect(told.slice(2)).toEqual(['connected CONNECTED_AGAIN A', 'quote-read A', 'backfilled 1 whole']);
  });

  it('tells a read once to a stream that has the trades and the book of an issue', async () => {
    const started = start();
    const { told } = started.openBoth('A');
    await started.confirm();
    expect(told).toEqual(['connected CONNECTED A,A/book', 'quote-read A', 'backfilled 1 whole']);
    expect(started.reads).toBe(1);
  });

  it('does not tell a read that a trade has overtaken, of the book either; the next one is told', async () => {
    const started = start();
    const { told } = started.openBoth('A');
    started.volume = 1_109;
    started.duringRead = () => {
      started.trade('A', 1_131, 1);
    };
    await started.confirm();
    expect(told.slice(1)).toEqual(['trade A', 'backfilled 1 whole']);
    started.duringRead = () => undefined;
    started.volume = 1_131;
    started.last().drop();
    await started.clock.advance(2_000);
    await started.confirm();
    expect(told.slice(-2)).toEqual(['quote-read A', 'backfilled 1 whole']);
  });

  it('does not take a read that is older than the hole for what was missed, and reads again', async () => {
    const started = start();
    const { told } = started.open('A');
    await started.confirm();
    started.trade('A', 1_131);
    // The session hears at this moment as well: from here on something may be missed.
    started.last().ping();
    started.last().drop();
    await started.clock.advance(2_000);
    started.volume = 1_109;
    await started.confirm();
    expect(told.at(-1)).toBe('backfilled 0 not whole');
    started.volume = 1_140;
    await pass(started, 2_000);
    expect(told.slice(-2)).toEqual(['quote-read A', 'backfilled 1 whole']);
  });

  it('tells a read of a new day, whatever was traded the day before', async () => {
    const started = start();
    const { told } = started.open('A');
    await started.confirm();
    started.trade('A', 9_000);
    started.volume = 9_000;
    await pass(started, day);
    started.volume = 1;
    started.last().drop();
    await started.clock.advance(2_000);
    await started.confirm();
    expect(told.slice(-2)).toEqual(['quote-read A', 'backfilled 1 whole']);
  });

  it('reads again what could not be read, with a pace, and says when it has', async () => {
    const started = start();
    started.failing.set('B', lost);
    const { told } = started.open('A', 'B');
    await started.confirm();
    expect(told.slice(1)).toEqual(['quote-read A', 'backfilled 1 not whole']);
    expect(started.reads).toBe(2);
    await pass(started, 2_000);
    expect(told.at(-1)).toBe('backfilled 1 not whole');
    expect(started.reads).toBe(3);
    started.failing.clear();
    await pass(started, 4_000);
    expect(told.slice(-2)).toEqual(['quote-read B', 'backfilled 2 whole']);
    await pass(started, 30_000);
    expect(started.reads).toBe(4);
  });

  it('gives up after seven reads in two minutes, and says so', async () => {
    const started = start();
    started.failing.set('A', lost);
    const { told, givenUp } = started.open('A');
    await started.confirm();
    for (let second = 0; second < 180; second += 1) {
      // Something comes: only the hole is left to read.
      started.trade('A', second);
      await pass(started, 1_000);
    }
    expect(told.filter((each) => each === 'backfilled 0 not whole')).toHaveLength(7);
    expect(givenUp).toEqual(['A']);
    expect(started.reads).toBe(7);
    started.failing.clear();
    started.volume = 180;
    started.last().drop();
    await started.clock.advance(2_000);
    await started.confirm();
    expect(told.at(-1)).toBe('backfilled 1 whole');
  });

  it('reads what an earlier hole still waits for together with the next', async () => {
    const started = start();
    started.failing.set('A', lost);
    const one = started.open('A');
    await started.confirm();
    started.failing.clear();
    const other = started.open('B');
    await started.confirm();
    expect(one.told.at(-1)).toBe('backfilled 2 whole');
    expect(other.told.slice(-2)).toEqual(['quote-read B', 'backfilled 2 whole']);
  });

  it('refuses an issue of which nothing comes and whose quote the broker refuses; the others live', async () => {
    const started = start();
    started.failing.set('A', refusal('ORDER_REFUSED'));
    const { told } = started.open('A', 'B');
    await started.confirm();
    expect(told.slice(1)).toEqual(['subscription-refused QUOTE_REFUSED A', 'quote-read B', 'backfilled 1 whole']);
    expect(started.last().sent).toContain('-A');
    expect(started.session.registrationsUsed).toBe(1);
    started.trade('B', 1);
    expect(told.at(-1)).toBe('trade B');
  });

  it('keeps a registration when only the gateway refuses the form of the read', async () => {
    const started = start();
    started.failing.set('A', refusal('REQUEST_REFUSED'));
    const { told } = started.open('A');
    await started.confirm();
    expect(told.at(-1)).toBe('backfilled 0 not whole');
    expect(started.session.registrationsUsed).toBe(1);
  });

  it('keeps a registration of an issue that the broker has quoted before', async () => {
    const started = start();
    const { told } = started.open('A');
    await started.confirm();
    started.failing.set('A', refusal('ORDER_REFUSED'));
    started.last().drop();
    await started.clock.advance(2_000);
    await started.confirm();
    expect(told.at(-1)).toBe('backfilled 0 not whole');
    expect(started.session.registrationsUsed).toBe(1);
  });

  it('finds a frozen feed within 65 seconds, subscribes anew, and then connects anew', async () => {
    const started = start();
    const { told } = started.open('A', 'B');
    await started.confirm();
    started.trade('A', 5);
    started.trade('B', 9);
    told.length = 0;
    started.volume = 9;
    await pass(started, 65_000);
    expect(told).toEqual(['stale VOLUME_WITHOUT_TRADES A']);
    expect(
      started
        .last()
        .sent.filter((text) => text !== 'PING')
        .slice(-2),
    ).toEqual(['-A', '+A']);
    started.last().say('ok A');
    await started.clock.settle();
    expect(told.slice(1)).toEqual(['connected CONNECTED_AGAIN A', 'quote-read A', 'backfilled 1 whole']);
    started.volume = 20;
    started.trade('B', 20);
    await pass(started, 65_000);
    expect(told).toContain('connection-lost VOLUME_WITHOUT_TRADES A,B');
  });

  it('reads nothing while trades come', async () => {
    const started = start();
    started.open('A');
    await started.confirm();
    const before = started.reads;
    for (let times = 0; times < 10; times += 1) {
      started.trade('A', times);
      await pass(started, 30_000);
    }
    expect(started.reads).toBe(before);
  });

  it('tells a drift once', async () => {
    const started = start();
    const { told } = started.open('A');
    await started.confirm();
    told.length = 0;
    started.hub.drift('A', 'WIDTH_UNKNOWN', { width: 48 }, '');
    started.hub.drift('A', 'WIDTH_UNKNOWN', { width: 48 }, '');
    started.hub.drift('A', 'WIDTH_UNKNOWN', { width: 49 }, '');
    expect(told).toEqual(['drift WIDTH_UNKNOWN A', 'drift WIDTH_UNKNOWN A']);
  });

  it('ends every stream and every timer when it is closed', async () => {
    const started = start();
    started.open('A');
    await started.confirm();
    started.hub.close();
    await started.session.close();
    expect(started.clock.pendingTimers).toBe(0);
  });
});
