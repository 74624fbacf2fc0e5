import { type CallOptions, type Clock, ConfigurationError, type Logger, type Timer } from '@qts/core';
import { type TransportFailureCode, transportError } from '../http/transport-failures.ts';
import { timerMsMax } from '../time/timer-limit.ts';
import { AdaptiveRate } from './adaptive-rate.ts';
import {
  type LanePermits,
  type LaneShare,
  defaultLaneShares,
  dividePermits,
  requireLaneShares,
} from './lane-shares.ts';
import { QuickestAnswer } from './quickest-answer.ts';
import { type RateLane, rateLanes } from './rate-lanes.ts';
import { SendLog } from './send-log.ts';

/** A granted send: hand it to `markSent` when the bytes leave. */
export type RatePermit = number;

export interface RateLimiterSettings {
  readonly clock: Clock;
  /** The broker's limit: a row of dated data (`pickRateLimit`). */
  readonly limit: { readonly permits: number; readonly windowMs: number };
  /** Part of the limit that is used, above 0 to 1. Default 0.9 (execution-safety 13); at least one permit remains. */
  readonly budgetShare?: number;
  /**
   * Most that is added to the window, ms: two requests that leave one window apart may arrive closer together. It is added
   * while nobody knows when a request arrived; its answer says how late it can have been at most (`markAnswered`), mostly
   * some milliseconds. Default 100: more than the jitter of any way on which orders should be sent (`assumed`).
   */
  readonly guardMs?: number;
  /** Overrides of single lanes' shares (`defaultLaneShares`). */
  readonly shares?: Partial<Readonly<Record<RateLane, LaneShare>>>;
  /** Requests that may wait in one lane. Default 100. Cancels are not counted: no queue may keep one from leaving. */
  readonly queueMax?: number;
  /** Longest wait of a request without a deadline, ms. Default 5,000. A cancel waits as long as its lane takes. */
  readonly waitMsMax?: number;
  readonly logger?: Logger;
}

/** What the limiter is doing now, for status lines and tests. */
export interface RateLimiterState {
  /** At present: the budget, or less after refusals. Below 1 when one permit must last longer than a window. */
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
   * Takes a permit. Free: returns it at once, as a number, without a promise. Else a promise: the request waits in its
   * lane, FIFO, until a permit is free, the deadline passes, or the signal aborts. (A cancel overtakes the order it
   * cancels by its lane; whoever cancels aborts the order's signal, and the order becomes `NOT_SENT`.)
   * @throws {TransportError} (rejects) with `NOT_SENT` and `RATE_LIMIT_QUEUE_FULL`, `RATE_LIMIT_DEADLINE`,
   * `ABORTED_BEFORE_SEND` or `SESSION_CLOSED`.
   */
  acquire(lane: RateLane, options?: CallOptions): RatePermit | Promise<RatePermit>;
  /**
   * The bytes leave now: moves the permit's stamp to this moment, so that the limit holds on the wire and not in a queue
   * (a token, a handshake, a busy connection may stand between permit and send). A permit that waited for so long that
   * its place was given away takes a free one instead. False when there is none: sending now would break the limit.
   */
  markSent(permit: RatePermit, lane: RateLane): boolean;
  /**
   * The answer to a request is here, whatever it says: so the request had arrived, and the window of its permit begins
   * then and not a whole guard after it left. Does nothing for a permit that was given away meanwhile.
   */
  markAnswered(permit: RatePermit): void;
  /** The broker refused a request for its rate: halves the rate for 10 s; on the order lane, shuts that lane too. */
  report(outcome: 'REFUSED', lane: RateLane): void;
  /** A confirming read succeeded: the order lane opens again. Does nothing when it is open. */
  openOrderLane(): void;
  state(): RateLimiterState;
  /** Refuses all that wait and all that come. Safe to call twice. */
  close(): void;
}

/** @throws {ConfigurationError} `RATE_LIMITER_NOT_VALID` or `LANE_SHARES_NOT_VALID` for settings out of range. */
export function createRateLimiter(settings: RateLimiterSettings): RateLimiter {
  return new LaneRateLimiter(settings);
}

interface Waiter {
  readonly untilMs: number;
  grant(permit: RatePermit): void;
  refuse(code: TransportFailureCode): void;
}

const laneIndex: Readonly<Record<RateLane, number>> = {
  RISK_CANCEL: rateLanes.indexOf('RISK_CANCEL'),
  ORDER_READ: rateLanes.indexOf('ORDER_READ'),
  ORDER: rateLanes.indexOf('ORDER'),
  RECONCILE: rateLanes.indexOf('RECONCILE'),
  OTHER: rateLanes.indexOf('OTHER'),
};
const cancelLane = laneIndex.RISK_CANCEL;
const orderLane = laneIndex.ORDER;
/** From here on down, requests are spread evenly over the window: they come in bursts and none of them hurries. */
const firstSpacedLane = laneIndex.RECONCILE;

class LaneRateLimiter implements RateLimiter {
  readonly #clock: Clock;
  readonly #logger: Logger | undefined;
  readonly #windowMs: number;
  readonly #queueMax: number;
  readonly #waitMsMax: number;
  readonly #shares: Readonly<Record<RateLane, LaneShare>>;
  readonly #rate: AdaptiveRate;
  readonly #log: SendLog;
  readonly #quickest = new QuickestAnswer();
  readonly #queues: readonly Set<Waiter>[] = rateLanes.map(() => new Set());
  #waiting = 0;
  #permits: LanePermits;
  #capacity: number;
  #spanMs: number;
  #spacedAtMs = -Infinity;
  #orderLaneShut = false;
  #closed = false;
  #timer: Timer | undefined;

