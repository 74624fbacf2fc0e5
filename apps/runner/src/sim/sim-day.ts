import { createUndiciTransport } from '@qts/broker-kit';
import { createKisBroker, kisLiveCredentials } from '@qts/broker-kis';
import { type Logger, kstEpochMs, symbolCode, timeOfDayMs, tradingDate } from '@qts/core';
import { type Strategy } from '@qts/pipeline';
import { type InstrumentFacts } from '@qts/risk';
import { createMemoryJournal } from '@qts/storage';
import { type VenueSim, createSteppedClock, createVenueSim } from '@qts/venue-sim';
import { type RunnerConfig } from '../config/runner-config.ts';
import { type ReplayDay, loadReplayDay } from '../market-data/replay-day.ts';
import { compareBooks } from '../report/books.ts';
import { type DayReport, makeDayReport } from '../report/day-report.ts';
import { regularDay } from '../trading/regular-day.ts';
import { type TradingSession, openTradingSession } from '../trading/trading-session.ts';
import { holdTimeDuringExchanges } from './held-transport.ts';
import { type LockstepClock, createLockstepClock } from './lockstep-clock.ts';
import { countLostAnswers, loseAnswers } from './lost-answers.ts';
import { createSeededIds, createSeededRandom } from './seeded.ts';
import { ownBooks, venueBooks } from './sim-books.ts';

/** The venue's demo account. Invented, printed on purpose, worth nothing anywhere else. */
const demoAccount = {
  accountNumber: '50000000-01',
  appKey: 'SIMULATED-APP-KEY',
  appSecret: 'SIMULATED-APP-SECRET',
};

/** When the venue's day starts: before it takes the first order. */
const dayStarts = timeOfDayMs('08:20');

export interface SimDaySettings {
  readonly config: RunnerConfig;
  readonly strategy: Strategy;
  readonly signal: AbortSignal;
  readonly logger?: Logger;
  /** Shown the venue before the first request. */
  readonly onVenue?: (venue: VenueSim) => void;
  readonly onCycle?: (nowMs: number, session: TradingSession) => void;
}

/**
 * Trades one simulated day: a venue on a loopback port, real bars replayed through it, our whole stack against it over
 * real HTTP, on one clock. The books of both sides are compared at the end.
 *
 * @throws {ConfigurationError} when the data does not have the day or a symbol
 * @throws {VenueError} when the venue cannot start, for example because the port is in use
 */
export async function runSimDay(settings: SimDaySettings): Promise<DayReport> {
  const { config } = settings;
  const date = tradingDate(config.sim.date);
  const replay = loadReplayDay({ date, symbols: config.symbols });
  const startMs = kstEpochMs(date, dayStarts);
  const venueClock = createSteppedClock(startMs);
  const venue = await createVenueSim({
    dialect: 'kis',
    environment: 'LIVE',
    tradingDate: date,
    instruments: replay.instruments,
    accounts: [
      {
        ...demoAccount,
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
    loseAnswers(venue, config.sim.lostAnswers);
    settings.onVenue?.(venue);
    const clock = createLockstepClock(startMs, venueClock);
    return await clock.run(() => tradeDay(settings, replay, venue, clock));
  } finally {
    await venue.close();
  }
}

async function tradeDay(
  { config, strategy, signal, logger, onCycle }: SimDaySettings,
  replay: ReplayDay,
  venue: VenueSim,
  clock: LockstepClock,
): Promise<DayReport> {
  const { seed, date } = config.sim;
  let session: TradingSession | undefined;
  const broker = createKisBroker({
    onLateAnswer: (response) => session?.hearLateAnswer(response),
    credentials: kisLiveCredentials(demoAccount),
    simulatedUrl: venue.url,
    clock,
    transport: holdTimeDuringExchanges(createUndiciTransport(), clock),
    random: createSeededRandom(seed),
    ids: createSeededIds(seed),
    ...(logger === undefined ? {} : { logger }),
  });
  try {
    session = await openTradingSession({
      config,
      broker,
      strategy,
      mode: { allowed: true, reason: 'sim' },
      tradingDate: tradingDate(date),
      day: regularDay(date),
      instruments: replay.instruments.map(({ symbol, market, productClass }): InstrumentFacts => ({
        symbol: symbolCode(symbol),
        market,
        productClass,
        conditions: [],
      })),
      clock,
      generateId: createSeededIds(seed),
      journal: createMemoryJournal(),
      ...(logger === undefined ? {} : { logger }),
      onCycle: (each) => onCycle?.(clock.nowMs(), each),
    });
    const end = await session.run(signal);
    const lines = compareBooks(ownBooks(session), venueBooks(venue.exchange, config.account));
    const context = {
      simulated: true,
      mode: config.mode,
      broker: broker.orders.displayName,
      tradingDate: date,
      strategy: strategy.name,
      seed,
      data: replay.provenance,
      lostAnswers: config.sim.lostAnswers === 0 ? null : countLostAnswers(venue, session.tracker.list()),
    };
    return makeDayReport(context, session, end, lines);
  } finally {
    await broker.close();
  }
}
