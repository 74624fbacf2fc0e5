import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { ordersOf } from '@qts/engine';
import { verifyJournal } from '@qts/storage';
import { afterAll, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/cli/exit-codes.ts';
import { foldJournalFile } from '../../src/commands/read-journal.ts';
import { type DayReport } from '../../src/report/day-report.ts';
import { type Ended, type Program, makeFolder, startProgram } from './program.ts';

/** Marked fakes: any of them in what the program prints is a leak. */
const secrets = {
  appKey: 'CANARYKEY0123456789abcdefCANARYKEY01',
  appSecret: 'CANARYSECRET0123456789abcdefghijklmnopqrstuvwxyz',
  account: '98765432',
  malformedAccount: '987-65-4321',
};

const folders: { readonly path: string; remove(): void }[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});

interface Attempt {
  readonly args?: readonly string[];
  /** Files of the working folder before the run. */
  readonly files?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  /** Anything else about the folder. */
  readonly prepare?: (folder: string) => void;
}

/** Runs the program to its end, and holds it to what every run promises. */
async function run({ args = [], files = {}, variables = {}, prepare }: Attempt): Promise<Ended> {
  const folder = makeFolder();
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder.path, name), text, { mode: 0o600 });
  prepare?.(folder.path);
  const home = makeFolder();
  folders.push(home);
  const before = readdirSync(folder.path).sort();
  const ended = await startProgram(folder.path, args, { HOME: home.path, ...variables }).ended;
  expect(readdirSync(folder.path).sort()).toEqual(before);
  for (const secret of Object.values(secrets)) expect(ended.out + ended.errors).not.toContain(secret);
  return ended;
}

const paperKeys = { KIS_VTS_APP_KEY: secrets.appKey, KIS_VTS_APP_SECRET: secrets.appSecret };
const liveKeys = {
  KIS_REAL_APP_KEY: secrets.appKey,
  KIS_REAL_APP_SECRET: secrets.appSecret,
  KIS_REAL_ACCOUNT_NO: secrets.account,
};
const dotEnv = (variables: Readonly<Record<string, string>>): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

/** A day of one symbol: a second instead of two. */
const shortDay = ['--symbols', '005930', '--seed', '3'];

