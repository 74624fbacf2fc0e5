import { execFileSync, spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

let running: ChildProcess | undefined;

afterEach(() => {
  running?.kill('SIGKILL');
  running = undefined;
});

/** Runs the program from its source, as a process of its own. */
function start(...args: readonly string[]): {
  readonly child: ChildProcessWithoutNullStreams;
  readonly output: () => string;
  readonly errors: () => string;
} {
  const child = spawn(process.execPath, [
    '--conditions=@qts/source',
    '--experimental-strip-types',
    '--no-warnings',
    main,
    ...args,
  ]);
  running = child;
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return { child, output: () => output, errors: () => errors };
}

async function exitCode(child: ChildProcess): Promise<unknown> {
  const [code] = (await once(child, 'close')) as [unknown];
  return code;
}

describe('qts-venue', () => {
  it('says where it runs, answers there, and stops on Ctrl-C with 0', async () => {
    const { child, output } = start('--json', '--paper', '--date', '2026-11-20');
    await once(child.stdout, 'data');
    const facts = JSON.parse(output()) as Readonly<Record<string, string>>;
    expect(facts).toMatchObject({ simulated: true, environment: 'PAPER', tradingDate: '2026-11-20' });
    const reply = await fetch(`${facts['url'] ?? ''}/oauth2/tokenP`, {
      method: 'POST',
      body: JSON.stringify({
        grant_type: 'client_credentials',
        appkey: facts['appKey'],
        appsecret: facts['appSecret'],
      }),
    });
    expect(reply.status).toBe(200);
    await reply.json();
    child.kill('SIGINT');
    expect(await exitCode(child)).toBe(0);
  });

  it('speaks both protocols over one market, each on a port of its own', async () => {
    const { child, output } = start('--json', '--dialect', 'kis', '--dialect', 'kiwoom', '--date', '2026-11-20');
    await once(child.stdout, 'data');
    const facts = JSON.parse(output()) as {
      readonly url: string;
      readonly fronts: readonly Readonly<Record<string, string>>[];
    };
    const [kis, kiwoom] = facts.fronts;
    expect([kis?.['dialect'], kiwoom?.['dialect'], kis?.['url']]).toEqual(['kis', 'kiwoom', facts.url]);
    expect([kis?.['htsId'], kiwoom?.['htsId']]).toEqual(['demo', undefined]);
    const reply = await fetch(`${kiwoom?.['url'] ?? ''}/oauth2/token`, {
      method: 'POST',
      headers: { 'api-id': 'au10001' },
      body: JSON.stringify({
        grant_type: 'client_credentials',
        appkey: kiwoom?.['appKey'],
        secretkey: kiwoom?.['appSecret'],
      }),
    });
    expect(await reply.json()).toMatchObject({ return_code: 0, token_type: 'bearer' });
  });

  it('gives a key and a secret of the lengths that the broker publishes, which public clients insist on', async () => {
    const { child, output } = start('--json');
    await once(child.stdout, 'data');
    const facts = JSON.parse(output()) as Readonly<Record<string, string>>;
    expect([facts['appKey']?.length, facts['appSecret']?.length]).toEqual([36, 180]);
  });

  it('gives tokens that do not look expired to a client with a clock of its own', async () => {
    const { child, output } = start('--json');
    await once(child.stdout, 'data');
    const { url, appKey, appSecret } = JSON.parse(output()) as Readonly<Record<string, string>>;
    const reply = await fetch(`${url ?? ''}/oauth2/tokenP`, {
      method: 'POST',
      body: JSON.stringify({ grant_type: 'client_credentials', appkey: appKey, appsecret: appSecret }),
    });
    const token = (await reply.json()) as Readonly<Record<string, string>>;
    const expiresAtMs = Date.parse(`${(token['access_token_token_expired'] ?? '').replace(' ', 'T')}+09:00`);
    expect(expiresAtMs).toBeGreaterThan(Date.now());
  });

  it('says in its text that the market is modelled, and by which id order notices of KIS are asked for', async () => {
    const { child, output } = start();
    await once(child.stdout, 'data');
    expect(output()).toContain('Its market is modelled: names, prices and orders are made up.');
    expect(output()).toMatch(/HTS id +demo, the key of its order notices/);
  });

  it('prints requests of each protocol that answer as they stand', async () => {
    const { child, output } = start('--dialect', 'kis', '--dialect', 'kiwoom', '--date', '2026-11-20');
    await once(child.stdout, 'data');
    const lines = output().split('\n');
    const requests = lines.flatMap((line, index) => (line.startsWith('TOKEN=') ? [[line, lines[index + 1]]] : []));
    const answers = requests.map((each) => execFileSync('sh', ['-c', each.join('\n')], { encoding: 'utf8' }));
    const [kis, kiwoom] = answers.map((answer) => JSON.parse(answer) as unknown);
    expect(kis).toMatchObject({ rt_cd: '0', output: { stck_shrn_iscd: '900010' } });
    expect(kiwoom).toMatchObject({ return_code: 0, stk_cd: '900010' });
  });

  it('stops with 3 and one message when the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { child, errors } = start('--port', String(port));
    expect(await exitCode(child)).toBe(3);
    expect(errors()).toBe(`qts-venue: Port ${port} on 127.0.0.1 is in use. Choose another, or 0 for any free one.\n`);
    other.close();
  });

  it.each([
    [['--speed', 'fast'], 2],
    [['--market', '/nowhere.json'], 2],
    [['--help'], 0],
  ])('ends on %j with %i', async (args, code) => {
    const { child, output, errors } = start(...args);
    expect(await exitCode(child)).toBe(code);
    expect(code === 0 ? output() : errors()).toMatch(/qts-venue: /);
  });
});
