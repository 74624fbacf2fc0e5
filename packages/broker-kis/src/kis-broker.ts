import {
  createMemoryTokenStore,
  createUndiciTransport,
  createWsTransport,
  systemClock,
  systemIds,
  systemRandom,
} from '@qts/broker-kit';
import { type AccountReader, kstDate, type OrderAdapter, type QuoteReader } from '@qts/core';
import { createKisRestClient } from './create-kis-rest-client.ts';
import { createKisAccountReader } from './kis-account-reader.ts';
import { createKisOrderAdapter } from './kis-order-adapter.ts';
import { kisStreamOrigins, streamUrlOf } from './kis-environment.ts';
import { createKisQuoteReader } from './kis-quote-reader.ts';
import { kisOpenOrdersMax } from './kis-rate-limits.ts';
import { type KisRestClient } from './kis-rest-client.ts';
import { type KisBrokerSettings, resolveKisSettings } from './kis-settings.ts';
import { createKisStreams, type KisStreams } from './stream/create-kis-streams.ts';

/** One account at KIS. */
export interface KisBroker {
  readonly orders: OrderAdapter;
  readonly account: AccountReader;
  readonly quotes: QuoteReader;
  /** Live market data and order notices. Nothing is connected before a stream is opened. */
  readonly streams: KisStreams;
  /** The operations themselves, in the broker's own fields. */
  readonly rest: KisRestClient;
  /** Ends connections and timers; the stored token stays. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Makes a broker of one account. Nothing is connected before the first request.
 *
 * @throws {ConfigurationError} when a setting is not valid, the host is not the environment's, or a live account comes
 *   without the approval of the live gate.
 */
export function createKisBroker(settings: KisBrokerSettings): KisBroker {
  const resolved = resolveKisSettings(settings);
  const { credentials, simulated } = resolved;
  const { clock = systemClock, logger, ids = systemIds } = settings;
  const rest = createKisRestClient(resolved, {
    clock,
    transport: settings.transport ?? createUndiciTransport(),
    tokenStore: settings.tokenStore ?? createMemoryTokenStore(),
    random: settings.random ?? systemRandom,
    logger,
    rateLimiter: settings.rateLimiter,
  });
  logger?.info('broker-created', { broker: 'kis', environment: credentials.environment, simulated });
  const orders = createKisOrderAdapter({
    rest,
    credentials,
    simulated,
    openOrdersMax: kisOpenOrdersMax(credentials.environment, kstDate(clock.nowMs()), resolved.newCustomer),
    clock,
    ids,
    logger,
    onLateAnswer: settings.onLateAnswer,
  });
  const quotes = createKisQuoteReader({ rest, clock });
  const streams = createKisStreams({
    credentials,
    customerType: resolved.customerType,
    url: streamUrlOf(credentials.environment, simulated ? resolved.origin : undefined),
    transport: settings.streamTransport ?? createWsTransport({ plainOrigins: Object.values(kisStreamOrigins) }),
    rest,
    orders,
    quotes,
    clock,
    random: settings.random ?? systemRandom,
    logger,
  });
  return {
    orders,
    account: createKisAccountReader({ rest, credentials, clock }),
    quotes,
    streams,
    rest,
    async close() {
      await streams.close();
      await rest.close();
    },
  };
}
