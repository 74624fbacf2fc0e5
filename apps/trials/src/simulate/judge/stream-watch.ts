import { type OrderEvent, type OrderStream, type StreamControl, isStreamControl, symbolCode } from '@qts/core';
import { type FillIncrement, type TrackedOrder } from '@qts/engine';
import { type InMemoryVenue, type VenueFaultId, type VenueFrame, venueFaults } from '@qts/venue-sim';
import { type SeatSettings } from '../schedule.ts';
import { type Trader } from '../trader.ts';
import { simulatedInstruments } from '../world/market.ts';
import { type StreamWitness } from '../world/stream-network.ts';
import { type VirtualTime } from '../world/virtual-time.ts';
import { type InvariantId } from './invariants.ts';

export interface StreamWatchSettings {
  readonly time: VirtualTime;
  readonly settings: SeatSettings;
  readonly venue: Pick<InMemoryVenue, 'exchange' | 'faults'>;
  readonly accountId: string;
  readonly report: (invariant: InvariantId, message: string) => void;
  readonly count: (name: string) => void;
}

/**
 * Stands at both ends of the order stream: at the socket, where it sees what comes and what ends, and at the ear of the
 * engine, where it hears what the stream says of itself. What was filled it knows from the venue.
 */
export interface StreamWatch {
  /** Somebody at the program's end of a new connection. */
  witness(): StreamWitness;
  /** The same stream; what is read from it is heard here first. */
  readAlong(stream: OrderStream): OrderStream;
  filled(fill: FillIncrement): void;
  processBegan(): void;
  watch(trader: Trader): void;
  processEnded(): void;
  /** From when on requests are served as they should be, epoch ms; `Infinity`: not yet. */
  requestsServedFrom(atMs: number): void;
  /** After every event. */
  look(): void;
  /** The stream has said that something may be missing, and has not said since that it was read. */
  readonly hasHole: boolean;
  /** Nothing is missing, provisional or held; or the broker serves no notices, and that was said. */
  isWhole(trader: Trader): boolean;
  /** The longest silence after which a connection was given up, ms. */
  readonly longestQuietMs: number;
  /** The longest time until a fill was told by the stream, or its silence was, ms; of quick accounts alone. */
  readonly longestFrozenMs: number;
}

/** A connection that the program believes to have. */
interface Connection {
  heardAtMs: number;
  readonly pingsAtMs: number[];
}

/** A fill of the account, as the venue has it. */
interface WatchedFill {
  readonly orderNumber: number;
  readonly atMs: number;
  /** The stream was there, by its own words, and nothing was missing. */
  readonly wasWhole: boolean;
  /** The first that was heard of it: a notice, or a word that the stream is not what it should be. */
  toldAtMs: number | undefined;
}

/** The longest time between pings of a broker, ms: as documented or assumed in the references. */
const pingPeriodMs = { kis: 45_000, kiwoom: 10_000 } as const;
/** From so many pings on, the period is the longest that was seen, ms; shorter than a second is no promise. */
const pingsNeeded = 3;
const learnedMsMin = 1_000;
/** A frozen feed is found by then, ms: a read a minute, one more that is sure, and what they take. */
const frozenMsMax = 65_000;
/** Where a key takes one request a second, or answers come late, reads wait for each other, ms. */
const slowMoreMs = 40_000;
const quickLatencyMsMax = 60;
/** Faults that make lists wrong: what they show proves nothing then. */
const listFaults: readonly VenueFaultId[] = venueFaults.map(({ id }) => id).filter((id) => /^R(33|38|39|40)/.test(id));
const symbols = simulatedInstruments.map(({ symbol }) => symbolCode(symbol));