describe('qts', () => {
  it('prints one report as JSON, and ends with 0', async () => {
    const { exitCode, out, errors } = await run({ args: [...shortDay, '--json', '--quiet'] });
    const report = JSON.parse(out) as DayReport;
    expect(report).toMatchObject({
      simulated: true,
      mode: 'sim',
      seed: 3,
      end: { reason: 'done' },
      orderProof: { duplicates: 0, lost: 0 },
      books: { equal: true },
    });
    expect(report.lostAnswers?.lost).toBeGreaterThan(0);
    expect(report.lostAnswers?.unresolved).toBe(0);
    expect(errors).toBe('');
    expect(exitCode).toBe(exitCodes.ok.code);
  });

  it('keeps progress apart from the report, and says that it is simulated', async () => {
    const { exitCode, out, errors } = await run({ args: ['run', ...shortDay, '--strategy', 'breakout'] });
    expect(out).toMatch(/^\nSIMULATED trading day 2025-10-17 .*strategy breakout · seed 3\n/);
    expect(out).toMatch(/BOOKS EQUAL: \d+ of \d+ lines\.\n$/);
    expect(errors).toMatch(/^SIMULATED day 2025-10-17, broker kis, seed 3/);
    expect(errors.match(/^\d\d:\d\d {2}orders/gm)).toHaveLength(13);
    expect(exitCode).toBe(exitCodes.ok.code);
  });

  it.each(['kis', 'kiwoom'] as const)(
    'shows at %s how each lost answer is resolved, and that nothing was doubled',
    async (broker) => {
      const { exitCode, out, errors } = await run({ args: [...shortDay, '--broker', broker, '--lost-answers', '2'] });
      const lost = errors.match(/^UNKNOWN order \S+ \((?:BUY|SELL) \d+ 005930\)/gm) ?? [];
      const found = errors.match(/^ {2}order \S+ found as number \d+, after \d+\.\d s$/gm) ?? [];
      const absent = errors.match(/^ {2}order \S+ absent: the broker never had it, after \d+\.\d s/gm) ?? [];
      expect(lost.length).toBeGreaterThan(0);
      expect(found.length + absent.length).toBe(lost.length);
      expect(out).toMatch(/Proof +\d+ orders? sent: duplicates 0, lost 0/);
      expect(out).toMatch(/BOOKS EQUAL: \d+ of \d+ lines\.\n$/);
      expect(exitCode).toBe(exitCodes.ok.code);
    },
  );

  it('loses no answers with --calm', async () => {
    const { out } = await run({ args: [...shortDay, '--calm', '--json', '--quiet'] });
    expect(JSON.parse(out)).toMatchObject({ lostAnswers: null, intents: { unknown: 0 } });
  });

  it('keeps the journals of the last simulated runs, each whole and private', async () => {
    const home = makeFolder();
    folders.push(home);
    const journals = join(home.path, '.qts', 'journals', 'sim');
    mkdirSync(journals, { recursive: true, mode: 0o700 });
    const old = [1, 2, 3, 4, 5, 6].map((n) => `2020010${n}-000000-000-kis-seed1.sqlite`);
    for (const name of [...old, 'mine.sqlite']) writeFileSync(join(journals, name), '', { mode: 0o600 });
    const { errors } = await run({ args: shortDay, variables: { HOME: home.path } });
    const file = /^journal (.*)$/m.exec(errors)?.[1] ?? '';
    expect(readdirSync(journals).sort()).toEqual(
      [...old.slice(-4), file.slice(journals.length + 1), 'mine.sqlite'].sort(),
    );
    expect(await verifyJournal(file)).toMatchObject({ ok: true, header: { accountId: 'main' } });
  });

  it('runs a strategy of the user from one file, and takes the rest from qts.yaml', async () => {
    const { exitCode, out } = await run({
      args: ['--json', '--quiet'],
      files: {
        'qts.yaml': 'symbols: ["000660"]\nstrategy: { use: ./mine.ts }\nsim: { date: "2025-10-21", seed: 9 }\n',
        'mine.ts': `export default () => {
          let bought: boolean = false;
          return {
            name: 'mine',
            evaluate({ market: { symbol } }) {
              if (bought) return { action: 'HOLD', symbol, reason: 'bought' };
              bought = true;
              return { action: 'BUY', symbol, quantity: 3, reason: 'once' };
            },
          };
        };`,
      },
    });
    expect(JSON.parse(out)).toMatchObject({
      tradingDate: '2025-10-21',
      strategy: 'mine',
      seed: 9,
      orders: { total: 1, byStatus: { FILLED: 1 } },
      positions: [{ symbol: '000660', quantity: 3 }],
    });
    expect(exitCode).toBe(exitCodes.ok.code);
  });

  it('explains itself', async () => {
    const { exitCode, out, errors } = await run({ args: ['--help'] });
    expect(out).toMatch(/Usage: qts/);
    expect(errors).toBe('');
    expect(exitCode).toBe(exitCodes.ok.code);
  });
});

