import {
  type CancelOutcome,
  type CancelRequest,
  type OrderAdapter,
  BrokerError,
  RateLimitError,
  accountId,
  intentId,
  krw,
} from '@qts/core';
import { type FakeClock, buildExecutionIntent, createFakeClock, createRecordingLogger } from '@qts/core/testing';
import { createMemoryJournal } from '@qts/storage';
import { describe, expect, it } from 'vitest';
import { type ReplacingVenue, createReplacingVenue } from '../../test/support/replacing-venue.ts';
import { type OrderGateway } from '../gateway/order-gateway-contract.ts';
import { createOrderGateway } from '../gateway/order-gateway.ts';
import { type OrderTracker } from '../orders/order-tracker-contract.ts';
import { createOrderTracker } from '../orders/order-tracker.ts';
import { createSafetyLayer } from '../safety/safety-layer.ts';
import { type CancelAllReport, type CancelAllSettings, createCancelAll } from './cancel-all.ts';

const by = { requestedBy: 'kim', reason: 'halt' };

interface Started {
  readonly clock: FakeClock;
  readonly venue: ReplacingVenue;
  readonly tracker: OrderTracker;
  readonly gateway: OrderGateway;
  readonly run: (overrides?: Partial<CancelAllSettings>) => Promise<CancelAllReport>;
  /** The next reads fail. */
  failReads: number;
}

function start(): Started {
  const clock = createFakeClock();
  const venue = createReplacingVenue(clock);
  const tracker = createOrderTracker();
  const safety = createSafetyLayer({ clock, lockdownThreshold: 100 });
  const journal = createMemoryJournal();
  const gateway = createOrderGateway({
    ...{ broker: venue, journal, tracker, clock, safety, accountId: accountId('main') },
    checkOrder: () => ({ allowed: true, worstPriceKrw: krw(70_000) }),
  });
  const listOrders: OrderAdapter['listOrders'] = () => {
    if (started.failReads-- > 0) return Promise.reject(new BrokerError({ code: 'X', summary: 'Down.', next: 'Wait.' }));
    const orders = structuredClone(venue.rows.filter(({ leavesQuantity }) => leavesQuantity > 0));
    return Promise.resolve({ orders, complete: true, readStartedAtMs: clock.nowMs() });
  };
  const started: Started = {
    ...{ clock, venue, tracker, gateway, failReads: 0 },
    async run(overrides) {
      // A halted engine with a journal that is gone: neither may stand in the way.
      safety.setKillSwitch(true, by);
      journal.append = () => {
        throw new Error('disk full');
      };
      const all = createCancelAll({ adapter: { listOrders }, gateway, tracker, clock, ...overrides })(by);
      await clock.advance(180_000);
      return all;
    },
  };
  return started;
}

const place = (gateway: OrderGateway, id: string, quantity = 10): Promise<unknown> =>
  gateway.submitIntent(buildExecutionIntent({ intentId: id, quantity }));

