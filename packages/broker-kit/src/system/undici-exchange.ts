import { type IncomingHttpHeaders } from 'node:http';
import { type ErrorFacts } from '@qts/core';
import { type Dispatcher } from 'undici';
import { type HttpExchange, type HttpRequest, type HttpSendOptions } from '../http/http-transport.ts';
import { type TransportFailureCode, transportError } from '../http/transport-failures.ts';
import { type UndiciLimits } from './undici-connection.ts';
import { nameConnectFailure, nameExchangeFailure, nativeCodeOf } from './undici-failures.ts';

/** How an exchange lets go of its connection. */
export type ExchangeWay = 'COMPLETE' | 'FAILED' | 'LISTENING' | 'HEARD';

export interface UndiciExchangeSettings {
  readonly origin: URL;
  readonly request: HttpRequest;
  readonly options: HttpSendOptions;
  readonly limits: UndiciLimits;
  /** `performance.now()` at the call. */
  readonly nowMs: number;
  readonly resolve: (exchange: HttpExchange) => void;
  readonly reject: (error: Error) => void;
  readonly leave: (way: ExchangeWay) => void;
}

/**
 * The life of one request on one socket.
 *
 * ```
 * CONNECTING ──start──▶ SENT ──head──▶ ANSWERING ──end──▶ DONE (resolved)
 *     │                  │                │
 *     │ error, deadline, │ error, deadline, abort
 *     ▼ abort            ▼                ▼
 *   DONE (NOT_SENT)    DONE (MAYBE_SENT), or LISTENING ──answer, error, hard deadline──▶ DONE
 * ```
 *
 * undici calls `onRequestStart` just before it writes, and writes nothing when that call aborts. So an exchange that
 * never left `CONNECTING` sent no byte: this is the proof behind `NOT_SENT`.
 */
export class UndiciExchange implements Dispatcher.DispatchHandler {
  readonly #settings: UndiciExchangeSettings;
  #phase: 'CONNECTING' | 'SENT' | 'ANSWERING' | 'LISTENING' | 'DONE' = 'CONNECTING';
  /** When the wait for a socket began; from `SENT` on, when the first byte left. */
  #startedAtMs: number;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #chunk: Buffer | undefined;
  #moreChunks: Buffer[] | undefined;
  #bytes = 0;
  #timer: NodeJS.Timeout;
  readonly #abort: (() => void) | undefined;

  constructor(settings: UndiciExchangeSettings) {
    this.#settings = settings;
    this.#startedAtMs = settings.nowMs;
    const { connectTimeoutMs, headersTimeoutMs, answerTimeoutMs } = settings.limits;
    this.#timer = setTimeout(this.#onDeadline, Math.min(connectTimeoutMs, headersTimeoutMs, answerTimeoutMs));
    if (settings.options.signal !== undefined) {
      this.#abort = () => {
        this.#giveUp(this.#phase === 'CONNECTING' ? 'ABORTED_BEFORE_SEND' : 'ABORTED_AFTER_SEND');
      };
      settings.options.signal.addEventListener('abort', this.#abort, { once: true });
    }
  }

