import { type WebSocketConnection, type WebSocketTransport } from '@qts/broker-kit';
import { type RecordedStream } from '@qts/venue-sim';
import { type LockstepClock, type WatchedWire } from './lockstep-clock.ts';

/** One connection, seen from both ends. */
interface Wire {
  /** Its place among the streams that the venue remembers; `undefined` until it is open. */
  index: number | undefined;
  received: number;
  sent: number;
  /** Our end is gone, by whose will ever. */
  isOver: boolean;
}

/**
 * A WebSocket transport under whose traffic simulated time stands still: until every frame that the venue has written was
 * handed to our side, and every one of ours was taken by the venue. Both ends are in this process; what lies between them
 * is a real socket. Frames that the end of a connection swallows are given up after a bounded number of turns of the
 * event loop.
 */
export function holdTimeForFrames(
  transport: WebSocketTransport,
  venue: { streams(): readonly RecordedStream[] },
  clock: Pick<LockstepClock, 'hold' | 'watch'>,
): WebSocketTransport {
  const wires = new Set<Wire>();

  function isSettled(wire: Wire, records: readonly RecordedStream[]): boolean {
    // A connection that never came to be: `hold` looks after it.
    const record = wire.index === undefined ? undefined : records[wire.index];
    if (record === undefined) {
      if (wire.isOver) wires.delete(wire);
      return true;
    }
    if (record.end !== undefined) {
      if (wire.isOver) wires.delete(wire);
      return wire.isOver;
    }
    return !wire.isOver && wire.received >= framesSent(record) && record.framesReceived >= wire.sent;
  }

  const watched: WatchedWire = {
    get isOpen() {
      return wires.size > 0;
    },
    isQuiet() {
      if (wires.size === 0) return true;
      const records = venue.streams();
      return [...wires].every((wire) => isSettled(wire, records));
    },
    giveUp() {
      const records = venue.streams();
      for (const wire of [...wires]) {
        if (isSettled(wire, records)) continue;
        const record = wire.index === undefined ? undefined : records[wire.index];
        if (wire.isOver || record === undefined || record.end !== undefined) {
          wires.delete(wire);
        } else {
          wire.received = framesSent(record);
          wire.sent = record.framesReceived;
        }
      }
    },
  };
  clock.watch(watched);

  return {
    open(url, handlers) {
      const release = clock.hold();
      const wire: Wire = { index: undefined, received: 0, sent: 0, isOver: false };
      wires.add(wire);
      let connection: WebSocketConnection;
      try {
        connection = transport.open(url, {
          onOpen() {
            // One session of one key: the venue's newest stream is this one.
            wire.index = venue.streams().length - 1;
            release();
            handlers.onOpen();
          },
          onMessage(message) {
            wire.received += 1;
            handlers.onMessage(message);
          },
          onPing() {
            handlers.onPing();
          },
          onClose(code, reason) {
            wire.isOver = true;
            release();
            handlers.onClose(code, reason);
          },
        });
      } catch (error) {
        wires.delete(wire);
        release();
        throw error;
      }
      return {
        send(text) {
          wire.sent += 1;
          connection.send(text);
        },
        close() {
          connection.close();
        },
        terminate() {
          connection.terminate();
        },
      };
    },
  };
}

function framesSent({ framesSent: byOperation }: RecordedStream): number {
  let sum = 0;
  for (const count of Object.values(byOperation)) sum += count;
  return sum;
}
