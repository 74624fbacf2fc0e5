import { parseArgs } from 'node:util';
import { type BenchmarkName, benchmarkNames } from '../report/figure.ts';

export interface BenchArguments {
  readonly help: boolean;
  readonly json: boolean;
  readonly quick: boolean;
  /** Puts the figures into the README of the benchmarks. */
  readonly write: boolean;
  /** In the order of {@link benchmarkNames}; all of them when none is named. */
  readonly benchmarks: readonly BenchmarkName[];
}

export const usage = `npm run bench -- [benchmarks] [options]

Benchmarks (default: all)
  order-path  one limit order at a time against a local stub, beside bare undici and public clients
  matching    the simulated exchange beside a public order book
  parse       a list of 100 orders read, beside JSON.parse alone
  streams     trade frames of a WebSocket to checked events, beside a bare split of the same frames
  journal     the SQLite journal: orders, groups and recovery, beside a bare write and sync
  limiter     demand that always waits, against the broker's limit, in virtual time

Options
  --quick     fewer rounds: for a look, not for a figure
  --json      the figures as JSON on stdout
  --write     puts the figures into apps/bench/README.md
  --help

Progress goes to stderr. Exit code: 0 measured, 1 a benchmark could not be measured, 2 wrong arguments.`;

/** @throws {TypeError} saying what is wrong. */
export function parseArguments(argv: readonly string[]): BenchArguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.find((name) => !benchmarkNames.some((known) => known === name));
  if (unknown !== undefined)
    throw new TypeError(`There is no benchmark "${unknown}". Known: ${benchmarkNames.join(', ')}.`);
  const asked = benchmarkNames.filter((name) => positionals.length === 0 || positionals.includes(name));
  if (values.write && (values.quick || asked.length < benchmarkNames.length)) {
    throw new TypeError('--write takes a whole run: leave out --quick and the names of benchmarks.');
  }
  return { ...values, benchmarks: asked };
}
