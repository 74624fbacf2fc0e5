import { join } from 'node:path';
import { createFileTokenStore, systemRandom, type WebSocketTransport } from '@qts/broker-kit';
import { type KisBrokerSettings, createKisBroker, readKisCredentials } from '@qts/broker-kis';
import { type KiwoomBrokerSettings, createKiwoomBroker, readKiwoomCredentials } from '@qts/broker-kiwoom';
import {
  type AccountReader,
  type Clock,
  type Logger,
  type MarketDataStream,
  type OrderAdapter,
  type OrderStream,
  type Secret,
  ConfigurationError,
} from '@qts/core';
import { type Environment } from '../config/env-file.ts';
import { type RunnerConfig } from '../config/runner-config.ts';
import { tokenFolder } from '../trading/runner-files.ts';

/** An account as an operator's command uses it: it is read, and orders may be canceled. None can be placed or changed. */
export interface OperatorBroker {
  readonly orders: OrderAdapter;
  readonly account: AccountReader;
  readonly streams: { readonly market: MarketDataStream; readonly orders: OrderStream };
  /** What must not appear in any record: keys, account number, login id. */
  readonly secrets: readonly Secret[];
  close(): Promise<void>;
}

export interface OperatorBrokerSettings {
  readonly config: RunnerConfig;
  /** `http://127.0.0.1:…`: a simulated venue takes the broker's place. */
  readonly venueUrl?: string;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The way to the streams. Default: the broker's own. */
  readonly streamTransport?: WebSocketTransport;
}

type Connect = (
  of: 'LIVE' | 'PAPER',
  environment: Environment,
  common: Pick<
    KisBrokerSettings & KiwoomBrokerSettings,
    'clock' | 'logger' | 'random' | 'tokenStore' | 'streamTransport'
  >,
  venueUrl: string | undefined,
) => OperatorBroker;

/**
 * The approvals that live accounts want keep orders from leaving. Here none can: {@link withoutOrders}. So an operator can
 * look, and cancel, while real orders are switched off.
 */
const connects: Readonly<Record<RunnerConfig['broker'], Connect>> = {
  kis(of, environment, common, simulatedUrl) {
    const credentials = readKisCredentials(of, environment);
    const { appKey, appSecret, accountNumber, htsId } = credentials;
    const secrets = [appKey, appSecret, accountNumber, ...(htsId === undefined ? [] : [htsId])];
    if (simulatedUrl !== undefined) return { ...createKisBroker({ ...common, credentials, simulatedUrl }), secrets };
    const settings = { ...common, credentials, ...(of === 'LIVE' ? { liveApproval: { brokerId: 'kis' } } : {}) };
    return { ...createKisBroker(settings as KisBrokerSettings), secrets };
  },
  kiwoom(of, environment, common, simulatedUrl) {
    const credentials = readKiwoomCredentials(of, environment);
    const { appKey, secretKey, accountNumber } = credentials;
    const secrets = [appKey, secretKey, ...(accountNumber === undefined ? [] : [accountNumber])];
    if (simulatedUrl !== undefined) return { ...createKiwoomBroker({ ...common, credentials, simulatedUrl }), secrets };
    const settings = { ...common, credentials, ...(of === 'LIVE' ? { liveApproval: { brokerId: 'kiwoom' } } : {}) };
    return { ...createKiwoomBroker(settings as KiwoomBrokerSettings), secrets };
  },
};

/**
 * Connects with the credentials of the mode; nothing is asked before the first read.
 *
 * @throws {ConfigurationError} when credentials are missing or not valid, or a simulated account has no venue
 */
export function connectOperatorBroker(settings: OperatorBrokerSettings): OperatorBroker {
  const { config, venueUrl, environment, clock, logger } = settings;
  const { broker, mode } = config;
  if (mode === 'sim' && venueUrl === undefined) {
    throw new ConfigurationError({
      code: 'NO_BROKER_TO_READ',
      summary: 'There is no broker behind this account. Nothing was changed.',
      facts: { broker, mode },
      next: 'Give --mode paper or --mode live, or the address of a running simulated venue with --venue.',
    });
  }
  // Each new token is a message to the customer, and soon after another it is refused. A venue's are worth nothing elsewhere.
  const kept = tokenFolder(config);
  const tokenStore = createFileTokenStore({ directory: venueUrl === undefined ? kept : join(kept, 'simulated') });
  const { streamTransport } = settings;
  const common = {
    ...{ clock, logger, random: systemRandom, tokenStore },
    ...(streamTransport === undefined ? {} : { streamTransport }),
  };
  const made = connects[broker](mode === 'live' ? 'LIVE' : 'PAPER', environment, common, venueUrl);
  const { account, streams, secrets } = made;
  return { orders: withoutOrders(made.orders), account, streams, secrets, close: () => made.close() };
}

function withoutOrders(adapter: OrderAdapter): OrderAdapter {
  const refuse = (): never => {
    throw new Error('an operator’s command neither places nor changes an order');
  };
  return { ...adapter, placeOrder: refuse, replaceOrder: refuse };
}
