#!/usr/bin/env node
import { type Terminal } from './simulate/simulate-command.ts';

const terminal: Terminal = {
  out: (line) => void process.stdout.write(`${line}\n`),
  say: (line) => void process.stderr.write(`${line}\n`),
};

interface Command {
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<number>;
  readonly help: readonly string[];
}

/** Every program of this folder, by its name on the command line. Each is loaded alone: a runner has to start quickly. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  async simulate() {
    const { runSimulateCommand, simulateHelp } = await import('./simulate/simulate-command.ts');
    return { run: runSimulateCommand, help: simulateHelp };
  },
  async crash() {
    const { runCrashCommand, crashHelp } = await import('./crash/crash-command.ts');
    return { run: runCrashCommand, help: crashHelp };
  },
  async night() {
    const { runNightCommand, nightHelp } = await import('./night-command.ts');
    return { run: runNightCommand, help: nightHelp };
  },
  // Started by `crash`, never by a person.
  async 'crash-runner'() {
    const { runCrashRunner } = await import('./crash/crash-runner.ts');
    return { run: runCrashRunner, help: [] };
  },
};

const [name = '', ...rest] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  terminal.say(name === '' ? 'Name a command:' : `There is no command ${name}. Name one of these:`);
  for (const load of Object.values(commands)) for (const line of (await load()).help) terminal.say(`  ${line}`);
  process.exitCode = 2;
} else {
  const { run, help } = await command();
  if (rest.includes('--help') || rest.includes('-h')) for (const line of help) terminal.out(line);
  else process.exitCode = await run(rest, terminal);
}