describe('Ctrl-C', () => {
  /** A day of several seconds, so that a signal finds it at work on any machine. */
  function startSlowDay(): Program {
    const folder = makeFolder();
    folders.push(folder);
    writeFileSync(join(folder.path, 'qts.yaml'), 'loop: { intervalMs: 5000 }\n');
    return startProgram(folder.path, ['--json', '--seed', '11']);
  }

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends a day with its report: %s', async (signal) => {
    const program = startSlowDay();
    await program.said('09:30  orders');
    program.child.kill(signal);
    // The echo that npm and the start script add.
    program.child.kill(signal);
    const { exitCode, out, errors } = await program.ended;
    expect(JSON.parse(out)).toMatchObject({ end: { reason: 'stopped', leftOpen: [] }, books: { equal: true } });
    expect(errors.match(/Stopping: canceling what rests/g)).toHaveLength(1);
    expect(errors).not.toMatch(/Stopped at once/);
    expect(exitCode).toBe(exitCodes.interrupted.code);
  });

  it('cancels what rests and ends, though the terminal is gone and nobody reads what is said', async () => {
    const program = startSlowDay();
    await program.said('09:30  orders');
    program.child.stdout?.destroy();
    program.child.stderr?.destroy();
    program.child.kill('SIGHUP');
    expect((await program.ended).exitCode).toBe(exitCodes.interrupted.code);
    const journals = join(folders.at(-1)?.path ?? '', '.qts/journals/sim');
    const [name = ''] = readdirSync(journals).filter((each) => each.endsWith('.sqlite'));
    const orders = ordersOf(await foldJournalFile(join(journals, name)));
    expect(orders.length).toBeGreaterThan(0);
    expect(orders.every((order) => order.isClosed)).toBe(true);
  });

  it('is another signal than SIGUSR1, which stops orders and leaves the day to its end', async () => {
    const program = startSlowDay();
    await program.said('09:30  orders');
    program.child.kill('SIGUSR1');
    await program.said('HALTED: nothing rests.');
    const { exitCode, out, errors } = await program.ended;
    const report = JSON.parse(out) as DayReport;
    expect(report).toMatchObject({ end: { reason: 'done', leftOpen: [] }, books: { equal: true } });
    const behind = errors.slice(errors.indexOf('HALTED')).match(/orders +\d+/g) ?? [];
    expect(behind.length).toBeGreaterThan(1);
    expect(new Set(behind).size).toBe(1);
    expect(exitCode).toBe(exitCodes.ok.code);
  });

  it('ends a day that has only just begun', async () => {
    const program = startSlowDay();
    await program.said('venue (simulated) at');
    program.child.kill('SIGINT');
    const { exitCode, out } = await program.ended;
    expect(JSON.parse(out)).toMatchObject({ end: { reason: 'stopped', leftOpen: [] }, books: { equal: true } });
    expect(exitCode).toBe(exitCodes.interrupted.code);
  });
});

interface Refusal extends Attempt {
  readonly exit: keyof typeof exitCodes;
  /** What the message names: the field, what was found, the remedy. */
  readonly says: readonly RegExp[];
}

