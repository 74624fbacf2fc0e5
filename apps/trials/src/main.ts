#!/usr/bin/env node
import { type Terminal, runSimulateCommand, simulateHelp } from './simulate/simulate-command.ts';

const terminal: Terminal = {
  out: (line) => void process.stdout.write(`${line}\n`),
  say: (line) => void process.stderr.write(`${line}\n`),
};

/** Every program of this folder, by its name on the command line. */
const commands: Readonly<
  Record<string, { readonly run: (args: readonly string[], terminal: Terminal) => Promise<number>; readonly help: readonly string[] }>
> = {
  simulate: { run: runSimulateCommand, help: simulateHelp },
};

const [name = '', ...rest] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  terminal.say(name === '' ? 'Name a command:' : `There is no command ${name}. Name one of these:`);
  for (const { help } of Object.values(commands)) for (const line of help) terminal.say(`  ${line}`);
  process.exitCode = 2;
} else {
  process.exitCode = await command.run(rest, terminal);
}
