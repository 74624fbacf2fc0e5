import { ConfigurationError } from '@qts/core';
import { Command, InvalidArgumentError } from 'commander';
import { followReader } from './cli/closed-pipe.ts';
import { exitCode } from './cli/exit-codes.ts';
import { explainFailure } from './cli/failure.ts';
import { type Terminal, runCommand } from './cli/run-command.ts';
import { exportJournalCommand, verifyJournalCommand } from './commands/journal.ts';
import { addOperatorCommands } from './commands/operator-commands.ts';
import { addWatchCommand } from './commands/add-watch-command.ts';
import { runTapeCommand } from './commands/tape.ts';

const reader = followReader();

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  say: (line) => void process.stderr.write(`${line}\n`),
};

/** Programs get their errors as JSON too; asked before the command line is read, which may be what is wrong. */
const wantsJson = process.argv.includes('--json');

interface RunFlags {
  readonly config?: string;
  readonly mode?: string;
  readonly broker?: string;
  readonly calm?: boolean;
  readonly date?: string;
  readonly seed?: number;
  readonly port?: number;
  readonly lostAnswers?: number;
  readonly streamFaults?: boolean;
  readonly symbols?: readonly string[];
  readonly strategy?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('A whole number from 0 is wanted, for example 7.');
  return Number(text);
}

const program = new Command('qts')
  .description('Trades a day: simulated by default, on a local venue. No trading advice.')
  .showHelpAfterError('(qts --help lists what there is)')
  .hook('preAction', (_, command) => {
    reader.begin(command.name());
  })
  .configureOutput({
    writeErr: (text) => {
      if (!wantsJson) process.stderr.write(text);
    },
  })
  .exitOverride(({ exitCode: wanted, code, message }) => {
    if (wanted !== 0 && wantsJson) terminal.say(JSON.stringify({ error: { code, message } }));
    process.exit(wanted === 0 ? 0 : exitCode('usage'));
  });

const run = program
  .command('run', { isDefault: true })
  .description('trades one day and prints its report')
  .option('-c, --config <file>', 'configuration file (default: qts.yaml, if it is there)')
  .option('-m, --mode <mode>', 'sim, paper or live')
  .option('-b, --broker <id>', 'kis or kiwoom')
  .option('--date <YYYY-MM-DD>', 'simulated day')
  .option('--seed <number>', 'seed of the simulated day', wholeNumber)
  .option('--port <number>', 'loopback port of the simulated venue; 0 takes a free one', wholeNumber)
  .option('--lost-answers <number>', 'answers to orders that the venue loses on purpose, 0 to 10', wholeNumber)
  .option('--no-stream-faults', 'the venue’s streams go on undisturbed')
  .option('--calm', 'the venue loses no answers and disturbs no streams')
  .option('--symbols <codes>', 'short codes, with commas', (text) => text.split(','))
  .option('--strategy <name or file>', 'breakout, reversion, or ./my-strategy.ts')
  .option('--json', 'print the report as JSON')
  .option('--quiet', 'no progress lines')
  .option('--verbose', 'log everything, as JSON lines')
  .action(async ({ config, json, quiet, verbose, calm, ...given }: RunFlags) => {
    const flags = { json: json === true, quiet: quiet === true, verbose: verbose === true };
    const file = config === undefined ? {} : { config };
    if (calm === true && (given.lostAnswers ?? 0) > 0) {
      throw new ConfigurationError({
        code: 'CALM_AND_FAULTS',
        summary: 'A calm day has no faults, and faults were asked for. Nothing was started.',
        facts: { '--calm': 'given', '--lost-answers': given.lostAnswers ?? 'absent' },
        next: 'Leave out --calm, or the other option.',
      });
    }
    const overrides = calm === true ? { ...given, lostAnswers: 0, streamFaults: false } : given;
    const ended = await runCommand({ ...flags, ...file, overrides }, terminal);
    process.exitCode = exitCode(ended);
  });

// `run` is what happens without a command, so its options belong to the first help that somebody reads.
program.addHelpText('after', () => `\nWithout a command it runs:\n\n${run.helpInformation()}`);

program
  .command('tape')
  .description('replays a recorded KRX tape through the exchange and prints how many rows agree')
  .option('--json', 'print the agreement as JSON')
  .action(async ({ json }: { readonly json?: boolean }) => {
    process.exitCode = await runTapeCommand({ json: json === true, out: terminal.out });
  });

const journal = program.command('journal').description('looks at an order journal that no run has open');
journal
  .command('verify <file>')
  .description('reads the whole chain and says whether a record is missing or changed')
  .option('--json', 'print the result as JSON')
  .action(async (file: string, { json }: { readonly json?: boolean }) => {
    process.exitCode = exitCode(await verifyJournalCommand(file, { json: json === true, out: terminal.out }));
  });
journal
  .command('export <file>')
  .description('prints the records as JSON Lines')
  .action(async (file: string) => {
    process.exitCode = exitCode(await exportJournalCommand(file, terminal.out));
  });
addOperatorCommands(program, journal, terminal);
addWatchCommand(program, terminal);

try {
  await program.parseAsync();
} catch (error) {
  const { exit, message, code } = explainFailure(error);
  terminal.say(wantsJson ? JSON.stringify({ error: { code, message } }) : message);
  process.exitCode = exitCode(exit);
}
