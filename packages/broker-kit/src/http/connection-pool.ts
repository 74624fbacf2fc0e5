import { type Clock, type ErrorFacts, type Timer } from '@qts/core';
import { type HttpConnection, type HttpExchange, type HttpRequest, type HttpSendOptions } from './http-transport.ts';
import { timerMsMax } from '../time/timer-limit.ts';
import { type TransportFailureCode, transportError } from './transport-failures.ts';

export interface ConnectionPoolSettings {
  readonly open: () => HttpConnection;
  readonly clock: Clock;
  /** Stand in the errors of this pool. */
  readonly facts: ErrorFacts;
  readonly connectionsMax: number;
  readonly waitersMax: number;
  readonly waitMsMax: number;
}

type PoolSendOptions = HttpSendOptions & { readonly deadlineMs?: number };

interface Waiter {
  take(connection: HttpConnection): void;
  refuse(code: TransportFailureCode): void;
}

/**
 * A few connections for one kind of traffic; who finds none free waits in line. The connection used last is used
 * first, so that one stays warm instead of all growing stale.
 */
export class ConnectionPool {
  readonly #settings: ConnectionPoolSettings;
  readonly #all: HttpConnection[];
  readonly #free: HttpConnection[] = [];
  readonly #waiters = new Set<Waiter>();
  #closed = false;

  constructor(settings: ConnectionPoolSettings) {
    this.#settings = settings;
    // Opened now, connected later: an origin that the transport refuses shows here and not with the first order.
    this.#all = Array.from({ length: settings.connectionsMax }, settings.open);
    this.#free.push(...this.#all.toReversed());
  }

  send(request: HttpRequest, options: PoolSendOptions): Promise<HttpExchange> {
    if (this.#closed) {
      return Promise.reject(this.#error('SESSION_CLOSED'));
    }
    const connection = this.#free.pop();
    return connection === undefined ? this.#sendLater(request, options) : this.#sendOn(connection, request, options);
  }

  /** Connects the connection that the next request will use. */
  async warm(): Promise<void> {
    await this.#free.at(-1)?.warm();
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const waiter of this.#waiters) {
      waiter.refuse('SESSION_CLOSED');
    }
    await Promise.all(this.#all.map((connection) => connection.close()));
  }

  #sendOn(connection: HttpConnection, request: HttpRequest, options: PoolSendOptions): Promise<HttpExchange> {
    const exchange = connection.send(request, options);
    const release = (): void => {
      this.#release(connection);
    };
    exchange.then(release, release);
    return exchange;
  }

  #sendLater(request: HttpRequest, options: PoolSendOptions): Promise<HttpExchange> {
    const { clock, waitersMax, waitMsMax } = this.#settings;
    if (options.signal?.aborted === true) {
      return Promise.reject(this.#error('ABORTED_BEFORE_SEND'));
    }
    const waitMs = options.deadlineMs === undefined ? waitMsMax : options.deadlineMs - clock.nowMs();
    if (waitMs <= 0 || this.#waiters.size >= waitersMax) {
      return Promise.reject(this.#error('CONNECTION_BUSY'));
    }
    return new Promise((resolve, reject) => {
      let timer: Timer | undefined = undefined;
      const leave = (): void => {
        this.#waiters.delete(waiter);
        timer?.cancel();
        options.signal?.removeEventListener('abort', abort);
      };
      const waiter: Waiter = {
        take: (connection) => {
          leave();
          resolve(this.#sendOn(connection, request, options));
        },
        refuse: (code) => {
          leave();
          reject(this.#error(code));
        },
      };
      const abort = (): void => {
        waiter.refuse('ABORTED_BEFORE_SEND');
      };
      this.#waiters.add(waiter);
      options.signal?.addEventListener('abort', abort, { once: true });
      timer = clock.setTimer(
        () => {
          waiter.refuse('CONNECTION_BUSY');
        },
        Math.min(waitMs, timerMsMax),
      );
    });
  }

  #release(connection: HttpConnection): void {
    const [next] = this.#waiters;
    if (next === undefined) {
      this.#free.push(connection);
    } else {
      next.take(connection);
    }
  }

  #error(code: TransportFailureCode): Error {
    return transportError(code, this.#settings.facts);
  }
}
