import { type Clock } from '@qts/core';
import { ConnectionPool } from './connection-pool.ts';
import { createClockOffset } from '../time/clock-offset.ts';
import { type HttpExchange, type HttpRequest, type HttpSendOptions, type HttpTransport } from './http-transport.ts';

/** Kinds of sockets. A cancel never waits behind an order, an order never behind a read. */
export const connectionLanes = ['CANCEL', 'ORDER', 'READ'] as const;
export type ConnectionLane = (typeof connectionLanes)[number];

export interface SessionSendOptions extends HttpSendOptions {
  readonly lane: ConnectionLane;
  /** Epoch ms until which a free connection is waited for. Past it: `NOT_SENT`. It does not bound the exchange itself. */
  readonly deadlineMs?: number;
}

export interface HttpSessionSettings {
  readonly transport: HttpTransport;
  /** Scheme, host and port, for example `https://api.example.com:9443`. */
  readonly origin: string;
  readonly clock: Clock;
  /** Sockets per lane at most. Default 2 each: one at work while another listens for a late answer or connects. */
  readonly connectionsMax?: Partial<Readonly<Record<ConnectionLane, number>>>;
  /**
   * Requests that wait for a free connection, per lane. More are refused at once with `NOT_SENT`. Default 100. Cancels
   * are not counted: no queue may keep one from leaving.
   */
  readonly waitersMax?: number;
  /** Longest wait for a connection without a deadline, ms. Default 5,000. A cancel waits as long as its lane takes. */
  readonly waitMsMax?: number;
}

/** The connections to one origin, by lane. It adds no retry: one `send` is at most one request on the wire. */
export interface HttpSession {
  /**
   * @throws {TransportError} (rejects) with `sent` and a code of `transportFailures`.
   */
  send(request: HttpRequest, options: SessionSendOptions): Promise<HttpExchange>;
  /**
   * Connects the first socket of the cancel and the order lane, so that a warm order pays no handshake.
   * Call it before the open, and when an order is about to come: a fresh socket costs nothing, one that was idle for
   * too long is replaced. Rejects with `NOT_SENT` when one cannot connect.
   */
  warm(): Promise<void>;
  /**
   * What the server's clock is ahead of ours, ms, by the `Date` headers of the last answers to reads: the way of an order is
   * kept free of it. `undefined` before a few were heard.
   */
  readonly clockAheadMs: number | undefined;
  /** Ends all connections. Waiting and running requests fail. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Makes the session of one environment. Nothing is connected before `warm()` or the first `send()`.
 * @throws {ConfigurationError} when the transport refuses the origin.
 */
export function createHttpSession(settings: HttpSessionSettings): HttpSession {
  const { transport, origin, clock, connectionsMax = {}, waitersMax = 100, waitMsMax = 5_000 } = settings;
  const makePool = (lane: ConnectionLane): ConnectionPool =>
    new ConnectionPool({
      open: () => transport.open(origin),
      clock,
      facts: { origin, lane },
      connectionsMax: connectionsMax[lane] ?? 2,
      ...(lane === 'CANCEL' ? { waitersMax: Infinity, waitMsMax: Infinity } : { waitersMax, waitMsMax }),
    });
  const pools: Readonly<Record<ConnectionLane, ConnectionPool>> = {
    CANCEL: makePool('CANCEL'),
    ORDER: makePool('ORDER'),
    READ: makePool('READ'),
  };
  const offset = createClockOffset(clock);

  /** A read, which may wait for a connection: it leaves when it is looked at for the last time. */
  async function sendRead(request: HttpRequest, options: SessionSendOptions): Promise<HttpExchange> {
    let leftAtMs = clock.monotonicMs();
    const exchange = await pools.READ.send(request, {
      ...options,
      beforeSend: () => {
        leftAtMs = clock.monotonicMs();
        return options.beforeSend?.();
      },
    });
    offset.hear(exchange.header('date'), leftAtMs, clock.monotonicMs());
    return exchange;
  }

  return {
    send: (request, options) =>
      options.lane === 'READ' ? sendRead(request, options) : pools[options.lane].send(request, options),
    get clockAheadMs() {
      return offset.aheadMs;
    },
    async warm() {
      await Promise.all([pools.CANCEL.warm(), pools.ORDER.warm()]);
    },
    async close() {
      await Promise.all(connectionLanes.map((lane) => pools[lane].close()));
    },
  };
}
