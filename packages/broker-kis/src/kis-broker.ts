import { createUndiciTransport, systemClock, systemIds, systemRandom } from '@qts/broker-kit';
import { type AccountReader, type OrderAdapter, type QuoteReader } from '@qts/core';
import { createKisRestClient } from './create-kis-rest-client.ts';
import { createKisAccountReader } from './kis-account-reader.ts';
import { createKisOrderAdapter } from './kis-order-adapter.ts';
import { createKisQuoteReader } from './kis-quote-reader.ts';
import { type KisRestClient } from './kis-rest-client.ts';
import { type KisBrokerSettings, resolveKisSettings } from './kis-settings.ts';
import { createMemoryTokenStore } from './memory-token-store.ts';

/** One account at KIS. */
export interface KisBroker {
  readonly orders: OrderAdapter;
  readonly account: AccountReader;
  readonly quotes: QuoteReader;
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
  return {
    orders: createKisOrderAdapter({
      rest,
      credentials,
      simulated,
      clock,
      ids,
      logger,
      onLateAnswer: settings.onLateAnswer,
    }),
    account: createKisAccountReader({ rest, credentials, clock }),
    quotes: createKisQuoteReader({ rest, clock }),
    rest,
    close: () => rest.close(),
  };
}
