import { createWsTransport } from '@qts/broker-kit';
import { type Clock, type IdGenerator, type Logger, type QtsError, kstDate, symbolCode } from '@qts/core';
import { type Strategy } from '@qts/pipeline';
import { openStopFile } from '@qts/storage';
import { type ConnectedAccount } from '../brokers/connect-account.ts';
import { type ConnectionParts } from '../brokers/runner-broker.ts';
import { runnerBrokersById } from '../brokers/runner-brokers.ts';
import { type RunnerConfig } from '../config/runner-config.ts';
import { loadInstruments } from '../market-data/instruments.ts';
import { comparePositions } from '../report/broker-books.ts';
import { type DayReport, makeDayReport } from '../report/day-report.ts';
import { countFrames } from '../streams/count-frames.ts';
import { createStreamCounter } from '../streams/stream-figures.ts';
import { type RegularDay, regularDay } from './regular-day.ts';
import { journalFile, stopFile } from './runner-files.ts';
import { openSessionJournal } from './session-journal.ts';
import { type SessionEvents } from './session-settings.ts';
import { type SessionEnd, type TradingSession, openTradingSession } from './trading-session.ts';

/** What the day of an account tells while it runs. */
export interface AccountDayEvents extends Omit<SessionEvents, 'onCycle'> {
  readonly onCycle?: (nowMs: number, session: TradingSession) => void;
  /** Shown the session before it starts. */
  readonly onSession?: (session: TradingSession) => void;
  /** The journal cannot be written any more, or is not whole: the day is being wound down. */
  readonly onBroken?: (error: QtsError) => void;
}

/** What the broker of a day is made with: its late answers are heard, the frames of its streams are counted. */
type DayParts = Required<Pick<ConnectionParts, 'onLateAnswer' | 'streamTransport'>>;

export interface AccountDaySettings extends AccountDayEvents {
  readonly config: RunnerConfig;
  /** Makes the broker with these parts, and whatever else it wants. */
  readonly connect: (parts: DayParts) => ConnectedAccount;
  readonly strategy: Strategy;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  /** Default: the regular session of today. */
  readonly day?: RegularDay;
}

/**
 * Trades today at an account that outlives the run: its journal and its stop are taken up from the run before.
 *
 * @throws {ConfigurationError} when today is no trading day, or the journal or the stop of the account cannot be used
 * @throws {BrokerError} when the account cannot be read
 */
export async function runAccountDay(settings: AccountDaySettings): Promise<DayReport> {
  const { config, strategy, logger, clock, onCycle, onStart, onUnknown, onStream } = settings;
  const today = kstDate(clock.nowMs());
  let session: TradingSession | undefined;
  const streamCounter = createStreamCounter(clock, onStream);
  const { plainStreamOrigins: plainOrigins } = runnerBrokersById[config.broker];
  const { broker, liveApproval } = settings.connect({
    onLateAnswer: (response) => session?.hearLateAnswer(response),
    streamTransport: countFrames(createWsTransport({ plainOrigins }), () => {
      streamCounter.countFrame();
    }),
  });
  try {
    const day = settings.day ?? regularDay(today);
    // What cannot be written down must not be traded: a broken journal winds the day down as Ctrl-C does.
    const broken = new AbortController();
    const journal = openSessionJournal({
      ...{ file: journalFile(config), config, brokerId: config.broker, tradingDate: today, clock, logger },
      secrets: broker.secrets,
      onBroken: (error) => {
        settings.onBroken?.(error);
        broken.abort(error);
      },
    });
    try {
      // Beside the trading: a fault far back in the chain breaks the journal, and that stops the day.
      const verified = journal.verify().catch(() => undefined);
      session = await openTradingSession({
        config,
        broker,
        strategy,
        mode: { allowed: true, reason: config.mode },
        ...(liveApproval === undefined ? {} : { liveApproval }),
        tradingDate: today,
        day,
        instruments: loadInstruments(config.symbols.map(symbolCode)),
        clock,
        generateId: settings.ids,
        journal: journal.journal,
        stop: openStopFile(stopFile(config)),
        logger,
        onCycle: (each) => {
          journal.saveNowAndThen();
          onCycle?.(clock.nowMs(), each);
        },
        ...(onStart === undefined ? {} : { onStart }),
        ...(onUnknown === undefined ? {} : { onUnknown }),
        streamCounter,
      });
      settings.onSession?.(session);
      const ended = await session.run(AbortSignal.any([settings.signal, broken.signal]));
      await verified;
      const end: SessionEnd = broken.signal.aborted ? { ...ended, reason: 'journal' } : ended;
      const context = {
        simulated: false,
        mode: config.mode,
        broker: broker.orders.displayName,
        tradingDate: today,
        strategy: strategy.name,
        seed: null,
        data: { real: [`everything: the broker’s own ${config.mode} server`], modelled: [] },
        lostAnswers: null,
        orderProof: null,
        streamFaults: null,
      };
      return makeDayReport(context, session, end, await comparePositions(session.book, broker.account));
    } finally {
      await journal.close();
    }
  } finally {
    await broker.close();
  }
}
