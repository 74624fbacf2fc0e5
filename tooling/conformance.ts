/**
 * Runs the conformance suite of every broker package and prints the matrix case × broker.
 *
 *   npm run conformance              a table for people
 *   npm run conformance -- --json    one JSON document
 *
 * Exit code 0 when no case failed, 1 when one did, 2 for unknown arguments.
 */
import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { argv, env, execPath, exit, stderr, stdout } from 'node:process';
import { conformanceCases } from '@qts/broker-conformance';

type End = 'passed' | 'failed' | 'skipped' | 'missing';

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
      readonly meta?: { readonly conformanceSkip?: string };
    }[];
  }[];
}

/** One case at one broker. */
interface Cell {
  readonly end: End;
  readonly why: string;
}

const root = resolve(import.meta.dirname, '..');
const unknown = argv.slice(2).filter((each) => each !== '--json');
if (unknown.length > 0) {
  stderr.write(`unknown argument: ${unknown.join(', ')}; known: --json\n`);
  exit(2);
}
const asJson = argv.includes('--json');

const suites = globSync('packages/*/test/mock/conformance.test.ts', { cwd: root }).toSorted();
const scratch = mkdtempSync(join(tmpdir(), 'qts-conformance-'));
const matrix = new Map<string, ReadonlyMap<string, Cell>>();
try {
  for (const suite of suites) {
    const folder = dirname(dirname(dirname(suite)));
    const broker = basename(folder).replace(/^broker-/, '');
    stderr.write(`${broker}: running ${String(conformanceCases.length)} cases\n`);
    matrix.set(broker, await runSuite(folder, join(scratch, `${broker}.json`)));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

const failures = [...matrix.values()].flatMap((cells) => [...cells.values()].filter(({ end }) => !isFine(end)));
if (asJson) stdout.write(`${JSON.stringify(asDocument(), undefined, 2)}\n`);
else printTable();
exit(failures.length > 0 ? 1 : 0);

function isFine(end: End): boolean {
  return end === 'passed' || end === 'skipped';
}

/** Runs a package's suite in its own process, as `npm test` does, and reads the report that it leaves behind. */
async function runSuite(folder: string, file: string): Promise<ReadonlyMap<string, Cell>> {
  const program = join(root, 'node_modules/vitest/vitest.mjs');
  const parameters = ['run', '--config', join(root, 'tooling/vitest.config.ts'), 'test/mock/conformance.test.ts'];
  await new Promise<void>((done, fail) => {
    const child = spawn(execPath, [program, ...parameters], {
      cwd: join(root, folder),
      env: { ...env, VITEST_REPORT_FILE: file },
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    child.on('error', fail);
    child.on('exit', () => {
      done();
    });
  });
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  return new Map(
    conformanceCases.map(({ id }): readonly [string, Cell] => {
      const found = results.find(({ title }) => title.startsWith(`${id} `));
      if (found === undefined) return [id, { end: 'missing', why: 'no such test in the report' }];
      if (found.status === 'passed') return [id, { end: 'passed', why: '' }];
      if (found.status === 'failed') {
        return [id, { end: 'failed', why: found.failureMessages[0]?.split('\n')[0] ?? '' }];
      }
      return [id, { end: 'skipped', why: found.meta?.conformanceSkip ?? 'skipped without a reason' }];
    }),
  );
}

function printTable(): void {
  const brokers = [...matrix.keys()];
  const width = Math.max(...conformanceCases.map(({ id }) => id.length));
  const cellWidth = Math.max(...brokers.map(({ length }) => length), 'skipped'.length);
  stdout.write(`${'case'.padEnd(width)}  ${brokers.map((each) => each.padEnd(cellWidth)).join('  ')}  promise\n`);
  for (const { id, promise } of conformanceCases) {
    const cells = brokers.map((broker) => (matrix.get(broker)?.get(id)?.end ?? 'missing').padEnd(cellWidth));
    stdout.write(`${id.padEnd(width)}  ${cells.join('  ')}  ${promise}\n`);
  }
  stdout.write('\n');
  for (const broker of brokers) {
    const cells = [...(matrix.get(broker)?.entries() ?? [])];
    const count = (end: End): number => cells.filter(([, cell]) => cell.end === end).length;
    stdout.write(
      `${broker}: ${String(count('passed'))} passed, ${String(count('failed') + count('missing'))} failed, ${String(count('skipped'))} skipped (simulated venue)\n`,
    );
    for (const [id, { end, why }] of cells) if (end !== 'passed') stdout.write(`  ${end.padEnd(7)} ${id}: ${why}\n`);
  }
}

function asDocument(): unknown {
  return {
    simulated: true,
    brokers: [...matrix.keys()],
    cases: conformanceCases.map(({ id, promise, reason }) => ({
      id,
      promise,
      reason,
      results: Object.fromEntries([...matrix].map(([broker, cells]) => [broker, cells.get(id)])),
    })),
  };
}
