import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execPath } from 'node:process';
import { conformanceCases } from '@qts/broker-conformance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brokerIds, sourceFiles } from '../broker-twins.ts';
import { findIdProblem, scaffoldFiles, writeBrokerPackage } from '../create-broker-package.ts';
import { findGraphProblems } from '../package-graph.ts';

const root = resolve(import.meta.dirname, '../..');
const work = mkdtempSync(join(tmpdir(), 'qts-create-broker-'));
const created = join(work, 'packages/broker-demo');

interface Assertion {
  readonly title: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

function run(program: string, parameters: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const all = [join(root, 'node_modules', program), ...parameters];
  return spawnSync(execPath, all, { cwd: created, encoding: 'utf8', env: { ...process.env, ...env } });
}

/** What `pnpm install` would do for the created package, without a registry and away from the tree. */
function install(): void {
  cpSync(join(root, 'tsconfig.base.json'), join(work, 'tsconfig.base.json'));
  symlinkSync(join(root, 'node_modules'), join(work, 'node_modules'));
  mkdirSync(join(created, 'node_modules/@qts'), { recursive: true });
  for (const id of ['core', 'broker-kit', 'broker-conformance']) {
    symlinkSync(join(root, 'packages', id), join(created, 'node_modules/@qts', id));
  }
  symlinkSync(join(root, 'packages/broker-kis/node_modules/zod'), join(created, 'node_modules/zod'));
}

afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

describe('the id of a new broker', () => {
  it.each([
    ['', 'missing'],
    ['Demo', 'is no id'],
    ['my-broker', 'is no id'],
    ['9lives', 'is no id'],
    ['ab', 'is no id'],
    ['../demo', 'is no id'],
    ['kis', 'is taken'],
    ['kiwoom', 'is taken'],
    ['kit', 'is taken'],
    ['conformance', 'is taken'],
    ['order', 'is a part of the file name'],
  ])('%j is refused: it %s', async (id, why) => {
    const before = readdirSync(join(root, 'packages'));
    expect(findIdProblem(root, id)).toContain(why);
    await expect(writeBrokerPackage(root, id)).rejects.toThrow(why);
    expect(readdirSync(join(root, 'packages'))).toEqual(before);
  });

  it('is told with the exit code of a wrong use', () => {
    const program = join(root, 'tooling/create-broker.ts');
    const { status, stdout, stderr } = spawnSync(execPath, [program, 'kis'], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('packages/broker-kis is there');
    expect(stderr).toContain('Nothing was written');
  });
});

describe('a created package', () => {
  let files: readonly string[] = [];
  let assertions: readonly Assertion[] = [];
  let output = '';

  beforeAll(async () => {
    files = await writeBrokerPackage(work, 'demo');
    install();
    const report = join(work, 'report.json');
    const suite = ['run', '--config', join(root, 'tooling/vitest.config.ts')];
    const { stdout, stderr } = run('vitest/vitest.mjs', suite, { VITEST_REPORT_FILE: report });
    output = stdout + stderr;
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
      readonly testResults: readonly { readonly assertionResults: readonly Assertion[] }[];
    };
    assertions = testResults.flatMap(({ assertionResults }) => assertionResults);
  });

  it('is whole: every template, nothing else, no draft beside it', () => {
    expect(files.map((file) => file.replaceAll('demo', 'x')).toSorted()).toEqual(scaffoldFiles);
    expect(readdirSync(join(work, 'packages'))).toEqual(['broker-demo']);
    for (const file of files) expect(readFileSync(join(created, file), 'utf8')).not.toMatch(/__id__/i);
  });

  it('has the source files that all broker packages have, and one more', () => {
    const [first = new Set<string>(), ...others] = brokerIds.map((id) => sourceFiles(root, id));
    // Streams come after the suite is green: no case asks for them.
    const shared = [...first].filter((file) => others.every((each) => each.has(file)) && !file.includes('stream'));
    const mine = sourceFiles(work, 'demo');
    expect(shared.filter((file) => !mine.has(file))).toEqual([]);
    expect([...mine].filter((file) => !shared.includes(file))).toEqual(['src/not-written.ts']);
  });

  it('is fine in the package graph, without a row of its own', () => {
    expect(findGraphProblems(work)).toEqual([]);
  });

  it('type-checks', () => {
    const { status, stdout } = run('typescript7/bin/tsc', ['-p', 'tsconfig.json']);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  it('cannot be written twice', async () => {
    await expect(writeBrokerPackage(work, 'demo')).rejects.toThrow('is taken');
    expect(existsSync(join(created, 'package.json'))).toBe(true);
  });

  const caseOf = (title: string): string => title.split(' ', 1)[0] ?? '';
  const idsWith = (status: string): readonly string[] =>
    conformanceCases
      .map(({ id }) => id)
      .filter((id) => assertions.some(({ title, status: found }) => caseOf(title) === id && found === status));

  it('passes the cases that are true before anything is written, and no other', () => {
    expect(idsWith('passed')).toEqual([
      'DECLARE-010',
      'DECLARE-020',
      'DECLARE-030',
      'DECLARE-040',
      'CONNECT-010',
      'SHUTDOWN-010',
    ]);
  });

  it('skips only order types and a market that it does not declare', () => {
    const others = idsWith('skipped').filter((id) => !id.startsWith('SUBMIT-2') && !id.startsWith('SUBMIT-3'));
    expect(others).toEqual(['REFUSE-090']);
  });

  it('fails every other case, because of a file that is not written', () => {
    const failed = idsWith('failed');
    expect(failed.length + idsWith('passed').length + idsWith('skipped').length).toBe(conformanceCases.length);
    const asked = failed.map((id) => {
      const { failureMessages = [] } = assertions.find(({ title }) => caseOf(title) === id) ?? {};
      const found = /packages\/broker-demo\/(\S+) is not written yet; ([A-Z]+-\d{3}) asks/.exec(
        failureMessages[0] ?? '',
      );
      return { id, file: found?.[1] ?? failureMessages[0] ?? '', asks: found?.[2] ?? '' };
    });
    const order = new Map(conformanceCases.map(({ id }, index) => [id, index]));
    for (const { id, file, asks } of asked) {
      expect(files, `the file that ${id} waits for`).toContain(file);
      expect(order.get(asks), `${asks}, which is told in ${id}`).toBeLessThanOrEqual(order.get(id) ?? -1);
    }
  });

  it('says what to write next', () => {
    expect(output).toMatch(
      /next of \d+ failing cases: CONNECT-020, .*\n {2}packages\/broker-demo\/src\/demo-quote-reader\.ts is not written yet; CONNECT-020/,
    );
  });

  it('fails in cases only: nothing is thrown past them', () => {
    expect(output).not.toContain('Unhandled');
  });

  it('passes every test that is not a case', () => {
    const others = assertions.filter(({ title }) => !conformanceCases.some(({ id }) => caseOf(title) === id));
    expect(others.map(({ title, status }) => `${status} ${title}`)).toEqual(
      expect.arrayContaining(['passed exports exactly this', 'skipped has a host to go to']),
    );
    expect(others.filter(({ status }) => status === 'failed')).toEqual([]);
  });
});
