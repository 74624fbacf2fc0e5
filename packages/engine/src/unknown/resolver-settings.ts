import {
  type AccountId,
  type Clock,
  ConfigurationError,
  type Logger,
  type OrderAdapter,
  type OrderJournal,
} from '@qts/core';
import { type OrderGateway } from '../gateway/order-gateway-contract.ts';
import { type OrderTracker } from '../orders/order-tracker-contract.ts';
import { type SafetyLayer } from '../safety/safety-layer.ts';
import { type BrokerClock } from '../time/broker-clock.ts';
import { type EvidenceRules } from './evidence.ts';
import { listReadTimeoutMs } from './read-timeout.ts';

/** What to do with an order that turns up after it was called absent. */
export const lateLandingPolicies = ['CANCEL', 'KEEP', 'CANCEL_IF_STALE'] as const;
/** `CANCEL_IF_STALE`: cancel when the intent's `validUntilMs` has passed; an intent without one is kept. */
export type LateLandingPolicy = (typeof lateLandingPolicies)[number];

/** The numbers of execution-safety 6, all design choices. Milliseconds since the outcome became unknown unless noted. */
export interface ResolverTimings extends EvidenceRules {
  /** When the list is read. Default 0.5, 1, 2, 4, 8, 15 and 30 s. */
  readonly readAfterMs: readonly number[];
  /** After the last of these: how long from one read to the next, ms. Default 5,000. */
  readonly readAgainMs: number;
  /** A read that takes longer is given up and counts for nothing, ms. Default 30,000: {@link listReadTimeoutMs}. */
  readonly readTimeoutMs: number;
  /** A person has to decide when nothing is proven by then. Default 60,000. */
  readonly giveUpAfterMs: number;
  /** How much earlier than we sent it the broker may date our order, both by our clock, ms. Default 2,000. */
  readonly earlyMsMax: number;
  /**
   * Rows dated earlier by up to this much more are doubtful, ms. Default 86,400,000, a day: our clock may be wrong by
   * anything, and an order of today that looks like ours and is nobody's forbids to say that ours is not there.
   */
  readonly doubtfulEarlyMsMax: number;
  /** How often lists are read for orders that may still land, ms. Default 60,000. */
  readonly watchIntervalMs: number;
}

export const resolverTimingsDefault: ResolverTimings = {
  readAfterMs: [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000],
  readAgainMs: 5_000,
  readTimeoutMs: listReadTimeoutMs,
  giveUpAfterMs: 60_000,
  absentReadsMin: 3,
  absentFirstReadMs: 2_000,
  absentLastReadMs: 30_000,
  refusalReadMs: 1_000,
  earlyMsMax: 2_000,
  doubtfulEarlyMsMax: 86_400_000,
  watchIntervalMs: 60_000,
};

export interface UnknownResolverSettings {
  /** Reads the order list; nothing is ever sent through it. */
  readonly adapter: Pick<OrderAdapter, 'brokerId' | 'listOrders'>;
  /** Tells of unknown orders, hears what became of them, and cancels what landed too late. */
  readonly gateway: Pick<OrderGateway, 'settle' | 'watch' | 'cancelOrder' | 'isUnwanted'>;
  readonly tracker: OrderTracker;
  readonly safety: SafetyLayer;
  readonly journal: OrderJournal;
  readonly clock: Clock;
  /** Label of the account; never its number. */
  readonly accountId: AccountId;
  /** What the broker's clock is ahead of ours, and hears of every list. Default: its clock is ours. */
  readonly brokerClock?: Pick<BrokerClock, 'orderTimes' | 'observeList'>;
  /** True: the owner declares that nobody else, by hand or program, trades the account. Default false. */
  readonly exclusive?: boolean;
  /** Default `CANCEL_IF_STALE`. */
  readonly onLateLanding?: LateLandingPolicy;
  /**
   * Quiet time after the last unknown order was resolved, ms, after which a `FAIL` that unknown orders alone caused is
   * asked to recover. Default 30,000; `'never'` leaves it to a person. `LOCKDOWN` always is a person's.
   */
  readonly recoverAfterQuietMs?: number | 'never';
  readonly timings?: Partial<ResolverTimings>;
  readonly logger?: Logger;
}

/** @throws {ConfigurationError} for numbers that would end an unknown order without evidence, or never. */
export function checkResolverTimings(given: Partial<ResolverTimings> = {}): ResolverTimings {
  const timings = { ...resolverTimingsDefault, ...given };
  const { readAfterMs, ...numbers } = timings;
  for (const [field, found] of Object.entries(numbers)) {
    if (!Number.isSafeInteger(found) || found < 1) throw unusable(field, found, 'Give an integer of 1 or more.');
  }
  const rises = readAfterMs.every((ms, at) => Number.isSafeInteger(ms) && ms > (readAfterMs[at - 1] ?? 0));
  if (readAfterMs.length === 0 || !rises) {
    throw unusable(
      'readAfterMs',
      readAfterMs.join(' '),
      'Give at least one integer of 1 or more, each above the last.',
    );
  }
  if (timings.giveUpAfterMs <= timings.absentLastReadMs) {
    throw unusable(
      'giveUpAfterMs',
      timings.giveUpAfterMs,
      'Give more than absentLastReadMs, or nothing is ever absent.',
    );
  }
  return timings;
}

function unusable(field: string, found: string | number, next: string): ConfigurationError {
  return new ConfigurationError({
    code: 'SETTING_OUT_OF_RANGE',
    summary: 'A timing of the resolver of unknown orders is not usable.',
    facts: { field, found },
    next,
  });
}
