import {
  type HttpConnection,
  type HttpExchange,
  type HttpRequest,
  type HttpSendOptions,
  type HttpTransport,
  type TransportFailureCode,
  transportError,
} from '@qts/broker-kit';
import { type InMemoryVenue, type VenueDelivery, type VenueRequest, type VenueResponse } from '@qts/venue-sim';
import { type Draw } from './draw.ts';
import { type Task, type VirtualTime } from './virtual-time.ts';

/**
 * What the way to the venue can do, on top of the venue's own faults. `R…` is the number in the fault catalogue of the
 * project (execution-safety 20.4).
 */
export const networkFaultIds = [
  'R01-name-not-resolved',
  'R02-connection-refused',
  'R03-connect-hangs',
  'R04-tls-failed',
  'R05-reset-before-request',
  'R06-reset-within-request',
  'R07-request-lost',
  'R08-answer-reset',
  'R09-request-swallowed',
  'R10-answer-swallowed',
  'R13-answer-cut',
  'R34-answer-crawls',
] as const;
export type NetworkFaultId = (typeof networkFaultIds)[number];

/** Hears every request at its two moments: the judge stands here. */
export interface WireListener {
  /** The first byte leaves. Answers a name for the request, of the form of an address. */
  requestLeaves(request: HttpRequest): string;
  /** The venue reads what was sent: at once, or when it lets a request pass that it held back. */
  requestRead(address: string): void;
  requestArrives(address: string, delivery: VenueDelivery): void;
}

export interface NetworkSettings {
  readonly time: VirtualTime;
  readonly draw: Draw;
  readonly venue: InMemoryVenue;
  readonly rates: ReadonlyMap<NetworkFaultId, number>;
  /** One way of a message, ms: from, and how much more at most. */
  readonly latencyMs: readonly [number, number];
  readonly listener: WireListener;
  /** The address that the venue sees. */
  readonly peerAddress: (address: string) => string;
  readonly onFault: (id: NetworkFaultId) => void;
}

export interface Network {
  /** The transport of one process. `end` cuts its sockets: what has left may still arrive, nothing comes back. */
  createTransport(): HttpTransport & { end(): void };
  /** Whether faults strike. At first they do not. */
  setFaults(on: boolean): void;
}

/** Deadlines as the real transport has them (execution-safety 5, step 7), ms. */
const connectTimeoutMs = 2_000;
const headersTimeoutMs = 5_000;
const lateAnswerMsMax = 30_000;
const idleAgeMsMax = 4_000;

/** Ways in which no connection comes about, and what the product hears of them. */
export const connectFaults: readonly (readonly [NetworkFaultId, TransportFailureCode])[] = [
  ['R01-name-not-resolved', 'NAME_NOT_RESOLVED'],
  ['R02-connection-refused', 'CONNECTION_REFUSED'],
  ['R03-connect-hangs', 'CONNECT_TIMEOUT'],
  ['R04-tls-failed', 'TLS_FAILED'],
  ['R05-reset-before-request', 'CONNECT_FAILED'],
];

/** Ways in which a request that left never arrives. */
const lostRequests = ['R06-reset-within-request', 'R07-request-lost', 'R09-request-swallowed'] as const;
/** Ways in which an answer that left never arrives whole. */
const lostAnswers = ['R08-answer-reset', 'R10-answer-swallowed', 'R13-answer-cut'] as const;

