import { AuthenticationError, BrokerError, ConfigurationError, TransportError } from '@qts/core';
import { createFakeClock, createRecordingLogger, createStubOrderAdapter } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { describeRealBroker } from './describe-real-broker.ts';
import { openRealBroker, type RealBrokerTarget } from './real-broker-target.ts';
import { realBrokerChecks, runRealBrokerCheck } from './run-real-broker-check.ts';

const details = (code: string) => ({ code, summary: 'refused', facts: { native: code }, next: 'look' });

function targetOf(environment: 'LIVE' | 'PAPER', error: Error = new BrokerError(details('X'))): RealBrokerTarget {
  const fail = () => Promise.reject(error);
  const account = {
    brokerId: 'x',
    getCashBalance: fail,
    listPositions: fail,
    getBuyingPower: fail,
    getSellableQuantity: fail,
  };
  const quotes = { brokerId: 'x', getQuote: fail, getOrderBook: fail, listDailyBars: fail, listMinuteBars: fail };
  return {
    ...{ brokerId: 'x', environment, clock: createFakeClock(), logger: createRecordingLogger() },
    refusals: { 8050: 'The address of this machine is not registered (IP).' },
    accountShown: () => '****5678',
    connect: () => ({ orders: createStubOrderAdapter(), account, quotes, close: () => Promise.resolve() }),
  };
}

async function firstCheck(error: Error): Promise<string> {
  const [check] = realBrokerChecks;
  if (check === undefined) throw new Error('there are no checks');
  const result = await runRealBrokerCheck(check, openRealBroker(targetOf('PAPER', error)));
  return result.end === 'FAILED' ? result.why : result.end;
}

describe('runRealBrokerCheck', () => {
  it('has ids of its own for every check', () => {
    expect(new Set(realBrokerChecks.map(({ id }) => id)).size).toBe(realBrokerChecks.length);
  });

  it('says in plain words that the address of the machine is refused', async () => {
    expect(await firstCheck(new AuthenticationError(details('8050')))).toMatch(/^The address of this machine .*\(IP\)/);
  });

  it('asks for the key when the broker refuses it, and for the way when it cannot be reached', async () => {
    expect(await firstCheck(new AuthenticationError(details('X1')))).toMatch(
      /^The broker refused key or token: .* PAPER/,
    );
    const unreachable = new TransportError({ ...details('CONNECT'), sent: 'NOT_SENT' });
    expect(await firstCheck(unreachable)).toMatch(/^The broker could not be reached/);
  });

  it('sends nothing to a live account, whoever asks', async () => {
    const bench = openRealBroker(targetOf('LIVE'));
    for (const check of realBrokerChecks.filter(({ sendsOrders }) => sendsOrders === true)) {
      expect(await runRealBrokerCheck(check, bench)).toEqual({ end: 'SKIPPED', why: 'a live account is only read' });
      await expect(check.run(bench)).resolves.toBe('a live account is only read');
    }
    expect(() => bench.broker.orders.placeOrder({} as never)).toThrow('no order to a live account');
    expect(() => bench.broker.orders.cancelOrder({} as never)).toThrow('no order to a live account');
  });
});

describe('describeRealBroker', () => {
  /** Runs the suite by hand and gives what each check came to. */
  async function run(targets: readonly RealBrokerTarget[], variables: Record<string, string>) {
    const printed: string[] = [];
    const bodies: (() => Promise<string>)[] = [];
    const runner = {
      describe: (_: string, body: () => void) => {
        body();
      },
      it: (_: string, body: (context: { skip: (note?: string) => void; task: { meta: object } }) => Promise<void>) => {
        bodies.push(async () => {
          let skipped: string | undefined;
          await body({ skip: (note) => (skipped = note), task: { meta: {} } });
          return skipped ?? 'ran';
        });
      },
      afterAll: () => undefined,
    };
    describeRealBroker(targets, { runner, variables, print: (line) => printed.push(line) });
    const results: string[] = [];
    for (const body of bodies) results.push(await body().catch((error: unknown) => `FAILED ${String(error)}`));
    return { printed, results };
  }

  it('skips every check, and says why, unless somebody asked for it', async () => {
    const { printed, results } = await run([targetOf('PAPER')], {});
    expect(results).toHaveLength(realBrokerChecks.length + 1);
    expect(new Set(results)).toEqual(new Set(['QTS_RUN_REAL_BROKER=1 is not set']));
    expect(printed).toEqual([]);
  });

  const missing = new ConfigurationError({ ...details('VARIABLE_MISSING'), summary: 'KEY is missing' });
  const withoutCredentials: RealBrokerTarget = {
    ...targetOf('PAPER'),
    accountShown: () => {
      throw missing;
    },
  };

  it('skips every check of an environment without credentials, and names what is missing', async () => {
    const { results } = await run([withoutCredentials, targetOf('LIVE')], { QTS_RUN_REAL_BROKER: '1' });
    expect(new Set(results.slice(0, realBrokerChecks.length))).toEqual(new Set([missing.message]));
    expect(results.at(-1)).toBe('ran');
  });

  it('fails when it was asked for and no environment has credentials', async () => {
    const { results } = await run([withoutCredentials], { QTS_RUN_REAL_BROKER: '1' });
    expect(results.at(-1)).toMatch(/^FAILED .*nothing was asked\. .*KEY is missing/);
  });

  it('fails with credentials that are not usable', async () => {
    const wrong = new ConfigurationError(details('CREDENTIALS_NOT_VALID'));
    const target = {
      ...targetOf('PAPER'),
      accountShown: () => {
        throw wrong;
      },
    };
    const { results } = await run([target], { QTS_RUN_REAL_BROKER: '1' });
    expect(results.slice(0, -1).every((result) => result.startsWith('FAILED'))).toBe(true);
  });

  it('prints the checklist of the operator once, with the account masked, before it asks anything', async () => {
    const { printed, results } = await run([targetOf('LIVE')], { QTS_RUN_REAL_BROKER: '1' });
    expect(printed.filter((line) => line.includes('실 주문 운영 체크'))).toHaveLength(1);
    expect(printed.at(-1)).toContain('account ****5678');
    expect(results[0]).toMatch(/^FAILED/);
  });
});
