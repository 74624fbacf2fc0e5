import { parseArgs } from 'node:util';
import { printFailure, printReport } from './print-report.ts';
import { runSchedule } from './run-schedule.ts';
import { drawSchedule } from './draw/draw-schedule.ts';
import { shrinkSchedule } from './shrink.ts';
import { missingCoverage, simulate } from './simulate.ts';

/** Where a command writes: results to `out`, what people watch to `say`. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly say: (line: string) => void;
}

export const simulateHelp: readonly string[] = [
  'simulate --seeds 1..5000 [--json]      runs a range of seeds and prints the table',
  'simulate --seed 17 [--trace] [--shrunk] runs one seed again, exactly; shrunk: what is left of it when it fails',
];

const seedsPattern = /^(\d{1,9})\.\.(\d{1,9})$/;

/** `simulate`: 0 when everything held, 1 when an invariant was broken or something was not reached, 2 for bad arguments. */
export async function runSimulateCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = readArguments(args);
  if (typeof parsed === 'string') {
    for (const line of [parsed, ...simulateHelp]) terminal.say(line);
    return 2;
  }
  return 'seed' in parsed ? runOne(parsed, terminal) : runRange(parsed, terminal);
}

type Arguments =
  | { readonly seed: number; readonly trace: boolean; readonly shrunk: boolean; readonly json: boolean }
  | { readonly from: number; readonly to: number; readonly json: boolean };

/** What is asked for, or what is wrong with it. */
function readArguments(args: readonly string[]): Arguments | string {
  let values: Readonly<Record<string, string | boolean | undefined>>;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        seeds: { type: 'string' },
        seed: { type: 'string' },
        trace: { type: 'boolean' },
        shrunk: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : 'The arguments cannot be read.';
  }
  const { seed, seeds = '1..1000', trace = false, shrunk = false, json = false } = values;
  const flags = { trace: trace === true, shrunk: shrunk === true, json: json === true };
  if (typeof seed === 'string') {
    return /^\d{1,9}$/.test(seed) ? { seed: Number(seed), ...flags } : `--seed ${seed} is no whole number. Give 17.`;
  }
  const [, from, to] = seedsPattern.exec(String(seeds)) ?? [];
  if (from === undefined || to === undefined || Number(from) > Number(to)) {
    return `--seeds ${String(seeds)} is no range. Give the first and the last seed, for example 1..5000.`;
  }
  return { from: Number(from), to: Number(to), json: flags.json };
}

async function runOne(
  { seed, trace, shrunk, json }: Extract<Arguments, { readonly seed: number }>,
  { out, say }: Terminal,
): Promise<number> {
  let schedule = drawSchedule(seed);
  let result = await runSchedule(schedule, { trace });
  const [first] = result.violations;
  if (first !== undefined) {
    const smaller = await shrinkSchedule(schedule, first.invariant);
    if (shrunk) {
      ({ schedule } = smaller);
      result = await runSchedule(schedule, { trace });
    } else {
      for (const line of printFailure({ seed, violations: result.violations, shrunk: smaller.schedule })) say(line);
    }
  }
  if (json) {
    out(JSON.stringify({ ...result, schedule }));
  } else {
    for (const line of result.trace) out(line);
    out(`seed ${seed} hash ${result.hash} violations ${result.violations.length}`);
  }
  return result.violations.length === 0 ? 0 : 1;
}

async function runRange(
  { from, to, json }: Extract<Arguments, { readonly from: number }>,
  { out, say }: Terminal,
): Promise<number> {
  const report = await simulate({
    ...{ from, to },
    onProgress: (done, failed) => {
      if (done % 1_000 === 0) say(`${done} of ${to - from + 1} seeds, ${failed} failed`);
    },
  });
  const notReached = missingCoverage(report);
  if (json) out(JSON.stringify({ ...report, notReached }));
  else for (const line of printReport(report)) out(line);
  return report.failed.length === 0 && notReached.length === 0 ? 0 : 1;
}
