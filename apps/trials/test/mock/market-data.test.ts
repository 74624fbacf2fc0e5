import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeQuotes, kisQuoteStreams, readFrameHead } from '@qts/broker-kis';
import { createWsTransport } from '@qts/broker-kit';
import {
  type BookUpdate,
  type MarketEvent,
  type StreamControl,
  type Trade,
  kstDate,
  symbolCode,
  tradingDate,
} from '@qts/core';
import {
  type BrokerDifference,
  type QualityState,
  type RecordedFrame,
  createBarBuilder,
  createBrokerMerge,
  createFrameRecorder,
  createQualityWatch,
  createReplayTransport,
  playRecording,
  sanitiseWith,
} from '@qts/market-data';
import { type VenueFaultPlan } from '@qts/venue-sim';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type BrokerId,
  type TwoFronts,
  brokerIds,
  collect,
  marketDate,
  secrets,
  startTwoFronts,
  symbol,
} from '../support/two-fronts.ts';

/** Both brokers' streams over real sockets into @qts/market-data: bars, quality, merge, recordings. */

const samsung = symbolCode(symbol);
let fronts: TwoFronts;
beforeEach(() => {
  fronts = startTwoFronts();
});
afterEach(() => fronts.close());

type Told = MarketEvent | StreamControl;
const tradesOf = (told: readonly Told[]): readonly Trade[] => told.filter((event) => event.kind === 'trade');
const has = (told: readonly Told[], kind: Told['kind']): boolean => told.some((event) => event.kind === kind);
async function framesOf(lines: readonly string[]): Promise<readonly RecordedFrame[]> {
  const frames: RecordedFrame[] = [];
  for await (const frame of (await playRecording(lines, { brokerId: 'kis' })).frames) frames.push(frame);
  return frames;
}

/** What a trade says of the market, without when it was received. */
const sayingOf = ({ priceKrw, quantity, accumulatedVolume, exchangeAtMs }: Trade): string =>
  [priceKrw, quantity, accumulatedVolume, exchangeAtMs].join(' ');

/** Opens a broker's trades, and its books when asked for, and waits until they are live. */
async function follow(id: BrokerId, { books = false, transport = createWsTransport() } = {}) {
  const { venue, broker } = await fronts.open(id, transport);
  const stream = broker.streams.market.open([
    { channel: 'TRADES', symbol: samsung },
    ...(books ? [{ channel: 'BOOK', symbol: samsung } as const] : []),
  ]);
  const told = collect(stream);
  await fronts.until(() => has(told, 'backfilled'));
  return { venue, broker, told, stream };
}

