import { Option, type Command } from 'commander';
import { systemClock } from '@qts/broker-kit';
import { ConfigurationError, kstDate, tradingDate } from '@qts/core';
import { exitCode } from '../cli/exit-codes.ts';
import { createPeopleLogger } from '../cli/people-logger.ts';
import { type Terminal } from '../cli/run-command.ts';
import { loadEnvironment } from '../config/env-file.ts';
import { runnerBrokers } from '../config/runner-config.ts';
import { type AccountOptions, chooseAccount } from './account-choice.ts';
import { acceptCommand, decideCommand } from './decide.ts';
import { type CancelScope, haltCommand, resumeCommand } from './halt.ts';
import { connectOperatorBroker } from './operator-broker.ts';
import { type Operator, type OperatorTools } from './operator-tools.ts';
import { ordersCommand } from './orders.ts';
import { reconcileCommand } from './reconcile.ts';
import { showIntentCommand } from './show-intent.ts';

interface CommonFlags extends AccountOptions {
  readonly json?: boolean;
  readonly venue?: string;
  readonly date?: string;
  readonly by?: string;
  readonly reason?: string;
}

/**
 * Who decides, and why. What is left out and what is blank are refused alike, before anything is opened or asked.
 *
 * @throws {ConfigurationError} `OPERATOR_UNNAMED`
 */
function byOf({ by = '', reason = '' }: CommonFlags): Operator {
  for (const [option, found] of [
    ['--by', by],
    ['--reason', reason],
  ] as const) {
    if (found.trim() !== '') continue;
    throw new ConfigurationError({
      code: 'OPERATOR_UNNAMED',
      summary: 'Who decides this, and why, has to be on record. Nothing was changed.',
      facts: { missing: option },
      next: 'Give your name with --by NAME, and the reason with --reason TEXT, in a few words.',
    });
  }
  return { requestedBy: by, reason };
}

/** Adds the commands by which people look at an account and intervene, beside a run or after it. */
export function addOperatorCommands(program: Command, journal: Command, { out, say }: Terminal): void {
  const ofAccount = (name: string, description: string, on: Command = program): Command =>
    on
      .command(name)
      .description(description)
      .option('-c, --config <file>', 'configuration file that names the account (default: qts.yaml, if it is there)')
      .option('-m, --mode <mode>', 'sim, paper or live')
      .option('-b, --broker <id>', 'kis or kiwoom')
      .option('--journal <file>', 'the order journal, where it is elsewhere than in ~/.qts');
  const atBroker = (command: Command): Command =>
    command
      .option('--venue <url>', 'a simulated venue on this machine in the place of the broker')
      .option('--date <YYYY-MM-DD>', 'trading date (default: today in Korea)');
  const signed = (command: Command): Command =>
    command
      .option('--by <name>', 'your name; it is wanted, and written down')
      .option('--reason <text>', 'why; it is wanted, and written down');

  const toolsOf = (flags: CommonFlags): OperatorTools => {
    const choice = chooseAccount(flags);
    const logger = createPeopleLogger(say);
    return {
      ...{ choice, logger, clock: systemClock },
      connect: () =>
        connectOperatorBroker({
          ...{ config: choice.config, clock: systemClock, logger, environment: loadEnvironment('.env', process.env) },
          ...(flags.venue === undefined ? {} : { venueUrl: flags.venue }),
        }),
    };
  };
  const dateOf = ({ date }: CommonFlags) => (date === undefined ? kstDate(systemClock.nowMs()) : tradingDate(date));

  ofAccount('orders', 'lists the orders that a journal knows, and what a start would do about each')
    .option('--open', 'only those whose end is not known')
    .option('--json', 'print them as JSON')
    .action(async ({ open, json, ...flags }: CommonFlags & { readonly open?: boolean }) => {
      const options = { file: chooseAccount(flags).journal, open: open === true, json: json === true, out };
      process.exitCode = exitCode(await ordersCommand(options));
    });

  atBroker(ofAccount('reconcile', 'compares the journal with orders, positions and cash at the broker; reads only'))
    .option('--json', 'print the comparison as JSON')
    .action(async (flags: CommonFlags) => {
      const options = { tradingDate: dateOf(flags), json: flags.json === true, out };
      process.exitCode = exitCode(await reconcileCommand(toolsOf(flags), options));
    });

  signed(atBroker(ofAccount('halt', 'engages the kill switch, also of a run in another terminal')))
    .addOption(
      new Option('--cancel-all <scope>', 'then cancel what rests: ours, or all that is open in the account').choices([
        ...['ours', 'all'],
      ]),
    )
    .action(async (flags: CommonFlags & { readonly cancelAll?: CancelScope }) => {
      const options = { by: byOf(flags), scope: flags.cancelAll, out };
      process.exitCode = exitCode(await haltCommand(toolsOf(flags), options));
    });

  signed(ofAccount('resume', 'releases the kill switch'))
    .option('--approve-recovery', 'also end the safety state FAIL or LOCKDOWN, while no run has the journal')
    .option('--lift <source>', 'also end what a source restricted (all: every source), while no run has the journal')
    .action(async (flags: CommonFlags & { readonly approveRecovery?: boolean; readonly lift?: string }) => {
      const lift = flags.lift === undefined ? {} : { lift: flags.lift };
      const options = { by: byOf(flags), approveRecovery: flags.approveRecovery === true, ...lift, out };
      process.exitCode = exitCode(await resumeCommand(toolsOf(flags), options));
    });

  signed(
    atBroker(
      ofAccount('decide <intent> <decision>', 'ends an ESCALATED order: adopt, absent; or closed, of an earlier date'),
    ),
  )
    .option('--number <number>', 'the broker’s order number, for adopt')
    .action(async (intentId: string, decision: string, flags: CommonFlags & { readonly number?: string }) => {
      const number = flags.number === undefined ? {} : { number: flags.number };
      const options = { intentId, decision, ...number, by: byOf(flags), tradingDate: dateOf(flags), out };
      process.exitCode = exitCode(await decideCommand(toolsOf(flags), options));
    });

  signed(atBroker(ofAccount('accept', 'takes the broker’s cash and positions for right, for the next start'))).action(
    async (flags: CommonFlags) => {
      const options = { by: byOf(flags), tradingDate: dateOf(flags), out };
      process.exitCode = exitCode(await acceptCommand(toolsOf(flags), options));
    },
  );

  ofAccount('show <intent>', 'prints all records about one intent', journal)
    .option('--json', 'print them as JSON')
    .action(async (intentId: string, { json, ...flags }: CommonFlags) => {
      const options = { file: chooseAccount(flags).journal, intentId, json: json === true, out };
      process.exitCode = exitCode(await showIntentCommand(options));
    });

  program
    .command('tr [word]')
    .description(
      'browses the operations and streams of the brokers, by id or by a word: what they do, fields with their Korean names, limits, examples',
    )
    .option('--broker <id>', runnerBrokers.join(' or '))
    .option('--json', 'print them as JSON')
    .action(async (word: string | undefined, { broker, json }: CommonFlags) => {
      // Much to read, and nothing that a run needs.
      const { operationsCommand } = await import('./operation-pages.ts');
      const named = { ...(word === undefined ? {} : { word }), ...(broker === undefined ? {} : { broker }) };
      process.exitCode = exitCode(operationsCommand({ ...named, json: json === true, out }));
    });
}
