import { createFileTokenStore, systemClock, systemIds } from '@qts/broker-kit';
import {
  type KisBroker,
  type KisPaperCredentials,
  createKisBroker,
  kisHosts,
  readKisCredentials,
} from '@qts/broker-kis';
import { ConfigurationError, type Logger, type OrderResponse, kstDate, symbolCode } from '@qts/core';
import { type LiveGateDecision, decideLiveGate } from '@qts/engine';
import { type Strategy } from '@qts/pipeline';
import { openSqliteJournal } from '@qts/storage';
import { type Environment } from '../config/env-file.ts';
import { type RunnerConfig } from '../config/runner-config.ts';
import { loadInstruments } from '../market-data/instruments.ts';
import { comparePositions } from '../report/broker-books.ts';
import { type DayReport, makeDayReport } from '../report/day-report.ts';
import { regularDay } from './regular-day.ts';
import { journalFile, tokenFolder } from './runner-files.ts';
import { type TradingSession, openTradingSession } from './trading-session.ts';

export interface BrokerDaySettings {
  readonly config: RunnerConfig;
  readonly environment: Environment;
  readonly strategy: Strategy;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly onCycle?: (nowMs: number, session: TradingSession) => void;
}

/**
 * Trades today at the broker's paper account (모의투자).
 *
 * @throws {ConfigurationError} when credentials are missing or not valid, today is no trading day, or the mode is live
 * @throws {BrokerError} when the account cannot be read
 */
export async function runBrokerDay(settings: BrokerDaySettings): Promise<DayReport> {
  const { config, strategy, logger, onCycle } = settings;
  // What cannot be written down must not be traded: a broken journal winds the day down as Ctrl-C does.
  const broken = new AbortController();
  const signal = AbortSignal.any([settings.signal, broken.signal]);
  let session: TradingSession | undefined;
  const broker = connect(settings, (response) => session?.hearLateAnswer(response));
  const journal = openSqliteJournal({
    file: journalFile(config.mode, config.account),
    accountId: config.account,
    clock: systemClock,
    logger,
    onBroken: (error) => {
      logger.error('journal-broken', { code: error.code });
      broken.abort(error);
    },
  });
  try {
    const today = kstDate(systemClock.nowMs());
    session = await openTradingSession({
      config,
      broker,
      strategy,
      mode: { allowed: true, reason: 'paper' },
      tradingDate: today,
      day: regularDay(today),
      instruments: loadInstruments(config.symbols.map(symbolCode)),
      clock: systemClock,
      generateId: systemIds,
      journal,
      logger,
      onCycle: (each) => onCycle?.(systemClock.nowMs(), each),
    });
    const end = await session.run(signal);
    const context = {
      simulated: false,
      mode: config.mode,
      broker: broker.orders.displayName,
      tradingDate: today,
      strategy: strategy.name,
      seed: null,
      data: { real: ['everything: the broker’s own paper server'], modelled: [] },
      lostAnswers: null,
    };
    return makeDayReport(context, session, end, await comparePositions(session.book, broker.account));
  } finally {
    await broker.close();
    await journal.close();
  }
}

function connect(
  { config, environment, logger }: BrokerDaySettings,
  onLateAnswer: (response: OrderResponse) => void,
): KisBroker {
  if (config.mode === 'live') throw refuseLive(decideLive(environment));
  return createKisBroker({
    // The variables of the paper environment make paper credentials, and nothing else.
    credentials: readKisCredentials('PAPER', environment) as KisPaperCredentials,
    tokenStore: createFileTokenStore({ directory: tokenFolder }),
    logger,
    onLateAnswer,
  });
}

function decideLive(environment: Environment): LiveGateDecision {
  const { LIVE: liveHost } = kisHosts;
  const { environment: of } = readKisCredentials('LIVE', environment);
  return decideLiveGate({
    mode: 'live',
    acknowledgement: environment['QTS_LIVE_ACK'],
    enableRealOrder: environment['ENABLE_REAL_ORDER'],
    credentials: { brokerId: 'kis', environment: of, host: liveHost, liveHost },
  });
}

/**
 * Live needs the three facts, and a start that takes up what the journal says of the last run: without it a restart would
 * not look for an order whose answer was lost. This version does not do that yet, so live stops here even when the gate
 * is open (docs/decisions/0005).
 */
function refuseLive(decision: LiveGateDecision): ConfigurationError {
  if (!decision.allowed) {
    return new ConfigurationError({
      code: 'LIVE_REFUSED',
      summary: 'Live trading is not allowed; nothing was started.',
      facts: { reason: decision.reason },
      next: decision.next,
    });
  }
  return new ConfigurationError({
    code: 'LIVE_NEEDS_RECOVERY',
    summary:
      'The live gate is open, but this version does not yet take up what the journal says of the last run; nothing was started.',
    facts: { reason: 'a restart would not look for an order whose answer was lost' },
    next: 'Use mode paper or sim until the recovery at start is part of @qts/engine.',
  });
}
