import { type HttpTransport, type RateLimiter, createRateLimiter, systemClock } from '@qts/broker-kit';
import { type KisBroker, createKisBroker, kisPaperCredentials } from '@qts/broker-kis';
import { type Clock } from '@qts/core';

/** Fake keys of the published widths: they open nothing. */
export const benchKeys: { readonly appKey: string; readonly appSecret: string; readonly accountNumber: string } = {
  appKey: 'BENCHKEY'.padEnd(36, '0'),
  appSecret: 'benchSecret'.padEnd(180, '0'),
  accountNumber: '87654321-01',
};

/**
 * As many permits as KIS grants a live key, each again after ten microseconds instead of a second: the limiter does all
 * its work on the path of every order and never makes one wait.
 */
function createFreeLimiter(): RateLimiter {
  return createRateLimiter({ clock: systemClock, limit: { permits: 18, windowMs: 0.01 }, guardMs: 0 });
}

/** The KIS broker as it is, with paper keys, at a simulated address. */
export function createBenchBroker(clock: Clock, simulatedUrl: string, transport?: HttpTransport): KisBroker {
  return createKisBroker({
    ...{ credentials: kisPaperCredentials(benchKeys), simulatedUrl, clock, rateLimiter: createFreeLimiter() },
    ...(transport === undefined ? {} : { transport }),
  });
}
