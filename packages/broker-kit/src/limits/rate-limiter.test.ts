import { type Logger } from '@qts/core';
import { type FakeClock, createFakeClock } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { type RateLane } from './rate-lanes.ts';
import { type RateLimiter, type RateLimiterSettings, createRateLimiter } from './rate-limiter.ts';

type Overrides = Partial<RateLimiterSettings>;

function start(permits: number, overrides: Overrides = {}): { clock: FakeClock; limiter: RateLimiter } {
  const clock = createFakeClock();
  const limiter = createRateLimiter({
    clock,
    limit: { permits, windowMs: 1_000 },
    budgetShare: 1,
    guardMs: 25,
    ...overrides,
  });
  return { clock, limiter };
}

/** Permits of a lane that are free at this moment; the first that is not is given up. */
function takeFree(limiter: RateLimiter, lane: RateLane): number {
  for (let count = 0; ; count += 1) {
    const controller = new AbortController();
    const permit = limiter.acquire(lane, { signal: controller.signal });
    if (typeof permit !== 'number') {
      permit.catch(() => undefined);
      controller.abort();
      return count;
    }
  }
}

/** Asks, and notes when the permit came. */
function ask(limiter: RateLimiter, clock: FakeClock, lane: RateLane, came: string[]): void {
  void Promise.resolve(limiter.acquire(lane, { deadlineMs: clock.nowMs() + 60_000 })).then(() =>
    came.push(`${lane} ${clock.monotonicMs()}`),
  );
}

