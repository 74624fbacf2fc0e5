import { createFakeClock } from '@qts/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RateLane, rateLanes } from './rate-lanes.ts';
import { createRateLimiter } from './rate-limiter.ts';

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

/** The broker's own count, written without the limiter: a request is refused when its window is full of accepted ones. */
function countBySlidingWindow(arrivalsMs: readonly number[], permits: number): { accepted: number; refused: number } {
  const accepted: number[] = [];
  let refused = 0;
  for (const arrivalMs of arrivalsMs.toSorted((a, b) => a - b)) {
    if (accepted.filter((each) => each > arrivalMs - 1_000).length < permits) {
      accepted.push(arrivalMs);
    } else {
      refused += 1;
    }
  }
  return { accepted: accepted.length, refused };
}

/** One way of the network: 2 ms, and an exponential tail with a mean of 4 ms. */
const jitter = (random: () => number): number => 2 - 4 * Math.log(1 - random());

/** Demand that always waits, over a network, for a while of virtual time; answers when each request left and arrived. */
async function saturate(
  permits: number,
  lanes: readonly RateLane[],
  durationMs: number,
  oneWayMs: (() => number) | undefined,
): Promise<readonly { readonly leftMs: number; readonly arrivedMs: number }[]> {
  const clock = createFakeClock();
  const limiter = createRateLimiter({ clock, limit: { permits, windowMs: 1_000 }, budgetShare: 1 });
  const requests: { readonly leftMs: number; readonly arrivedMs: number }[] = [];
  let running = true;
  const work = async (lane: RateLane): Promise<void> => {
    while (running) {
      const permit = await limiter.acquire(lane, { deadlineMs: clock.nowMs() + 1_000_000 });
      limiter.markSent(permit, lane);
      const leftMs = clock.monotonicMs();
      const forwardMs = oneWayMs?.() ?? 0;
      requests.push({ leftMs, arrivedMs: leftMs + forwardMs });
      if (oneWayMs !== undefined) {
        clock.setTimer(() => {
          limiter.markAnswered(permit);
        }, forwardMs + oneWayMs());
      }
    }
  };
  const workers = lanes.map((lane) => work(lane).catch(() => undefined));
  await clock.advance(durationMs);
  running = false;
  limiter.close();
  await Promise.all(workers);
  return requests.filter(({ leftMs }) => leftMs < durationMs);
}

describe('measured in virtual time', () => {
  const everyLane = ['RISK_CANCEL', 'ORDER_READ', 'ORDER', 'ORDER', 'RECONCILE', 'OTHER'] as const;
  /** The first window finds an empty log and is fuller than the long run: its requests are not counted. */
  const firstWindowMs = 1_100;

  it.each([1, 2, 3, 4, 5])(
    'is refused none of 10,000 calls at 98 percent of the budget and more (seed %d)',
    async (seed) => {
      const permits = 20;
      const durationMs = 506_000;
      const random = seeded(seed);
      const requests = await saturate(permits, everyLane, durationMs, () => jitter(random));
      expect(requests.length).toBeGreaterThan(10_000);
      const arrivalsMs = requests.map(({ arrivedMs }) => arrivedMs);
      expect(countBySlidingWindow(arrivalsMs, permits)).toEqual({ accepted: requests.length, refused: 0 });
      const counted = requests.filter(({ leftMs }) => leftMs >= firstWindowMs).length;
      const share = counted / ((permits * (durationMs - firstWindowMs)) / 1_000);
      expect(share).toBeGreaterThanOrEqual(0.98);
      expect(share).toBeLessThanOrEqual(1);
    },
  );

  it.each([
    [1, 1],
    [2, 2],
    [20, 3],
  ])('is refused none at a limit of %d a second either when the way has spikes of 60 ms', async (permits, seed) => {
    const random = seeded(seed);
    const way = (): number => jitter(random) + (random() < 0.02 ? 60 : 0);
    const requests = await saturate(permits, everyLane, 100_000, way);
    const arrivalsMs = requests.map(({ arrivedMs }) => arrivedMs);
    expect(countBySlidingWindow(arrivalsMs, permits)).toEqual({ accepted: requests.length, refused: 0 });
  });

  it('would be refused without the guard: the count can tell', async () => {
    const random = seeded(1);
    const clock = createFakeClock();
    const limiter = createRateLimiter({ clock, limit: { permits: 20, windowMs: 1_000 }, budgetShare: 1, guardMs: 0 });
    const arrivalsMs: number[] = [];
    for (let second = 0; second < 40; second += 1) {
      for (let count = 0; count < 20; count += 1) {
        await limiter.acquire('RISK_CANCEL');
        arrivalsMs.push(clock.monotonicMs() + 2 - 4 * Math.log(1 - random()));
      }
      await clock.advance(1_000);
    }
    expect(countBySlidingWindow(arrivalsMs, 20).refused).toBeGreaterThan(0);
  });

  it('works down to one request a second', async () => {
    const requests = await saturate(1, ['OTHER'], 20_000, undefined);
    const gaps = requests.slice(1).map(({ leftMs }, index) => leftMs - (requests[index]?.leftMs ?? 0));
    expect(new Set(gaps)).toEqual(new Set([1_100]));
    expect(requests).toHaveLength(19);
  });

  it('never lets more than the budget leave within a window and its guard, whatever is asked when', async () => {
    const asks = fc.array(
      fc.record({ lane: fc.constantFrom(...rateLanes), pauseMs: fc.integer({ min: 0, max: 700 }), refuse: fc.nat(9) }),
      { minLength: 1, maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), asks, async (permits, steps) => {
        const clock = createFakeClock();
        const limiter = createRateLimiter({ clock, limit: { permits, windowMs: 1_000 }, budgetShare: 1 });
        const leftMs: number[] = [];
        for (const { lane, pauseMs, refuse } of steps) {
          const note = (): void => void leftMs.push(clock.monotonicMs());
          const permit = limiter.acquire(lane);
          if (typeof permit === 'number') {
            note();
          } else {
            permit.then(note, () => undefined);
          }
          if (refuse === 0) {
            limiter.report('REFUSED', lane);
            limiter.openOrderLane();
          }
          await clock.advance(pauseMs);
        }
        await clock.advance(20_000);
        for (const start of leftMs) {
          expect(leftMs.filter((each) => each >= start && each < start + 1_100).length).toBeLessThanOrEqual(permits);
        }
        expect(Object.values(limiter.state().waiting)).toEqual([0, 0, 0, 0, 0]);
        expect(clock.pendingTimers).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});
