import { type Clock } from '@qts/core';
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
  /** Sockets per lane at most. Default: 2 for cancels, 2 for orders, 2 for reads. */
  readonly connectionsMax?: Partial<Readonly<Record<ConnectionLane, number>>>;
  /** Requests that wait for a free connection, per lane. More are refused at once with `NOT_SENT`. Default 100. */
  readonly waitersMax?: number;
}

/** The connections to one origin, by lane. It adds no retry: one `send` is at most one request on the wire. */
export interface HttpSession {
  /**
   * @throws {TransportError} (rejects) with `sent` and a code of `transportFailures`.
   */
  send(request: HttpRequest, options: SessionSendOptions): Promise<HttpExchange>;
  /**
   * Connects the first socket of the cancel and the order lane, so that a warm order pays no handshake.
   * Call it before the open, and when an order is about to come. Rejects with `NOT_SENT` when one cannot connect.
   */
  warm(): Promise<void>;
  /** Ends all connections. Waiting and running requests fail. Safe to call twice. */
  close(): Promise<void>;
}

export function createHttpSession(settings: HttpSessionSettings): HttpSession {
  throw new Error(`In the making: ${settings.origin}`);
}
