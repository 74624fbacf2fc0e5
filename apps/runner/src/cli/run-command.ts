import { createLineLogger } from '@qts/broker-kit';
import { type StreamControl } from '@qts/core';
import { type StartReport } from '@qts/engine';
import { type ConfigOverrides, loadRunnerConfig } from '../config/config-file.ts';
import { loadEnvironment } from '../config/env-file.ts';
import { type DayReport } from '../report/day-report.ts';
import { printDayReport } from '../report/print-day-report.ts';
import { runSimDay } from '../sim/sim-day.ts';
import { type StreamSource } from '../streams/stream-figures.ts';
import { loadStrategy } from '../strategies/load-strategy.ts';
import { runBrokerDay } from '../trading/broker-day.ts';
import { journalFile, makeSimJournalFile, requireRunnerFolder } from '../trading/runner-files.ts';
import { type TradingSession } from '../trading/trading-session.ts';
import { type UnknownNews } from '../trading/unknown-news.ts';
import { type ExitName } from './exit-codes.ts';
import { haltOnSignal } from './halt-signal.ts';
import { listenForInterrupt } from './interrupt.ts';
import { createPeopleLogger } from './people-logger.ts';
import { createProgress } from './progress.ts';
import { startLines } from './start-line.ts';
import { createStreamNews, streamLogEvents } from './stream-news.ts';
import { unknownLine } from './unknown-lines.ts';

export interface RunCommandOptions {
  readonly config?: string;
  readonly overrides: ConfigOverrides;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** Where a command writes: the report to `out`, everything else to `say`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly say: (line: string) => void;
}

/** Time of the trading day between two progress lines. */
const progressEveryMs = 30 * 60_000;

/** `qts run`: trades a day and prints its report. */
export async function runCommand(options: RunCommandOptions, { out, say }: Terminal): Promise<ExitName> {
  const config = loadRunnerConfig(options.config, options.overrides);
  requireRunnerFolder(config);
  const strategy = await loadStrategy(config.strategy.use, config.strategy.parameters);
  const tell = options.quiet ? () => undefined : say;
  const interrupt = listenForInterrupt(say);
  const halt = haltOnSignal(say);
  const streamNews = createStreamNews();
  const progress = createProgress(tell, progressEveryMs);
  const logger = options.verbose
    ? createLineLogger({
        write: (line) => {
          say(line.trimEnd());
        },
        level: 'debug',
      })
    : createPeopleLogger(say, streamLogEvents);
  const common = {
    config,
    strategy,
    signal: interrupt.signal,
    logger,
    onCycle: (nowMs: number, session: TradingSession) => {
      progress.onCycle(nowMs, session);
    },
    onStart: (report: StartReport) => {
      for (const line of startLines(report)) tell(line);
    },
    onUnknown: (news: UnknownNews) => {
      tell(unknownLine(news));
    },
    onStream: (source: StreamSource, event: StreamControl) => {
      const line = streamNews(source, event);
      if (line !== undefined) tell(line);
    },
    onSession: halt.watch,
  };
  try {
    if (config.mode === 'sim') {
      const disturbed = [
        ...(config.sim.lostAnswers > 0 ? [`${config.sim.lostAnswers} answers are lost`] : []),
        ...(config.sim.streamFaults && config.streams.enabled ? ['streams are disturbed'] : []),
      ].join(' and ');
      const file = makeSimJournalFile(config, Date.now());
      return finish(
        await runSimDay({
          ...common,
          journalFile: file,
          // Not before the day was found: a wrong one is refused without a word of a run.
          onVenue: ({ url }) => {
            tell(
              `SIMULATED day ${config.sim.date}, broker ${config.broker}, seed ${config.sim.seed}, strategy ${strategy.name}: no broker, no money`,
            );
            if (disturbed !== '') tell(`${disturbed} on purpose (--calm: nothing is)`);
            tell(`journal ${file}`);
            tell(`venue (simulated) at ${url}`);
          },
        }),
      );
    }
    const environment = loadEnvironment('.env', process.env);
    tell(`mode ${config.mode}, broker ${config.broker}, account ${config.account}, strategy ${strategy.name}`);
    tell(`journal ${journalFile(config)}`);
    return finish(
      await runBrokerDay({
        ...common,
        environment,
        onBroken: ({ code, message }) => {
          say(`JOURNAL BROKEN (${code}): no order leaves any more; canceling what rests.\n${message}`);
        },
      }),
    );
  } finally {
    interrupt.dispose();
    halt.dispose();
  }

  function finish(report: DayReport): ExitName {
    out(options.json ? `${JSON.stringify(report, null, 2)}\n` : `\n${printDayReport(report)}`);
    return exitOf(report);
  }
}

/** How a day ended, for the exit code. What is left open at the broker weighs more than why the loop ended. */
export function exitOf({ books, end }: Pick<DayReport, 'books' | 'end'>): ExitName {
  if (!books.equal || end.leftOpen.length > 0) return 'booksDiffer';
  if (end.reason === 'stopped') return 'interrupted';
  return end.reason === 'done' ? 'ok' : 'stoppedByErrors';
}
