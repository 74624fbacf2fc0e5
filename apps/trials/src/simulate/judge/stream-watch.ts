import { type OrderEvent, type OrderStream, type StreamControl, isStreamControl, symbolCode } from '@qts/core';
import { type FillIncrement } from '@qts/engine';
import { type InMemoryVenue, type VenueFaultId, venueFaults } from '@qts/venue-sim';
import { type SeatSettings } from '../schedule.ts';
import { type Trader } from '../trader.ts';
import { simulatedInstruments } from '../world/market.ts';
import { type StreamWitness } from '../world/stream-network.ts';
import { type VirtualTime } from '../world/virtual-time.ts';
import { createConnectionWatch } from './connection-watch.ts';
import { createFrozenWatch } from './frozen-watch.ts';
import { type InvariantId } from './invariants.ts';
import { createFilledAtVenue } from './venue-fills.ts';

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

/** Faults that make lists wrong: what they show proves nothing then. */
const listFaults: readonly VenueFaultId[] = venueFaults.map(({ id }) => id).filter((id) => /^R(33|38|39|40)/.test(id));
const symbols = simulatedInstruments.map(({ symbol }) => symbolCode(symbol));

export function createStreamWatch(parts: StreamWatchSettings): StreamWatch {
  const { time, settings, accountId, report, count } = parts;
  const { exchange, faults } = parts.venue;
  const { broker, orderVisibilityDelayMs } = settings;
  const filledAtVenue = createFilledAtVenue(exchange, accountId);
  const counted = new Set<FillIncrement['intentId']>();
  let trader: Trader | undefined;
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

  const claimsAll = (): boolean => isLive && !hasHole && !isUnread;
  const connection = createConnectionWatch({
    ...{ time, broker, report },
    onEnded() {
      if (claimsAll()) owesGapSinceMs ??= time.nowMs;
    },
  });
  const frozen = createFrozenWatch({
    ...{ time, settings, exchange, accountId, filledAtVenue, report },
    isWhole: () => connection.isThere && claimsAll(),
    askedFromMs: () => Math.max(openSinceMs ?? Infinity, servedFromMs),
  });

  function forget(): void {
    frozen.forget();
    connection.forget();
    trader = undefined;
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
      if (event.type === 'FILLED') frozen.tell(Number(event.brokerOrderId));
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
        frozen.tell();
        return;
      case 'backfilled':
        if (!event.complete) return;
        hasHole = false;
        isUnread = false;
        repairedUpToMs.push(holeEndsMs);
        return;
      case 'connection-lost':
        isLive = false;
        frozen.tell();
        return;
      case 'subscription-refused':
        isLive = false;
        hasHole = false;
        frozen.tell();
        return;
      case 'drift':
      case 'stale':
        frozen.tell();
        return;
      case 'slow-consumer':
    }
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
        const ours = order.facts.filledQuantity;
        if (ours >= filled) continue;
        const of = `${order.intentId} has ${ours} of ${filled} filled before its end`;
        report('GAP', `the hole is said to be read, and ${of}`);
      }
    }
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

  return {
    witness: () => connection.witness(),

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
      connection.look();
      checkGap();
      if (!trader.isOpen) return;
      openSinceMs ??= time.nowMs;
      checkRepairs(trader);
      frozen.look(trader.tracker);
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
      return frozen.isTold && feed.figures().held === 0 && left.every((quantity) => quantity === 0);
    },

    get longestQuietMs() {
      return connection.longestQuietMs;
    },
    get longestFrozenMs() {
      return frozen.longestFrozenMs;
    },
  };
}
