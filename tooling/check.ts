/**
 * Everything that must hold besides the tests. Runs all steps, prints a line for each with its time, shows the output
 * of those that failed, and exits 1 if any did.
 *
 *   npm run check                  all steps
 *   npm run check -- types graph   some of them
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { argv, env, execPath, exit, stdout } from 'node:process';

const root = resolve(import.meta.dirname, '..');
const turbo = ['turbo', 'run', '--output-logs=errors-only', '--log-order=grouped'];

/** In order: what is quick first, so that a slip is told early. `node` is the pinned one. */
const steps: Readonly<Record<string, { readonly about: string; readonly command: readonly string[] }>> = {
  lockfile: { about: 'no registry host, all platforms locked', command: ['node', 'tooling/check-lockfile.ts'] },
  graph: { about: 'who imports whom is as the design allows', command: ['node', 'tooling/check-graph.ts'] },
  twins: { about: 'the broker packages mirror each other, file by file', command: ['node', 'tooling/check-twins.ts'] },
  format: { about: 'prettier has nothing to change', command: ['prettier', '--check', '--log-level=warn', '.'] },
  types: { about: 'the whole workspace type-checks', command: [...turbo, 'typecheck:all'] },
  lint: { about: 'eslint is content', command: [...turbo, 'lint:all'] },
  unused: { about: 'knip finds no unused file, export or dependency', command: ['knip'] },
  build: { about: 'every package builds', command: [...turbo, 'build'] },
  docs: {
    about: 'generated pages are what the code prints',
    command: ['node', '--conditions=@qts/source', 'tooling/docs.ts', '--check'],
  },
  pack: {
    about: 'each tarball installs and is used by import, require and types',
    command: ['node', 'tooling/pack-check.ts'],
  },
};

const wanted = argv.slice(2);
const unknown = wanted.filter((name) => !(name in steps));
if (unknown.length > 0) {
  stdout.write(`unknown step: ${unknown.join(', ')}; known: ${Object.keys(steps).join(', ')}\n`);
  exit(2);
}

let failures = 0;
for (const [name, { about, command }] of Object.entries(steps)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const [program = 'node', ...args] = command;
  const began = performance.now();
  const {
    status,
    stdout: out,
    stderr,
    error,
  } = spawnSync(program === 'node' ? execPath : program, args, {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1).padStart(6);
  const ok = status === 0;
  if (!ok) failures += 1;
  stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(9)}${seconds} s  ${about}\n`);
  if (!ok || name === 'pack') stdout.write(`${out}${stderr}${error === undefined ? '' : `${error.message}\n`}`);
}
stdout.write(failures === 0 ? 'all checks are clean\n' : `${String(failures)} of the checks found something\n`);
exit(failures === 0 ? 0 : 1);
