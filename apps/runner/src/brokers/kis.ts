import {
  type KisBroker,
  type KisCredentials,
  type KisLiveCredentials,
  type KisPaperCredentials,
  createKisBroker,
  kisHosts,
  kisLiveCredentials,
  kisNoticeStreams,
  kisStreamOrigins,
  readKisCredentials,
} from '@qts/broker-kis';
import { constructLive } from '@qts/engine';
import { type ConnectedBroker, type RunnerBroker } from './runner-broker.ts';

/** KIS 한국투자증권. */
export const kis: RunnerBroker = {
  id: 'kis',
  demoAccount: {
    accountNumber: '50000000-01',
    appKey: 'SIMULATED-APP-KEY',
    appSecret: 'SIMULATED-APP-SECRET',
    htsId: 'SIMULATED',
  },
  placeOperations: ['order-cash'],
  noticeStream: kisNoticeStreams.LIVE,
  tradeStream: 'H0STCNT0',
  plainStreamOrigins: Object.values(kisStreamOrigins),
  connectSimulated(url, parts) {
    const credentials = kisLiveCredentials(kis.demoAccount);
    return connected(createKisBroker({ ...parts, credentials, simulatedUrl: url }), credentials);
  },
  connectPaper(environment, parts) {
    // The variables of the paper environment make paper credentials, and nothing else.
    const credentials = readKisCredentials('PAPER', environment) as KisPaperCredentials;
    return connected(createKisBroker({ ...parts, credentials }), credentials);
  },
  liveFacts(environment) {
    const { LIVE: liveHost } = kisHosts;
    return {
      brokerId: 'kis',
      environment: readKisCredentials('LIVE', environment).environment,
      host: liveHost,
      liveHost,
    };
  },
  connectLive(environment, liveApproval, parts) {
    return constructLive('kis', liveApproval, () => {
      const credentials = readKisCredentials('LIVE', environment) as KisLiveCredentials;
      return connected(createKisBroker({ ...parts, credentials, liveApproval }), credentials);
    });
  },
};

function connected(broker: KisBroker, { appKey, appSecret, accountNumber, htsId }: KisCredentials): ConnectedBroker {
  const secrets = [appKey, appSecret, accountNumber, ...(htsId === undefined ? [] : [htsId])];
  const { orders, account, quotes, streams } = broker;
  return { orders, account, quotes, streams, close: () => broker.close(), secrets };
}
