import { type WebSocketConnection, type WebSocketHandlers, type WebSocketTransport } from '@qts/broker-kit';
import { type InMemoryVenue, type VenueFrame, type VenueStreamSession } from '@qts/venue-sim';
import { type Draw } from './draw.ts';
import { type NetworkFaultId, connectFaults } from './network.ts';
import { type VirtualTime } from './virtual-time.ts';

/** Stands at the program's end of one connection. */
export interface StreamWitness {
  /** The program was told that the connection is there. */
  opened(): void;
  /** A frame was handed to the program. */
  heard(frame: VenueFrame): void;
  /** The connection is over for the program: it was told so, it gave the connection up, or it is gone itself. */
  ended(): void;
}

export interface StreamNetworkSettings {
  readonly time: VirtualTime;
  readonly draw: Draw;
  readonly venue: InMemoryVenue;
  readonly rates: ReadonlyMap<NetworkFaultId, number>;
  /** One way of a message, ms: from, and how much more at most. */
  readonly latencyMs: readonly [number, number];
  /** The address that the venue sees. */
  readonly peerAddress: string;
  /** A connection is about to be made. */
  readonly witness: () => StreamWitness;
  readonly onFault: (id: NetworkFaultId) => void;
}

/** The sockets of one process. */
export interface StreamSockets extends WebSocketTransport {
  /**
   * The process is gone. The kernel of one that was killed closes its sockets; without power nobody tells the venue, which
   * keeps the session until its pings stay unanswered.
   */
  end(how: 'KILL' | 'POWER_CUT'): void;
}

export interface StreamNetwork {
  createTransport(): StreamSockets;
  /** Whether connections may fail to come about. At first all do. */
  setFaults(on: boolean): void;
}

/** Of a connection that ended without a close frame (RFC 6455). */
const abnormalClosure = 1006;
const cleanClosure = 1000;

/** The way to the venue's streams, in memory: what one end sends arrives at the other later, whole and in order. */
export function createStreamNetwork(settings: StreamNetworkSettings): StreamNetwork {
  const { time, draw, venue, rates, latencyMs, peerAddress, witness, onFault } = settings;
  const [latencyMin, latencyMore] = latencyMs;
  const latency = (): number => latencyMin + draw.whole(0, latencyMore);
  let faultsOn = false;

  const strikes = (id: NetworkFaultId): boolean => {
    if (!faultsOn || !draw.chance(rates.get(id) ?? 0)) return false;
    onFault(id);
    return true;
  };

  /** One way of a connection: nothing overtakes on it. */
  function createWay(): (arrive: () => void) => void {
    const onTheWay: (() => void)[] = [];
    let lastAtMs = 0;
    return (arrive) => {
      lastAtMs = Math.max(lastAtMs, time.nowMs + latency());
      onTheWay.push(arrive);
      time.after(lastAtMs - time.nowMs, () => onTheWay.shift()?.());
    };
  }

  function createTransport(): StreamSockets {
    const sockets = new Set<Socket>();
    return {
      open(url, handlers) {
        const socket = new Socket(new URL(url).pathname, handlers, () => sockets.delete(socket));
        sockets.add(socket);
        socket.connect();
        return socket;
      },
      end(how) {
        for (const socket of sockets) socket.die(how);
        sockets.clear();
      },
    };
  }

  class Socket implements WebSocketConnection {
    readonly #path: string;
    readonly #handlers: WebSocketHandlers;
    readonly #gone: () => void;
    readonly #witness = witness();
    readonly #toVenue = createWay();
    readonly #toProgram = createWay();
    #session: VenueStreamSession | undefined;
    /** The program hears nothing of this socket any more. */
    #isOver = false;

    constructor(path: string, handlers: WebSocketHandlers, gone: () => void) {
      this.#path = path;
      this.#handlers = handlers;
      this.#gone = gone;
    }

    connect(): void {
      const fault = connectFaults.find(([id]) => strikes(id));
      if (fault?.[0] === 'R03-connect-hangs') return;
      this.#toVenue(() => {
        if (fault === undefined && !this.#isOver) this.#arrive();
        else this.#closeForProgram(abnormalClosure, '');
      });
    }

    send(text: string): void {
      this.#toVenue(() => this.#session?.receive(text));
    }

    close(): void {
      this.#toVenue(() => {
        this.#session?.close(true);
        this.#closeForProgram(cleanClosure, '');
      });
    }

    terminate(): void {
      if (this.#isOver) return;
      this.#finish();
      this.#toVenue(() => this.#session?.close(false));
      time.after(0, () => {
        this.#handlers.onClose(abnormalClosure, '');
      });
    }

    die(how: 'KILL' | 'POWER_CUT'): void {
      if (this.#isOver) return;
      this.#finish();
      if (how === 'KILL') this.#toVenue(() => this.#session?.close(false));
    }

    #arrive(): void {
      // Told behind the answer of the venue, which may end the stream at once.
      this.#toProgram(() => {
        if (this.#isOver) return;
        this.#witness.opened();
        this.#handlers.onOpen();
      });
      this.#session = venue.openStream(
        {
          onFrame: (frame) => {
            this.#toProgram(() => {
              if (this.#isOver) return;
              this.#witness.heard(frame);
              this.#handlers.onMessage(messageOf(frame));
            });
          },
          onClose: ({ code, reason }) => {
            this.#closeForProgram(code, reason);
          },
        },
        { path: this.#path, peerAddress },
      );
    }

    #closeForProgram(code: number, reason: string): void {
      this.#toProgram(() => {
        if (this.#isOver) return;
        this.#finish();
        this.#handlers.onClose(code, reason);
      });
    }

    #finish(): void {
      this.#isOver = true;
      this.#witness.ended();
      this.#gone();
    }
  }

  return {
    createTransport,
    setFaults(on) {
      faultsOn = on;
    },
  };
}

/** As the real transport hands a message on: its bytes, and of a binary one none, so that nobody can read it. */
const messageOf = (frame: VenueFrame): Buffer => Buffer.from(typeof frame === 'string' ? frame : '');
