import { createDialect } from './dialects/create-dialect.ts';
import { createExchange } from './exchange/exchange.ts';
import { createFaultDesk, type FaultDesk } from './faults/fault-desk.ts';
import { deliverUnderFaults } from './faults/faulty-exchange.ts';
import { kstInstant } from './kst.ts';
import { startHttpServer } from './server/http-server.ts';
import { sendDelivery } from './server/send-delivery.ts';
import { type RecordedRequest, type VenueRequest, type VenueResponse } from './server/venue-exchange.ts';
import { createAcceleratedClock } from './system/system-clocks.ts';
import { VenueError } from './venue-error.ts';
import { type InMemoryVenue, type VenueSim } from './venue.ts';
import { type VenueOptions, type VenueSimOptions } from './venue-settings.ts';
import { checkVenueOptions, checkSocketOptions } from './venue-settings-check.ts';

/** Requests remembered; the oldest go first. A busy simulated day stays below this. */
const recordedRequestsMax = 100_000;

/** A venue on either kind of transport. */
interface VenueCore extends Omit<InMemoryVenue, 'handleRequest'> {
  readonly desk: FaultDesk;
  /** The answer of a venue without faults. */
  answerRequest(request: VenueRequest): VenueResponse;
}

/**
 * Makes a venue that is driven in memory.
 *
 * @throws VenueError `INVALID_SETTING` naming the setting, what was found and the remedy.
 */
export function createInMemoryVenue(options: VenueOptions): InMemoryVenue {
  const core = createCore(options, false);
  return {
    exchange: core.exchange,
    clock: core.clock,
    faults: core.faults,
    requests: (operation) => core.requests(operation),
    handleRequest(request) {
      if (core.desk.idle) return core.answerRequest(request);
      const delivery = core.deliverRequest(request);
      if (delivery.kind === 'ANSWERED') return delivery.response;
      throw new VenueError('NO_ANSWER', 'A fault took the answer away. Use deliverRequest to see how.');
    },
    deliverRequest: (request) => core.deliverRequest(request),
    close() {
      core.close();
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
  const venue = createCore(options, true);
  try {
    const server = await startHttpServer({
      host,
      port,
      respond: (request, wire) => {
        if (venue.desk.idle) wire.answer(venue.answerRequest(request));
        else sendDelivery(wire, venue.deliverRequest(request), venue.exchange);
      },
    });
    return {
      url: server.url,
      exchange: venue.exchange,
      clock: venue.clock,
      faults: venue.faults,
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

function createCore(options: VenueOptions, hasSocket: boolean): VenueCore {
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
  const desk = createFaultDesk({ hasSocket, operations: dialect.faults.operations });
  options.prepare?.(exchange);
  const recorded: RecordedRequest[] = [];
  const catchUp = (nowMs: number): void => {
    if (nowMs > exchange.nowMs) exchange.advanceTo(nowMs);
  };
  const remember = (request: RecordedRequest): void => {
    recorded.push(request);
    if (recorded.length > recordedRequestsMax) recorded.shift();
  };
  catchUp(clock.nowMs());
  const unfollow = clock.subscribe(catchUp);
  const answerRequest = (request: VenueRequest): VenueResponse => {
    const nowMs = clock.nowMs();
    catchUp(nowMs);
    const response = dialect.handleRequest(request, nowMs);
    remember(dialect.describeRequest(request, response, nowMs));
    return response;
  };
  return {
    exchange,
    clock,
    faults: desk.control,
    desk,
    requests: (operation) =>
      operation === undefined ? [...recorded] : recorded.filter((each) => each.operation === operation),
    answerRequest,
    deliverRequest(request) {
      const nowMs = clock.nowMs();
      catchUp(nowMs);
      const { delivery, faults } = deliverUnderFaults({ dialect, desk, exchange, seed: options.seed }, request, nowMs);
      const answer = delivery.kind === 'ANSWERED' ? delivery.response : noAnswer;
      const description = dialect.describeRequest(request, answer, nowMs);
      remember(faults.length === 0 ? description : { ...description, faults });
      return delivery;
    },
    close() {
      unfollow();
      dialect.close();
    },
  };
}

/** Stands in the record of a request that nobody answered. */
const noAnswer: VenueResponse = { status: 0, headers: {}, body: '', resultCode: '' };
