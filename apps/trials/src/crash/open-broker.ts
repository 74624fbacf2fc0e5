import { join } from 'node:path';
import {
  type HttpTransport,
  createFileTokenStore,
  createRateLimiter,
  systemRandom,
  type DatedRateLimit,
} from '@qts/broker-kit';
import { createKisBroker, kisLiveCredentials } from '@qts/broker-kis';
import { createKiwoomBroker, createKiwoomRateLimiters, kiwoomLiveCredentials } from '@qts/broker-kiwoom';
import { type AccountReader, type Clock, type Logger, type OrderAdapter, type OrderResponse } from '@qts/core';
import { type CrashBroker, crashAccounts } from './crash-market.ts';

/** What of a broker the program under trial uses. */
export interface OpenedBroker {
  readonly orders: OrderAdapter;
  readonly account: AccountReader;
  close(): Promise<void>;
}

export interface OpenBrokerSettings {
  readonly url: string;
  readonly folder: string;
  readonly clock: Clock;
  readonly transport: HttpTransport;
  readonly logger: Logger;
  readonly onLateAnswer: (response: OrderResponse) => void;
}

/**
 * The pace of the trial, not the broker's: the venue is told to allow more still. In a time that runs 40 times as fast a
 * millisecond between two processes is 40 of the limiter's.
 */
const limit: DatedRateLimit = {
  ...{ effectiveFrom: '2000-01-01', permits: 60, windowMs: 1_000, source: 'the trial' },
};
/** What the venue of the trial allows, requests a second. */
export const venueRequestsPerSecond = 10_000;

/** The real adapter of a broker, over real sockets and a token file. */
export function openBroker(broker: CrashBroker, settings: OpenBrokerSettings): OpenedBroker {
  const { url, folder, clock, transport, logger, onLateAnswer } = settings;
  const { accountNumber, appKey, appSecret } = crashAccounts[broker];
  const tokenStore = createFileTokenStore({ directory: join(folder, 'tokens') });
  const parts = { simulatedUrl: url, clock, transport, tokenStore, logger, random: systemRandom, onLateAnswer };
  switch (broker) {
    case 'kis':
      return createKisBroker({
        ...parts,
        credentials: kisLiveCredentials({ accountNumber, appKey, appSecret }),
        rateLimiter: createRateLimiter({ clock, limit }),
      });
    case 'kiwoom':
      return createKiwoomBroker({
        ...parts,
        credentials: kiwoomLiveCredentials({ accountNumber, appKey, secretKey: appSecret }),
        rateLimiters: createKiwoomRateLimiters({ clock, limits: [limit] }),
      });
  }
}
