/** Prints what is wrong with the package graph; see package-graph.ts. */
import { resolve } from 'node:path';
import { exit, stdout } from 'node:process';
import { findGraphProblems } from './package-graph.ts';

const problems = findGraphProblems(resolve(import.meta.dirname, '..'));
for (const problem of problems) stdout.write(`  ${problem}\n`);
exit(problems.length === 0 ? 0 : 1);
