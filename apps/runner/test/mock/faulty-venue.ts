import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { createUndiciTransport } from '@qts/broker-kit';
import { createKisBroker, kisLiveCredentials } from '@qts/broker-kis';
import { symbolCode, tradingDate } from '@qts/core';
import { type RecordingLogger, createRecordingLogger } from '@qts/core/testing';
import { createMemoryStopLatch, emptyFoldedJournal, followJournal } from '@qts/engine';
import { type Strategy } from '@qts/pipeline';
import { createMemoryJournal } from '@qts/storage';
import { type InMemoryVenue, createInMemoryVenue, createSteppedClock } from '@qts/venue-sim';
import { parseRunnerConfig } from '../../src/config/runner-config.ts';
import { loadReplayDay } from '../../src/market-data/replay-day.ts';
import { type DayReport, makeDayReport } from '../../src/report/day-report.ts';
import { holdTimeDuringExchanges } from '../../src/sim/held-transport.ts';
import { createLockstepClock } from '../../src/sim/lockstep-clock.ts';
import { createSeededIds, createSeededRandom } from '../../src/sim/seeded.ts';
import { regularDay } from '../../src/trading/regular-day.ts';
import { openTradingSession } from '../../src/trading/trading-session.ts';

/** An answer that no broker should give, byte for byte. */
export interface BadAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** What stands in the venue's place: the bad answer, or `undefined` for the venue's own. */
export type Fault = (operation: string, count: number) => BadAnswer | undefined;

export interface FaultyDay {
  readonly report: DayReport;
  readonly log: RecordingLogger;
  /** Requests that reached the server, by the broker's name of the operation, with the instant. */
  readonly requests: readonly { readonly operation: string; readonly atMs: number }[];
  /** Instants at which a cycle ended well. */
  readonly cycleMs: readonly number[];
}

const account = { accountNumber: '50000000-01', appKey: 'SIMULATED-APP-KEY', appSecret: 'SIMULATED-APP-SECRET' };
const symbol = '005930';
const date = '2025-10-17';

/**
 * Trades a day of one symbol against a server of `node:http` that answers as the venue does, but for its faults. A
 * faulty answer stands for a request that never reached the venue.
 */
export async function tradeAgainst(fault: Fault, strategy: Strategy): Promise<FaultyDay> {
  const startMs = Date.parse(`${date}T08:50:00+09:00`);
  const venueClock = createSteppedClock(startMs);
  const replay = loadReplayDay({ date, symbols: [symbol] });
  const venue = createInMemoryVenue({
    dialect: 'kis',
    environment: 'LIVE',
    tradingDate: date,
    instruments: replay.instruments,
    accounts: [{ ...account, accountId: 'main', cashKrw: 100_000_000, terms: { feePartsPerBillion: 140_527 } }],
    seed: 1,
    clock: venueClock,
    prepare: (exchange) => {
      replay.schedule(exchange, 1);
    },
  });
  const requests: { operation: string; atMs: number }[] = [];
  const server = serve(venue, (operation) => {
    requests.push({ operation, atMs: venueClock.nowMs() });
    return fault(operation, requests.filter((each) => each.operation === operation).length);
  });
  await once(server, 'listening');
  const clock = createLockstepClock(startMs, venueClock);
  const log = createRecordingLogger();
  const config = parseRunnerConfig({ symbols: [symbol] }, 'test');
  const broker = createKisBroker({
    credentials: kisLiveCredentials(account),
    simulatedUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clock,
    transport: holdTimeDuringExchanges(createUndiciTransport(), clock),
    random: createSeededRandom(1),
    ids: createSeededIds(1),
    logger: log,
  });
  const cycleMs: number[] = [];
  try {
    return await clock.run(async () => {
      const session = await openTradingSession({
        config,
        broker,
        strategy,
        mode: { allowed: true, reason: 'sim' },
        tradingDate: tradingDate(date),
        day: regularDay(date),
        instruments: replay.instruments.map((each) => ({ ...each, symbol: symbolCode(symbol), conditions: [] })),
        clock,
        generateId: createSeededIds(1),
        journal: followJournal(createMemoryJournal(), emptyFoldedJournal()),
        stop: createMemoryStopLatch(),
        logger: log,
        onCycle: () => cycleMs.push(clock.nowMs()),
      });
      const end = await session.run(new AbortController().signal);
      const context = {
        simulated: true,
        mode: 'sim',
        broker: 'kis',
        tradingDate: date,
        strategy: strategy.name,
        lostAnswers: null,
        orderProof: null,
        streamFaults: null,
      };
      const data = { real: [], modelled: [] };
      return { report: makeDayReport({ ...context, seed: 1, data }, session, end, []), log, requests, cycleMs };
    });
  } finally {
    await broker.close();
    server.close();
    server.closeAllConnections();
    venue.close();
  }
}

function serve(venue: InMemoryVenue, faultOf: (operation: string) => BadAnswer | undefined): Server {
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://venue');
      const bad = faultOf(pathname.split('/').at(-1) ?? '');
      if (bad !== undefined) {
        response.writeHead(bad.status, { 'content-type': bad.contentType }).end(bad.body);
        return;
      }
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const answer = venue.handleRequest({
        method: request.method ?? 'GET',
        path: pathname,
        query: searchParams,
        headers,
        body: Buffer.concat(chunks),
      });
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  }).listen(0, '127.0.0.1');
}
