import {
  type KiwoomBroker,
  type KiwoomCredentials,
  type KiwoomLiveCredentials,
  type KiwoomPaperCredentials,
  createKiwoomBroker,
  kiwoomHosts,
  kiwoomLiveCredentials,
  kiwoomNoticeStream,
  readKiwoomCredentials,
} from '@qts/broker-kiwoom';
import { constructLive } from '@qts/engine';
import { type ConnectedBroker, type RunnerBroker } from './runner-broker.ts';

/** Kiwoom 키움증권. */
export const kiwoom: RunnerBroker = {
  id: 'kiwoom',
  demoAccount: { accountNumber: '5000000001', appKey: 'SIMULATED-APP-KEY', appSecret: 'SIMULATED-APP-SECRET' },
  placeOperations: ['kt10000', 'kt10001'],
  noticeStream: kiwoomNoticeStream.type,
  tradeStream: '0B',
  plainStreamOrigins: [],
  connectSimulated(url, parts) {
    const { accountNumber, appKey, appSecret: secretKey } = kiwoom.demoAccount;
    const credentials = kiwoomLiveCredentials({ appKey, secretKey, accountNumber });
    return connected(createKiwoomBroker({ ...parts, credentials, simulatedUrl: url }), credentials);
  },
  connectPaper(environment, parts) {
    // The variables of the paper environment make paper credentials, and nothing else.
    const credentials = readKiwoomCredentials('PAPER', environment) as KiwoomPaperCredentials;
    return connected(createKiwoomBroker({ ...parts, credentials }), credentials);
  },
  liveFacts(environment) {
    const { LIVE: liveHost } = kiwoomHosts;
    const { environment: of } = readKiwoomCredentials('LIVE', environment);
    return { brokerId: 'kiwoom', environment: of, host: liveHost, liveHost };
  },
  connectLive(environment, liveApproval, parts) {
    return constructLive('kiwoom', liveApproval, () => {
      const credentials = readKiwoomCredentials('LIVE', environment) as KiwoomLiveCredentials;
      return connected(createKiwoomBroker({ ...parts, credentials, liveApproval }), credentials);
    });
  },
};

function connected(broker: KiwoomBroker, { appKey, secretKey, accountNumber }: KiwoomCredentials): ConnectedBroker {
  const secrets = [appKey, secretKey, ...(accountNumber === undefined ? [] : [accountNumber])];
  const { orders, account, quotes, streams } = broker;
  return { orders, account, quotes, streams, close: () => broker.close(), secrets };
}
