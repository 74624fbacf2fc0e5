import { describeRealBrokerRehearsal } from '@qts/broker-conformance';
import { createUndiciTransport } from '@qts/broker-kit';
import { describe, it } from 'vitest';
import { createKiwoomBroker, kiwoomLiveCredentials, kiwoomPaperCredentials } from '../../src/index.ts';
import { fakeAccount } from '../support/start-kiwoom.ts';

describeRealBrokerRehearsal(
  {
    ...{ brokerId: 'kiwoom', dialect: 'kiwoom', account: fakeAccount },
    operations: {
      ...{ TOKEN: 'au10001', PLACE: 'kt10000', REPLACE: 'kt10002', CANCEL: 'kt10003' },
      ...{ LIST: 'kt00007', HOLDINGS: 'kt00018', QUOTE: 'ka10001' },
    },
    connect: ({ url, account: { appKey, appSecret: secretKey, accountNumber }, environment, watched, ...parts }) => {
      const make = environment === 'LIVE' ? kiwoomLiveCredentials : kiwoomPaperCredentials;
      return createKiwoomBroker({
        ...parts,
        credentials: make({ appKey, secretKey, accountNumber }),
        simulatedUrl: url,
        transport: watched(createUndiciTransport({ answerTimeoutMs: 2_000, headersTimeoutMs: 1_500 })),
        random: () => 0.5,
      });
    },
  },
  { describe, it },
);