describe('createCancelAll', () => {
  it('cancels every order of ours and proves by a list that none is left', async () => {
    const { venue, gateway, run } = start();
    for (const at of [1, 2, 3]) await place(gateway, `i${at}`, at);
    const report = await run();
    expect(report).toMatchObject({ isEmpty: true, left: [], canceledOrders: 3, cancelsSent: 3, completeReads: 2 });
    expect(venue.rows.every(({ leavesQuantity }) => leavesQuantity === 0)).toBe(true);
  });

  it('ends at once where nothing is open', async () => {
    expect(await start().run()).toMatchObject({ isEmpty: true, cancelsSent: 0, completeReads: 1, durationMs: 0 });
  });

  it('cancels a replaced order under all numbers that still work', async () => {
    const { venue, gateway, tracker, run } = start();
    await place(gateway, 'i1');
    const target = tracker.get(intentId('i1'))?.reference;
    if (target === undefined) throw new Error('no number');
    await venue.replaceOrder({
      ...{ clientOrderId: 'r1' as never, target, quantity: 4 as never, orderType: 'LIMIT' },
      ...{ limitPriceKrw: krw(69_000), timeInForce: 'DAY', session: 'REGULAR', dryRun: false },
    });
    expect(await run()).toMatchObject({ isEmpty: true, canceledOrders: 2 });
  });

  it.each([
    ['REQUESTED', { isEmpty: true, left: [] }],
    ['CONFIRMED', { isEmpty: true, left: [] }],
    ['TOO_LATE_FILLED', { isEmpty: true, left: [] }],
    ['TOO_LATE_CLOSED', { isEmpty: true, left: [] }],
    ['NOT_FOUND', { isEmpty: true, left: [] }],
    ['NOT_SENT', { isEmpty: true, left: [] }],
    ['UNKNOWN', { isEmpty: true, left: [] }],
    ['REFUSED_BY_SESSION', { isEmpty: false, left: [{ intentId: 'i1', outcome: 'REFUSED_BY_SESSION', opensAtMs: 9 }] }],
  ] as const satisfies readonly (readonly [CancelOutcome, object])[])(
    'believes the list and not the answer %s',
    async (outcome, expected) => {
      const { venue, gateway, run } = start();
      await place(gateway, 'i1');
      // Whatever was answered, the venue did nothing about this one.
      venue.cancelFates.push({ outcome, ...(outcome === 'REFUSED_BY_SESSION' ? { opensAtMs: 9 } : undefined) });
      expect(await run()).toMatchObject(expected);
      expect(venue.cancels).toHaveLength(outcome === 'REFUSED_BY_SESSION' ? 1 : 2);
    },
  );

  it('cancels what we know when the list cannot be read, and reads on', async () => {
    const started = start();
    await place(started.gateway, 'i1');
    started.failReads = 3;
    expect(await started.run()).toMatchObject({ isEmpty: true, failedReads: 3, canceledOrders: 1 });
  });

  it('says what is left when its time is over', async () => {
    const started = start();
    await place(started.gateway, 'i1');
    started.failReads = 1_000;
    started.venue.cancelFates.push(...Array.from({ length: 100 }, () => ({ outcome: 'NOT_SENT' }) as const));
    const report = await started.run({ timeoutMs: 20_000 });
    expect(report).toMatchObject({ isEmpty: false, durationMs: 20_000, completeReads: 0 });
    expect(report.left).toMatchObject([{ intentId: 'i1', leavesQuantity: 10, outcome: 'NOT_SENT' }]);
  });

  it('outlasts a minute in which the broker gives no token, and tells of it once with the time', async () => {
    const { clock, venue, gateway, run } = start();
    await place(gateway, 'i1');
    const logger = createRecordingLogger();
    const givenFromMs = clock.nowMs() + 60_000;
    const listOrders: OrderAdapter['listOrders'] = () => {
      const waitMs = givenFromMs - clock.nowMs();
      if (waitMs > 0) {
        const limited = { code: 'TOKEN_ISSUE_LIMITED', summary: 'Not yet.', facts: { waitMs }, next: 'Wait.' };
        return Promise.reject(new RateLimitError(limited));
      }
      const orders = structuredClone(venue.rows.filter(({ leavesQuantity }) => leavesQuantity > 0));
      return Promise.resolve({ orders, complete: true, readStartedAtMs: clock.nowMs() });
    };
    // Without a token no cancel leaves, either.
    venue.cancelFates.push(...Array.from({ length: 22 }, () => ({ outcome: 'NOT_SENT' }) as const));
    const report = await run({ adapter: { listOrders }, logger });
    expect(report).toMatchObject({ isEmpty: true, left: [], canceledOrders: 1 });
    expect(report).not.toHaveProperty('unreadCode');
    expect(logger.of('cancel-all-not-listed')).toEqual([{ code: 'TOKEN_ISSUE_LIMITED', again: 'in 60 s' }]);
  });

  it.each([
    ['never', 1_000, { unreadCode: 'X', completeReads: 0, left: [] }],
    ['not any more', 0, { unreadCode: 'X', completeReads: 1, left: [{ leavesQuantity: 10, outcome: 'NOT_SENT' }] }],
  ])('calls nothing empty when the list could %s be read, and names why', async (_, failFirst, expected) => {
    const started = start();
    const { clock, venue, run } = started;
    await venue.submitIntent(buildExecutionIntent({ intentId: 'somebody' }));
    venue.cancelFates.push(...Array.from({ length: 100 }, () => ({ outcome: 'NOT_SENT' }) as const));
    started.failReads = failFirst;
    clock.setTimer(() => (started.failReads = 1_000), 100);
    expect(await run({ scope: 'ALL', timeoutMs: 20_000 })).toMatchObject({ isEmpty: false, ...expected });
  });

  it('cancels by number alone where nobody waits for numbers, and names what has none', async () => {
    const { venue, gateway: whole, run } = start();
    venue.placeFates.push('LOST_BEFORE');
    await place(whole, 'i1');
    await venue.submitIntent(buildExecutionIntent({ intentId: 'somebody' }));
    const gateway = { cancelOrder: (request: CancelRequest) => venue.cancelOrder(request) };
    const report = await run({ scope: 'ALL', gateway, timeoutMs: 5_000 });
    expect(report).toMatchObject({ isEmpty: false, cancelsSent: 1, left: [{ intentId: 'i1' }] });
  });

  it('names an order that is not ours and leaves it alone, unless all are asked for', async () => {
    const { venue, run } = start();
    await venue.submitIntent(buildExecutionIntent({ intentId: 'somebody' }));
    const report = await run();
    expect(report).toMatchObject({ isEmpty: false, cancelsSent: 0, left: [{ leavesQuantity: 10 }] });
    expect(report.left[0]).not.toHaveProperty('intentId');
    expect(await run({ scope: 'ALL' })).toMatchObject({ isEmpty: true, cancelsSent: 1 });
  });

  it.each([
    ['a moment ago', 1],
    ['and replaced in part', 2],
  ])('cancels an order that was accepted %s, while the list does not show it yet', async (_, numbers) => {
    const { clock, venue, gateway, run } = start();
    const { reference: target } = await gateway.submitIntent(buildExecutionIntent());
    if (target === undefined) throw new Error('no number');
    if (numbers === 2) {
      await gateway.replaceOrder({
        ...{ clientOrderId: 'r1' as never, target, quantity: 4 as never, orderType: 'LIMIT' },
        ...{ limitPriceKrw: krw(69_000), timeInForce: 'DAY', session: 'REGULAR', dryRun: false },
      });
    }
    const seenFromMs = clock.nowMs() + 8_000;
    const listOrders: OrderAdapter['listOrders'] = () => {
      const open = venue.rows.filter(({ leavesQuantity }) => leavesQuantity > 0);
      const orders = clock.nowMs() < seenFromMs ? [] : structuredClone(open);
      return Promise.resolve({ orders, complete: true, readStartedAtMs: clock.nowMs() });
    };
    expect(await run({ adapter: { listOrders } })).toMatchObject({ isEmpty: true, canceledOrders: numbers });
    expect(venue.rows.every(({ leavesQuantity }) => leavesQuantity === 0)).toBe(true);
  });

  it('does not call a list empty that lacks an order of which nobody knows that its cancel arrived', async () => {
    const { venue, gateway, run } = start();
    await place(gateway, 'i1');
    venue.cancelFates.push(...Array.from({ length: 100 }, () => ({ outcome: 'UNKNOWN' }) as const));
    const listOrders: OrderAdapter['listOrders'] = () =>
      Promise.resolve({ orders: [], complete: true, readStartedAtMs: 1 });
    const report = await run({ adapter: { listOrders }, timeoutMs: 20_000 });
    expect(report).toMatchObject({ isEmpty: false, durationMs: 20_000 });
    expect(report.left).toMatchObject([{ intentId: 'i1', outcome: 'UNKNOWN' }]);
  });

  it('is not done while an order of ours has no number', async () => {
    const { venue, gateway, run } = start();
    venue.placeFates.push('LOST_BEFORE');
    await place(gateway, 'i1');
    const report = await run({ timeoutMs: 5_000 });
    expect(report).toMatchObject({ isEmpty: false, left: [{ intentId: 'i1' }], durationMs: 5_000 });
    expect(report.left[0]).not.toHaveProperty('reference');
  });

  it('leaves no timer behind', async () => {
    const { clock, gateway, run } = start();
    await place(gateway, 'i1');
    await run();
    expect(clock.pendingTimers).toBe(0);
  });

  it('wants a name and a reason', async () => {
    const { gateway, tracker, clock } = start();
    const adapter = { listOrders: () => Promise.reject(new Error('not asked')) };
    const cancelAll = createCancelAll({ adapter, gateway, tracker, clock });
    await expect(cancelAll({ requestedBy: '', reason: 'x' })).rejects.toMatchObject({ code: 'OPERATOR_UNNAMED' });
  });
});
