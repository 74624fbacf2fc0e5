import { type WebSocketTransport } from '@qts/broker-kit';
import {
  type Clock,
  type OrderEvent,
  type OrderState,
  type OrderStream,
  type Shares,
  type StreamControl,
  type Timer,
} from '@qts/core';
import { type PlantedRow } from './planted-row.ts';
import { type DrawnFault } from './schedule.ts';

/** Mistakes of clients that trade on streams. */
export const plantedStreamDefects: Readonly<Record<string, PlantedRow>> = {
  'counts-notices': {
    does: 'a stream that takes every notice of a fill for news, on top of what was read',
    plant: { orderStream: change(countNotices) },
    foundBy: ['I3'],
    ...underStreamFaults('W05-duplicate', 'W07-delayed'),
  },
  'hides-gaps': {
    does: 'a stream that connects again and says nothing of what it missed',
    plant: { orderStream: change(() => (event) => (event.kind === 'gap' ? [] : [event])) },
    foundBy: ['GAP'],
    ...underStreamFaults('W02-cut'),
  },
  'reads-no-gap': {
    does: 'a stream that calls a hole read, and has not read it',
    plant: { orderStream: change(repairNothing) },
    foundBy: ['GAP', 'FROZEN'],
    ...underStreamFaults('W08-gap-over-reconnect'),
  },
  'believes-a-dead-line': {
    does: 'a connection that counts as alive as long as nobody says otherwise',
    plant: { sockets: neverQuiet },
    foundBy: ['HALF_OPEN'],
    ...underStreamFaults('W03-half-open'),
  },
  'believes-a-silent-stream': {
    does: 'a stream that reads only after a notice, so that without notices nothing is known',
    plant: { orderStream: change(readBehindNotices) },
    foundBy: ['FROZEN', 'GAP'],
    ...underStreamFaults('W13-subscribed-but-silent'),
  },
};

function underStreamFaults(...faults: readonly Extract<DrawnFault, { layer: 'VENUE' }>['fault'][]) {
  return { onStreams: true, faults: faults.map((fault) => ({ layer: 'VENUE', fault, rate: 0.5 }) as const) };
}

type Heard = OrderEvent | StreamControl;

/** A stream of which each event becomes what `begin` makes of it. */
function change(begin: () => (event: Heard) => readonly Heard[]): (stream: OrderStream) => OrderStream {
  return (stream) => ({
    ...stream,
    open(options) {
      const opened = stream.open(options);
      const make = begin();
      return {
        ...opened,
        async *[Symbol.asyncIterator]() {
          for await (const event of opened) yield* make(event);
        },
      };
    },
  });
}

function countNotices(): (event: Heard) => readonly Heard[] {
  const read = new Map<string, OrderState>();
  return (event) => {
    if (event.kind === 'order-state') read.set(event.snapshot.reference.brokerOrderId, event);
    const before = event.kind === 'order-notice' ? read.get(event.brokerOrderId) : undefined;
    if (event.kind !== 'order-notice' || event.fill === undefined || before === undefined) return [event];
    const filledQuantity = (before.snapshot.filledQuantity + event.fill.quantity) as Shares;
    const grown = { ...before, snapshot: { ...before.snapshot, filledQuantity } };
    read.set(event.brokerOrderId, grown);
    return [event, grown];
  };
}

function repairNothing(): (event: Heard) => readonly Heard[] {
  let hole: Extract<Heard, { readonly kind: 'gap' }> | undefined;
  return (event) => {
    if (event.kind === 'gap') hole = event;
    if (hole === undefined) return [event];
    if (event.kind === 'connected') {
      const said = { ...event, kind: 'backfilled', sinceMs: hole.sinceMs, repaired: 0, complete: true } as const;
      hole = undefined;
      return [event, said];
    }
    return event.kind === 'order-state' ? [] : [event];
  };
}

/** What only a read can tell. */
const behindReads: ReadonlySet<Heard['kind']> = new Set(['order-state', 'stale', 'gap']);
/** How long after a notice its read comes, ms. */
const readWithinMs = 10_000;

function readBehindNotices(): (event: Heard) => readonly Heard[] {
  let noticedAtMs = -Infinity;
  return (event) => {
    if (event.kind === 'order-notice') noticedAtMs = event.receivedAtMs;
    const isUnasked = event.receivedAtMs - noticedAtMs > readWithinMs;
    return isUnasked && behindReads.has(event.kind) ? [] : [event];
  };
}

function neverQuiet(transport: WebSocketTransport, clock: Clock): WebSocketTransport {
  return {
    open(url, handlers) {
      let timer: Timer | undefined;
      const live = (): void => {
        handlers.onPing();
        timer = clock.setTimer(live, 5_000);
      };
      timer = clock.setTimer(live, 5_000);
      const connection = transport.open(url, {
        onOpen() {
          handlers.onOpen();
        },
        onMessage(message) {
          handlers.onMessage(message);
        },
        onPing() {
          handlers.onPing();
        },
        onClose(code, reason) {
          timer?.cancel();
          handlers.onClose(code, reason);
        },
      });
      return connection;
    },
  };
}