describe('a free permit', () => {
  it('comes at once and without a promise, up to the budget', () => {
    const { limiter, clock } = start(10);
    expect(takeFree(limiter, 'RISK_CANCEL')).toBe(10);
    expect(limiter.state()).toMatchObject({ usedInWindow: 10, permitsPerWindow: 10 });
    expect(clock.pendingTimers).toBe(0);
  });

  it('is free again one window and the guard later, not before', async () => {
    const { limiter, clock } = start(2);
    takeFree(limiter, 'RISK_CANCEL');
    await clock.advance(1_024);
    expect(takeFree(limiter, 'RISK_CANCEL')).toBe(0);
    await clock.advance(1);
    expect(takeFree(limiter, 'RISK_CANCEL')).toBe(2);
  });

  it('counts from the moment that the request was marked as sent', async () => {
    const { limiter, clock } = start(1);
    const permit = limiter.acquire('ORDER') as number;
    await clock.advance(300); // A handshake.
    expect(limiter.markSent(permit, 'ORDER')).toBe(true);
    await clock.advance(1_024);
    expect(takeFree(limiter, 'ORDER')).toBe(0);
    await clock.advance(1);
    expect(takeFree(limiter, 'ORDER')).toBe(1);
    // Long given away, and no other is free: leaving now would break the limit.
    expect(limiter.markSent(permit, 'ORDER')).toBe(false);
    await clock.advance(1_025);
    // Given away still, but this time there is a free one to take.
    expect(limiter.markSent(permit, 'ORDER')).toBe(true);
    expect(takeFree(limiter, 'ORDER')).toBe(0);
  });

  it('counts from the answer of its request, once there is one', async () => {
    const { limiter, clock } = start(1, { guardMs: 100 });
    const permit = limiter.acquire('ORDER') as number;
    limiter.markSent(permit, 'ORDER');
    await clock.advance(12);
    limiter.markAnswered(permit);
    await clock.advance(500);
    limiter.markAnswered(permit); // Heard already.
    await clock.advance(499);
    expect(takeFree(limiter, 'ORDER')).toBe(0);
    await clock.advance(1);
    expect(takeFree(limiter, 'ORDER')).toBe(1);
  });

  it('counts from the guard when the answer is later, and when it comes after the permit was given away', async () => {
    const { limiter, clock } = start(1, { guardMs: 100 });
    const permit = limiter.acquire('ORDER') as number;
    limiter.markSent(permit, 'ORDER');
    await clock.advance(700);
    limiter.markAnswered(permit);
    await clock.advance(399);
    expect(takeFree(limiter, 'ORDER')).toBe(0);
    await clock.advance(1);
    const next = limiter.acquire('ORDER') as number;
    await clock.advance(50);
    limiter.markAnswered(permit);
    limiter.markAnswered(next);
    await clock.advance(999);
    expect(takeFree(limiter, 'ORDER')).toBe(0);
    await clock.advance(1);
    expect(takeFree(limiter, 'ORDER')).toBe(1);
  });

  it('counts from what the answer was later than the quickest of 128, and 2 ms', async () => {
    const { limiter, clock } = start(1, { guardMs: 100 });
    const roundTrip = async (ms: number): Promise<void> => {
      const permit = await limiter.acquire('RISK_CANCEL');
      limiter.markSent(permit, 'RISK_CANCEL');
      await clock.advance(ms);
      limiter.markAnswered(permit);
    };
    for (let count = 0; count < 128; count += 1) {
      await roundTrip(count === 60 ? 30 : 50);
      await clock.advance(1_000);
    }
    await roundTrip(35);
    await clock.advance(999 - (30 - 2));
    expect(takeFree(limiter, 'ORDER')).toBe(0);
    await clock.advance(1);
    expect(takeFree(limiter, 'ORDER')).toBe(1);
  });

  it('goes at once to who waits, when an answer that took longer than a window frees it', async () => {
    const { limiter, clock } = start(1, { guardMs: 100 });
    const send = async (): Promise<void> => {
      const permit = await limiter.acquire('RISK_CANCEL');
      limiter.markSent(permit, 'RISK_CANCEL');
      clock.setTimer(() => {
        limiter.markAnswered(permit);
      }, 1_080);
    };
    for (let count = 0; count < 128; count += 1) {
      await send();
      await clock.advance(1_100);
    }
    await send();
    const came: string[] = [];
    const sentAtMs = clock.monotonicMs();
    // A cancel has no deadline: nothing else would wake it.
    void Promise.resolve(limiter.acquire('RISK_CANCEL')).then(() => came.push(`${clock.monotonicMs() - sentAtMs}`));
    await clock.advance(10_000);
    expect(came).toEqual(['1080']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('wakes who waits as soon as an answer lets it', async () => {
    const { limiter, clock } = start(1, { guardMs: 100 });
    const came: string[] = [];
    const permit = limiter.acquire('ORDER') as number;
    limiter.markSent(permit, 'ORDER');
    ask(limiter, clock, 'ORDER', came);
    await clock.advance(20);
    limiter.markAnswered(permit);
    await clock.advance(2_000);
    expect(came).toEqual(['ORDER 1020']);
  });

  it.each([
    [18, undefined, 16],
    [20, 0.9, 18],
    [1, undefined, 1],
    [2, 0.5, 1],
    [5, 1, 5],
  ])('of a limit of %d at share %s there are %d', (permits, budgetShare, budget) => {
    const limiter = createRateLimiter({
      clock: createFakeClock(),
      limit: { permits, windowMs: 1_000 },
      ...(budgetShare === undefined ? {} : { budgetShare }),
    });
    expect(takeFree(limiter, 'RISK_CANCEL')).toBe(budget);
  });
});

describe('lanes', () => {
  it('keep 20 % for cancels and 10 % for reads of orders', () => {
    const { limiter } = start(20);
    expect(takeFree(limiter, 'OTHER')).toBe(1); // Spread evenly: one at a time.
    expect(takeFree(limiter, 'ORDER')).toBe(13);
    expect(takeFree(limiter, 'ORDER_READ')).toBe(2);
    expect(takeFree(limiter, 'RISK_CANCEL')).toBe(4);
  });

  it('give a cancel a permit at once behind a full queue of orders', () => {
    const { limiter, clock } = start(20);
    takeFree(limiter, 'ORDER');
    const came: string[] = [];
    for (let count = 0; count < 50; count += 1) {
      ask(limiter, clock, 'ORDER', came);
    }
    expect(typeof limiter.acquire('RISK_CANCEL')).toBe('number');
  });

  it('serve who waits by priority, and in one lane in the order of asking', async () => {
    const { limiter, clock } = start(1, { guardMs: 0 });
    const came: string[] = [];
    takeFree(limiter, 'ORDER');
    for (const lane of ['OTHER', 'RECONCILE', 'ORDER', 'ORDER_READ', 'RISK_CANCEL', 'ORDER'] as const) {
      ask(limiter, clock, lane, came);
    }
    await clock.advance(7_000);
    expect(came).toEqual([
      'RISK_CANCEL 1000',
      'ORDER_READ 2000',
      'ORDER 3000',
      'ORDER 4000',
      'RECONCILE 5000',
      'OTHER 6000',
    ]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('hold orders to half of the budget while somebody below waits, and only then', async () => {
    const { limiter, clock } = start(20, { guardMs: 0 });
    const came: string[] = [];
    takeFree(limiter, 'RISK_CANCEL');
    for (let count = 0; count < 30; count += 1) {
      ask(limiter, clock, 'ORDER', came);
      ask(limiter, clock, 'OTHER', came);
    }
    await clock.advance(1_999);
    expect(came.filter((each) => each.startsWith('ORDER'))).toHaveLength(10);
    expect(came.filter((each) => each.startsWith('OTHER')).length).toBeGreaterThanOrEqual(4);
  });

  it('spread reconciliation and the rest evenly over the window', async () => {
    const { limiter, clock } = start(10, { guardMs: 0 });
    const came: string[] = [];
    for (let count = 0; count < 4; count += 1) {
      ask(limiter, clock, 'RECONCILE', came);
    }
    await clock.advance(400);
    expect(came).toEqual(['RECONCILE 0', 'RECONCILE 100', 'RECONCILE 200', 'RECONCILE 300']);
  });

  it('can be given other shares', () => {
    const { limiter } = start(10, { shares: { RISK_CANCEL: { reserved: 0.5, max: 1 } } });
    expect(takeFree(limiter, 'ORDER')).toBe(4);
  });
});

describe('waiting', () => {
  it('is refused at once when the queue of the lane is full', async () => {
    const { limiter, clock } = start(1, { queueMax: 2 });
    const came: string[] = [];
    takeFree(limiter, 'ORDER');
    ask(limiter, clock, 'ORDER', came);
    ask(limiter, clock, 'ORDER', came);
    await expect(limiter.acquire('ORDER')).rejects.toMatchObject({ code: 'RATE_LIMIT_QUEUE_FULL', sent: 'NOT_SENT' });
    ask(limiter, clock, 'RISK_CANCEL', came);
    await clock.advance(1_025);
    expect(came).toEqual(['RISK_CANCEL 1025']);
  });

  it('is refused to no cancel: neither the length of the queue nor its time ends one', async () => {
    const { limiter, clock } = start(1, { queueMax: 2, waitMsMax: 700 });
    const permits = Array.from({ length: 120 }, async () => limiter.acquire('RISK_CANCEL'));
    await clock.advance(120 * 1_025);
    expect(await Promise.all(permits)).toHaveLength(120);
    expect(clock.pendingTimers).toBe(0);
  });

  it('ends with NOT_SENT at the deadline, or after the default time', async () => {
    const { limiter, clock } = start(1, { waitMsMax: 700 });
    takeFree(limiter, 'ORDER');
    const refusal = { code: 'RATE_LIMIT_DEADLINE', sent: 'NOT_SENT', facts: { lane: 'ORDER' } };
    const first = expect(limiter.acquire('ORDER', { deadlineMs: clock.nowMs() + 500 })).rejects.toMatchObject(refusal);
    const second = expect(limiter.acquire('ORDER')).rejects.toMatchObject(refusal);
    await expect(limiter.acquire('ORDER', { deadlineMs: clock.nowMs() })).rejects.toMatchObject(refusal);
    await clock.advance(500);
    await first;
    expect(limiter.state().waiting.ORDER).toBe(1);
    await clock.advance(200);
    await second;
    expect(limiter.state().waiting.ORDER).toBe(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it('ends with NOT_SENT when the signal aborts, and the place in the line goes to the next', async () => {
    const { limiter, clock } = start(1);
    takeFree(limiter, 'ORDER');
    const controller = new AbortController();
    const order = limiter.acquire('ORDER', { signal: controller.signal });
    const came: string[] = [];
    ask(limiter, clock, 'ORDER', came);
    controller.abort();
    await expect(order).rejects.toMatchObject({ code: 'ABORTED_BEFORE_SEND', sent: 'NOT_SENT' });
    await clock.advance(1_025);
    expect(came).toEqual(['ORDER 1025']);
    await expect(limiter.acquire('ORDER', { signal: controller.signal })).rejects.toMatchObject({
      code: 'ABORTED_BEFORE_SEND',
    });
  });

  it('takes a deadline in a thousand years for what it is', async () => {
    const { limiter, clock } = start(1);
    takeFree(limiter, 'ORDER');
    limiter.report('REFUSED', 'ORDER');
    const came: string[] = [];
    void Promise.resolve(limiter.acquire('ORDER', { deadlineMs: Number.MAX_SAFE_INTEGER })).then(() =>
      came.push('came'),
    );
    await clock.advance(120_000);
    expect(came).toEqual([]);
    limiter.openOrderLane();
    await clock.settle();
    expect(came).toEqual(['came']);
  });

  it('ends when the limiter is closed', async () => {
    const { limiter, clock } = start(1);
    takeFree(limiter, 'ORDER');
    const order = expect(limiter.acquire('ORDER')).rejects.toMatchObject({ code: 'SESSION_CLOSED', sent: 'NOT_SENT' });
    limiter.close();
    limiter.close();
    await order;
    await expect(limiter.acquire('RISK_CANCEL')).rejects.toMatchObject({ code: 'SESSION_CLOSED' });
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('a refusal by the broker', () => {
  it('halves the rate for 10 s, which then climbs by one a second each second', async () => {
    const { limiter, clock } = start(16);
    limiter.report('REFUSED', 'OTHER');
    const seen: number[] = [];
    for (let second = 0; second <= 20; second += 1) {
      seen.push(limiter.state().permitsPerWindow);
      await clock.advance(1_000);
    }
    expect(seen).toEqual([8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 9, 10, 11, 12, 13, 14, 15, 16, 16, 16]);
  });

  it('counts a storm within one window as one, and a later one again', async () => {
    const { limiter, clock } = start(16);
    limiter.report('REFUSED', 'OTHER');
    limiter.report('REFUSED', 'OTHER');
    await clock.advance(999);
    limiter.report('REFUSED', 'OTHER');
    expect(limiter.state().permitsPerWindow).toBe(8);
    await clock.advance(1);
    limiter.report('REFUSED', 'OTHER');
    expect(limiter.state().permitsPerWindow).toBe(4);
    for (let count = 0; count < 20; count += 1) {
      await clock.advance(1_000);
      limiter.report('REFUSED', 'OTHER');
    }
    expect(limiter.state().permitsPerWindow).toBe(1);
  });

  it('stretches the window when the budget is one permit', async () => {
    const { limiter, clock } = start(1);
    takeFree(limiter, 'OTHER');
    limiter.report('REFUSED', 'OTHER');
    await clock.advance(2_024);
    expect(takeFree(limiter, 'RISK_CANCEL')).toBe(0);
    await clock.advance(1);
    expect(takeFree(limiter, 'RISK_CANCEL')).toBe(1);
  });

  it('keeps the order lane shut until a confirming read succeeded; cancels and reads go on', async () => {
    const { limiter, clock } = start(20);
    limiter.report('REFUSED', 'ORDER');
    const came: string[] = [];
    ask(limiter, clock, 'ORDER', came);
    expect(limiter.state()).toMatchObject({ orderLaneShut: true, waiting: { ORDER: 1 } });
    expect(typeof limiter.acquire('RISK_CANCEL')).toBe('number');
    expect(typeof limiter.acquire('ORDER_READ')).toBe('number');
    await clock.advance(5_000);
    expect(came).toEqual([]);
    limiter.openOrderLane();
    await clock.settle();
    expect(came).toEqual(['ORDER 5000']);
    expect(limiter.state().orderLaneShut).toBe(false);
  });

  it('of a cancel or a read shuts nothing', () => {
    const { limiter } = start(20);
    limiter.report('REFUSED', 'RISK_CANCEL');
    limiter.report('REFUSED', 'ORDER_READ');
    expect(limiter.state().orderLaneShut).toBe(false);
  });

  it('without traffic of our own raises an alarm: somebody else uses the key', () => {
    const events: string[] = [];
    const note = (event: string): void => void events.push(event);
    const logger: Logger = { debug: note, info: note, warn: note, error: note };
    const { limiter } = start(20, { logger });
    takeFree(limiter, 'RISK_CANCEL');
    limiter.report('REFUSED', 'OTHER');
    expect(events).toEqual(['rate-refused']);
    const other = start(20, { logger }).limiter;
    expect(takeFree(other, 'OTHER')).toBe(1);
    other.report('REFUSED', 'OTHER');
    expect(events.slice(1)).toEqual(['rate-refused', 'rate-refused-without-own-traffic']);
  });
});

describe('settings', () => {
  it.each<[Overrides, string]>([
    [{ limit: { permits: 0, windowMs: 1_000 } }, 'limit.permits'],
    [{ limit: { permits: 1.5, windowMs: 1_000 } }, 'limit.permits'],
    [{ limit: { permits: 1, windowMs: 0 } }, 'limit.windowMs'],
    [{ budgetShare: 0 }, 'budgetShare'],
    [{ budgetShare: 1.1 }, 'budgetShare'],
    [{ guardMs: -1 }, 'guardMs'],
    [{ queueMax: -1 }, 'queueMax'],
    [{ waitMsMax: Number.NaN }, 'waitMsMax'],
  ])('%o are refused: %s', (overrides, setting) => {
    expect(() => start(10, overrides)).toThrow(
      expect.objectContaining({
        code: 'RATE_LIMITER_NOT_VALID',
        facts: expect.objectContaining({ setting }) as unknown,
      }),
    );
  });

  it('with reserves that leave nothing are refused', () => {
    expect(() => start(10, { shares: { ORDER: { reserved: 0.7, max: 1 } } })).toThrow(
      expect.objectContaining({ code: 'LANE_SHARES_NOT_VALID' }),
    );
  });
});
