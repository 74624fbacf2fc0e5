import {
  createMemoryTokenStore,
  createUndiciTransport,
  createWsTransport,
  systemClock,
  systemIds,
  systemRandom,
} from '@qts/broker-kit';
import { type AccountReader, kstDate, type OrderAdapter, type QuoteReader } from '@qts/core';
import { createKiwoomRestClient } from './create-kiwoom-rest-client.ts';
import { createKiwoomAccountReader } from './kiwoom-account-reader.ts';
import { createKiwoomOrderAdapter } from './kiwoom-order-adapter.ts';
import { streamUrlOf } from './kiwoom-environment.ts';
import { createKiwoomQuoteReader } from './kiwoom-quote-reader.ts';
import { kiwoomOpenOrdersMax } from './kiwoom-rate-limits.ts';
import { type KiwoomRestClient } from './kiwoom-rest-client.ts';
import { type KiwoomBrokerSettings, resolveKiwoomSettings } from './kiwoom-settings.ts';
import { createKiwoomStreams, type KiwoomStreams } from './stream/create-kiwoom-streams.ts';

/** One account at Kiwoom. */
export interface KiwoomBroker {
  readonly orders: OrderAdapter;
  readonly account: AccountReader;
  readonly quotes: QuoteReader;
  /** Live market data and order notices. Nothing is connected before a stream is opened. */
  readonly streams: KiwoomStreams;
  /** The operations themselves, in the broker's own fields. */
  readonly rest: KiwoomRestClient;
  /** Ends connections and timers; the stored token stays. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Makes a broker of one account. Nothing is connected before the first request.
 *
 * @throws {ConfigurationError} when a setting is not valid, the credentials are another broker's, the host is not the
 *   environment's, or a live account comes without the approval of the live gate.
 */
export function createKiwoomBroker(settings: KiwoomBrokerSettings): KiwoomBroker {
  const resolved = resolveKiwoomSettings(settings);
  const { credentials, simulated } = resolved;
  const { clock = systemClock, logger, ids = systemIds } = settings;
  const rest = createKiwoomRestClient(resolved, {
    clock,
    transport: settings.transport ?? createUndiciTransport(),
    tokenStore: settings.tokenStore ?? createMemoryTokenStore(),
    random: settings.random ?? systemRandom,
    logger,
    rateLimiters: settings.rateLimiters,
  });
  logger?.info('broker-created', { broker: 'kiwoom', environment: credentials.environment, simulated });
  const orders = createKiwoomOrderAdapter({
    rest,
    simulated,
    openOrdersMax: kiwoomOpenOrdersMax(kstDate(clock.nowMs())),
    clock,
    ids,
    logger,
    onLateAnswer: settings.onLateAnswer,
  });
  const quotes = createKiwoomQuoteReader({ rest, clock });
  const streams = createKiwoomStreams({
    environment: credentials.environment,
    url: streamUrlOf(credentials.environment, simulated ? resolved.origin : undefined),
    transport: settings.streamTransport ?? createWsTransport(),
    rest,
    orders,
    quotes,
    clock,
    random: settings.random ?? systemRandom,
    logger,
  });
  return {
    orders,
    account: createKiwoomAccountReader({ rest, clock }),
    quotes,
    streams,
    rest,
    async close() {
      await streams.close();
      await rest.close();
    },
  };
}
