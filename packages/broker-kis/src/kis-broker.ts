import { type AccountReader, type OrderAdapter, type QuoteReader } from '@qts/core';
import { type KisRestClient } from './kis-rest-client.ts';
import { type KisBrokerSettings } from './kis-settings.ts';

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

export function createKisBroker(settings: KisBrokerSettings): KisBroker {
  throw new Error(`In the making: ${settings.credentials.environment}`);
}
