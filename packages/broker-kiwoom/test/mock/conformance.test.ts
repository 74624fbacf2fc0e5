import { createSimulatedTarget, describeConformance } from '@qts/broker-conformance';
import { createUndiciTransport } from '@qts/broker-kit';
import { describe, it } from 'vitest';
import { createKiwoomBroker, kiwoomLiveCredentials } from '../../src/index.ts';
import { fakeAccount, fakeKeys } from '../support/start-kiwoom.ts';

const target = createSimulatedTarget({
  brokerId: 'kiwoom',
  dialect: 'kiwoom',
  account: fakeAccount,
  operations: {
    PLACE: ['kt10000', 'kt10001'],
    CHANGE: ['kt10002', 'kt10003'],
    LIST: ['ka10075', 'kt00007'],
    TOKEN: ['au10001'],
  },
  rateRefusalCodes: ['1700'],
  createBroker: ({ url, counted, ...parts }) =>
    createKiwoomBroker({
      ...parts,
      credentials: kiwoomLiveCredentials(fakeKeys),
      simulatedUrl: url,
      transport: counted(createUndiciTransport({ answerTimeoutMs: 2_000, headersTimeoutMs: 1_500 })),
      random: () => 0.5,
    }),
});

describeConformance(target, { describe, it });
