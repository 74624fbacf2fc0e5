import { createSimulatedTarget, describeConformance } from '@qts/broker-conformance';
import { createUndiciTransport } from '@qts/broker-kit';
import { describe, it } from 'vitest';
import { createKisBroker, kisLiveCredentials } from '../../src/index.ts';
import { fakeAccount } from '../support/start-kis.ts';

const target = createSimulatedTarget({
  brokerId: 'kis',
  dialect: 'kis',
  account: fakeAccount,
  operations: {
    PLACE: ['order-cash'],
    CHANGE: ['order-rvsecncl'],
    LIST: ['inquire-daily-ccld'],
    TOKEN: ['tokenP'],
  },
  rateRefusalCodes: ['EGW00201'],
  createBroker: ({ url, counted, ...parts }) =>
    createKisBroker({
      ...parts,
      credentials: kisLiveCredentials(fakeAccount),
      simulatedUrl: url,
      transport: counted(createUndiciTransport({ answerTimeoutMs: 2_000, headersTimeoutMs: 1_500 })),
      random: () => 0.5,
    }),
});

describeConformance(target, { describe, it });
