import { parseArgs } from 'node:util';
import { type CrashReport, type CrashTrial, crash, crashTrials } from './crash.ts';
import { crashPointIds, crashPoints } from './crash-points.ts';
import { type Terminal } from '../simulate/simulate-command.ts';

export const crashHelp: readonly string[] = [
  'crash --kills 100 [--broker kis|kiwoom|mixed] [--seed 1] [--json]  kills the program again and again, and compares the books',
];

/** `crash`: 0 when nothing was doubled, lost or different, 1 when something was, 2 for bad arguments. */
export async function runCrashCommand(args: readonly string[], { out, say }: Terminal): Promise<number> {
  const parsed = readArguments(args);
  if (typeof parsed === 'string') {
    for (const line of [parsed, ...crashHelp]) say(line);
    return 2;
  }
  const { json, ...options } = parsed;
  const report = await crash({
    ...options,
    // The program that runs is the one that has the runner.
    program: { file: process.argv[1] ?? '', execArgv: process.execArgv },
    onKill: (kills, point) => {
      if (kills % 10 === 0) say(`${kills} of ${options.kills} kills (${point ?? 'at a random moment'})`);
    },
  });
  if (json) out(JSON.stringify(report));
  else for (const line of printCrashReport(report)) out(line);
  return isClean(report) ? 0 : 1;
}

interface Arguments {
  readonly trial: CrashTrial;
  readonly kills: number;
  readonly seed: number;
  readonly json: boolean;
}

function readArguments(args: readonly string[]): Arguments | string {
  let values: Readonly<Record<string, string | boolean | undefined>>;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        kills: { type: 'string' },
        broker: { type: 'string' },
        seed: { type: 'string' },
        json: { type: 'boolean' },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : 'The arguments cannot be read.';
  }
  const { kills = '100', broker = 'kis', seed = '1', json = false } = values;
  const trial = crashTrials.find((each) => each === broker);
  if (trial === undefined) return `--broker ${String(broker)} is none. Give one of ${crashTrials.join(', ')}.`;
  for (const [name, value] of Object.entries({ kills, seed })) {
    if (!/^[1-9]\d{0,5}$/.test(String(value))) return `--${name} ${String(value)} is no count. Give 100.`;
  }
  return { trial, kills: Number(kills), seed: Number(seed), json: json === true };
}

export function isClean({ findings }: CrashReport): boolean {
  return Object.values(findings as unknown as Record<string, readonly string[]>).every(({ length }) => length === 0);
}

/** Findings of one kind that are printed; the rest is counted. */
const findingsShown = 10;

export function printCrashReport(report: CrashReport): readonly string[] {
  const { trial, seed, kills, randomKills, orders, filled, canceled, starts, opened, foldsEqual, faults } = report;
  const { duplicates, lost, differences, journal } = report.findings;
  const width = Math.max(...crashPointIds.map(({ length }) => length));
  const lines = [
    `crash (simulated): ${trial}, seed ${seed}, ${kills} kills`,
    '',
    ...crashPointIds.map(
      (point) => `${point.padEnd(width)} ${String(report.pointHits[point]).padStart(5)}  ${crashPoints[point].does}`,
    ),
    `${'at a random moment'.padEnd(width)} ${String(randomKills).padStart(5)}`,
    '',
    `orders at the venue   ${orders} (${filled} filled, ${canceled} canceled in whole or part)`,
    `starts                ${starts}, of which ${opened} agreed with the broker; ${foldsEqual} folded as the whole journal does`,
    `requests lost by plan ${faults}`,
    `duplicates            ${duplicates.length}`,
    `lost                  ${lost.length}`,
    `journal               ${journal.length === 0 ? 'whole after every kill' : `${journal.length} faults`}`,
    `books                 ${differences.length === 0 ? 'equal' : `${differences.length} differences`}`,
  ];
  for (const [kind, found] of Object.entries({ duplicates, lost, differences, journal })) {
    for (const each of found.slice(0, findingsShown)) lines.push(`${kind}: ${each}`);
    if (found.length > findingsShown) lines.push(`${kind}: and ${found.length - findingsShown} more`);
  }
  return lines;
}