  /** Ends the wait for a late answer. */
  stopListening(): void {
    if (this.#phase === 'LISTENING') {
      this.#end('HEARD');
    }
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#phase !== 'CONNECTING') {
      // Given up before it began, or undici wants to write the request a second time: neither may leave.
      controller.abort(new Error('This request must not be written.'));
      return;
    }
    const refusal = this.#settings.options.beforeSend?.();
    if (refusal !== undefined) {
      this.#detach();
      this.#phase = 'DONE';
      controller.abort(refusal);
      this.#settings.leave('FAILED');
      this.#settings.reject(refusal);
      return;
    }
    this.#phase = 'SENT';
    this.#startedAtMs = performance.now();
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) {
      return; // Informational; the answer follows.
    }
    this.#status = status;
    this.#headers = headers;
    if (this.#phase === 'SENT') {
      this.#phase = 'ANSWERING';
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#settings.limits.bodyBytesMax) {
      this.#fail('RESPONSE_TOO_LARGE', { bodyBytesMax: this.#settings.limits.bodyBytesMax });
      controller.abort(new Error('The answer is too large.'));
    } else if (this.#chunk === undefined) {
      this.#chunk = chunk;
    } else {
      (this.#moreChunks ??= []).push(chunk);
    }
  }

  onResponseEnd(): void {
    const { options, resolve } = this.#settings;
    if (this.#phase === 'ANSWERING') {
      const answer = this.#answer();
      this.#end('COMPLETE');
      resolve(answer);
    } else if (this.#phase === 'LISTENING') {
      const answer = this.#answer();
      this.#end('HEARD');
      // Outside undici's call, so that an exception of the listener is not taken for one of the exchange.
      queueMicrotask(() => options.onLateAnswer?.(answer));
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    switch (this.#phase) {
      case 'CONNECTING':
        this.#fail(nameConnectFailure(error, this.#settings.origin.protocol), { native: nativeCodeOf(error) });
        return;
      case 'SENT':
        this.#fail(nameExchangeFailure(error, 'BEFORE_HEAD'), { native: nativeCodeOf(error) });
        return;
      case 'ANSWERING':
        this.#fail(nameExchangeFailure(error, 'AFTER_HEAD'), { native: nativeCodeOf(error) });
        return;
      case 'LISTENING':
        this.#end('HEARD');
        return;
      case 'DONE':
        return;
      default:
        return this.#phase satisfies never;
    }
  }

  /** One timer serves all deadlines: a phase that has time left sets it again. */
  readonly #onDeadline = (): void => {
    const { connectTimeoutMs, headersTimeoutMs, answerTimeoutMs, lateAnswerMsMax } = this.#settings.limits;
    switch (this.#phase) {
      case 'CONNECTING':
        if (this.#isOver(connectTimeoutMs)) {
          this.#giveUp('CONNECT_TIMEOUT', { timeoutMs: connectTimeoutMs });
        }
        return;
      case 'SENT':
        if (this.#isOver(headersTimeoutMs)) {
          this.#giveUp('HEADERS_TIMEOUT', { timeoutMs: headersTimeoutMs });
        }
        return;
      case 'ANSWERING':
        if (this.#isOver(answerTimeoutMs)) {
          this.#giveUp('ANSWER_TIMEOUT', { timeoutMs: answerTimeoutMs });
        }
        return;
      case 'LISTENING':
        if (this.#isOver(lateAnswerMsMax)) {
          this.#end('HEARD');
        }
        return;
      case 'DONE':
        return;
      default:
        this.#phase satisfies never;
    }
  };

  /** Whether so much time has passed since the phase's start; else comes back when it has. */
  #isOver(timeoutMs: number): boolean {
    const remainingMs = this.#startedAtMs + timeoutMs - performance.now();
    if (remainingMs > 0) {
      this.#timer = setTimeout(this.#onDeadline, Math.ceil(remainingMs));
      return false;
    }
    return true;
  }

  /** Our own end of patience. When bytes have left and a late answer is wanted, the socket goes on listening. */
  #giveUp(code: TransportFailureCode, facts: ErrorFacts = {}): void {
    const { options, reject, leave } = this.#settings;
    if (this.#phase === 'CONNECTING' || options.onLateAnswer === undefined) {
      this.#fail(code, facts);
    } else if (this.#phase !== 'LISTENING' && this.#phase !== 'DONE') {
      this.#detach();
      this.#phase = 'LISTENING';
      leave('LISTENING');
      reject(this.#error(code, facts));
      this.#onDeadline(); // Sets the hard deadline, or finds that it has passed.
    }
  }

  #fail(code: TransportFailureCode, facts: ErrorFacts): void {
    if (this.#phase === 'LISTENING') {
      this.#end('HEARD');
    } else if (this.#phase !== 'DONE') {
      this.#end('FAILED');
      this.#settings.reject(this.#error(code, facts));
    }
  }

  #end(way: ExchangeWay): void {
    this.#detach();
    this.#phase = 'DONE';
    this.#settings.leave(way);
  }

  #detach(): void {
    clearTimeout(this.#timer);
    if (this.#abort !== undefined) {
      this.#settings.options.signal?.removeEventListener('abort', this.#abort);
    }
  }

  /** Names the path without its query: a query may carry an account number. undici's errors may carry answer bytes. */
  #error(code: TransportFailureCode, facts: ErrorFacts): Error {
    const { origin, request } = this.#settings;
    const [path] = request.path.split('?', 1);
    return transportError(code, { origin: origin.origin, method: request.method, path, ...facts });
  }

  #answer(): HttpExchange {
    const first = this.#chunk;
    const whole =
      first === undefined || this.#moreChunks === undefined ? first : Buffer.concat([first, ...this.#moreChunks]);
    const body = whole?.toString('utf8') ?? '';
    const headers = this.#headers;
    return {
      status: this.#status,
      body,
      header(name) {
        const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
        return Array.isArray(value) ? value.join(', ') : value;
      },
    };
  }
}