export function createNetwork(settings: NetworkSettings): Network {
  const { time, draw, venue, rates, latencyMs, listener, peerAddress, onFault } = settings;
  const [latencyMin, latencyMore] = latencyMs;
  let faultsOn = false;

  const latency = (): number => latencyMin + draw.whole(0, latencyMore);
  const strikes = (id: NetworkFaultId): boolean => {
    if (!faultsOn || !draw.chance(rates.get(id) ?? 0)) return false;
    onFault(id);
    return true;
  };

  function createTransport(): HttpTransport & { end(): void } {
    let alive = true;
    return {
      end() {
        alive = false;
      },
      open: (origin) => openConnection(origin, () => alive),
    };
  }

  function openConnection(origin: string, isAlive: () => boolean): HttpConnection {
    let closed = false;
    let connectedAtMs: number | undefined;
    let current: ((code: TransportFailureCode) => void) | undefined;
    const listening = new Set<() => void>();
    const failure = (code: TransportFailureCode): Error => transportError(code, { origin });

    function connectFault(): TransportFailureCode | undefined {
      const isWarm = connectedAtMs !== undefined && time.nowMs - connectedAtMs <= idleAgeMsMax;
      if (isWarm) return undefined;
      for (const [id, code] of connectFaults) if (strikes(id)) return code;
      return undefined;
    }

    function send(request: HttpRequest, options: HttpSendOptions = {}): Promise<HttpExchange> {
      if (!isAlive()) return new Promise(() => undefined);
      if (closed) return Promise.reject(failure('SESSION_CLOSED'));
      if (current !== undefined) return Promise.reject(failure('CONNECTION_BUSY'));
      if (options.signal?.aborted === true) return Promise.reject(failure('ABORTED_BEFORE_SEND'));
      return new Promise((resolve, reject) => {
        const exchange = new Exchange(request, options, resolve, reject);
        current = (code) => {
          exchange.fail(code);
        };
        exchange.connect();
      });
    }

    class Exchange {
      readonly #request: HttpRequest;
      readonly #options: HttpSendOptions;
      readonly #resolve: (exchange: HttpExchange) => void;
      readonly #reject: (error: Error) => void;
      readonly #tasks: Task[] = [];
      #sent = false;
      #settled = false;
      #deaf = false;

      constructor(
        request: HttpRequest,
        options: HttpSendOptions,
        resolve: (exchange: HttpExchange) => void,
        reject: (error: Error) => void,
      ) {
        this.#request = request;
        this.#options = options;
        this.#resolve = resolve;
        this.#reject = reject;
      }

      readonly #abort = (): void => {
        this.fail(this.#sent ? 'ABORTED_AFTER_SEND' : 'ABORTED_BEFORE_SEND');
      };

      connect(): void {
        this.#options.signal?.addEventListener('abort', this.#abort, { once: true });
        const fault = connectFault();
        if (fault !== undefined) {
          this.#after(fault === 'CONNECT_TIMEOUT' ? connectTimeoutMs : latency(), () => {
            this.fail(fault);
          });
          return;
        }
        const isWarm = connectedAtMs !== undefined && time.nowMs - connectedAtMs <= idleAgeMsMax;
        if (isWarm) this.#leave();
        else
          this.#after(2 * latency(), () => {
            this.#leave();
          });
      }

      /** The first byte. */
      #leave(): void {
        if (this.#settled) return;
        const refusal = this.#options.beforeSend?.();
        if (refusal !== undefined) {
          this.#end();
          this.#reject(refusal);
          return;
        }
        this.#sent = true;
        connectedAtMs = time.nowMs;
        const address = listener.requestLeaves(this.#request);
        this.#after(headersTimeoutMs, () => {
          this.fail('HEADERS_TIMEOUT');
        });
        const lost = lostRequests.find(strikes);
        if (lost === 'R09-request-swallowed') return;
        // What has left arrives, whatever becomes of the process that sent it.
        time.after(latency(), () => {
          if (lost === undefined) this.#arrive(address);
          else this.fail('CONNECTION_RESET');
        });
      }

      #arrive(address: string): void {
        const delivery = venue.deliverRequest(
          toVenueRequest(this.#request, peerAddress(address), () => {
            listener.requestRead(address);
          }),
        );
        listener.requestArrives(address, delivery);
        if (!isAlive()) return;
        switch (delivery.kind) {
          case 'SILENT':
            return;
          case 'DROPPED':
            this.#after(latency(), () => {
              this.fail(delivery.reset === true ? 'CONNECTION_RESET' : 'CONNECTION_CLOSED_EARLY');
            });
            return;
          case 'ANSWERED': {
            const lost = lostAnswers.find(strikes);
            if (lost === 'R10-answer-swallowed') return;
            const crawlMs = strikes('R34-answer-crawls') ? draw.whole(1_000, 25_000) : 0;
            time.after(delivery.atMs - time.nowMs + latency() + crawlMs, () => {
              if (lost === 'R08-answer-reset') this.fail('CONNECTION_RESET');
              else if (lost === 'R13-answer-cut') this.fail('BODY_CUT');
              else this.#hear(toExchange(delivery.response));
            });
          }
        }
      }

      #hear(exchange: HttpExchange): void {
        if (!isAlive() || this.#deaf) return;
        if (this.#settled) {
          this.#deaf = true;
          listening.delete(this.#stopListening);
          this.#options.onLateAnswer?.(exchange);
          return;
        }
        this.#deaf = true;
        this.#end();
        connectedAtMs = time.nowMs;
        this.#resolve(exchange);
      }

      fail(code: TransportFailureCode): void {
        if (!isAlive()) return;
        if (this.#settled) {
          // The socket that listened for a late answer is gone.
          this.#deaf = true;
          return;
        }
        this.#end();
        connectedAtMs = undefined;
        const mayListen = code === 'HEADERS_TIMEOUT' || code === 'ABORTED_AFTER_SEND';
        if (mayListen && this.#options.onLateAnswer !== undefined && !closed) {
          listening.add(this.#stopListening);
          time.after(lateAnswerMsMax - headersTimeoutMs, this.#stopListening);
        } else {
          this.#deaf = true;
        }
        this.#reject(failure(code));
      }

      readonly #stopListening = (): void => {
        this.#deaf = true;
        listening.delete(this.#stopListening);
      };

      #end(): void {
        this.#settled = true;
        this.#options.signal?.removeEventListener('abort', this.#abort);
        for (const task of this.#tasks) task.cancel();
        current = undefined;
      }

      #after(delayMs: number, action: () => void): void {
        this.#tasks.push(
          time.after(delayMs, () => {
            if (isAlive()) action();
          }),
        );
      }
    }

    return {
      get busy() {
        return current !== undefined;
      },
      send,
      warm: () => Promise.resolve(),
      close() {
        closed = true;
        current?.('CONNECTION_RESET');
        for (const stop of [...listening]) stop();
        return Promise.resolve();
      },
    };
  }

  return {
    createTransport,
    setFaults(on) {
      faultsOn = on;
    },
  };
}

function toVenueRequest(
  { method, path, headers, body }: HttpRequest,
  peerAddress: string,
  onRead: () => void,
): VenueRequest {
  const mark = path.indexOf('?');
  const named: Record<string, string> = {};
  for (let at = 0; at + 1 < headers.length; at += 2) named[(headers[at] ?? '').toLowerCase()] = headers[at + 1] ?? '';
  const bytes = typeof body === 'string' ? Buffer.from(body) : (body ?? new Uint8Array());
  return {
    method,
    path: mark === -1 ? path : path.slice(0, mark),
    query: new URLSearchParams(mark === -1 ? '' : path.slice(mark + 1)),
    headers: named,
    get body() {
      onRead();
      return bytes;
    },
    peerAddress,
  };
}

function toExchange({ status, headers, body }: VenueResponse): HttpExchange {
  return { status, header: (name) => headers[name], body };
}
