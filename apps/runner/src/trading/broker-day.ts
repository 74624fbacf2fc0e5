import { createFileTokenStore, systemClock, systemIds } from '@qts/broker-kit';
import { type Logger, type QtsError, kstDate, symbolCode } from '@qts/core';
import { type Strategy } from '@qts/pipeline';
import { openStopFile } from '@qts/storage';
import { connectAccount } from '../brokers/connect-account.ts';
import { type Environment } from '../config/env-file.ts';
import { type RunnerConfig } from '../config/runner-config.ts';
import { loadInstruments } from '../market-data/instruments.ts';
import { comparePositions } from '../report/broker-books.ts';
import { type DayReport, makeDayReport } from '../report/day-report.ts';
import { regularDay } from './regular-day.ts';
import { journalFile, stopFile, tokenFolder } from './runner-files.ts';
import { openSessionJournal } from './session-journal.ts';
import { type SessionEvents } from './session-settings.ts';
import { type TradingSession, openTradingSession } from './trading-session.ts';

export interface BrokerDaySettings extends Omit<SessionEvents, 'onCycle'> {
  readonly config: RunnerConfig;
  readonly environment: Environment;
  readonly strategy: Strategy;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly onCycle?: (nowMs: number, session: TradingSession) => void;
  /** Shown the session before it starts. */
  readonly onSession?: (session: TradingSession) => void;
  /** The journal cannot be written any more, or is not whole: the day is being wound down. */
  readonly onBroken?: (error: QtsError) => void;
}

/**
 * Trades today at the broker's paper account (모의투자), or, when the live gate is open, at the real one.
 *
 * @throws {ConfigurationError} when credentials are missing or not valid, today is no trading day, a fact is missing that
 *   live needs, or the journal of the account cannot be used
 * @throws {BrokerError} when the account cannot be read
 */
export async function runBrokerDay(settings: BrokerDaySettings): Promise<DayReport> {
  const { config, environment, strategy, logger, onCycle, onStart, onUnknown } = settings;
  const today = kstDate(systemClock.nowMs());
  let session: TradingSession | undefined;
  const { broker, liveApproval } = connectAccount(config, environment, {
    tradingDate: today,
    tokenStore: createFileTokenStore({ directory: tokenFolder(config) }),
    logger,
    onLateAnswer: (response) => session?.hearLateAnswer(response),
  });
  try {
    // What cannot be written down must not be traded: a broken journal winds the day down as Ctrl-C does.
    const broken = new AbortController();
    const journal = openSessionJournal({
      ...{ file: journalFile(config), config, brokerId: config.broker, tradingDate: today, clock: systemClock, logger },
      secrets: broker.secrets,
      onBroken: (error) => {
        settings.onBroken?.(error);
        broken.abort(error);
      },
    });
    try {
      // Beside the trading: a fault far back in the chain breaks the journal, and that stops the day.
      const verified = journal.verify();
      session = await openTradingSession({
        config,
        broker,
        strategy,
        mode: { allowed: true, reason: config.mode },
        ...(liveApproval === undefined ? {} : { liveApproval }),
        tradingDate: today,
        day: regularDay(today),
        instruments: loadInstruments(config.symbols.map(symbolCode)),
        clock: systemClock,
        generateId: systemIds,
        journal: journal.journal,
        stop: openStopFile(stopFile(config)),
        logger,
        onCycle: (each) => {
          journal.saveNowAndThen();
          onCycle?.(systemClock.nowMs(), each);
        },
        ...(onStart === undefined ? {} : { onStart }),
        ...(onUnknown === undefined ? {} : { onUnknown }),
      });
      settings.onSession?.(session);
      const end = await session.run(AbortSignal.any([settings.signal, broken.signal]));
      await verified;
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
      };
      return makeDayReport(context, session, end, await comparePositions(session.book, broker.account));
    } finally {
      await journal.close();
    }
  } finally {
    await broker.close();
  }
}
