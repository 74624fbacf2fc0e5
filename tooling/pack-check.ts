/**
 * Proves each published package as its users get it: packs it, installs the tarball into an empty project outside the
 * workspace with only what it declares, and uses it from there by `import`, by `require()` and with types. Then publint
 * and attw look at the tarball. Run after a build.
 *
 *   node tooling/pack-check.ts [@qts/name …]
 */
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { argv, exit, stdout } from 'node:process';

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
}

const root = resolve(import.meta.dirname, '..');
const only = argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'qts-pack-'));
const packages = new Map(
  globSync('packages/*/package.json', { cwd: root })
    .map((file) => ({
      directory: join(root, dirname(file)),
      ...(JSON.parse(readFileSync(join(root, file), 'utf8')) as Manifest),
    }))
    .filter((manifest) => manifest.private !== true)
    .map((manifest) => [manifest.name, manifest] as const),
);

function sh(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A package and the workspace packages it needs: what a team that wants only this one gets. */
function closure(name: string, seen = new Set<string>()): ReadonlySet<string> {
  const manifest = packages.get(name);
  if (manifest === undefined || seen.has(name)) return seen;
  seen.add(name);
  for (const dependency of Object.keys(manifest.dependencies ?? {})) closure(dependency, seen);
  return seen;
}

/** The import paths that a package offers, for example `@qts/core` and `@qts/core/testing`. */
function entriesOf(manifest: Manifest): readonly string[] {
  return Object.keys(manifest.exports ?? { '.': '' })
    .filter((path) => path !== './package.json')
    .map((path) => manifest.name + path.slice(1));
}

function proveImports(cwd: string, entry: string): void {
  const print =
    'console.log(Object.keys(m).filter((key) => key !== "__esModule" && key !== "module.exports").sort().join())';
  writeFileSync(join(cwd, 'use.mjs'), `import * as m from '${entry}';\n${print}\n`);
  writeFileSync(join(cwd, 'use.cjs'), `const m = require('${entry}');\n${print}\n`);
  const [esm, cjs] = [sh('node', ['use.mjs'], cwd), sh('node', ['use.cjs'], cwd)];
  if (esm.trim() === '') throw new Error(`${entry} exports nothing`);
  if (esm !== cjs) throw new Error(`${entry}: exports differ\n  import   ${esm}  require  ${cjs}`);
  const use = `import * as m from '${entry}';\nexport const use: typeof m = m;\n`;
  writeFileSync(join(cwd, 'use-types.mts'), use);
  writeFileSync(join(cwd, 'use-types.cts'), use);
  for (const [module, resolution, files] of [
    ['nodenext', 'nodenext', ['use-types.mts', 'use-types.cts']],
    ['esnext', 'bundler', ['use-types.mts']],
  ] as const) {
    const compiler = join(root, 'node_modules/typescript7/bin/tsc');
    const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')];
    const options = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      'false',
      '--target',
      'es2022',
      '--lib',
      'es2023',
      ...types,
    ];
    sh('node', [compiler, ...options, '--module', module, '--moduleResolution', resolution, ...files], cwd);
  }
}

const tarballs = new Map<string, string>();
for (const [name, { directory }] of packages) {
  const { filename } = JSON.parse(sh('pnpm', ['pack', '--json', '--pack-destination', work], directory)) as {
    filename: string;
  };
  tarballs.set(name, resolve(work, filename));
}

/** What the package of a broker may bring into a project, and how large its own part may be, unpacked. */
const brokerBrings = ['@qts/broker-kit', '@qts/core', '@qts/failsafe-codes', 'undici', 'ws', 'zod'];
const brokerBytesMax = 1024 * 1024;

/** Names of everything that an install put into a project. */
function installed(cwd: string): readonly string[] {
  const folder = join(cwd, 'node_modules');
  return globSync(['*', '@*/*'], { cwd: folder })
    .filter((name) => !name.startsWith('.') && (!name.startsWith('@') || name.includes('/')))
    .toSorted();
}

/** Bytes of the files of an installed package. */
function unpackedBytes(cwd: string, name: string): number {
  const folder = join(cwd, 'node_modules', name);
  const files = globSync('**/*', { cwd: folder, withFileTypes: true }).filter((each) => each.isFile());
  return files.reduce((sum, each) => sum + statSync(join(each.parentPath, each.name)).size, 0);
}

/** A team that wants one broker gets that broker: no other one, no engine, no storage, and not much of it. */
function proveLean(name: string, brings: readonly string[], bytes: number): void {
  if (!/^@qts\/broker-(?!kit$|conformance$)/.test(name)) return;
  const others = brings.filter((each) => each !== name && !brokerBrings.includes(each));
  if (others.length > 0) throw new Error(`${name} brings ${others.join(', ')} into a project; a broker may not`);
  if (bytes > brokerBytesMax)
    throw new Error(`${name} is ${String(bytes)} bytes unpacked; at most ${String(brokerBytesMax)}`);
}

let failures = 0;
for (const [name, manifest] of packages) {
  if (only.length > 0 && !only.includes(name)) continue;
  const began = performance.now();
  const cwd = join(work, name.replace(/\W+/g, '_'));
  mkdirSync(cwd);
  const ours = [...closure(name)];
  const dependencies = Object.fromEntries(ours.map((each) => [each, `file:${tarballs.get(each) ?? ''}`]));
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }));
  try {
    sh('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '--no-package-lock'], cwd);
    for (const entry of entriesOf(manifest)) proveImports(cwd, entry);
    const brings = installed(cwd);
    const bytes = unpackedBytes(cwd, name);
    proveLean(name, brings, bytes);
    const tarball = tarballs.get(name) ?? '';
    sh('publint', ['run', tarball, '--strict'], root);
    sh('attw', [tarball, '--profile', 'esm-only', '--no-emoji'], root);
    const kilobytes = Math.round(readFileSync(tarball).length / 1024);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    stdout.write(
      `  ok    ${name.padEnd(22)} ${String(ours.length)} of ours and ${String(brings.length - ours.length)} others, ${String(kilobytes)} KB packed, ${String(Math.round(bytes / 1024))} KB unpacked, ${seconds} s\n`,
    );
  } catch (error) {
    failures += 1;
    const { stdout: out = '', stderr: err = '' } = error as { stdout?: string; stderr?: string };
    const why = `${out}${err}`.trim();
    stdout.write(`  FAIL  ${name}: ${why === '' ? (error as Error).message : why}\n`);
  }
}
rmSync(work, { recursive: true, force: true });
exit(failures === 0 ? 0 : 1);
