/**
 * Writes the package of a new broker: the files that every broker package has, with everything that no document is needed
 * for, and a `NotWrittenError` in place of the rest. docs/guides/add-a-broker.md goes on from there.
 *
 *   npm run create-broker -- demo
 *
 * Exit code 0 when it was written and installed, 1 when it was written and could not be installed, 2 when the id cannot
 * be one.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { argv, exit, stderr, stdout } from 'node:process';
import { findIdProblem, writeBrokerPackage } from './create-broker-package.ts';

const root = resolve(import.meta.dirname, '..');
const [id = '', ...others] = argv.slice(2);
const problem = others.length > 0 ? `one id at a time, found ${String(others.length + 1)}` : findIdProblem(root, id);
if (problem !== undefined) {
  stderr.write(`create-broker: ${problem}\nNothing was written. Use: npm run create-broker -- <id>\n`);
  exit(2);
}

const files = await writeBrokerPackage(root, id);
for (const file of files) stdout.write(`  packages/broker-${id}/${file}\n`);
stdout.write(`packages/broker-${id} is written: ${String(files.length)} files.\n`);

// The lockfile has to learn of the package before any other task of the repository runs.
const install = ['install', '--no-frozen-lockfile'];
stdout.write(`pnpm ${install.join(' ')}\n`);
const { status } = spawnSync('pnpm', install, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
if (status !== 0) stderr.write(`It failed. Run it by hand before anything else: pnpm ${install.join(' ')}\n`);

const next = [
  [`npm test -- --filter=@qts/broker-${id}`, 'says what to write first'],
  ['docs/guides/add-a-broker.md', 'is the way from there to green'],
  [`rm -r packages/broker-${id} && git checkout pnpm-lock.yaml && npm run setup`, 'takes it all back'],
] as const;
stdout.write('Next:\n');
for (const [command, what] of next) stdout.write(`  ${command}\n      ${what}\n`);
exit(status === 0 ? 0 : 1);
