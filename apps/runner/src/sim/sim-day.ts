import { createUndiciTransport, createWsTransport } from '@qts/broker-kit';
import { type Logger, type TradingDate, kstEpochMs, symbolCode, timeOfDayMs, tradingDate } from '@qts/core';
import { createMemoryStopLatch } from '@qts/engine';
import { type Strategy } from '@qts/pipeline';
import { type InstrumentFacts } from '@qts/risk';
import { type VenueSim, createSteppedClock, createVenueSim } from '@qts/venue-sim';
import { type RunnerBroker } from '../brokers/runner-broker.ts';
import { runnerBrokersById } from '../brokers/runner-brokers.ts';
import { type RunnerConfig } from '../config/runner-config.ts';
import { type ReplayDay, loadReplayDay } from '../market-data/replay-day.ts';
import { compareBooks } from '../report/books.ts';
import { type DayReport, makeDayReport } from '../report/day-report.ts';
import { countFrames } from '../streams/count-frames.ts';
import { createStreamCounter } from '../streams/stream-figures.ts';
import { regularDay } from '../trading/regular-day.ts';
import { openSessionJournal } from '../trading/session-journal.ts';
import { type SessionEvents } from '../trading/session-settings.ts';
import { type TradingSession, openTradingSession } from '../trading/trading-session.ts';
import { holdTimeForFrames } from './held-stream-transport.ts';
import { holdTimeDuringExchanges } from './held-transport.ts';
import { type LockstepClock, createLockstepClock } from './lockstep-clock.ts';
import { countLostAnswers, loseAnswers } from './lost-answers.ts';
import { proveOrders } from './order-proof.ts';
import { createSeededIds, createSeededRandom } from './seeded.ts';
import { countDisturbances, disturbStreams } from './stream-faults.ts';
import { ownBooks, venueBooks } from './sim-books.ts';

/** When the venue's day starts: before it takes the first order. */
const dayStarts = timeOfDayMs('08:20');
/** Of the simulated day: records that nobody waits for go to the disk together, once a second. */
const groupDelayMs = 1_000;

export interface SimDaySettings extends Omit<SessionEvents, 'onCycle'> {
  readonly config: RunnerConfig;
  readonly strategy: Strategy;
  readonly signal: AbortSignal;
  /** The journal of this run; made when absent. */
  readonly journalFile: string;
  readonly logger?: Logger;
  /** Shown the venue before the first request. */
  readonly onVenue?: (venue: VenueSim) => void;
  readonly onCycle?: (nowMs: number, session: TradingSession) => void;
  /** Shown the session before it starts. */
  readonly onSession?: (session: TradingSession) => void;
}

/**
 * Trades one simulated day: a venue on a loopback port, real bars replayed through it, our whole stack against it over
 * real HTTP, on one clock, journalled to the disk. The books of both sides are compared at the end.
 *
 * @throws {ConfigurationError} when the data does not have the day or a symbol, or the journal cannot be used
 * @throws {VenueError} when the venue cannot start, for example because the port is in use
 */
export async function runSimDay(settings: SimDaySettings): Promise<DayReport> {
  const { config } = settings;
  const date = tradingDate(config.sim.date);
  const replay = loadReplayDay({ date, symbols: config.symbols });
  const runnerBroker = runnerBrokersById[config.broker];
  const startMs = kstEpochMs(date, dayStarts);
  const venueClock = createSteppedClock(startMs);
  const venue = await createVenueSim({
    dialect: config.broker,
    environment: 'LIVE',
    tradingDate: date,
    instruments: replay.instruments,
    accounts: [
      {
        ...runnerBroker.demoAccount,
        accountId: config.account,
        cashKrw: config.sim.cashKrw,
        terms: { feePartsPerBillion: config.costs.feePartsPerBillion },
      },
    ],
    seed: config.sim.seed,
    clock: venueClock,
    port: config.sim.port,
    prepare: (exchange) => {
      replay.schedule(exchange, config.sim.seed);
    },
  });
  try {
    loseAnswers(venue, runnerBroker, config.sim.lostAnswers);
    if (config.sim.streamFaults) disturbStreams(venue, runnerBroker, date);
    settings.onVenue?.(venue);
    const clock = createLockstepClock(startMs, {
      advanceTo: (atMs) => {
        venueClock.advanceTo(atMs);
      },
      nextDueMs: () => venue.exchange.nextDueMs(),
    });
    return await clock.run(() => tradeDay(settings, { replay, runnerBroker, venue, clock, date }));
  } finally {
    await venue.close();
  }
}

interface SimWorld {
  readonly replay: ReplayDay;
  readonly runnerBroker: RunnerBroker;
  readonly venue: VenueSim;
  readonly clock: LockstepClock;
  readonly date: TradingDate;
}

async function tradeDay(settings: SimDaySettings, world: SimWorld): Promise<DayReport> {
  const { config, strategy, signal, onCycle, onStart, onUnknown, onStream } = settings;
  const { replay, runnerBroker, venue, clock, date } = world;
  const { seed, lostAnswers, streamFaults } = config.sim;
  const logging = settings.logger === undefined ? {} : { logger: settings.logger };
  let session: TradingSession | undefined;
  const streamCounter = createStreamCounter(clock, onStream);
  const streamTransport = countFrames(createWsTransport(), () => {
    streamCounter.countFrame();
  });
  const broker = runnerBroker.connectSimulated(venue.url, {
    ...logging,
    onLateAnswer: (response) => session?.hearLateAnswer(response),
    clock,
    transport: holdTimeDuringExchanges(createUndiciTransport(), clock),
    streamTransport: holdTimeForFrames(streamTransport, venue, clock),
    random: createSeededRandom(seed),
    ids: createSeededIds(seed),
  });
  try {
    const journal = openSessionJournal({
      ...{ file: settings.journalFile, config, brokerId: config.broker, tradingDate: date, clock, groupDelayMs },
      ...logging,
      secrets: broker.secrets,
    });
    try {
      session = await openTradingSession({
        ...logging,
        config,
        broker,
        strategy,
        mode: { allowed: true, reason: 'sim' },
        tradingDate: date,
        day: regularDay(date),
        instruments: replay.instruments.map(({ symbol, market, productClass }): InstrumentFacts => ({
          symbol: symbolCode(symbol),
          market,
          productClass,
          conditions: [],
        })),
        clock,
        generateId: createSeededIds(seed),
        journal: journal.journal,
        // A simulated run is a world of its own: the stop of an account does not reach it, a signal does.
        stop: createMemoryStopLatch(),
        onCycle: (each) => onCycle?.(clock.nowMs(), each),
        streamCounter,
        ...(onStart === undefined ? {} : { onStart }),
        ...(onUnknown === undefined ? {} : { onUnknown }),
      });
      settings.onSession?.(session);
      const end = await session.run(signal);
      const books = { ours: ownBooks(session), venue: venueBooks(venue.exchange, config.account) };
      const orders = session.tracker.list();
      const context = {
        simulated: true,
        mode: config.mode,
        broker: broker.orders.displayName,
        tradingDate: date,
        strategy: strategy.name,
        seed,
        data: replay.provenance,
        lostAnswers: lostAnswers === 0 ? null : countLostAnswers(venue, orders),
        orderProof: proveOrders(venue, runnerBroker, orders, books),
        streamFaults: streamFaults ? countDisturbances(venue) : null,
      };
      return makeDayReport(context, session, end, compareBooks(books.ours, books.venue));
    } finally {
      await journal.close();
    }
  } finally {
    await broker.close();
  }
}
