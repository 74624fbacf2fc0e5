import { type TransportError } from '@qts/core';

/**
 * The way to a broker's HTTP servers, as small as an order needs it. The real form is `createUndiciTransport` in
 * `src/system/`; an in-memory form lets a simulated day run in one process under one virtual clock.
 *
 * A transport never retries, never follows a redirect, never pipelines, and never sends a request twice.
 */

/** One request, with everything prepared by the caller. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Starts with `/`; carries the query. Absolute URLs are refused: the origin belongs to the connection. */
  readonly path: string;
  /** Flat: name, value, name, value. `host`, `connection` and `content-length` are the transport's own. */
  readonly headers: readonly string[];
  readonly body?: string | Uint8Array;
}

/** A complete answer: the body was read to its end. */
export interface HttpExchange {
  readonly status: number;
  /** The value of an answer header, by its lower-case name; repeated headers joined by `, `. */
  header(name: string): string | undefined;
  /** The body as UTF-8 text. Empty when there was none. */
  readonly body: string;
}

export interface HttpSendOptions {
  /** Aborting before the first byte leaves gives `NOT_SENT`; after it, `MAYBE_SENT`. */
  readonly signal?: AbortSignal;
  /**
   * Asked when the connection is there and the first byte is about to leave, after every wait. An error (`NOT_SENT`)
   * keeps the request here: nothing is written, and `send` rejects with it.
   */
  readonly beforeSend?: () => TransportError | undefined;
  /**
   * Asks the connection to go on listening after a deadline or an abort gave `MAYBE_SENT`, up to the transport's hard
   * deadline. A late answer with an order number is the best evidence there is (execution-safety 5, step 7).
   * Called at most once, and never after `close()`.
   */
  readonly onLateAnswer?: (exchange: HttpExchange) => void;
}

/** One socket to one origin. One exchange at a time. */
export interface HttpConnection {
  /** True while an exchange is under way; a second `send` then fails with `NOT_SENT`. */
  readonly busy: boolean;
  /**
   * Sends the request once and reads the whole answer, whatever its status.
   * @throws {TransportError} (rejects) with `sent` and a code of `transportFailures`.
   */
  send(request: HttpRequest, options?: HttpSendOptions): Promise<HttpExchange>;
  /**
   * Connects (TCP and TLS) without sending a request, so that the next `send` does not wait for it. Does nothing when
   * a fresh socket is there.
   * @throws {TransportError} (rejects) with `NOT_SENT` when it cannot connect.
   */
  warm(): Promise<void>;
  /** Ends the socket. An exchange under way fails. Safe to call twice. */
  close(): Promise<void>;
}

export interface HttpTransport {
  /**
   * Prepares a connection; the socket is opened by `warm()` or by the first `send()`.
   * @throws {ConfigurationError} when the origin is not `https:`, or `http:` on loopback.
   */
  open(origin: string): HttpConnection;
}