  constructor(settings: RateLimiterSettings) {
    const { limit, budgetShare = 0.9, guardMs = 100, queueMax = 100, waitMsMax = 5_000 } = settings;
    requireInRange('limit.permits', limit.permits, Number.isSafeInteger(limit.permits) && limit.permits >= 1);
    requireInRange('limit.windowMs', limit.windowMs, limit.windowMs > 0 && Number.isFinite(limit.windowMs));
    requireInRange('budgetShare', budgetShare, budgetShare > 0 && budgetShare <= 1);
    requireInRange('guardMs', guardMs, guardMs >= 0 && Number.isFinite(guardMs));
    requireInRange('queueMax', queueMax, Number.isSafeInteger(queueMax) && queueMax >= 0);
    requireInRange('waitMsMax', waitMsMax, waitMsMax >= 0 && Number.isFinite(waitMsMax));
    this.#shares = { ...defaultLaneShares, ...settings.shares };
    requireLaneShares(this.#shares);
    const budget = Math.max(1, Math.floor(limit.permits * budgetShare));
    this.#clock = settings.clock;
    this.#logger = settings.logger;
    this.#windowMs = limit.windowMs;
    this.#queueMax = queueMax;
    this.#waitMsMax = waitMsMax;
    this.#rate = new AdaptiveRate(budget, limit.windowMs);
    this.#log = new SendLog(budget, rateLanes.length, guardMs);
    this.#capacity = budget;
    this.#spanMs = limit.windowMs;
    this.#permits = dividePermits(budget, this.#shares);
  }

  acquire(lane: RateLane, options?: CallOptions): RatePermit | Promise<RatePermit> {
    const index = laneIndex[lane];
    const nowMs = this.#clock.monotonicMs();
    if (this.#closed) {
      return Promise.reject(this.#error('SESSION_CLOSED', lane));
    }
    if (options?.signal?.aborted === true) {
      return Promise.reject(this.#error('ABORTED_BEFORE_SEND', lane));
    }
    if (this.#waiting > 0) {
      this.#serve(nowMs); // Who came first is served first, even when the timer is late.
    }
    if ((this.#waiting === 0 || this.#queues[index]?.size === 0) && this.#isFree(index, nowMs)) {
      return this.#take(index, nowMs);
    }
    return this.#wait(index, lane, nowMs, options);
  }

  markSent(permit: RatePermit, lane: RateLane): boolean {
    const nowMs = this.#clock.monotonicMs();
    if (this.#log.restamp(permit, nowMs)) {
      return true;
    }
    const index = laneIndex[lane];
    const free = this.#isFree(index, nowMs);
    if (free) {
      this.#take(index, nowMs);
    }
    return free;
  }

  markAnswered(permit: RatePermit): void {
    const nowMs = this.#clock.monotonicMs();
    const roundTripMs = this.#log.ageMs(permit, nowMs);
    if (roundTripMs >= 0) {
      this.#quickest.note(roundTripMs);
      // The way back took some of the quickest round trip at least, and the next request takes the rest to arrive.
      this.#log.arrive(permit, nowMs - this.#quickest.ms);
      if (this.#waiting > 0) {
        this.#serve(nowMs); // An answer that took longer than a window frees its permit now: no timer would say so.
      }
    }
  }

  report(_outcome: 'REFUSED', lane: RateLane): void {
    const nowMs = this.#clock.monotonicMs();
    this.#measure(nowMs);
    const used = this.#log.total;
    const capacity = this.#capacity;
    this.#rate.refuse(nowMs);
    if (lane === 'ORDER') {
      this.#orderLaneShut = true;
    }
    const permitsPerWindow = this.#rate.permitsPerWindow(nowMs);
    this.#logger?.warn('rate-refused', { lane, used, capacity, permitsPerWindow, orderLaneShut: this.#orderLaneShut });
    if (used * 2 < capacity) {
      // So little of our own cannot be the reason: somebody else uses the same key.
      this.#logger?.error('rate-refused-without-own-traffic', { lane, used, capacity });
    }
    this.#serve(nowMs);
  }

  openOrderLane(): void {
    if (this.#orderLaneShut) {
      this.#orderLaneShut = false;
      this.#logger?.info('order-lane-opened');
      this.#serve(this.#clock.monotonicMs());
    }
  }

  state(): RateLimiterState {
    const nowMs = this.#clock.monotonicMs();
    this.#measure(nowMs);
    const waiting = (lane: RateLane): number => this.#queues[laneIndex[lane]]?.size ?? 0;
    return {
      permitsPerWindow: this.#rate.permitsPerWindow(nowMs),
      usedInWindow: this.#log.total,
      waiting: {
        RISK_CANCEL: waiting('RISK_CANCEL'),
        ORDER_READ: waiting('ORDER_READ'),
        ORDER: waiting('ORDER'),
        RECONCILE: waiting('RECONCILE'),
        OTHER: waiting('OTHER'),
      },
      orderLaneShut: this.#orderLaneShut,
    };
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    for (const queue of this.#queues) {
      for (const waiter of queue) {
        waiter.refuse('SESSION_CLOSED');
      }
    }
  }

  /** Brings rate, shares and counts to this moment. */
  #measure(nowMs: number): void {
    const permitsPerWindow = this.#rate.permitsPerWindow(nowMs);
    const capacity = Math.max(1, Math.floor(permitsPerWindow));
    if (capacity !== this.#capacity) {
      this.#capacity = capacity;
      this.#permits = dividePermits(capacity, this.#shares);
    }
    this.#spanMs = this.#windowMs / Math.min(1, permitsPerWindow);
    this.#log.count(nowMs, this.#spanMs);
  }

  #isFree(lane: number, nowMs: number): boolean {
    this.#measure(nowMs);
    const { total, byLane } = this.#log;
    const used = byLane[lane] ?? 0;
    if (total >= this.#capacity || (lane === orderLane && this.#orderLaneShut)) {
      return false;
    }
    if (lane === cancelLane) {
      return true;
    }
    const capped = used >= (this.#permits.max[lane] ?? 0) && this.#isLowerLaneWaiting(lane);
    const spaced = lane >= firstSpacedLane && nowMs < this.#spacedAtMs + this.#spacingMs();
    return !capped && !spaced && total + this.#heldForOthers(lane) < this.#capacity;
  }

  /** Permits of other lanes' reserves that are not used yet. */
  #heldForOthers(lane: number): number {
    const { reserved } = this.#permits;
    let held = 0;
    for (let other = 0; other < reserved.length; other += 1) {
      const unused = (reserved[other] ?? 0) - (this.#log.byLane[other] ?? 0);
      if (other !== lane && unused > 0) {
        held += unused;
      }
    }
    return held;
  }

  #isLowerLaneWaiting(lane: number): boolean {
    return this.#waiting > 0 && this.#queues.some((queue, other) => other > lane && queue.size > 0);
  }

  #spacingMs(): number {
    return this.#spanMs / this.#capacity;
  }

  #take(lane: number, nowMs: number): RatePermit {
    if (lane >= firstSpacedLane) {
      this.#spacedAtMs = nowMs;
    }
    return this.#log.take(nowMs, lane);
  }

