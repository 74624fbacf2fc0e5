import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Terminal } from './simulate/simulate-command.ts';

export const nightHelp: readonly string[] = [
  'night [--scale 0.01]                   every trial at the size of a night, or a part of it, and one table',
];

/** One trial at night. `size` is what a whole night does of it. */
interface NightPart {
  readonly name: string;
  readonly unit: string;
  readonly size: number;
  /** The smallest size that says anything. */
  readonly sizeMin: number;
  readonly how:
    | { readonly command: (size: number) => readonly string[] }
    /** A suite that reads its size from `QTS_NIGHT`: the share of a night, 1 is all of it. */
    | { readonly folder: string; readonly file: string };
}

const parts: readonly NightPart[] = [
  {
    ...{ name: 'seeded schedules', unit: 'seeds', size: 200_000, sizeMin: 10 },
    how: { command: (size) => ['simulate', '--seeds', `1..${size}`] },
  },
  ...(['kis', 'kiwoom', 'mixed'] as const).map((broker): NightPart => ({
    ...{ name: `SIGKILL and restart, ${broker}`, unit: 'kills', size: broker === 'mixed' ? 200 : 400, sizeMin: 2 },
    how: { command: (size) => ['crash', '--kills', String(size), '--broker', broker] },
  })),
  {
    ...{ name: 'simulated power loss', unit: 'crash points', size: 50_000, sizeMin: 2_000 },
    how: { folder: 'packages/storage', file: 'test/mock/power-loss.test.ts' },
  },
  {
    ...{ name: 'permuted and repeated facts', unit: 'runs', size: 1_000_000, sizeMin: 20_000 },
    how: { folder: 'packages/core', file: 'src/order-facts.test.ts' },
  },
];

/** `src/main.ts` and `dist/main.js` lie equally deep. */
const program = process.argv[1] ?? '';
const root = join(dirname(program), '../../..');
const nightMs = 36_000_000;

/** `night`: 0 when every part passed, 1 when one did not, 2 for bad arguments. What the parts print goes to the error output. */
export function runNightCommand(args: readonly string[], { out, say }: Terminal): Promise<number> {
  const scale = readScale(args);
  if (typeof scale === 'string') {
    for (const line of [scale, ...nightHelp]) say(line);
    return Promise.resolve(2);
  }
  const rows = parts.map((part) => {
    const size = Math.max(part.sizeMin, Math.round(part.size * scale));
    say(`${part.name}: ${size} ${part.unit}`);
    const beganMs = Date.now();
    const passed = runPart(part, size, scale);
    const seconds = Math.round((Date.now() - beganMs) / 1_000);
    return { passed, text: `${part.name.padEnd(30)} ${String(size).padStart(9)} ${part.unit.padEnd(12)} ${seconds} s` };
  });
  for (const { passed, text } of rows) out(`${passed ? 'passed' : 'FAILED'}  ${text}`);
  return Promise.resolve(rows.every(({ passed }) => passed) ? 0 : 1);
}

function readScale(args: readonly string[]): number | string {
  try {
    const { scale = '1' } = parseArgs({ args: [...args], options: { scale: { type: 'string' } } }).values;
    const share = Number(scale);
    return share > 0 && share <= 1 ? share : `--scale ${scale} is no share of a night. Give 0.01, or leave it out.`;
  } catch (error) {
    return error instanceof Error ? error.message : 'The arguments cannot be read.';
  }
}

function runPart({ how }: NightPart, size: number, scale: number): boolean {
  const [argv, folder] =
    'command' in how
      ? [[...process.execArgv, program, ...how.command(size)], root]
      : [[...vitest, how.file], join(root, how.folder)];
  const { status } = spawnSync(process.execPath, argv, {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, QTS_NIGHT: String(scale), VITEST_REPORT_FILE: 'reports/night.json' },
  });
  return status === 0;
}

const vitest: readonly string[] = [
  join(root, 'node_modules/vitest/vitest.mjs'),
  ...['run', '--config', '../../tooling/vitest.config.ts', `--testTimeout=${nightMs}`],
];