export function createStreamWatch(parts: StreamWatchSettings): StreamWatch {
  const { time, settings, accountId, report, count } = parts;
  const { exchange, faults } = parts.venue;
  const { broker, requestsPerSecond, otherOrders, orderVisibilityDelayMs, latencyMs } = settings;
  const isQuick =
    requestsPerSecond > 1 &&
    otherOrders + orderVisibilityDelayMs === 0 &&
    latencyMs[0] + latencyMs[1] <= quickLatencyMsMax;
  const boundMs = frozenMsMax + (isQuick ? 0 : slowMoreMs);
  const counted = new Set<FillIncrement['intentId']>();
  let fills: WatchedFill[] = [];
  let trader: Trader | undefined;
  let connection: Connection | undefined;
  /** The stream says that notices come. */
  let isLive = false;
  /** A hole that was told, and has not been read. */
  let hasHole = false;
  /** The first connection begins with one, and needs no word for it. */
  let isUnread = false;
  let owesGapSinceMs: number | undefined;
  /** A list that was asked for from then on shows what the hole swallowed. */
  let holeEndsMs = 0;
  const repairedUpToMs: number[] = [];
  let openSinceMs: number | undefined;
  let servedFromMs = Infinity;
  let longestQuietMs = 0;
  let longestFrozenMs = 0;

  if (settings.streams) {
    exchange.subscribe({
      onFill(fill) {
        if (fill.accountId !== accountId) return;
        const wasWhole = connection !== undefined && isLive && !hasHole && !isUnread;
        fills.push({ orderNumber: fill.orderNumber, atMs: fill.atMs, wasWhole, toldAtMs: undefined });
      },
    });
  }

  function forget(): void {
    // What a process was not told before its end, the next one reads at its start.
    fills = fills.map((fill) => ({ ...fill, wasWhole: false }));
    trader = undefined;
    connection = undefined;
    isLive = false;
    hasHole = false;
    isUnread = false;
    owesGapSinceMs = undefined;
    openSinceMs = undefined;
    repairedUpToMs.length = 0;
    counted.clear();
  }

  function hear(event: OrderEvent | StreamControl): void {
    if (isStreamControl(event)) {
      count(event.kind === 'connection-lost' ? `stream lost: ${event.reason}` : `stream ${event.kind}`);
      hearControl(event);
    } else if (event.kind === 'order-notice') {
      count('stream notice');
      if (event.type === 'FILLED') tell((fill) => fill.orderNumber === Number(event.brokerOrderId));
    }
  }

  /** Something was said that answers for these fills. */
  function tell(isOf: (fill: WatchedFill) => boolean): void {
    for (const fill of fills) {
      if (fill.toldAtMs !== undefined || !isOf(fill)) continue;
      fill.toldAtMs = time.nowMs;
      if (isQuick && fill.wasWhole && fill.atMs >= askedFrom()) {
        longestFrozenMs = Math.max(longestFrozenMs, time.nowMs - fill.atMs);
      }
    }
  }

  function hearControl(event: StreamControl): void {
    switch (event.kind) {
      case 'connected':
        isLive = true;
        isUnread = true;
        holeEndsMs = time.nowMs;
        return;
      case 'gap':
        hasHole = true;
        owesGapSinceMs = undefined;
        holeEndsMs = time.nowMs;
        tell(() => true);
        return;
      case 'backfilled':
        if (!event.complete) return;
        hasHole = false;
        isUnread = false;
        repairedUpToMs.push(holeEndsMs);
        return;
      case 'connection-lost':
        isLive = false;
        tell(() => true);
        return;
      case 'subscription-refused':
        isLive = false;
        hasHole = false;
        tell(() => true);
        return;
      case 'drift':
      case 'stale':
        tell(() => true);
        return;
      case 'slow-consumer':
    }
  }

  /** Two periods of the pings that came, which the documented one bounds. */
  function quietMsMax({ pingsAtMs }: Connection): number {
    const documentedMs = pingPeriodMs[broker];
    if (pingsAtMs.length < pingsNeeded) return 2 * documentedMs;
    const longestMs = pingsAtMs.slice(1).reduce((most, at, index) => Math.max(most, at - (pingsAtMs[index] ?? at)), 0);
    return 2 * Math.min(documentedMs, Math.max(longestMs, learnedMsMin));
  }

  function checkQuiet(): void {
    if (connection === undefined) return;
    const quietMs = time.nowMs - connection.heardAtMs;
    if (quietMs <= quietMsMax(connection)) return;
    report('HALF_OPEN', `nothing was heard for ${quietMs} ms, and the connection is believed in`);
    connection = undefined;
  }

  function checkGap(): void {
    if (owesGapSinceMs === undefined || time.nowMs <= owesGapSinceMs) return;
    owesGapSinceMs = undefined;
    report('GAP', 'a connection with notices ended, and the stream has not said that something may be missing');
  }

  /** What the stream calls read must have been. */
  function checkRepairs({ tracker }: Trader): void {
    for (const upToMs of repairedUpToMs.splice(0)) {
      if (listFaults.some((id) => faults.counters()[id] > 0)) continue;
      for (const order of tracker.list()) {
        const filled = filledAtVenue(order, upToMs, upToMs - orderVisibilityDelayMs);
        if (order.facts.filledQuantity >= filled) continue;
        const ours = order.facts.filledQuantity;
        report(
          'GAP',
          `the hole is said to be read, and ${order.intentId} has ${ours} of ${filled} filled before its end`,
        );
      }
    }
  }

  /** What an order of ours was filled by then under its numbers, of those that had entered the book by another time. */
  function filledAtVenue({ facts }: TrackedOrder, upToMs: number, enteredByMs = Infinity): number {
    const numbers = new Set(facts.brokerOrderIds.map(Number));
    let sum = 0;
    for (const { orderNumber, atMs, quantity } of exchange.listFills(accountId)) {
      if (atMs > upToMs || !numbers.has(orderNumber)) continue;
      if ((exchange.getOrder(orderNumber)?.enteredAtMs ?? Infinity) <= enteredByMs) sum += quantity;
    }
    return sum;
  }

  function checkCounted({ tracker }: Trader): void {
    for (const intentId of counted) {
      const order = tracker.get(intentId);
      if (order === undefined) continue;
      const filled = filledAtVenue(order, Infinity);
      const ours = order.facts.filledQuantity;
      if (ours > filled) report('I3', `${intentId} counts ${ours} as filled, and the venue has filled ${filled}`);
    }
    counted.clear();
  }

  /** From when on the program can be asked what it knows. */
  const askedFrom = (): number => Math.max(openSinceMs ?? Infinity, servedFromMs);

  function checkFrozen({ tracker }: Trader): void {
    for (let fill = fills[0]; fill !== undefined; fill = fills[0]) {
      if (time.nowMs <= Math.max(fill.atMs, askedFrom()) + boundMs) return;
      fills = fills.slice(1);
      const { orderNumber, atMs, wasWhole, toldAtMs } = fill;
      const order = tracker
        .list()
        .find(({ facts }) => facts.brokerOrderIds.some((each) => Number(each) === orderNumber));
      if (order === undefined) continue;
      if (order.facts.filledQuantity < filledAtVenue(order, atMs)) {
        report('FROZEN', `a fill of ${order.intentId} is not known ${time.nowMs - atMs} ms after it happened`);
      } else if (wasWhole && toldAtMs === undefined) {
        report(
          'FROZEN',
          `no notice of a fill of ${order.intentId} came, and after ${time.nowMs - atMs} ms nothing was said`,
        );
      }
    }
  }

  return {
    witness() {
      const own: Connection = { heardAtMs: 0, pingsAtMs: [] };
      return {
        opened() {
          own.heardAtMs = time.nowMs;
          connection = own;
        },
        heard(frame) {
          own.heardAtMs = time.nowMs;
          if (isPing(frame)) own.pingsAtMs.push(time.nowMs);
        },
        ended() {
          if (connection !== own) return;
          connection = undefined;
          longestQuietMs = Math.max(longestQuietMs, time.nowMs - own.heardAtMs);
          if (isLive && !hasHole && !isUnread) owesGapSinceMs ??= time.nowMs;
        },
      };
    },

    readAlong: (stream) => ({
      ...stream,
      open(options) {
        const opened = stream.open(options);
        return {
          ...opened,
          async *[Symbol.asyncIterator]() {
            for await (const event of opened) {
              hear(event);
              yield event;
            }
          },
        };
      },
    }),

    filled({ intentId }) {
      counted.add(intentId);
    },
    processBegan: forget,
    processEnded: forget,
    watch(started) {
      trader = started;
    },
    requestsServedFrom(atMs) {
      servedFromMs = atMs;
    },

    look() {
      if (trader === undefined) return;
      checkCounted(trader);
      if (!settings.streams) return;
      checkQuiet();
      checkGap();
      if (!trader.isOpen) return;
      openSinceMs ??= time.nowMs;
      checkRepairs(trader);
      checkFrozen(trader);
    },

    get hasHole() {
      return hasHole;
    },

    isWhole({ feed }) {
      if (feed === undefined) return true;
      const isServed = feed.state === 'LIVE' && !hasHole && !isUnread;
      if (!isServed && feed.state !== 'READS_ONLY') return false;
      const { provisional } = feed;
      const left = symbols.map((each) => provisional.quantity(each, 'BUY') + provisional.quantity(each, 'SELL'));
      // A fill that was not told when it should have been is waited for: told at last, or found out as silence.
      const isTold = fills.every(({ wasWhole, toldAtMs }) => !wasWhole || toldAtMs !== undefined);
      return isTold && feed.figures().held === 0 && left.every((quantity) => quantity === 0);
    },

    get longestQuietMs() {
      return longestQuietMs;
    },
    get longestFrozenMs() {
      return longestFrozenMs;
    },
  };
}

const pingMark = /"(PINGPONG|PING)"/;

/** The broker's ping, by its bytes; noise may be long, so only its beginning is read. */
const isPing = (frame: VenueFrame): boolean => typeof frame === 'string' && pingMark.test(frame.slice(0, 100));
