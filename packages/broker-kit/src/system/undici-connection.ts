import { Client, type Dispatcher } from 'undici';
import {
  type HttpConnection,
  type HttpExchange,
  type HttpRequest,
  type HttpSendOptions,
} from '../http/http-transport.ts';
import { type TransportFailureCode, transportError } from '../http/transport-failures.ts';
import { UndiciExchange } from './undici-exchange.ts';
import { nameConnectFailure } from './undici-failures.ts';

export interface UndiciLimits {
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly answerTimeoutMs: number;
  readonly lateAnswerMsMax: number;
  readonly idleAgeMsMax: number;
  readonly bodyBytesMax: number;
}

/**
 * One connection, one exchange at a time. Each undici `Client` holds one socket; a client whose exchange failed, or
 * whose socket was idle for too long, is thrown away and never used again.
 */
export class UndiciConnection implements HttpConnection {
  readonly #origin: URL;
  readonly #limits: UndiciLimits;
  readonly #clientOptions: Client.Options;
  #client: Client | undefined;
  #current: UndiciExchange | undefined;
  /** Exchanges that nobody awaits any more and whose late answer is still wanted. */
  readonly #listening = new Set<UndiciExchange>();
  #lastUsedMs = 0;
  #closed = false;

  constructor(origin: URL, limits: UndiciLimits, certificateAuthorities: readonly string[] | undefined) {
    this.#origin = origin;
    this.#limits = limits;
    this.#clientOptions = {
      pipelining: 1,
      allowH2: false,
      // The exchange keeps its own deadlines; undici's timers are coarse above one second.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: limits.idleAgeMsMax,
      keepAliveMaxTimeout: limits.idleAgeMsMax,
      connectTimeout: limits.connectTimeoutMs,
      connect: {
        rejectUnauthorized: true, // Said here, so that NODE_TLS_REJECT_UNAUTHORIZED=0 changes nothing.
        minVersion: 'TLSv1.2',
        ...(certificateAuthorities === undefined ? {} : { ca: [...certificateAuthorities] }),
      },
    };
  }

  get busy(): boolean {
    return this.#current !== undefined;
  }

  send(request: HttpRequest, options: HttpSendOptions = {}): Promise<HttpExchange> {
    const refusal = this.#refusal(request, options);
    if (refusal !== undefined) {
      return Promise.reject(transportError(refusal, { origin: this.#origin.origin, method: request.method }));
    }
    const nowMs = performance.now();
    const client = this.#freshClient(nowMs);
    return new Promise((resolve, reject) => {
      const exchange = new UndiciExchange({
        origin: this.#origin,
        request,
        options,
        limits: this.#limits,
        nowMs,
        resolve,
        reject,
        leave: (way) => {
          this.#leave(exchange, client, way);
        },
      });
      this.#current = exchange;
      client.dispatch(toDispatchOptions(request), exchange);
    });
  }

  warm(): Promise<void> {
    if (this.#closed) {
      return Promise.reject(transportError('SESSION_CLOSED', { origin: this.#origin.origin }));
    }
    if (this.#current !== undefined) {
      return Promise.resolve();
    }
    const client = this.#freshClient(performance.now());
    if (client.stats.connected) {
      return Promise.resolve();
    }
    return this.#connect(client);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const client = this.#client;
    this.#client = undefined;
    for (const exchange of this.#listening) {
      exchange.stopListening();
    }
    // An exchange under way hears of it through the error that undici gives its request.
    await client?.destroy();
  }

  #refusal(request: HttpRequest, options: HttpSendOptions): TransportFailureCode | undefined {
    if (this.#closed) {
      return 'SESSION_CLOSED';
    }
    if (this.#current !== undefined) {
      return 'CONNECTION_BUSY';
    }
    if (options.signal?.aborted === true) {
      return 'ABORTED_BEFORE_SEND';
    }
    return request.path.startsWith('/') ? undefined : 'REQUEST_NOT_VALID';
  }

  #freshClient(nowMs: number): Client {
    if (this.#client !== undefined && nowMs - this.#lastUsedMs > this.#limits.idleAgeMsMax) {
      this.#discard(this.#client);
    }
    if (this.#client === undefined) {
      this.#client = new Client(this.#origin, this.#clientOptions);
      this.#lastUsedMs = nowMs;
    }
    return this.#client;
  }

  /**
   * undici offers no "connect only". A request whose start is refused makes it connect, and is dropped before a byte of
   * it is written (a test with a listening socket holds it to that).
   */
  #connect(client: Client): Promise<void> {
    return new Promise((resolve, reject) => {
      const facts = { origin: this.#origin.origin };
      const timer = setTimeout(() => {
        reject(transportError('CONNECT_TIMEOUT', facts));
        this.#discard(client);
      }, this.#limits.connectTimeoutMs);
      client.dispatch(
        { method: 'GET', path: '/' },
        {
          onRequestStart: () => {
            this.#lastUsedMs = performance.now();
            resolve();
            throw new Error('Connected; this request is not meant to be sent.');
          },
          // Never called; undici asks for them.
          onResponseStart: () => undefined,
          onResponseData: () => undefined,
          onResponseEnd: () => undefined,
          onResponseError: (_controller, error) => {
            clearTimeout(timer);
            reject(transportError(nameConnectFailure(error, this.#origin.protocol), facts));
          },
        },
      );
    });
  }

  #leave(exchange: UndiciExchange, client: Client, way: 'COMPLETE' | 'FAILED' | 'LISTENING' | 'HEARD'): void {
    if (this.#current === exchange) {
      this.#current = undefined;
    }
    switch (way) {
      case 'COMPLETE':
        this.#lastUsedMs = performance.now();
        return;
      case 'LISTENING':
        this.#listening.add(exchange);
        if (this.#client === client) {
          this.#client = undefined;
        }
        return;
      case 'FAILED':
      case 'HEARD':
        this.#listening.delete(exchange);
        this.#discard(client);
        return;
      default:
        return way satisfies never;
    }
  }

  #discard(client: Client): void {
    if (this.#client === client) {
      this.#client = undefined;
    }
    client.destroy().catch(() => undefined); // It ends either way; nobody waits for it.
  }
}

function toDispatchOptions(request: HttpRequest): Dispatcher.DispatchOptions {
  return {
    method: request.method,
    path: request.path,
    // undici copies the array and does not write to it.
    headers: request.headers as string[],
    body: request.body ?? null,
    // Never resent and never put behind another request, a GET neither.
    idempotent: false,
  };
}
