import { type CallOptions, type Clock, type Logger } from '@qts/core';
import { type RateLane } from './rate-lanes.ts';

/** A granted send: hand it to `markSent` when the bytes really leave. */
export type RatePermit = number;

export interface LaneShare {
  /** Share of the budget that only this lane may use, 0 to 1. */
  readonly reserved: number;
  /** Share of the budget this lane may use while a lower lane waits, 0 to 1. */
  readonly max: number;
}

export interface RateLimiterSettings {
  readonly clock: Clock;
  /** The broker's limit: a row of dated data (`pickRateLimit`). */
  readonly limit: { readonly permits: number; readonly windowMs: number };
  /** Part of the limit that is used, above 0 to 1. Default 0.9 (execution-safety 13); at least one permit remains. */
  readonly budgetShare?: number;
  /**
   * Added to the window, ms. Must exceed the jitter of the way to the broker: two requests that leave one window apart
   * may arrive closer together. Default 25.
   */
  readonly guardMs?: number;
  /** Overrides of single lanes' shares. */
  readonly shares?: Partial<Readonly<Record<RateLane, LaneShare>>>;
  /** Requests that may wait in one lane. Default 100. */
  readonly queueMax?: number;
  /** Longest wait of a request without a deadline, ms. Default 5,000. */
  readonly waitMsMax?: number;
  readonly logger?: Logger;
}

/** What the limiter is doing now, for status lines and tests. */
export interface RateLimiterState {
  /** Permits per window at present: the budget, or less after refusals. Below 1 when one permit must last longer than a window. */
  readonly permitsPerWindow: number;
  readonly usedInWindow: number;
  readonly waiting: Readonly<Record<RateLane, number>>;
  readonly orderLaneShut: boolean;
}

/**
 * One budget for all requests under one key of the broker, shared by orders and reads.
 * Its key is a property of the broker: one limiter per app key, or per app key and operation.
 */
export interface RateLimiter {
  /**
   * Takes a permit. Free: returns it at once, as a number, without a promise. Else a promise: it waits in its lane,
   * FIFO, until a permit is free, the deadline passes, or the signal aborts.
   * @throws {TransportError} (rejects) with `NOT_SENT` and `RATE_LIMIT_QUEUE_FULL`, `RATE_LIMIT_DEADLINE`,
   * `ABORTED_BEFORE_SEND` or `SESSION_CLOSED`.
   */
  acquire(lane: RateLane, options?: CallOptions): RatePermit | Promise<RatePermit>;
  /** Moves the permit's stamp to now. Call it when something (a handshake, the journal) stood between permit and send. */
  markSent(permit: RatePermit): void;
  /** The broker refused a request for its rate: halves the rate for 10 s; on the order lane, shuts that lane too. */
  report(outcome: 'REFUSED', lane: RateLane): void;
  /** A confirming read succeeded: the order lane opens again. Does nothing when it is open. */
  openOrderLane(): void;
  state(): RateLimiterState;
  /** Refuses all that wait. Safe to call twice. */
  close(): void;
}

export function createRateLimiter(settings: RateLimiterSettings): RateLimiter {
  throw new Error(`In the making: ${settings.limit.permits}`);
}