  #wait(index: number, lane: RateLane, nowMs: number, options: CallOptions | undefined): Promise<RatePermit> {
    const queue = this.#queues[index];
    const isCancel = index === cancelLane;
    const patienceMs = isCancel ? Infinity : this.#waitMsMax;
    const waitMs = options?.deadlineMs === undefined ? patienceMs : options.deadlineMs - this.#clock.nowMs();
    if (queue === undefined || (queue.size >= this.#queueMax && !isCancel)) {
      return Promise.reject(this.#error('RATE_LIMIT_QUEUE_FULL', lane));
    }
    if (waitMs <= 0) {
      return Promise.reject(this.#error('RATE_LIMIT_DEADLINE', lane));
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        queue.delete(waiter);
        this.#waiting -= 1;
        if (this.#waiting === 0) {
          this.#timer?.cancel();
        }
        options?.signal?.removeEventListener('abort', abort);
      };
      const waiter: Waiter = {
        untilMs: nowMs + waitMs,
        grant: (permit) => {
          leave();
          resolve(permit);
        },
        refuse: (code) => {
          leave();
          reject(this.#error(code, lane));
        },
      };
      const abort = (): void => {
        waiter.refuse('ABORTED_BEFORE_SEND');
      };
      queue.add(waiter);
      this.#waiting += 1;
      options?.signal?.addEventListener('abort', abort, { once: true });
      this.#schedule(nowMs);
    });
  }

  /** Gives permits to those who wait, first lane first, and refuses those whose time is over. */
  #serve(nowMs: number): void {
    for (const queue of this.#queues) {
      for (const waiter of queue) {
        if (waiter.untilMs <= nowMs) {
          waiter.refuse('RATE_LIMIT_DEADLINE');
        }
      }
    }
    // A grant in a lower lane may lift the cap of a higher one; so until a whole round gives nothing.
    let before: number;
    do {
      before = this.#waiting;
      for (const [lane, queue] of this.#queues.entries()) {
        for (const waiter of queue) {
          if (!this.#isFree(lane, nowMs)) {
            break;
          }
          waiter.grant(this.#take(lane, nowMs));
        }
      }
    } while (this.#waiting < before && this.#waiting > 0);
    this.#schedule(nowMs);
  }

  /** Wakes up when the next thing can change: a slot, the spacing, the rate, or somebody's deadline. */
  #schedule(nowMs: number): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    if (this.#waiting === 0) {
      return;
    }
    this.#measure(nowMs);
    const changes = [this.#log.firstFreeMs, this.#spacedAtMs + this.#spacingMs()];
    if (this.#rate.permitsPerWindow(nowMs) < this.#rate.budget) {
      changes.push(nowMs + rateStepMs);
    }
    for (const queue of this.#queues) {
      for (const waiter of queue) {
        changes.push(waiter.untilMs);
      }
    }
    const nextMs = Math.min(...changes.filter((change) => change > nowMs));
    this.#timer = this.#clock.setTimer(
      () => {
        this.#serve(this.#clock.monotonicMs());
      },
      Math.min(timerMsMax, Math.max(1, Math.ceil(nextMs - nowMs))),
    );
  }

  #error(code: TransportFailureCode, lane: RateLane): Error {
    return transportError(code, { lane, capacity: this.#capacity, windowMs: this.#windowMs });
  }
}

/** While the rate climbs back, waiting requests look again this often. */
const rateStepMs = 1_000;

function requireInRange(setting: string, found: number, valid: boolean): void {
  if (!valid) {
    throw new ConfigurationError({
      code: 'RATE_LIMITER_NOT_VALID',
      summary: 'A setting of the rate limiter is out of range.',
      facts: { setting, found: String(found) },
      next: 'permits: whole, at least 1. windowMs: above 0. budgetShare: above 0 to 1. guardMs, queueMax, waitMsMax: 0 or more.',
    });
  }
}
