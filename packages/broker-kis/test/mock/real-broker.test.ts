import { describeRealBrokerRehearsal } from '@qts/broker-conformance';
import { createUndiciTransport } from '@qts/broker-kit';
import { describe, it } from 'vitest';
import { createKisBroker, kisLiveCredentials, kisPaperCredentials } from '../../src/index.ts';
import { fakeAccount } from '../support/start-kis.ts';
import { withCalendar } from '../support/real-kis.ts';

describeRealBrokerRehearsal(
  {
    ...{ brokerId: 'kis', dialect: 'kis', account: fakeAccount },
    operations: {
      ...{ TOKEN: 'tokenP', PLACE: 'order-cash', REPLACE: 'order-rvsecncl', CANCEL: 'order-rvsecncl' },
      ...{ LIST: 'inquire-daily-ccld', HOLDINGS: 'inquire-balance', QUOTE: 'inquire-price' },
    },
    connect: ({ url, account, environment, watched, ...parts }) =>
      withCalendar(
        createKisBroker({
          ...parts,
          credentials: environment === 'LIVE' ? kisLiveCredentials(account) : kisPaperCredentials(account),
          simulatedUrl: url,
          transport: watched(createUndiciTransport({ answerTimeoutMs: 2_000, headersTimeoutMs: 1_500 })),
          random: () => 0.5,
        }),
      ),
  },
  { describe, it },
);
