import { env, stderr } from 'node:process';
import { describeRealBroker } from '@qts/broker-conformance';
import { createLineLogger, createUndiciTransport, maskAccount, systemClock } from '@qts/broker-kit';
import { afterAll, describe, it } from 'vitest';
import { createKisBroker, type KisBrokerSettings, readKisCredentials } from '../../src/index.ts';
import { withCalendar } from '../support/real-kis.ts';

/** Asks KIS itself, with `QTS_RUN_REAL_BROKER=1`; on paper it sends orders that cannot trade. KIS tells the customer of each token. */
const refusals = {
  EGW00207: 'KIS refuses the address of this machine (IP).',
  EGW00303: 'KIS refuses the address of this machine: the corporation has not registered it (IP).',
  EGW02004: 'This is a paper key (모의투자) on the live host.',
};

describeRealBroker(
  (['PAPER', 'LIVE'] as const).map((environment) => ({
    ...{ brokerId: 'kis', environment, clock: systemClock, logger: createLineLogger(), refusals },
    accountShown: () => maskAccount(readKisCredentials(environment, env).accountNumber.reveal()),
    connect({ watched, ...parts }) {
      const credentials = readKisCredentials(environment, env);
      // The suite reads live accounts only: `describeRealBroker` takes the way of orders away.
      const approval = environment === 'LIVE' ? { liveApproval: { brokerId: 'kis' } } : {};
      const settings = { ...parts, ...approval, credentials, transport: watched(createUndiciTransport()) };
      return withCalendar(createKisBroker(settings as KisBrokerSettings));
    },
  })),
  {
    runner: { describe, it, afterAll },
    variables: env,
    print: (line) => void stderr.write(`${line}\n`),
  },
);
