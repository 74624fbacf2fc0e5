import { type RateLimiter, type RateLimiterSettings, createRateLimiter } from '@qts/broker-kit';
import { createFakeClock } from '@qts/core/testing';

/** How requests come through: all of them. */
export interface DemandResult {
  /** Requests that left after the first two windows, when the log is full, and for how long they were counted. */
  readonly left: number;
  readonly countedMs: number;
  /** Calls of the whole run. */
  readonly calls: number;
  /** Of them: refused by a broker that counts the last 1,000 ms. */
  readonly refusedSliding: number;
  /** Of them: refused by a broker that counts from one full second to the next. */
  readonly refusedCalendar: number;
}

export interface WaitingDemand {
  /** Requests a second that the broker allows. */
  readonly permits: number;
  readonly calls: number;
  readonly seed: number;
  readonly limiter: Partial<RateLimiterSettings>;
  /** Whether the limiter hears of answers. */
  readonly answersHeard: boolean;
}

const windowMs = 1_000;
/** Somebody waits in each: a part of the budget is kept for the first two, and orders alone could not use it up. */
const lanes = ['RISK_CANCEL', 'ORDER_READ', 'ORDER', 'ORDER', 'RECONCILE', 'OTHER'] as const;
/** The first requests find an empty log, and leave faster than the long run. */
const settlingMs = 2 * windowMs;

/**
 * B7 in virtual time: demand that always waits, over a way of 2 ms and an exponential tail with a mean of 4 ms in each
 * direction, counted where it arrives.
 */
export async function runWaitingDemand(demand: WaitingDemand): Promise<DemandResult> {
  const { permits, calls, seed, answersHeard } = demand;
  const random = seeded(seed);
  const oneWayMs = (): number => 2 - 4 * Math.log(1 - random());
  const clock = createFakeClock();
  const limit = { permits, windowMs };
  const limiter = createRateLimiter({ clock, limit, budgetShare: 1, ...demand.limiter });
  const leftMs: number[] = [];
  const arrivalsMs: number[] = [];
  const work = async (lane: (typeof lanes)[number]): Promise<void> => {
    while (leftMs.length < calls) {
      const permit = await limiter.acquire(lane, { deadlineMs: Number.MAX_SAFE_INTEGER });
      limiter.markSent(permit, lane);
      const forwardMs = oneWayMs();
      leftMs.push(clock.monotonicMs());
      arrivalsMs.push(clock.monotonicMs() + forwardMs);
      if (answersHeard) hearAnswer(limiter, permit, forwardMs + oneWayMs());
    }
  };
  const hearAnswer = (to: RateLimiter, permit: number, afterMs: number): void => {
    clock.setTimer(() => {
      to.markAnswered(permit);
    }, afterMs);
  };
  const workers = lanes.map(work);
  while (leftMs.length < calls) await clock.advance(windowMs);
  limiter.close();
  await Promise.allSettled(workers);
  const countedMs = clock.monotonicMs() - settlingMs;
  return {
    left: leftMs.filter((each) => each >= settlingMs).length,
    countedMs,
    calls: leftMs.length,
    ...countRefusals(arrivalsMs, permits),
  };
}

/** The broker's count, written without the limiter: what is refused takes no place in the window. */
function countRefusals(
  arrivalsMs: readonly number[],
  permits: number,
): Pick<DemandResult, 'refusedSliding' | 'refusedCalendar'> {
  const accepted: number[] = [];
  const bySecond = new Map<number, number>();
  let first = 0;
  let refusedSliding = 0;
  let refusedCalendar = 0;
  for (const arrivalMs of arrivalsMs.toSorted((a, b) => a - b)) {
    while ((accepted[first] ?? Infinity) <= arrivalMs - windowMs) first += 1;
    if (accepted.length - first < permits) accepted.push(arrivalMs);
    else refusedSliding += 1;
    const second = Math.floor(arrivalMs / windowMs);
    const inSecond = (bySecond.get(second) ?? 0) + 1;
    bySecond.set(second, inSecond);
    if (inSecond > permits) refusedCalendar += 1;
  }
  return { refusedSliding, refusedCalendar };
}

/** Numbers in [0, 1) from a seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
