import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@qts/broker-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runnerBrokersById } from '../../src/brokers/runner-brokers.ts';
import { defaultRunnerConfig } from '../../src/config/runner-config.ts';
import { openWatchMarket } from '../../src/streams/watch-venue.ts';
import { makeFolder, startProgram } from './program.ts';

/** `qts watch` as a process, over the venue that it opens itself. */

const brokers = ['kis', 'kiwoom'] as const;
let folder: ReturnType<typeof makeFolder>;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => {
  folder.remove();
});

interface Line {
  readonly kind: string;
  readonly symbol?: string;
  readonly brokerId?: string;
  readonly priceKrw?: number;
  readonly volume?: number;
  readonly subscriptions?: readonly string[];
  readonly reason?: string;
  readonly next?: string;
}

async function watch(...args: readonly string[]) {
  const { exitCode, out, errors } = await startProgram(folder.path, ['watch', ...args]).ended;
  const lines = args.includes('--json')
    ? out
        .trimEnd()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Line)
    : [];
  return { exitCode, out, errors, lines };
}

describe.each(brokers)('qts watch at %s', (broker) => {
  it('shows live quotes, and says what it missed when the connection is cut', async () => {
    const args = ['005930', '-b', broker, '--json', '--seconds', '8', '--fault', 'W02-cut@2'];
    const { exitCode, lines, errors } = await watch(...args);
    expect(exitCode).toBe(0);
    expect(errors).toContain('SIMULATED');
    const quotes = lines.filter(({ kind }) => kind === 'quote');
    expect(quotes.length).toBeGreaterThan(3);
    expect(quotes.every(({ symbol, priceKrw = 0 }) => symbol === '005930' && priceKrw > 0)).toBe(true);
    const told = lines
      .map(({ kind }) => kind)
      .filter((kind) => ['connection-lost', 'gap', 'backfilled'].includes(kind));
    expect(told.slice(-3)).toEqual(['connection-lost', 'gap', 'backfilled']);
  });

  it('records without secrets, plays what it recorded, and refuses what it cannot play', async () => {
    const file = join(folder.path, 'a.frames');
    const recorded = await watch('005930', '-b', broker, '--orders', '--seconds', '4', '--record', file);
    expect(recorded.exitCode).toBe(0);
    const written = readFileSync(file, 'utf8');
    expect(statSync(file).mode & 0o077).toBe(0);
    const { accountNumber, appKey, appSecret, htsId = appKey } = runnerBrokersById[broker].demoAccount;
    for (const secret of [accountNumber, appKey, appSecret, htsId, 'approval_key', '"token"']) {
      expect(written).not.toContain(secret);
    }
    const played = await watch('005930', '-b', broker, '--json', '--play', file);
    expect(played.exitCode).toBe(0);
    expect(played.lines.some(({ kind, priceKrw = 0 }) => kind === 'quote' && priceKrw > 0)).toBe(true);

    const again = await watch('005930', '-b', broker, '--seconds', '2', '--record', file);
    expect(again).toMatchObject({ exitCode: 3, out: '' });
    const other = broker === 'kis' ? 'kiwoom' : 'kis';
    const refused = await watch('005930', '-b', other, '--play', file);
    expect(refused).toMatchObject({ exitCode: 2, out: '' });
    expect(refused.errors).toContain('another broker');
    writeFileSync(file, written.replace('"version":1', '"version":99'));
    const newer = await watch('005930', '-b', broker, '--play', file);
    expect(newer.exitCode).toBe(2);
    expect(newer.errors).toContain('newer layout');
  }, 60_000);
});

describe('qts watch of two brokers', () => {
  it('takes the fresher price of one simulated market, goes on when one falls silent, and says that it lags', async () => {
    const { exitCode, lines, errors } = await watch(
      ...['005930', '-b', 'kis,kiwoom', '--json', '--seconds', '12', '--fault', 'W03-half-open@2'],
    );
    expect(exitCode).toBe(0);
    expect(errors).toMatch(/First with a price or a volume: kis \d+, kiwoom [1-9]\d*\. Differences: [1-9]/);
    const quotes = lines.filter(({ kind }) => kind === 'quote');
    expect(new Set(quotes.map(({ brokerId }) => brokerId))).toEqual(new Set(brokers));
    const volumes = quotes.map(({ volume = 0 }) => volume);
    expect(volumes).toEqual(volumes.toSorted((one, other) => one - other));
    const difference = { difference: 'BEHIND', symbol: '005930', facts: { kis: expect.any(Number) as number } };
    expect(lines.filter(({ kind }) => kind === 'difference')).toMatchObject([difference]);
  });

  it.each([
    ['--orders', '--orders'],
    ['--mode', '--mode', 'paper'],
    ['--record', '--record', 'a.frames'],
  ])('refuses %s before anything is started', async (field, ...options) => {
    const { exitCode, errors } = await watch('005930', '-b', 'kis,kiwoom', ...options);
    expect(exitCode).toBe(2);
    expect(errors).toContain(field);
    expect(errors).not.toContain('SIMULATED');
  });
});

