import { createDialect } from './dialects/create-dialect.ts';
import { createExchange } from './exchange/exchange.ts';
import { kstInstant } from './kst.ts';
import { startHttpServer } from './server/http-server.ts';
import { type RecordedRequest } from './server/venue-exchange.ts';
import { createAcceleratedClock } from './system/system-clocks.ts';
import { type InMemoryVenue, type VenueSim } from './venue.ts';
import { type VenueOptions, type VenueSimOptions } from './venue-settings.ts';
import { checkVenueOptions, checkSocketOptions } from './venue-settings-check.ts';

/** Requests remembered; the oldest go first. A busy simulated day stays below this. */
const recordedRequestsMax = 100_000;

/**
 * Makes a venue that is driven in memory.
 *
 * @throws VenueError `INVALID_SETTING` naming the setting, what was found and the remedy.
 */
export function createInMemoryVenue(options: VenueOptions): InMemoryVenue {
  checkVenueOptions(options);
  const clock =
    options.clock ?? createAcceleratedClock({ startMs: kstInstant(options.tradingDate, '08:00'), speed: 1 });
  const exchange = createExchange({
    tradingDate: options.tradingDate,
    instruments: options.instruments,
    accounts: options.accounts.map(({ accountId, cashKrw, holdings, terms }) => ({
      accountId,
      cashKrw,
      terms,
      ...(holdings === undefined ? {} : { holdings }),
    })),
    seed: options.seed,
  });
  const dialect = createDialect(options, exchange);
  options.prepare?.(exchange);
  const recorded: RecordedRequest[] = [];
  const catchUp = (nowMs: number): void => {
    if (nowMs > exchange.nowMs) exchange.advanceTo(nowMs);
  };
  catchUp(clock.nowMs());
  const unfollow = clock.subscribe(catchUp);
  return {
    exchange,
    clock,
    requests: (operation) =>
      operation === undefined ? [...recorded] : recorded.filter((each) => each.operation === operation),
    handleRequest(request) {
      const nowMs = clock.nowMs();
      catchUp(nowMs);
      const response = dialect.handleRequest(request, nowMs);
      recorded.push(dialect.describeRequest(request, response, nowMs));
      if (recorded.length > recordedRequestsMax) recorded.shift();
      return response;
    },
    close() {
      unfollow();
      dialect.close();
    },
  };
}

/**
 * Starts a venue on a loopback port.
 *
 * @throws VenueError `INVALID_SETTING` naming the setting, `PORT_IN_USE` or `LISTEN_FAILED` when the port cannot be had.
 */
export async function createVenueSim(options: VenueSimOptions): Promise<VenueSim> {
  const { host = '127.0.0.1', port = 0 } = options;
  checkSocketOptions({ host, port });
  const venue = createInMemoryVenue(options);
  try {
    const server = await startHttpServer({
      host,
      port,
      respond: (request, reply) => {
        reply(venue.handleRequest(request));
      },
    });
    return {
      url: server.url,
      exchange: venue.exchange,
      clock: venue.clock,
      requests: (operation) => venue.requests(operation),
      async close() {
        venue.close();
        await server.close();
      },
    };
  } catch (error) {
    venue.close();
    throw error;
  }
}
