import { type Command, InvalidArgumentError } from 'commander';
import { exitCode } from '../cli/exit-codes.ts';
import { createPeopleLogger } from '../cli/people-logger.ts';
import { streamLogEvents } from '../cli/stream-news.ts';
import { type Terminal } from '../cli/run-command.ts';
import { type WatchCommandOptions } from './watch-options.ts';
import { loadEnvironment } from '../config/env-file.ts';

interface WatchFlags {
  readonly config?: string;
  readonly mode?: string;
  readonly broker?: string;
  readonly url?: string;
  readonly orders?: boolean;
  readonly json?: boolean;
  readonly record?: string;
  readonly play?: string;
  readonly seconds?: number;
  readonly fault?: readonly string[];
}

/** What the streams say of themselves in-band is a line of the watch. */
const shownAsLines: readonly string[] = [...streamLogEvents, 'quote-read-failed'];

function seconds(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('A whole number from 1 is wanted.');
  return Number(text);
}

/** Adds `qts watch`. */
export function addWatchCommand(program: Command, { out, say }: Terminal): void {
  program
    .command('watch <symbols...>')
    .description(
      'shows live quotes and says when something was missed, from a simulated venue of its own unless told otherwise; sends no order. Ctrl-C ends it with code 0; 4: nothing could be watched',
    )
    .option('-c, --config <file>', 'configuration file (default: qts.yaml, if it is there)')
    .option('-m, --mode <mode>', 'sim, paper or live')
    .option('-b, --broker <id>', 'kis, kiwoom, or kis,kiwoom: one simulated market, and the fresher price counts')
    .option('--url <url>', 'a simulated venue that runs already, with credentials from .env')
    .option('--orders', 'also news of own orders')
    .option('--json', 'print every line as JSON')
    .option('--seconds <number>', 'end after this many seconds', seconds)
    .option('--record <file>', 'write what comes and goes, without secrets, into a new file')
    .option('--play <file>', 'show a recording of the same broker in the place of live data')
    .option('--fault <id@second...>', 'faults of the simulated venue, for example W02-cut@5')
    .action(async (symbols: readonly string[], { fault = [], orders, json, ...given }: WatchFlags) => {
      const [{ watchCommand }, { watchBothCommand }] = await Promise.all([
        import('./watch.ts'),
        import('./watch-both.ts'),
      ]);
      const stop = new AbortController();
      const onSignal = (): void => {
        stop.abort();
      };
      // A second signal finds nobody listening and ends the process at once: a watch leaves nothing behind.
      process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
      const options: WatchCommandOptions = {
        ...given,
        ...{ symbols, faults: fault, orders: orders === true, json: json === true, out, say },
        environment: () => loadEnvironment('.env', process.env),
        signal: stop.signal,
        logger: createPeopleLogger(say, shownAsLines),
      };
      const { broker } = given;
      const ended =
        broker?.includes(',') === true ? await watchBothCommand({ ...options, broker }) : await watchCommand(options);
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
      process.exitCode = exitCode(ended);
    });
}
