/** Fails when a broker package has a file without a twin and without a reason. */
import { resolve } from 'node:path';
import { exit, stdout } from 'node:process';
import { findTwinProblems, twinExceptions, twinFiles } from './broker-twins.ts';

const root = resolve(import.meta.dirname, '..');
const problems = findTwinProblems(twinFiles(root));
for (const problem of problems) stdout.write(`${problem}\n`);
for (const { only, path, why } of twinExceptions) stdout.write(`without a twin: ${path} (${only}): ${why}\n`);
exit(problems.length > 0 ? 1 : 0);