/** Trades at prices and times that a generator draws, some within one second, some minutes apart. */
async function tradeAwhile(count: number): Promise<void> {
  let drawn = 12_345;
  const draw = (below: number): number => {
    drawn = (drawn * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((drawn / 2_147_483_648) * below);
  };
  for (let index = 0; index < count; index += 1) {
    // Within 1.5 %: a greater move would interrupt trading.
    fronts.trade(1 + draw(20), 70_000 + 100 * draw(11));
    await fronts.pass([0, 300, 5_000, 45_000][draw(4)] ?? 0);
  }
}

describe.each(brokerIds)('bars of the trades that %s streams', (id) => {
  it('are the bars of its own charts, by the minute and of the day', async () => {
    const { told, broker } = await follow(id);
    await tradeAwhile(40);
    // Until a minute has its first trade KIS shows the volume of the one before in its place: the last minute has one.
    fronts.trade(5);
    await fronts.until(() => tradesOf(told).length === 41);
    const minutes = createBarBuilder(60_000);
    const days = createBarBuilder('DAY');
    const watch = createQualityWatch({ clock: fronts.clock });
    for (const event of told) {
      const verdict = watch.observe(event);
      if (event.kind !== 'trade') continue;
      expect(verdict?.kind).not.toBe('HOLE');
      minutes.add(event);
      days.add(event);
    }
    const untilMs = fronts.clock.nowMs();
    const chart = await fronts.settle(broker.quotes.listMinuteBars({ symbol: samsung, untilMs }));
    // A chart has the minutes that are over.
    const built = minutes.bars(samsung).filter(({ startMs }) => startMs + 60_000 <= untilMs);
    expect(built.length).toBeGreaterThan(5);
    expect(built).toEqual(chart.filter(({ volume }) => volume > 0));
    const from = tradingDate(marketDate);
    const daily = await fronts.settle(broker.quotes.listDailyBars({ symbol: samsung, from, to: from }));
    expect(days.bars(samsung)).toEqual(daily);
  });

  /** Each fault, the state that the symbol is in because of it, and the one it has when all is over. */
  const faults: readonly (readonly [VenueFaultPlan['fault'], Readonly<Record<string, number>>, QualityState])[] = [
    ['W02-cut', {}, 'GAP'],
    ['W08-gap-over-reconnect', { durationMs: 5_000 }, 'GAP'],
    ['W17-quotes-frozen', { durationMs: 90_000 }, 'STALE'],
  ];
  it.each(faults)(
    'are told to be worth little under %s: %s %s, and repaired afterwards',
    async (fault, parameters, state) => {
      const { told, venue } = await follow(id);
      const watch = createQualityWatch({ clock: fronts.clock });
      const seen = new Set<QualityState>();
      let folded = 0;
      const fold = (): QualityState => {
        for (const event of told.slice(folded)) {
          watch.observe(event);
          seen.add(watch.qualityOf(samsung).state);
        }
        folded = told.length;
        const now = watch.qualityOf(samsung).state;
        seen.add(now);
        return now;
      };
      fronts.trade(3);
      await fronts.until(() => tradesOf(told).length === 1);
      expect(fold()).toBe('FRESH');
      const before = told.length;
      venue.faults.plan({ fault, parameters });
      fronts.trade(5);
      await fronts.until(() => fold() === state);
      if (state === 'GAP') await fronts.until(() => has(told.slice(before), 'backfilled'));
      else await fronts.pass(parameters['durationMs'] ?? 0);
      fronts.trade(7);
      await fronts.until(() => tradesOf(told).some(({ accumulatedVolume }) => accumulatedVolume === 15));
      await fronts.until(() => {
        fold();
        return watch.qualityOf(samsung).missedQuantity === 0;
      });
      expect([...seen]).toContain(state);
      expect(venue.faults.counters()[fault]).toBeGreaterThan(0);
      fronts.trade(1);
      await fronts.until(() => fold() === 'FRESH', 10_000);
    },
  );
});

describe('one market over two brokers', () => {
  async function both() {
    const kis = await follow('kis');
    const kiwoom = await follow('kiwoom');
    const differences: BrokerDifference[] = [];
    const merge = createBrokerMerge({
      clock: fronts.clock,
      onDifference: (difference) => differences.push(difference),
    });
    const add = (brokerId: string) => (trade: Trade) => merge.add({ ...trade, brokerId });
    kis.stream.on('trade', add('kis'));
    kiwoom.stream.on('trade', add('kiwoom'));
    return { kis, kiwoom, merge, differences };
  }

  it('tells the same while both are well, and no difference', async () => {
    const { kis, kiwoom, merge, differences } = await both();
    await tradeAwhile(20);
    await fronts.until(() => tradesOf(kis.told).length === 20 && tradesOf(kiwoom.told).length === 20);
    expect(tradesOf(kiwoom.told).map(sayingOf)).toEqual(tradesOf(kis.told).map(sayingOf));
    expect(differences).toEqual([]);
    const last = tradesOf(kis.told).at(-1);
    expect(merge.latest(samsung, 'KRX')).toMatchObject({
      priceKrw: last?.priceKrw,
      accumulatedVolume: last?.accumulatedVolume,
    });
  });

  it.each(brokerIds)('takes the fresher one, and says who is behind, when %s stalls', async (stalled) => {
    const pair = await both();
    const other = stalled === 'kis' ? 'kiwoom' : 'kis';
    fronts.trade(1);
    await fronts.until(() => tradesOf(pair.kis.told).length === 1 && tradesOf(pair.kiwoom.told).length === 1);
    pair[stalled].venue.faults.plan({ fault: 'W17-quotes-frozen', parameters: { durationMs: 30_000 } });
    for (let index = 0; index < 6; index += 1) {
      fronts.trade(2, 70_500 + 100 * index);
      await fronts.pass(1_000);
    }
    await fronts.until(() => tradesOf(pair[other].told).length === 7);
    expect(tradesOf(pair[stalled].told)).toHaveLength(1);
    expect(pair.merge.latest(samsung, 'KRX')).toMatchObject({ brokerId: other, priceKrw: 71_000 });
    const behind = pair.differences.filter(({ kind }) => kind === 'BEHIND');
    expect(behind).toHaveLength(1);
    expect(behind[0]?.facts[stalled]).toBeGreaterThan(3_000);
  });
});

describe('a recorded session of KIS', () => {
  const drop = sanitiseWith([secrets.appKey.kis, secrets.appSecret.kis, secrets.htsId, 'approval_key'], (text) =>
    text.startsWith('1|'),
  );
  /** The keys in the answers to registrations are blanked; whatever else is secret is dropped. */
  const sanitise = (text: string): string | undefined =>
    drop(
      text.replace(
        /("(?:iv|key)"\s*:\s*")([^"]*)/g,
        (_all, name: string, value: string) => name + '0'.repeat(value.length),
      ),
    );

  /** Records trades and books over a real socket. */
  async function record() {
    const lines: string[] = [];
    const recorder = createFrameRecorder({
      head: { brokerId: 'kis', feed: 'ws://127.0.0.1', simulated: true },
      ...{ clock: fronts.clock, write: (line) => lines.push(line) },
      sanitise,
    });
    const live = await follow('kis', { books: true, transport: recorder.listenTo(createWsTransport()) });
    const orders = collect(live.broker.streams.orders.open());
    await fronts.until(() => orders.some(({ kind }) => kind === 'backfilled'));
    fronts.other('SELL', 9, 72_500);
    await tradeAwhile(12);
    await fronts.until(() => tradesOf(live.told).length === 12);
    return { lines, live, frames: await framesOf(lines) };
  }

  const marketOf = (told: readonly Told[]): readonly unknown[] =>
    told
      .filter((event): event is Trade | BookUpdate => event.kind === 'trade' || event.kind === 'book')
      .map((event) => JSON.stringify({ ...event, receivedAtMs: 0, receivedMonotonicMs: 0, frame: undefined }));

  /** What the codecs make of frames. */
  function decode(texts: readonly string[], receivedAtMs: number): MarketEvent[] {
    const events: MarketEvent[] = [];
    const wrong = (): never => {
      throw new Error('a frame of the recording cannot be read');
    };
    for (const text of texts) {
      const frame = new TextEncoder().encode(text);
      const head = readFrameHead(frame);
      const stream = kisQuoteStreams.find(({ trId }) => trId === head?.trId);
      if (head === undefined || stream === undefined) continue;
      decodeQuotes(
        stream,
        frame,
        head,
        { receivedMonotonicMs: 0, receivedAtMs },
        {
          ...{ wants: () => true, deliver: (event) => events.push(event) },
          ...{ widthUnknown: wrong, countWrong: wrong, recordWrong: wrong, textUnreadable: wrong },
        },
      );
    }
    return events;
  }

  it('gives the codecs the events that the session had, and holds no secret', async () => {
    const { lines, live, frames } = await record();
    const events = decode(
      frames.filter(({ way }) => way === 'IN').map(({ text }) => text),
      fronts.clock.nowMs(),
    );
    expect(marketOf(events)).toEqual(marketOf(live.told));
    expect(events.some(({ kind }) => kind === 'book')).toBe(true);
    const written = lines.join('\n');
    const [account] = secrets.account.kis.split('-');
    for (const secret of [secrets.appKey.kis, secrets.appSecret.kis, secrets.htsId, account ?? '', 'approval_key']) {
      expect(written).not.toContain(secret);
    }
    expect(frames.every(({ text }) => !text.startsWith('1|'))).toBe(true);
  });

  it('plays into the adapter where its socket would be, and gives the same events', async () => {
    const { live, frames } = await record();
    const recorded = marketOf(live.told);
    await fronts.close();
    fronts = startTwoFronts();
    const transport = createReplayTransport({ frames, clock: fronts.clock });
    const again = await follow('kis', { books: true, transport });
    await fronts.until(() => transport.played === frames.filter(({ way }) => way === 'IN').length);
    await fronts.until(() => marketOf(again.told).length === recorded.length);
    expect(marketOf(again.told)).toEqual(recorded);
    expect(transport.sent.length).toBeGreaterThanOrEqual(2);
    expect(has(again.told, 'drift')).toBe(false);
  });

  it('is refused when it is of another broker', async () => {
    const { lines } = await record();
    await expect(playRecording(lines, { brokerId: 'kiwoom' })).rejects.toMatchObject({
      code: 'RECORDING_OF_ANOTHER_BROKER',
    });
  });

  it('may be a fixture as well', async () => {
    const folder = join(import.meta.dirname, '../../../../packages/broker-kis/test/fixtures/ws');
    const texts = [
      'H0STCNT0.46.published.txt',
      'H0STCNT0.46.two-records.derived.txt',
      'H0STASP0.62.captured-live.txt',
    ].flatMap((file) => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n'));
    const lines: string[] = [];
    const recorder = createFrameRecorder({
      head: { brokerId: 'kis', feed: 'fixtures', simulated: false },
      ...{ clock: fronts.clock, write: (line) => lines.push(line), sanitise: sanitiseWith([secrets.appKey.kis]) },
    });
    for (const text of texts) recorder.record('IN', text);
    const frames = await framesOf(lines);
    const atMs = Date.parse('2023-06-12T09:33:54+09:00');
    const events = decode(
      frames.map(({ text }) => text),
      atMs,
    );
    expect(events.map(({ kind }) => kind)).toEqual(decode(texts, atMs).map(({ kind }) => kind));
    expect(tradesOf(events).length).toBeGreaterThanOrEqual(3);
    expect(
      tradesOf(events).every(
        ({ exchangeAtMs }) => exchangeAtMs !== undefined && kstDate(exchangeAtMs) === '2023-06-12',
      ),
    ).toBe(true);
  });
});
