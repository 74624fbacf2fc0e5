import { type KisBroker, createKisBroker, kisLiveCredentials, kisPaperCredentials } from '@qts/broker-kis';
import { type DatedRateLimit, type HttpTransport, type WebSocketTransport, createRateLimiter } from '@qts/broker-kit';
import {
  createKiwoomBroker,
  createKiwoomRateLimiters,
  kiwoomLiveCredentials,
  kiwoomPaperCredentials,
} from '@qts/broker-kiwoom';
import { type Clock, type Logger, type OrderResponse, type OrderStream, type TokenStore } from '@qts/core';
import { type SeatSettings } from '../schedule.ts';
import { type SimulatedBroker, simulatedAccounts } from '../simulated-accounts.ts';

/** What a program needs of a broker package, whichever it is. */
export type ProgramBroker = Pick<KisBroker, 'orders' | 'account' | 'quotes' | 'close'> & {
  readonly streams: { readonly orders: OrderStream };
};

export interface ProgramBrokerParts {
  readonly settings: SeatSettings;
  readonly clock: Clock;
  readonly transport: HttpTransport;
  readonly streamTransport: WebSocketTransport;
  readonly tokenStore: TokenStore;
  readonly random: () => number;
  readonly logger: Logger;
  readonly onLateAnswer: (response: OrderResponse) => void;
}

/** A port that nobody listens on: the transport of the trial carries everything. */
const simulatedUrl = 'http://127.0.0.1:1';

/** Makes the broker of an account as a program makes it, with the key's limit as it was drawn. */
export function createProgramBroker(parts: ProgramBrokerParts): ProgramBroker {
  let ids = 0;
  const ports = { ...parts, simulatedUrl, ids: () => `id-${(ids += 1)}` };
  return makers[parts.settings.broker](ports, limitOf(parts.settings));
}

type Ports = ProgramBrokerParts & { readonly simulatedUrl: string; readonly ids: () => string };

const makers: Readonly<Record<SimulatedBroker, (ports: Ports, limit: DatedRateLimit) => ProgramBroker>> = {
  kis({ settings, ...ports }, limit) {
    const account = simulatedAccounts.kis;
    const rateLimiter = createRateLimiter({ clock: ports.clock, limit, logger: ports.logger });
    const credentials = (settings.environment === 'LIVE' ? kisLiveCredentials : kisPaperCredentials)(account);
    const broker = createKisBroker({ ...ports, credentials, rateLimiter });
    return { ...broker, close: () => closeBoth(broker, rateLimiter) };
  },
  kiwoom({ settings, ...ports }, limit) {
    const { appKey, appSecret: secretKey, accountNumber } = simulatedAccounts.kiwoom;
    const rateLimiters = createKiwoomRateLimiters({ clock: ports.clock, limits: [limit], logger: ports.logger });
    const make = settings.environment === 'LIVE' ? kiwoomLiveCredentials : kiwoomPaperCredentials;
    const broker = createKiwoomBroker({
      ...ports,
      credentials: make({ appKey, secretKey, accountNumber }),
      rateLimiters,
    });
    return { ...broker, close: () => closeBoth(broker, rateLimiters) };
  },
};

/** Limiters that were handed in belong to whoever made them. */
function closeBoth(broker: Pick<ProgramBroker, 'close'>, limiters: { close(): void }): Promise<void> {
  limiters.close();
  return broker.close();
}

function limitOf({ requestsPerSecond }: SeatSettings): DatedRateLimit {
  return {
    ...{ effectiveFrom: '2025-01-01', permits: requestsPerSecond, windowMs: 1_000 },
    source: 'simulated: drawn with the venue’s own',
  };
}
