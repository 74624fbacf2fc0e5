import {
  createRateLimiter,
  type DatedRateLimit,
  openOrdersMaxAt,
  pickRateLimit,
  type RateLane,
  type RateLimiter,
} from '@qts/broker-kit';
import { type Clock, kstDate, type Logger, type TradingDate } from '@qts/core';

/**
 * Requests per app key and api-id (유량), by the date from which they hold. Kiwoom publishes no figures: three client
 * authors measured about one a second for each api-id on both servers, and the refusal itself shows 유량=1 for orders,
 * quotes, stock lists and tokens. Some live accounts have 5 for charts; a key that has more is told so by its owner.
 */
export const kiwoomRateLimits: readonly DatedRateLimit[] = [
  {
    effectiveFrom: '2025-01-01',
    permits: 1,
    windowMs: 1_000,
    source: 'measured by client authors, 2025-2026; 유량=1 in captured refusals; burst 1 assumed (two were seen)',
  },
];

/** A limit for each api-id under one app key. Share one among all brokers of the key. */
export interface KiwoomRateLimiters {
  /** The limiter of an api-id, made when it is first asked for. */
  of(apiId: string): RateLimiter;
  /**
   * Kiwoom refused a request for its rate: its api-id slows down, or all of them when the code speaks of a total (1701) or
   * of a group whose members nobody knows (1702). A refused order shuts the order lane of every api-id that carries orders,
   * until {@link KiwoomRateLimiters.openOrderLanes}: a storm of one is a storm of all.
   */
  report(apiId: string, lane: RateLane, code: string): void;
  /** A confirming read succeeded: orders may leave again. */
  openOrderLanes(): void;
  close(): void;
}

export interface KiwoomRateLimiterSettings {
  readonly clock: Clock;
  readonly logger?: Logger;
  /** Default: {@link kiwoomRateLimits}. */
  readonly limits?: readonly DatedRateLimit[];
  /** Limits of single api-ids, before the general one: `{ ka10081: [{ …, permits: 5 }] }`. */
  readonly limitsOf?: Readonly<Record<string, readonly DatedRateLimit[]>>;
}

/** New orders and replaces, which wait for each other's confirming read. */
const orderApiIds = ['kt10000', 'kt10001', 'kt10002'];
/** Codes that speak of more than one api-id. */
const wideCodes: ReadonlySet<string> = new Set(['1701', '1702']);
const commandApiIds: ReadonlySet<string> = new Set([...orderApiIds, 'kt10003']);
/**
 * Longest wait of a read without a deadline, ms: the full queue of a hundred at one request a second. A command keeps the
 * five seconds of any limiter: an order that comes late is worse than one that does not come.
 */
const readWaitMsMax = 100_000;

/** Makes the limiters of one app key. Nothing runs before the first request. */
export function createKiwoomRateLimiters(settings: KiwoomRateLimiterSettings): KiwoomRateLimiters {
  const { clock, logger, limits = kiwoomRateLimits, limitsOf = {} } = settings;
  const today = kstDate(clock.nowMs());
  const limiters = new Map<string, RateLimiter>();
  let closed = false;
  const of = (apiId: string): RateLimiter => {
    let limiter = limiters.get(apiId);
    if (limiter === undefined) {
      const limit = pickRateLimit(limitsOf[apiId] ?? limits, today);
      limiter = createRateLimiter({
        clock,
        limit,
        ...(commandApiIds.has(apiId) ? {} : { waitMsMax: readWaitMsMax }),
        ...(logger === undefined ? {} : { logger }),
      });
      if (closed) limiter.close();
      limiters.set(apiId, limiter);
    }
    return limiter;
  };
  return {
    of,
    report(apiId, lane, code) {
      const slowed = wideCodes.has(code) ? limiters.keys() : [apiId];
      const shut = lane === 'ORDER' ? orderApiIds : [];
      for (const each of new Set([...slowed, ...shut])) {
        of(each).report('REFUSED', lane !== 'ORDER' || shut.includes(each) ? lane : 'OTHER');
      }
    },
    openOrderLanes() {
      for (const limiter of limiters.values()) limiter.openOrderLane();
    },
    close() {
      closed = true;
      for (const limiter of limiters.values()) limiter.close();
    },
  };
}

/**
 * How many orders may be open so that all can be canceled within 30 s, by the rate of kt10003: 30 at one a second. The
 * adapter's capabilities carry it, and the default of the risk limit `openOrdersMax` is the same.
 */
export function kiwoomOpenOrdersMax(
  tradingDate: TradingDate,
  limits: readonly DatedRateLimit[] = kiwoomRateLimits,
): number {
  return openOrdersMaxAt(pickRateLimit(limits, tradingDate));
}
