/**
 * After a build: packs every published package, installs the tarballs into a clean project outside the
 * workspace and uses them from there: ESM import, `require()` of the same ES module from a CommonJS file, type check.
 */
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const only = process.argv.slice(2);
const packages = globSync('packages/*/package.json', { cwd: root })
  .map((file) => ({ dir: join(root, dirname(file)), ...JSON.parse(readFileSync(join(root, file), 'utf8')) }))
  .filter((manifest) => manifest.private !== true);
const byName = new Map(packages.map((manifest) => [manifest.name, manifest]));
const work = mkdtempSync(join(tmpdir(), 'pack-check-'));
const sh = (command, argv, cwd) =>
  execFileSync(command, argv, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  });
let [passed, failed] = [0, 0];

const tarballs = new Map();
for (const { name, dir } of packages) {
  const { filename } = JSON.parse(sh('pnpm', ['pack', '--json', '--pack-destination', work], dir));
  tarballs.set(name, resolve(work, filename));
}

/** A package and the workspace packages it needs: what a team that wants only this one gets. */
const closure = (name, seen = new Set()) => {
  if (seen.has(name) || !byName.has(name)) return seen;
  seen.add(name);
  for (const dependency of Object.keys(byName.get(name).dependencies ?? {})) closure(dependency, seen);
  return seen;
};

for (const { name } of packages) {
  if (only.length > 0 && !only.includes(name)) continue;
  const began = Date.now();
  const cwd = join(work, name.replace(/\W+/g, '_'));
  mkdirSync(cwd);
  const ours = [...closure(name)];
  const dependencies = Object.fromEntries(ours.map((each) => [each, `file:${tarballs.get(each)}`]));
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }));
  try {
    sh('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '--no-package-lock'], cwd);
    writeFileSync(
      join(cwd, 'a.mjs'),
      `import * as m from '${name}'\nif (Object.keys(m).length === 0) throw new Error('empty')\nconsole.log(Object.keys(m).sort().join())\n`,
    );
    writeFileSync(
      join(cwd, 'b.cjs'),
      `const m = require('${name}')\nconsole.log(Object.keys(m).filter((key) => key !== '__esModule').sort().join())\n`,
    );
    const [esm, cjs] = [sh('node', ['a.mjs'], cwd), sh('node', ['b.cjs'], cwd)];
    if (esm !== cjs) throw new Error(`exports differ: ESM ${esm} CJS ${cjs}`);
    const use = `import * as m from '${name}'\nexport const use: typeof m = m\n`;
    writeFileSync(join(cwd, 'types.mts'), use);
    writeFileSync(join(cwd, 'types.cts'), use);
    for (const [module, moduleResolution] of [
      ['nodenext', 'nodenext'],
      ['esnext', 'bundler'],
    ]) {
      const files = moduleResolution === 'bundler' ? ['types.mts'] : ['types.mts', 'types.cts'];
      for (const compiler of ['typescript7']) {
        sh(
          'node',
          [
            join(root, 'node_modules', compiler, 'bin', 'tsc'),
            '--noEmit',
            '--strict',
            '--skipLibCheck',
            'false',
            '--target',
            'es2022',
            '--lib',
            'es2023',
            '--types',
            'node',
            '--typeRoots',
            join(root, 'node_modules/@types'),
            '--module',
            module,
            '--moduleResolution',
            moduleResolution,
            ...files,
          ],
          cwd,
        );
      }
    }
    passed++;
    console.log(`ok   ${name} (${ours.length} of ours, ${((Date.now() - began) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed++;
    console.log(`FAIL ${name}: ${error.stdout || error.message}`);
  }
}
rmSync(work, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
