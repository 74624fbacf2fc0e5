import { startHttpServer } from './server/http-server.ts';
import { sendDelivery } from './server/send-delivery.ts';
import { VenueError } from './venue-error.ts';
import { createFront, type VenueFront } from './venue-front.ts';
import { createMarketCore, type MarketCore } from './venue-market.ts';
import { type InMemoryVenue, type VenueMarket, type VenueSim } from './venue.ts';
import {
  type FrontOptions,
  type FrontSimOptions,
  type MarketOptions,
  type VenueOptions,
  type VenueSimOptions,
} from './venue-settings.ts';
import { checkFrontOptions, checkSocketOptions } from './venue-settings-check.ts';

/**
 * Opens a market that several brokers lead to: an order sent through one front trades against one sent through another.
 *
 * @throws VenueError `INVALID_SETTING` naming the setting, what was found and the remedy.
 */
export function createMarket(options: MarketOptions): VenueMarket {
  const market = createMarketCore(options);
  const inMemory: InMemoryVenue[] = [];
  const served: VenueSim[] = [];
  return {
    exchange: market.exchange,
    clock: market.clock,
    openInMemory(front) {
      const venue = openInMemory(market, front);
      inMemory.push(venue);
      return venue;
    },
    async open(front) {
      const venue = await openSocket(market, front);
      served.push(venue);
      return venue;
    },
    async close() {
      market.close();
      for (const venue of inMemory) venue.close();
      await Promise.all(served.map((venue) => venue.close()));
    },
  };
}

/**
 * Makes a market with one front that is driven in memory.
 *
 * @throws VenueError `INVALID_SETTING` naming the setting, what was found and the remedy.
 */
export function createInMemoryVenue(options: VenueOptions): InMemoryVenue {
  checkFrontOptions(options);
  const market = createMarketCore(options);
  const venue = openInMemory(market, options);
  return {
    ...venue,
    close() {
      venue.close();
      market.close();
    },
  };
}

/**
 * Starts a market with one front on a loopback port.
 *
 * @throws VenueError `INVALID_SETTING` naming the setting, `PORT_IN_USE` or `LISTEN_FAILED` when the port cannot be had.
 */
export async function createVenueSim(options: VenueSimOptions): Promise<VenueSim> {
  checkSocketOptions(withDefaults(options));
  checkFrontOptions(options);
  const market = createMarketCore(options);
  try {
    const venue = await openSocket(market, options);
    return {
      ...venue,
      async close() {
        market.close();
        await venue.close();
      },
    };
  } catch (error) {
    market.close();
    throw error;
  }
}

function openInMemory(market: MarketCore, options: FrontOptions): InMemoryVenue {
  const front = createFront(market, options, false);
  return {
    ...shownBy(front),
    handleRequest(request) {
      if (front.desk.idle) return front.answerRequest(request);
      const delivery = front.deliverRequest(request);
      if (delivery.kind === 'ANSWERED') return delivery.response;
      throw new VenueError('NO_ANSWER', 'A fault took the answer away. Use deliverRequest to see how.');
    },
    deliverRequest: (request) => front.deliverRequest(request),
    openStream: (client, info) => front.openStream(client, info),
    close() {
      front.close();
    },
  };
}

async function openSocket(market: MarketCore, options: FrontSimOptions): Promise<VenueSim> {
  const { host, port } = withDefaults(options);
  checkSocketOptions({ host, port });
  const front = createFront(market, options, true);
  try {
    const server = await startHttpServer({
      host,
      port,
      respond: (request, wire) => {
        if (front.desk.idle) wire.answer(front.answerRequest(request));
        else sendDelivery(wire, front.deliverRequest(request), front.exchange);
      },
      door: front.door,
      streams: front.hub,
    });
    return {
      ...shownBy(front),
      url: server.url,
      streamUrl: server.url.replace('http', 'ws') + front.hub.path,
      async close() {
        front.close();
        await server.close();
      },
    };
  } catch (error) {
    front.close();
    throw error;
  }
}

/** What every venue shows of its front. */
function shownBy(front: VenueFront): Pick<VenueFront, 'exchange' | 'clock' | 'faults' | 'requests' | 'streams'> {
  const { exchange, clock, faults } = front;
  return {
    exchange,
    clock,
    faults,
    requests: (operation) => front.requests(operation),
    streams: () => front.streams(),
  };
}

function withDefaults({ host = '127.0.0.1', port = 0 }: Pick<FrontSimOptions, 'host' | 'port'>): {
  readonly host: string;
  readonly port: number;
} {
  return { host, port };
}
