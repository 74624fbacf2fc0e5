import { createLineLogger } from '@qts/broker-kit';
import { type ConfigOverrides, loadRunnerConfig } from '../config/config-file.ts';
import { loadEnvironment } from '../config/env-file.ts';
import { type DayReport } from '../report/day-report.ts';
import { printDayReport } from '../report/print-day-report.ts';
import { runSimDay } from '../sim/sim-day.ts';
import { loadStrategy } from '../strategies/load-strategy.ts';
import { runBrokerDay } from '../trading/broker-day.ts';
import { type TradingSession } from '../trading/trading-session.ts';
import { type ExitName } from './exit-codes.ts';
import { listenForInterrupt } from './interrupt.ts';
import { createPeopleLogger } from './people-logger.ts';
import { createProgress } from './progress.ts';

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
  const strategy = await loadStrategy(config.strategy.use, config.strategy.parameters);
  const tell = options.quiet ? () => undefined : say;
  const interrupt = listenForInterrupt(say);
  const progress = createProgress(tell, progressEveryMs);
  const logger = options.verbose
    ? createLineLogger({
        write: (line) => {
          say(line.trimEnd());
        },
        level: 'debug',
      })
    : createPeopleLogger(say);
  const common = {
    config,
    strategy,
    signal: interrupt.signal,
    logger,
    onCycle: (nowMs: number, session: TradingSession) => {
      progress.onCycle(nowMs, session);
    },
  };
  try {
    if (config.mode === 'sim') {
      tell(`SIMULATED day ${config.sim.date}, seed ${config.sim.seed}, strategy ${strategy.name}: no broker, no money`);
      return finish(
        await runSimDay({
          ...common,
          onVenue: ({ url }) => {
            tell(`venue (simulated) at ${url}`);
          },
        }),
      );
    }
    const environment = loadEnvironment('.env', process.env);
    tell(`mode ${config.mode}, broker ${config.broker}, account ${config.account}, strategy ${strategy.name}`);
    return finish(await runBrokerDay({ ...common, environment }));
  } finally {
    interrupt.dispose();
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
