import { createDialect } from './dialects/create-dialect.ts';
import { createAnswerMemory } from './faults/answer-memory.ts';
import { createFaultDesk, type FaultDesk } from './faults/fault-desk.ts';
import { deliverUnderFaults } from './faults/faulty-exchange.ts';
import { type StruckFault } from './faults/fault-swarm.ts';
import { type EarlyEnd, type VenueDoor } from './server/http-server.ts';
import { type RecordedRequest, type VenueRequest, type VenueResponse } from './server/venue-exchange.ts';
import { createStreamHub, type StreamHub } from './streams/stream-hub.ts';
import { type InMemoryVenue } from './venue.ts';
import { type MarketCore } from './venue-market.ts';
import { type FrontOptions } from './venue-settings.ts';
import { checkFrontOptions } from './venue-settings-check.ts';

/** Requests remembered; the oldest go first. A busy simulated day stays below this. */
const recordedRequestsMax = 100_000;

/** A front on either kind of transport. */
export interface VenueFront extends Omit<InMemoryVenue, 'handleRequest'> {
  readonly desk: FaultDesk;
  readonly hub: StreamHub;
  /** What strikes connections and requests before they have been read. */
  readonly door: VenueDoor;
  /** The answer of a venue without faults. */
  answerRequest(request: VenueRequest): VenueResponse;
}

/** Opens a way into the market. `close` gives its accounts back; the market goes on. */
export function createFront(market: MarketCore, options: FrontOptions, hasSocket: boolean): VenueFront {
  checkFrontOptions(options);
  const { exchange, clock, seed } = market;
  const accounts = market.claim(options.accounts);
  const dialect = createDialect(options.dialect, {
    ...options,
    accounts,
    exchange,
    market: market.recorder,
    dailyHistory: market.dailyHistory,
    seed,
  });
  const { streams } = dialect;
  const desk = createFaultDesk({
    hasSocket,
    operations: dialect.faults.operations,
    ...(streams === undefined ? {} : { streams: streams.operations }),
  });
  const hub = createStreamHub({ streams, desk, exchange, catchUp: () => market.catchUp() });
  const memory = createAnswerMemory();
  const recorded: RecordedRequest[] = [];
  const remember = (request: RecordedRequest): void => {
    recorded.push(request);
    if (recorded.length > recordedRequestsMax) recorded.shift();
  };
  let open = true;
  return {
    exchange,
    clock,
    faults: desk.control,
    desk,
    hub,
    streams: () => hub.streams(),
    openStream: (client, info) => hub.open(client, info),
    requests: (operation) =>
      operation === undefined ? [...recorded] : recorded.filter((each) => each.operation === operation),
    door: {
      onConnection() {
        if (desk.idle) return undefined;
        const target = { operation: '', kind: 'OTHER', laterPage: false, stage: 'CONNECTION' } as const;
        const [struck] = desk.choose(target, market.catchUp());
        if (struck === undefined) return undefined;
        desk.count(struck.fault.id);
        return earlyEndOf(struck);
      },
      onHead(request, reused) {
        if (desk.idle) return undefined;
        const nowMs = market.catchUp();
        const operation = dialect.faults.operationOf(request);
        const kind = dialect.faults.operations.get(operation) ?? 'OTHER';
        const laterPage = dialect.faults.isLaterPage(request);
        const [struck] = desk.choose({ operation, kind, laterPage, stage: 'HEAD', reused }, nowMs);
        if (struck === undefined) return undefined;
        desk.count(struck.fault.id);
        remember({ ...dialect.describeRequest(request, noAnswer, nowMs), faults: [struck.fault.id] });
        return earlyEndOf(struck);
      },
    },
    answerRequest(request) {
      const nowMs = market.catchUp();
      const response = dialect.handleRequest(request, nowMs);
      remember(dialect.describeRequest(request, response, nowMs));
      return response;
    },
    deliverRequest(request) {
      const nowMs = market.catchUp();
      const { delivery, faults } = deliverUnderFaults({ dialect, desk, exchange, seed, memory }, request, nowMs);
      const answer = delivery.kind === 'ANSWERED' ? delivery.response : noAnswer;
      const description = dialect.describeRequest(request, answer, nowMs);
      remember(faults.length === 0 ? description : { ...description, faults });
      return delivery;
    },
    close() {
      if (open) {
        hub.close();
        market.release(accounts);
      }
      open = false;
    },
  };
}

function earlyEndOf({ fault }: StruckFault): EarlyEnd {
  return fault.transport === 'RESET' ? 'RESET' : 'DROP';
}

/** Stands in the record of a request that nobody answered. */
const noAnswer: VenueResponse = { status: 0, headers: {}, body: '', resultCode: '' };