const refusals: Readonly<Record<string, Refusal>> = {
  'an unknown option': { args: ['--sede', '1'], exit: 'usage', says: [/unknown option '--sede'/, /qts --help/] },
  'an unknown command': { args: ['tarde'], exit: 'usage', says: [/too many arguments|unknown command/] },
  'a seed that is no number': {
    args: ['--seed', 'one'],
    exit: 'usage',
    says: [/--seed/, /'one' is invalid/, /whole number/],
  },
  'an unknown mode': {
    args: ['--mode', 'demo'],
    exit: 'usage',
    says: [/mode +found the text "demo"/, /sim.*paper.*live/],
  },
  'a malformed symbol': {
    args: ['--symbols', '5930'],
    exit: 'usage',
    says: [/symbols\.0 +found the text "5930"; six characters/],
  },
  'a symbol without data': {
    args: ['--symbols', '005930,999999'],
    exit: 'usage',
    says: [/symbol +999999/, /recorded +.*005930/],
  },
  'a malformed date': {
    args: ['--date', '17.10.2025'],
    exit: 'usage',
    says: [/sim\.date +found the text "17\.10\.2025"/],
  },
  'a date without data': {
    args: ['--date', '2025-10-15'],
    exit: 'usage',
    says: [/date +2025-10-15/, /recorded +2025-10-16/],
  },
  'a day that does not exist': {
    args: ['--date', '2025-02-30'],
    exit: 'usage',
    says: [/^[^S]*sim\.date +found the text "2025-02-30"/, /--date 2025-10-20/],
  },
  'a seed below zero': { args: ['--seed', '-1'], exit: 'usage', says: [/--seed/, /whole number from 0/] },
  'a list for a configuration': {
    files: { 'qts.yaml': '- mode: sim\n' },
    args: ['--seed', '1'],
    exit: 'usage',
    says: [/file +found a list of 1; settings by name are wanted/],
  },
  'a list for a group': {
    files: { 'qts.yaml': 'sim: [1]\n' },
    args: ['--seed', '1'],
    exit: 'usage',
    says: [/sim +found a list of 1; settings by name are wanted/],
  },
  'a home that is a file': {
    files: { home: '' },
    variables: { HOME: './home' },
    exit: 'cannotStart',
    says: [/not a folder/, /Set HOME/],
  },
  'a port out of range': {
    args: ['--port', '70000'],
    exit: 'usage',
    says: [/sim\.port +found the number 70000/, /65535/],
  },
  'an absent configuration': { args: ['--config', 'mine.yaml'], exit: 'usage', says: [/file +mine\.yaml/, /ENOENT/] },
  'a configuration that is no YAML': {
    files: { 'qts.yaml': 'mode: sim\nsymbols: ["005930"\nsim: 1' },
    exit: 'usage',
    says: [/file +qts\.yaml/, /line +\d/],
  },
  'a configuration with a wrong setting': {
    files: { 'qts.yaml': 'symbols: [005930]\nlimits: { symbolShareMax: 15 }\n' },
    exit: 'usage',
    says: [/source +qts\.yaml/, /symbols\.0 +found the number 5930/, /limits\.symbolShareMax +found the number 15/],
  },
  'a configuration that is a folder': {
    prepare: (folder) => {
      mkdirSync(join(folder, 'qts.yaml'));
    },
    exit: 'usage',
    says: [/EISDIR/],
  },
  'an absent strategy': {
    args: ['--strategy', './none.ts'],
    exit: 'usage',
    says: [/no such file/, /breakout, reversion/],
  },
  'a strategy that does not load': {
    args: ['--strategy', './broken.ts'],
    files: { 'broken.ts': 'export default () => {' },
    exit: 'usage',
    says: [/strategy +\.\/broken\.ts/, /cannot be loaded/],
  },
  'a strategy without evaluate': {
    args: ['--strategy', './empty.ts'],
    files: { 'empty.ts': "export default () => ({ name: 'empty' });" },
    exit: 'usage',
    says: [/no name and evaluate/],
  },
  'an unknown parameter of a strategy': {
    files: { 'qts.yaml': 'strategy: { use: breakout, parameters: { rangeMinute: 5 } }' },
    exit: 'usage',
    says: [/rangeMinute +unknown; known are rangeMinutes/],
  },
  '.env that others may read': {
    args: ['--mode', 'paper'],
    files: { '.env': dotEnv(paperKeys) },
    prepare: (folder) => {
      chmodSync(join(folder, '.env'), 0o644);
    },
    exit: 'usage',
    says: [/file +\.env/, /mode is 0644/, /chmod 600 \.env/],
  },
  '.env that is a link': {
    args: ['--mode', 'paper'],
    prepare: (folder) => {
      symlinkSync('elsewhere', join(folder, '.env'));
    },
    exit: 'usage',
    says: [/not a plain file/],
  },
  '.env with half a line': {
    args: ['--mode', 'paper'],
    files: { '.env': `KIS_VTS_APP_KEY=x\n${secrets.appSecret}\n` },
    exit: 'usage',
    says: [/Line 2 is not NAME=value/],
  },
  'paper without keys': {
    args: ['--mode', 'paper'],
    exit: 'usage',
    says: [/KIS_VTS_APP_KEY, KIS_VTS_APP_SECRET, KIS_VTS_ACCOUNT_NO/],
  },
  'paper with a malformed account number': {
    args: ['--mode', 'paper'],
    files: { '.env': dotEnv({ ...paperKeys, KIS_VTS_ACCOUNT_NO: secrets.malformedAccount }) },
    exit: 'usage',
    says: [/KIS_VTS_ACCOUNT_NO/, /eight digits/, /999-99-9999/],
  },
  'paper at another host': {
    args: ['--mode', 'paper'],
    variables: { ...paperKeys, KIS_VTS_ACCOUNT_NO: secrets.account, KIS_VTS_BASE_URL: 'http://127.0.0.1:1' },
    exit: 'usage',
    says: [/KIS_VTS_BASE_URL/, /another host/],
  },
  'live without keys': { args: ['--mode', 'live'], exit: 'usage', says: [/KIS_REAL_APP_KEY/] },
  'live without ENABLE_REAL_ORDER': {
    args: ['--mode', 'live'],
    files: { '.env': dotEnv({ ...liveKeys, QTS_LIVE_ACK: 'I_UNDERSTAND_LIVE_TRADING' }) },
    exit: 'usage',
    says: [/live_enabled_false/, /ENABLE_REAL_ORDER=Y/],
  },
  'live with another spelling of yes': {
    args: ['--mode', 'live'],
    files: { '.env': dotEnv({ ...liveKeys, QTS_LIVE_ACK: 'I_UNDERSTAND_LIVE_TRADING', ENABLE_REAL_ORDER: 'yes' }) },
    exit: 'usage',
    says: [/live_enabled_false/],
  },
  'live without the acknowledgement': {
    args: ['--mode', 'live'],
    files: { '.env': dotEnv({ ...liveKeys, ENABLE_REAL_ORDER: 'Y' }) },
    exit: 'usage',
    says: [/ack_missing_or_invalid/, /QTS_LIVE_ACK=I_UNDERSTAND_LIVE_TRADING/],
  },
  'another broker in the environment than on the command line': {
    args: ['--broker', 'kiwoom'],
    variables: { QTS_BROKER_ID: 'kis' },
    exit: 'usage',
    says: [/--broker +kiwoom/, /QTS_BROKER_ID +kis/, /Unset QTS_BROKER_ID/],
  },
  'an unknown broker': { args: ['--broker', 'kim'], exit: 'usage', says: [/broker +found the text "kim"/] },
  'an unknown broker in the environment': {
    variables: { QTS_BROKER_ID: 'kim' },
    exit: 'usage',
    says: [/There is no broker kim/, /kis, kiwoom/],
  },
  'an unknown fallback broker': {
    variables: { QTS_FALLBACK_BROKER_ID: 'kim' },
    exit: 'usage',
    says: [/There is no broker kim/],
  },
  'paper at Kiwoom without keys': {
    args: ['--mode', 'paper', '--broker', 'kiwoom'],
    exit: 'usage',
    says: [/KIWOOM_VTS_APP_KEY, KIWOOM_VTS_APP_SECRET/],
  },
  'live at Kiwoom without the acknowledgement': {
    args: ['--mode', 'live', '--broker', 'kiwoom'],
    files: {
      '.env': dotEnv({
        KIWOOM_REAL_APP_KEY: secrets.appKey,
        KIWOOM_REAL_APP_SECRET: secrets.appSecret,
        ENABLE_REAL_ORDER: 'Y',
      }),
    },
    exit: 'usage',
    says: [/ack_missing_or_invalid/],
  },
  'a folder for journals that cannot be one': {
    files: { 'qts.yaml': 'files: { folder: "/dev/null/qts" }\n' },
    exit: 'cannotStart',
    says: [/folder +\/dev\/null\/qts/, /ENOTDIR/, /files: \{ folder/],
  },
  'a folder for journals that depends on where one stands': {
    files: { 'qts.yaml': 'files: { folder: "journals" }\n' },
    exit: 'usage',
    says: [/files\.folder +found the text "journals"; an absolute path/],
  },
};

describe('bad input', () => {
  it.concurrent.each(Object.entries(refusals))(
    '%s: one clear message, its exit code, nothing begun',
    async (_, refusal) => {
      const { exitCode, out, errors } = await run(refusal);
      expect(out).toBe('');
      for (const words of refusal.says) expect(errors).toMatch(words);
      expect(errors).not.toMatch(/^\s+at /m);
      expect(errors.match(/Error/g) ?? []).toEqual([]);
      expect(exitCode).toBe(exitCodes[refusal.exit].code);
    },
  );

  it('a port in use: nothing is traded', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => occupant.once('listening', resolve));
    const { port } = occupant.address() as AddressInfo;
    try {
      const { exitCode, out, errors } = await run({ args: ['--port', String(port), '--quiet'] });
      expect(out).toBe('');
      expect(errors).toMatch(/in use/);
      expect(errors).toContain(String(port));
      expect(exitCode).toBe(exitCodes.cannotStart.code);
    } finally {
      occupant.close();
    }
  });

  it.concurrent.each([
    ['of the command line', ['--sede'], 'commander.unknownOption'],
    ['of the configuration', ['--mode', 'demo'], 'INVALID_CONFIGURATION'],
    ['of the secrets', ['--mode', 'paper'], 'VARIABLE_MISSING'],
  ])('is told to a program as JSON: an error %s', async (_, args, code) => {
    const { exitCode, out, errors } = await run({ args: [...args, '--json', '--quiet'] });
    expect(out).toBe('');
    expect(JSON.parse(errors)).toEqual({ error: { code, message: expect.stringMatching(/\S/) as string } });
    expect(exitCode).toBe(exitCodes.usage.code);
  });
});
