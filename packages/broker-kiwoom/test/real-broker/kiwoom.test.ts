import { env, stderr } from 'node:process';
import { describeRealBroker } from '@qts/broker-conformance';
import { createLineLogger, createUndiciTransport, maskAccount, systemClock } from '@qts/broker-kit';
import { afterAll, describe, it } from 'vitest';
import { createKiwoomBroker, type KiwoomBrokerSettings, readKiwoomCredentials } from '../../src/index.ts';

/** Asks Kiwoom itself, with `QTS_RUN_REAL_BROKER=1`; on paper it sends orders that cannot trade. */
const refusals = {
  8010: 'Kiwoom refuses the address of this machine: another one obtained the token (IP).',
  8050: 'Kiwoom refuses the address of this machine: register it for this app key (지정단말기, IP).',
  8030: 'The key is of the other environment: live and mock (모의투자) have keys of their own.',
  8031: 'The token is of the other environment: live and mock (모의투자) have tokens of their own.',
};

describeRealBroker(
  (['PAPER', 'LIVE'] as const).map((environment) => ({
    ...{ brokerId: 'kiwoom', environment, clock: systemClock, logger: createLineLogger(), refusals },
    accountShown() {
      const { accountNumber } = readKiwoomCredentials(environment, env);
      return accountNumber === undefined ? 'that of the app key' : maskAccount(accountNumber.reveal());
    },
    connect({ watched, ...parts }) {
      const credentials = readKiwoomCredentials(environment, env);
      // The suite reads live accounts only: `describeRealBroker` takes the way of orders away.
      const approval = environment === 'LIVE' ? { liveApproval: { brokerId: 'kiwoom' } } : {};
      const settings = { ...parts, ...approval, credentials, transport: watched(createUndiciTransport()) };
      return createKiwoomBroker(settings as KiwoomBrokerSettings);
    },
  })),
  {
    runner: { describe, it, afterAll },
    variables: env,
    print: (line) => void stderr.write(`${line}\n`),
  },
);
