/**
 * Writes the package of a new broker: the files that every broker package has, with everything that no document is needed
 * for, and a `NotWrittenError` in place of the rest. docs/guides/add-a-broker.md goes on from there.
 *
 *   npm run create-broker -- demo
 *
 * Exit code 0 when it was written, 2 when the id cannot be one.
 */
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
stdout.write(
  [
    `packages/broker-${id} is written: ${String(files.length)} files. Next:`,
    '  npm run setup && npm run exec -- pnpm install --no-frozen-lockfile   # the lockfile learns of the package',
    `  npm run exec -- pnpm --filter @qts/broker-${id} test                 # its last line says what to write first`,
    '  docs/guides/add-a-broker.md                                          # the way from there to green\n',
  ].join('\n'),
);
