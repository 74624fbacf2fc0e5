#!/usr/bin/env node
/**
 * One command from a fresh clone: gets the pinned pnpm, installs the workspace (which brings
 * the pinned Node.js), builds, then runs the task. Needs only Node.js 18+ and npm, installs
 * nothing outside this folder, and is quick when nothing changed.
 *
 *   node tooling/bootstrap.mjs <task> [arguments]     (an unknown task lists the known ones)
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const windows = process.platform === 'win32';
const [task = 'start', ...args] = process.argv.slice(2);
const quiet = process.env.BOOTSTRAP_QUIET === '1';
const began = Date.now();

const say = (line) => {
  if (!quiet) process.stderr.write(`[setup] ${line}\n`);
};

function fail(line, ...hints) {
  process.stderr.write(`\n[setup] failed: ${line}\n`);
  for (const hint of hints) process.stderr.write(`        ${hint}\n`);
  process.exit(1);
}

function run(command, argv, options = {}) {
  const { error, status, signal } = spawnSync(command, argv, { cwd: root, stdio: 'inherit', ...options });
  if (error) return { ok: false, why: error.message, code: 1 };
  return { ok: status === 0, why: signal ?? `exit code ${status}`, code: status ?? 1 };
}

/** For the long-running job: stays alive for the child's own shutdown and hands signals on. */
function runUntilExit(command, argv, options) {
  return new Promise((done) => {
    const child = spawn(command, argv, { cwd: root, stdio: 'inherit', ...options });
    // A terminal sends Ctrl-C to the whole group, so the child has it already.
    process.on('SIGINT', () => {
      if (process.stdin.isTTY !== true) child.kill('SIGINT');
    });
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    // npm hands SIGTERM to its shell only, which dies and would leave the job running alone.
    const parent = process.ppid;
    if (process.env.npm_lifecycle_event !== undefined) {
      const watch = setInterval(() => {
        if (process.ppid === parent) return;
        clearInterval(watch);
        child.kill('SIGTERM');
      }, 250);
      watch.unref();
    }
    child.on('error', (error) => fail(error.message));
    child.on('exit', (code, signal) => done(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

const capture = (command, argv, env = process.env) => {
  const { status, stdout } = spawnSync(command, argv, {
    cwd: root,
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout.trim() : undefined;
};

const atLeast = (version, minimum) => {
  const parts = (text) =>
    text
      .replace(/^[^0-9]*/, '')
      .split('.')
      .map(Number);
  const [have, want] = [parts(version), parts(minimum)];
  for (let i = 0; i < 3; i++) if ((have[i] ?? 0) !== (want[i] ?? 0)) return (have[i] ?? 0) > (want[i] ?? 0);
  return true;
};

/** npm without a shell: the running npm's own entry file where there is one. */
function npm(argv) {
  const entry = process.env.npm_execpath;
  if (entry !== undefined && /npm-cli\.js$/.test(entry)) return run(process.execPath, [entry, ...argv]);
  return run(windows ? 'npm.cmd' : 'npm', argv, { shell: windows });
}

function findPnpm(home) {
  if (process.report) process.report.excludeNetwork = true;
  const scope = join(home, 'node_modules', '@pnpm');
  const libc = process.platform === 'linux' && !process.report?.getReport?.().header.glibcVersionRuntime ? '-musl' : '';
  const file = join(scope, `exe.${process.platform}-${process.arch}${libc}`, windows ? 'pnpm.exe' : 'pnpm');
  return existsSync(file) ? file : undefined;
}

/** The pnpm that package.json pins, from the npm registry the user's npm is set to. */
function ensurePnpm() {
  const wanted = /^pnpm@([^+]+)/.exec(manifest.packageManager)[1];
  const caller = process.env.npm_execpath;
  if (caller !== undefined && process.env.npm_config_user_agent?.startsWith(`pnpm/${wanted.split('.')[0]}.`))
    return caller;
  const home = join(root, '.tools', `pnpm-${wanted}`);
  const ready = findPnpm(home);
  if (ready !== undefined) return ready;
  say(`getting pnpm ${wanted} (first run only)`);
  const draft = `${home}.${process.pid}.part`;
  mkdirSync(draft, { recursive: true });
  for (const left of readdirSync(join(root, '.tools')).filter((name) => name.endsWith('.part'))) {
    const path = join(root, '.tools', left);
    if (Date.now() - statSync(path).mtimeMs > 3_600_000) rmSync(path, { recursive: true, force: true });
  }
  writeFileSync(join(draft, 'package.json'), '{ "private": true }\n');
  const got = npm([
    'install',
    `pnpm@${wanted}`,
    '--prefix',
    draft,
    '--no-save',
    '--no-package-lock',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
  if (!got.ok) {
    rmSync(draft, { recursive: true, force: true });
    fail(
      `npm could not install pnpm ${wanted} (${got.why})`,
      'Is the npm registry reachable? Try: npm ping',
      'Behind a proxy or mirror, set it for npm: npm config set registry <url>',
    );
  }
  try {
    renameSync(draft, home);
  } catch {
    rmSync(draft, { recursive: true, force: true }); // another run was first
  }
  return findPnpm(home) ?? fail(`pnpm ${wanted} has no binary for ${process.platform}-${process.arch}`);
}

function ensureWorkspace(pnpm, env) {
  const fresh = !existsSync(join(root, 'node_modules', '.modules.yaml'));
  if (fresh) say('installing dependencies and the pinned Node.js (first run only)');
  const flags = ['install', '--frozen-lockfile'];
  if (!fresh) flags.push('--reporter=silent');
  const installed = run(pnpm, flags, { env, stdio: ['ignore', fresh ? 2 : 'ignore', 2] });
  if (!installed.ok)
    fail(
      `pnpm install failed (${installed.why})`,
      'If package.json changed, refresh the lockfile: pnpm install --no-frozen-lockfile',
    );
  const version = capture(windows ? 'node.exe' : 'node', ['--version'], env);
  const minimum = manifest.engines.node.replace('>=', '');
  if (version === undefined || !atLeast(version, minimum))
    fail(
      `Node.js ${minimum} or newer is needed, found ${version ?? 'none'}`,
      'No pinned runtime exists for this platform: install the current LTS of Node.js',
    );
  return version;
}

const tasks = {
  setup: { about: 'installs what is missing' },
  start: { about: 'builds, then runs a simulated trading day (or another qts command)' },
  venue: { about: 'builds, then starts the local venue (simulated)' },
  tape: { about: 'builds, then checks the exchange against a recorded tape' },
  test: { about: 'runs every Mock suite' },
  simulate: { about: 'builds, then runs seeded schedules of the whole stack against the simulated venue' },
  crash: { about: 'builds, then kills the runner again and again and compares the books' },
  'lost-reply': { about: 'builds, then loses answers and says what each client knew' },
  'test:night': { about: 'builds, then runs the trials at the size of a night' },
  conformance: { about: 'prints the matrix of conformance cases and brokers' },
  'real-broker': { about: 'asks a broker itself, with QTS_RUN_REAL_BROKER=1: real-broker kis' },
  'create-broker': { about: 'writes the package of a new broker' },
  bench: { about: 'builds, then measures, each figure beside a floor in the same run' },
  check: { about: 'lint, types, build, graph, docs, packages as their users get them' },
  docs: { about: 'prints the generated pages of docs/reference from code' },
  build: { about: 'builds every package' },
  typecheck: { about: 'checks the types of the whole workspace' },
  lint: { about: 'lints the whole workspace' },
  exec: { about: 'runs a command with the pinned tools on PATH' },
};
if (!(task in tasks)) {
  fail(`unknown task "${task}"`, ...Object.entries(tasks).map(([name, { about }]) => `${name.padEnd(13)} ${about}`));
}
if (!atLeast(process.version, '18.0.0')) fail(`Node.js 18 or newer is needed to set up, found ${process.version}`);

const pnpm = ensurePnpm();
const env = {
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), dirname(pnpm), process.env.PATH].join(delimiter),
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  ...(process.stdout.isTTY === true ? {} : { NO_COLOR: '1' }),
};
// npm's own settings would reach every child as unknown configuration and print warnings.
for (const key of Object.keys(env))
  if (/^npm_(config|lifecycle|package|command|node)/i.test(key) && !/registry|proxy|cafile/i.test(key)) delete env[key];

const version = ensureWorkspace(pnpm, env);
const node = windows ? 'node.exe' : 'node';
// Turbo's own options first: what stands behind a `--` of the caller belongs to the task.
const turbo = (task, ...argv) =>
  run(pnpm, ['exec', 'turbo', 'run', task, '--output-logs=errors-only', '--log-order=grouped', ...argv], { env });
const seconds = () => ((Date.now() - began) / 1000).toFixed(1);

const workspaces = ['packages', 'apps']
  .filter((group) => existsSync(join(root, group)))
  .flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name)))
  .concat(join(root, 'tooling'));
const reports = workspaces.map((folder) => join(folder, 'reports', 'vitest.json'));

/** Sums the JSON report that each package's tests leave behind (turbo brings cached ones back). */
function countTests() {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const file of reports.filter((each) => existsSync(each))) {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    total.passed += report.numPassedTests;
    total.failed += report.numFailedTests;
    total.skipped += report.numPendingTests + report.numTodoTests;
  }
  return total;
}

function runTests() {
  say(`Node.js ${version}: running the tests`);
  for (const file of reports) rmSync(file, { force: true });
  const { code } = turbo('test', '--continue=always', '--concurrency=2', ...args);
  const { passed, failed, skipped } = countTests();
  // A suite that died before its report counts as a failure, whatever the other reports say.
  const dead = code !== 0 && failed === 0 ? 1 : 0;
  if (dead === 1) say('a package failed without a report: its output is above');
  // Made-up secrets of the suites, in anything that they printed, reported or left behind.
  const leaked = run(node, [join(root, 'tooling/canary-scan.ts')], { env }).ok ? 0 : 1;
  process.stdout.write(`${passed} passed, ${failed + dead + leaked} failed, ${skipped} skipped\n`);
  return failed + leaked > 0 ? 1 : code;
}

/** Builds what a program needs, then hands the terminal to it. The build's own output is shown only when it fails. */
function runBuilt(filter, file, argv) {
  say(`Node.js ${version}: building (half a minute the first time, nothing when nothing changed)`);
  const { status, stdout, stderr } = spawnSync(
    pnpm,
    ['exec', 'turbo', 'run', 'build', `--filter=${filter}...`, '--output-logs=errors-only'],
    {
      cwd: root,
      env,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (status !== 0) {
    process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
    fail(`the build failed (exit code ${status ?? 'none'})`);
  }
  say(`ready in ${seconds()} s`);
  return runUntilExit(node, [join(root, file), ...argv], { env });
}

/**
 * Asks a broker's own servers. Not by turbo, which hides what a passing test prints, the operator's checklist and why
 * something was skipped, and gives back what it remembers.
 */
function runRealBroker([id, ...rest]) {
  const suite = (each) => join(root, 'packages', `broker-${each}`, 'test/real-broker');
  if (id === undefined || !/^[a-z][a-z0-9]*$/.test(id) || !existsSync(suite(id))) {
    const known = readdirSync(join(root, 'packages'))
      .map((name) => name.replace(/^broker-/, ''))
      .filter((each) => existsSync(suite(each)));
    fail(`no suite of that broker: give one of ${known.join(', ')}, as in npm run real-broker -- ${known[0]}`);
  }
  return run(
    node,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...['--config', '../../tooling/vitest.config.ts', '--reporter=verbose', 'test/real-broker', ...rest],
    ],
    { env, cwd: join(root, 'packages', `broker-${id}`) },
  ).code;
}

/** Runs a program of the workspace from its sources. */
const runSource = (file) => run(node, ['--conditions=@qts/source', join(root, file), ...args], { env }).code;

const runner = 'apps/runner/dist/main.js';
const trials = 'apps/trials/dist/main.js';
const actions = {
  setup: () => {
    say(`ready in ${seconds()} s: Node.js ${version}, pnpm in ${dirname(pnpm)}`);
    return 0;
  },
  start: () => runBuilt('@qts/runner', runner, args),
  tape: () => runBuilt('@qts/runner', runner, ['tape', ...args]),
  venue: () => runBuilt('@qts/venue-sim', 'packages/venue-sim/dist/main.js', args),
  simulate: () => runBuilt('@qts/trials', trials, ['simulate', ...args]),
  crash: () => runBuilt('@qts/trials', trials, ['crash', ...args]),
  'lost-reply': () => runBuilt('@qts/bench', 'apps/bench/dist/main.js', ['lost-reply', ...args]),
  'test:night': () => runBuilt('@qts/trials', trials, ['night', ...args]),
  conformance: () => runSource('tooling/conformance.ts'),
  'real-broker': () => runRealBroker(args),
  'create-broker': () => runSource('tooling/create-broker.ts'),
  bench: () => runBuilt('@qts/bench', 'apps/bench/dist/main.js', args),
  test: runTests,
  check: () => run(node, [join(root, 'tooling/check.ts'), ...args], { env }).code,
  docs: () => runSource('tooling/docs.ts'),
  build: () => turbo('build', ...args).code,
  typecheck: () => turbo('typecheck:all', ...args).code,
  lint: () => turbo('lint:all', ...args).code,
  exec: () => run(pnpm, ['exec', ...args], { env }).code,
};
process.exitCode = await actions[task]();