describe('qts watch', () => {
  it('lets the others live when one symbol is refused, and says which and what to do', async () => {
    const { exitCode, lines } = await watch('999999', '005930', '--json', '--seconds', '4');
    expect(exitCode).toBe(0);
    const refused = lines.filter(({ kind }) => kind === 'subscription-refused');
    expect(refused.flatMap(({ subscriptions = [] }) => subscriptions)).toEqual(['H0STCNT0 999999', 'H0STASP0 999999']);
    expect(lines.some(({ kind, symbol }) => kind === 'quote' && symbol === '005930')).toBe(true);
  });

  it('says of an issue that Kiwoom registers and does not know that it may not exist, and goes on with the others', async () => {
    const { exitCode, lines } = await watch('999999', '005930', '-b', 'kiwoom', '--json', '--seconds', '6');
    expect(exitCode).toBe(0);
    const refused = lines.filter(({ kind }) => kind === 'subscription-refused');
    expect(refused.flatMap(({ subscriptions = [] }) => subscriptions).sort()).toEqual(['0B 999999', '0D 999999']);
    for (const each of refused) {
      expect(each).toMatchObject({ reason: 'QUOTE_REFUSED', next: expect.stringContaining('may not exist') as string });
    }
    expect(lines.some(({ kind, symbol }) => kind === 'quote' && symbol === '005930')).toBe(true);
  });

  it('names what a 42nd registration would be, and lets the others live', async () => {
    const others = Array.from({ length: 20 }, (_, index) => String(100_000 + index));
    const { exitCode, lines } = await watch('005930', ...others, '--json', '--seconds', '8');
    expect(exitCode).toBe(0);
    const full = lines.filter(({ reason }) => reason === 'REGISTRATION_LIMIT');
    expect(full.flatMap(({ subscriptions = [] }) => subscriptions)).toEqual(['H0STASP0 100019']);
    expect(full[0]?.next).toMatch(/41 registrations, all in use\. Close a stream/);
    expect(lines.some(({ kind, symbol }) => kind === 'quote' && symbol === '005930')).toBe(true);
  });

  it('goes on without notices of orders when the HTS id is not known, and says what to check', async () => {
    const { kis } = runnerBrokersById;
    const market = await openWatchMarket(defaultRunnerConfig(), [kis], systemClock, []);
    try {
      const { appKey, appSecret, accountNumber } = kis.demoAccount;
      const keys = { APP_KEY: appKey, APP_SECRET: appSecret, ACCOUNT_NO: accountNumber, HTS_ID: 'WRONG-ID' };
      const lines = Object.entries(keys).map(([name, value]) => `KIS_REAL_${name}=${value}\n`);
      writeFileSync(join(folder.path, '.env'), lines.join(''), { mode: 0o600 });
      const args = [
        '005930',
        '-m',
        'live',
        '--url',
        market.venues[0]?.url ?? '',
        '--orders',
        '--json',
        '--seconds',
        '6',
      ];
      const watched = await watch(...args);
      expect(watched.exitCode).toBe(0);
      const refused = watched.lines.filter(({ kind }) => kind === 'subscription-refused');
      expect(refused).toMatchObject([{ subscriptions: ['H0STCNI0 order notices'] }]);
      expect(refused[0]?.next).toMatch(/HTS id/);
      expect(watched.out + watched.errors).not.toContain('WRONG-ID');
      expect(watched.lines.some(({ kind, symbol }) => kind === 'quote' && symbol === '005930')).toBe(true);
    } finally {
      await market.close();
    }
  });

  it('ends with code 4 when nothing is left to watch', async () => {
    const { exitCode, out, errors } = await watch('999999', '--seconds', '30');
    expect(exitCode).toBe(4);
    expect(out).toContain('subscription-refused');
    expect(errors).toContain('every subscription was refused');
  });

  it.each([
    [['005930', '--fault', 'W99-nothing@1'], 'names no fault'],
    [['005930', '--play', 'nowhere.frames'], 'not there'],
    [['005930', '--play', 'a', '--record', 'b'], 'played already'],
    [['5930'], 'symbol'],
  ])('refuses %j before anything is started', async (args, words) => {
    const { exitCode, out, errors } = await watch(...args);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(errors).toContain(words);
  });

  it('ends cleanly on Ctrl-C', async () => {
    const program = startProgram(folder.path, ['watch', '005930']);
    await program.said('SIMULATED');
    program.child.kill('SIGINT');
    expect(await program.ended).toMatchObject({ exitCode: 0 });
  });
});
