import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFakeClock, createRecordingLogger } from '@qts/core/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { parseRunnerConfig } from '../config/runner-config.ts';
import { connectOperatorBroker } from './operator-broker.ts';

const folder = mkdtempSync(join(tmpdir(), 'qts-operator-broker-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Fakes of every environment; nothing is asked with them. */
const environment = Object.fromEntries(
  ['KIS_REAL', 'KIS_VTS', 'KIWOOM_REAL', 'KIWOOM_VTS'].flatMap((prefix) => [
    [`${prefix}_APP_KEY`, 'FAKE-KEY'],
    [`${prefix}_APP_SECRET`, 'FAKE-SECRET'],
    [`${prefix}_ACCOUNT_NO`, '12345678'],
  ]),
);
const parts = { environment, clock: createFakeClock(), logger: createRecordingLogger() };
const configOf = (mode: string, broker: string) =>
  parseRunnerConfig({ mode, broker, files: { folder: join(folder, 'files') } }, 'test');

describe('connectOperatorBroker', () => {
  const cases = ['kis', 'kiwoom'].flatMap((broker) => [
    [broker, 'live', undefined, 'LIVE'] as const,
    [broker, 'paper', undefined, 'PAPER'] as const,
    [broker, 'paper', 'http://127.0.0.1:9', 'SIMULATED'] as const,
  ]);

  it.each(cases)(
    'reads %s %s (venue %s) as %s, and lets no order or replace pass',
    async (broker, mode, url, reaches) => {
      const venue = url === undefined ? {} : { venueUrl: url };
      const connected = connectOperatorBroker({ ...parts, ...venue, config: configOf(mode, broker) });
      const { orders } = connected;
      expect([orders.brokerId, orders.capabilities.environment]).toEqual([broker, reaches]);
      expect(() => orders.placeOrder({} as never)).toThrow('neither places nor changes');
      expect(() => orders.replaceOrder({} as never)).toThrow('neither places nor changes');
      await connected.close();
    },
  );

  it('says that a simulated account has no broker without a venue, and which variables are missing', () => {
    expect(() => connectOperatorBroker({ ...parts, config: configOf('sim', 'kis') })).toThrow(
      expect.objectContaining({ code: 'NO_BROKER_TO_READ' }),
    );
    expect(() => connectOperatorBroker({ ...parts, environment: {}, config: configOf('live', 'kiwoom') })).toThrow(
      /KIWOOM_REAL_APP_KEY/,
    );
  });
});
