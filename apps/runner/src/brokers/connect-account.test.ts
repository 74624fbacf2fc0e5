import { type HttpTransport } from '@qts/broker-kit';
import { ConfigurationError } from '@qts/core';
import { assertLiveApproval } from '@qts/engine';
import { describe, expect, it } from 'vitest';
import { type RunnerBrokerId } from '../config/runner-config.ts';
import { type ConnectedAccount, connectAccount } from './connect-account.ts';

/** Marked fakes; no broker knows them. */
const keys: Readonly<Record<RunnerBrokerId, Readonly<Record<string, string>>>> = {
  kis: { KIS_REAL_APP_KEY: 'FAKE-KEY', KIS_REAL_APP_SECRET: 'FAKE-SECRET', KIS_REAL_ACCOUNT_NO: '99999999' },
  kiwoom: { KIWOOM_REAL_APP_KEY: 'FAKE-KEY', KIWOOM_REAL_APP_SECRET: 'FAKE-SECRET' },
};
const facts = { QTS_LIVE_ACK: 'I_UNDERSTAND_LIVE_TRADING', ENABLE_REAL_ORDER: 'Y' };

/** Nothing goes out: what tries to is an error of the test. */
const refuse = (): never => {
  throw new Error('something was sent');
};
const noNetwork: HttpTransport = {
  open: () => ({ busy: false, send: refuse, warm: refuse, close: () => Promise.resolve() }),
};

function connect(broker: RunnerBrokerId, environment: Readonly<Record<string, string>>): ConnectedAccount {
  return connectAccount({ mode: 'live', broker }, environment, { transport: noNetwork });
}

function refusalOf(broker: RunnerBrokerId, environment: Readonly<Record<string, string>>): ConfigurationError {
  try {
    connect(broker, environment);
  } catch (error) {
    if (ConfigurationError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('it was connected');
}

describe.each(['kis', 'kiwoom'] as const)('a live account at %s', (broker) => {
  it('is made when all three facts agree, and nothing is connected', async () => {
    const { broker: made, liveApproval } = connect(broker, { ...keys[broker], ...facts });
    expect(made.orders.brokerId).toBe(broker);
    expect(made.orders.displayName).not.toMatch(/simulated|paper/);
    assertLiveApproval(broker, liveApproval);
    expect(made.secrets.map((secret) => secret.reveal())).toContain('FAKE-SECRET');
    await made.close();
  });

  it.each([
    ['no acknowledgement', { ENABLE_REAL_ORDER: 'Y' }, 'ack_missing_or_invalid'],
    ['another acknowledgement', { ...facts, QTS_LIVE_ACK: 'yes' }, 'ack_missing_or_invalid'],
    ['no ENABLE_REAL_ORDER', { QTS_LIVE_ACK: facts.QTS_LIVE_ACK }, 'live_enabled_false'],
    ['another spelling of yes', { ...facts, ENABLE_REAL_ORDER: 'y' }, 'live_enabled_false'],
  ])('is refused with %s, naming it', (_, given, reason) => {
    const refusal = refusalOf(broker, { ...keys[broker], ...given });
    expect(refusal).toMatchObject({ code: 'LIVE_REFUSED', facts: { reason } });
    expect(refusal.next).toMatch(/Set /);
  });

  it('is refused without live keys, whatever else is said', () => {
    const paper = Object.fromEntries(
      Object.entries(keys[broker]).map(([name, key]) => [name.replace('REAL', 'VTS'), key]),
    );
    expect(refusalOf(broker, { ...paper, ...facts }).code).toBe('VARIABLE_MISSING');
  });
});
