import { type OrderReference, type ReplaceRequest, accountId, clientOrderId, intentId, krw, shares } from '@qts/core';
import { type FakeClock, buildExecutionIntent, createFakeClock } from '@qts/core/testing';
import { type MemoryJournal, createMemoryJournal } from '@qts/storage';
import { describe, expect, it } from 'vitest';
import { boot } from '../../test/support/crashable-engine.ts';
import { type ReplacingVenue, createReplacingVenue } from '../../test/support/replacing-venue.ts';
import { codesIn, createWorld, intentIn, recordsIn, startIn } from '../../test/support/world.ts';
import { type OrderTracker } from '../orders/order-tracker-contract.ts';
import { createOrderTracker } from '../orders/order-tracker.ts';
import { orderFailurePolicyDefault } from '../safety/order-failure.ts';
import { createSafetyLayer } from '../safety/safety-layer.ts';
import { createInMemoryNotifier } from '../safety/safety-notifier.ts';
import { createUnknownReplaces } from '../unknown/unknown-replaces.ts';
import { type OrderGateway } from './order-gateway-contract.ts';
import { createOrderGateway } from './order-gateway.ts';

const id = intentId('intent-1');

interface Started {
  readonly clock: FakeClock;
  readonly venue: ReplacingVenue;
  readonly tracker: OrderTracker;
  readonly gateway: OrderGateway;
  readonly journal: MemoryJournal;
  readonly root: OrderReference;
  readonly alarms: () => readonly string[];
  /** The replace that was lost arrives. */
  readonly land: (fields?: Partial<ReplaceRequest>) => Promise<void>;
  /** A list of these numbers is read; default: all. */
  readonly list: (...numbers: string[]) => Promise<void>;
  /** Numbers that a cancel named, in order. */
  readonly canceled: () => readonly string[];
}

function replaceOf(target: OrderReference, fields: Partial<ReplaceRequest> = {}): ReplaceRequest {
  return {
    ...{ clientOrderId: clientOrderId('replace-1'), target, orderType: 'LIMIT', limitPriceKrw: krw(69_000) },
    ...{ timeInForce: 'DAY', session: 'REGULAR', dryRun: false },
    ...fields,
  };
}

/** An order of ten shares whose replace was lost, looked for, and called absent. */
async function startWithAbsentReplace(): Promise<Started> {
  const clock = createFakeClock();
  const venue = createReplacingVenue(clock);
  const tracker = createOrderTracker();
  const journal = createMemoryJournal();
  const notifier = createInMemoryNotifier();
  const safety = createSafetyLayer({ clock, notifier, lockdownThreshold: 100 });
  const about = { accountId: accountId('main'), journal, tracker, clock, safety };
  const checkOrder = () => ({ allowed: true, worstPriceKrw: krw(70_000) }) as const;
  const failurePolicy = { ...orderFailurePolicyDefault, UNKNOWN: 'anomaly' } as const;
  const gateway = createOrderGateway({ ...about, broker: venue, checkOrder, failurePolicy });
  const listed = (numbers: readonly string[]) => ({
    orders: structuredClone(numbers.length === 0 ? venue.rows : numbers.map((number) => venue.row(number))),
    readStartedAtMs: clock.nowMs(),
  });
  const listOrders = () => Promise.resolve({ ...listed([]), complete: true });
  const replaces = createUnknownReplaces({ ...about, adapter: { listOrders }, gateway });
  const { reference: root } = await gateway.submitIntent(buildExecutionIntent());
  if (root === undefined) throw new Error('the order has no number');
  venue.replaceFates.push('LOST_BEFORE');
  await gateway.replaceOrder(replaceOf(root));
  await clock.advance(30_000);
  expect([replaces.open, tracker.get(id)?.openReplace]).toEqual([[], undefined]);
  return {
    ...{ clock, venue, tracker, gateway, journal, root },
    alarms: () => notifier.notifications.map(({ safetyCode }) => safetyCode).filter((code) => code !== 'FS042'),
    async land(fields) {
      await venue.replaceOrder(replaceOf(root, { clientOrderId: clientOrderId('late'), ...fields }));
    },
    async list(...numbers) {
      tracker.applyList(listed(numbers));
      await clock.settle();
    },
    canceled: () => venue.cancels.map(({ target }) => target.brokerOrderId),
  };
}

describe('a replace that lands after its order was canceled', () => {
  it('is canceled as soon as a list shows it, once, with a warning', async () => {
    const { gateway, venue, tracker, journal, root, alarms, land, list, canceled } = await startWithAbsentReplace();
    await land();
    expect(await gateway.cancelOrder({ target: root, dryRun: false })).toMatchObject({ outcome: 'TOO_LATE_CLOSED' });
    await list('1');
    expect(canceled()).toEqual(['1']);
    await list();
    expect(canceled()).toEqual(['1', '2']);
    await list();
    await list();
    expect([canceled(), alarms()]).toEqual([['1', '2'], ['AN070']]);
    expect(venue.row('2').leavesQuantity).toBe(0);
    expect(tracker.get(id)).toMatchObject({ status: 'CANCELED', leavesQuantity: 0 });
    expect(journal.records.slice(-2)).toMatchObject([
      { type: 'cancel-sending', correlationId: id, body: { target: { brokerOrderId: '2' } } },
      { type: 'cancel-answered', correlationId: id, body: { outcome: 'REQUESTED' } },
    ]);
  });

  it('is canceled though lists had called all of the order canceled', async () => {
    const { clock, gateway, venue, tracker, root, land, list, canceled } = await startWithAbsentReplace();
    await land();
    await gateway.cancelIntent(id);
    await list('1');
    await clock.advance(30_000);
    await list('1');
    expect(tracker.get(id)?.status).toBe('CANCELED');
    await list();
    expect([canceled(), venue.row('2').leavesQuantity]).toEqual([[root.brokerOrderId, '2'], 0]);
  });

  it('is canceled when it moved a part, and the rest was canceled under the old number', async () => {
    const { gateway, venue, root, land, list, canceled } = await startWithAbsentReplace();
    await land({ quantity: shares(4) });
    await gateway.cancelOrder({ target: root, dryRun: false });
    await list();
    expect(canceled()).toEqual(['1', '2']);
    expect(venue.rows.every(({ leavesQuantity }) => leavesQuantity === 0)).toBe(true);
  });

  it('is canceled once when it is listed while the first cancel is still out', async () => {
    const { gateway, venue, root, land, list, canceled } = await startWithAbsentReplace();
    await land();
    venue.beforeAnswer = () => {
      venue.beforeAnswer = () => undefined;
      return list();
    };
    await gateway.cancelOrder({ target: root, dryRun: false });
    await list();
    expect([canceled(), venue.row('2').leavesQuantity]).toEqual([['1', '2'], 0]);
  });

  it('is only told when all of it has filled', async () => {
    const { gateway, venue, root, alarms, land, list, canceled } = await startWithAbsentReplace();
    await land();
    await gateway.cancelOrder({ target: root, dryRun: false });
    venue.fill('2', 10);
    await list();
    expect([canceled(), alarms()]).toEqual([['1'], ['AN070']]);
  });

  it.each([
    ['nobody canceled the order', undefined],
    ['a part alone was canceled', { quantity: shares(4), dryRun: false }],
    ['the cancel was a dry run', { dryRun: true }],
  ])('stays when %s', async (_, cancel) => {
    const { gateway, venue, root, land, list } = await startWithAbsentReplace();
    if (cancel !== undefined) await gateway.cancelOrder({ target: root, ...cancel });
    await land();
    await list();
    expect(venue.row('2').leavesQuantity).toBeGreaterThan(0);
  });

  it('stays when somebody has replaced the order since: who changes it wants it', async () => {
    const { gateway, venue, root, list } = await startWithAbsentReplace();
    venue.cancelFates.push({ outcome: 'REFUSED_BY_SESSION' });
    await gateway.cancelOrder({ target: root, dryRun: false });
    await gateway.replaceOrder(replaceOf(root, { clientOrderId: clientOrderId('replace-2') }));
    await list();
    expect(venue.row('2').leavesQuantity).toBe(10);
  });
});

describe('a canceled order, over a restart', () => {
  /** Its replace was dropped and called absent; it lands for all that, and a cancel finds nothing left. */
  async function cancelAndCrash(listLagMs: number) {
    const world = createWorld();
    const { venue, clock } = world;
    const process = boot(world);
    await clock.advance(1_000);
    const { engine } = process;
    if (engine === undefined) throw new Error('the process did not come up');
    engine.submit(intentIn(world));
    await clock.advance(200);
    const target = engine.tracker.get(id)?.reference;
    if (target === undefined) throw new Error('the order has no number');
    venue.replaceFates.push('DROPPED');
    engine.replace(id, 69_000);
    await clock.advance(31_000);
    venue.listLagMs = listLagMs;
    await venue.adapter.replaceOrder(replaceOf(target, { clientOrderId: clientOrderId('late') }));
    engine.cancel(id);
    await clock.advance(200);
    process.kill(false);
    expect(venue.cancels.map(({ brokerOrderId }) => brokerOrderId)).toEqual(['1000']);
    return world;
  }

  it.each([0, 5_000, 60_000])('has a replace canceled that is listed only then (%s ms late)', async (listLagMs) => {
    const world = await cancelAndCrash(listLagMs);
    const next = boot(world);
    await world.clock.advance(120_000);
    expect(world.venue.cancels.map(({ brokerOrderId }) => brokerOrderId)).toEqual(['1000', '1001']);
    expect(next.engine?.tracker.get(id)).toMatchObject({ status: 'CANCELED' });
    expect(codesIn(world).filter((code) => code === 'AN070')).toHaveLength(1);
  });

  it('is left alone when the cancel that was on its way was a dry run', async () => {
    const world = createWorld();
    const process = boot(world);
    await world.clock.advance(1_000);
    process.engine?.submit(intentIn(world));
    await world.clock.advance(200);
    const target = process.engine?.tracker.get(id)?.reference;
    if (target === undefined) throw new Error('the order has no number');
    void process.engine?.gateway.cancelOrder({ target, dryRun: true });
    process.kill(false);
    boot(world);
    await world.clock.advance(60_000);
    expect(world.venue.cancels).toEqual([]);
  });

  it('has it canceled wherever the next process dies between its listing and its cancel', async () => {
    let deaths = 0;
    for (let atRecord = 1; ; atRecord++) {
      const world = await cancelAndCrash(5_000);
      const next = boot(world, { atRecord, when: 'WRITTEN', losesPower: false });
      await world.clock.advance(60_000);
      if (!next.isDead) break;
      deaths++;
      const last = boot(world);
      await world.clock.advance(120_000);
      expect([atRecord, world.venue.orders.map(({ row }) => row.leavesQuantity)]).toEqual([atRecord, [0, 0]]);
      expect(last.engine?.tracker.get(id)?.status).toBe('CANCELED');
    }
    expect(deaths).toBeGreaterThan(3);
  });
});

describe('an order that is replaced and then canceled', () => {
  const fates = ['ANSWERED', 'LOST', 'DROPPED'] as const;
  const cases = fates.flatMap((replaced) =>
    fates.flatMap((canceled) => [0, 200, 31_000].map((afterMs) => [replaced, canceled, afterMs] as const)),
  );

  it.each(cases)(
    'rests nowhere, wherever the process dies after the cancel was written (replace %s, cancel %s %s ms later)',
    async (replaced, canceled, afterMs) => {
      let judged = 0;
      for (let atRecord = 1, isDead = true; isDead; atRecord++) {
        const world = createWorld();
        const { clock, venue } = world;
        const process = boot(world, { atRecord, when: 'WRITTEN', losesPower: false });
        await clock.advance(1_000);
        process.engine?.submit(intentIn(world));
        await clock.advance(200);
        venue.listLagMs = 1_000;
        venue.replaceFates.push(replaced);
        venue.cancelFates.push(canceled);
        process.engine?.replace(id, 69_000);
        if (afterMs > 0) await clock.advance(afterMs);
        process.engine?.cancel(id);
        await clock.advance(40_000);
        ({ isDead } = process);
        if (isDead) boot(world);
        await clock.advance(120_000);
        const wants = recordsIn(world, 'cancel-sending').length > 0;
        if (!wants) continue;
        judged++;
        expect([atRecord, venue.orders.map(({ row }) => row.leavesQuantity)]).toEqual([
          atRecord,
          venue.orders.map(() => 0),
        ]);
      }
      expect(judged).toBeGreaterThan(1);
    },
  );
});

describe('an order that lands when nobody wants it any more', () => {
  it.each(['its life is over', 'somebody canceled it'])(
    'is canceled wherever the process dies that sees it land (%s)',
    async (why) => {
      let deaths = 0;
      for (let atRecord = 1; ; atRecord++) {
        const world = createWorld();
        world.venue.fates.push({ kind: 'LOST', landsAfterMs: 60_000 });
        const engine = await startIn(world);
        const isStale = why === 'its life is over';
        engine.submit(intentIn(world, isStale ? { validUntilMs: world.clock.nowMs() + 1_000 } : {}));
        await world.clock.advance(40_000);
        if (!isStale) await engine.gateway.cancelIntent(id);
        engine.resolver.close();
        engine.reconciler.close();
        const next = boot(world, { atRecord, when: 'WRITTEN', losesPower: false });
        await world.clock.advance(120_000);
        if (!next.isDead) break;
        deaths++;
        boot(world);
        await world.clock.advance(120_000);
        expect([atRecord, world.venue.orders.map(({ row }) => row.leavesQuantity)]).toEqual([atRecord, [0]]);
      }
      expect(deaths).toBeGreaterThan(3);
    },
  );
});

describe('an order without a number that somebody canceled', () => {
  it('is canceled when it lands after a restart that still watches for it', async () => {
    const world = createWorld();
    world.venue.fates.push({ kind: 'LOST', landsAfterMs: 120_000 });
    const engine = await startIn(world);
    engine.submit(intentIn(world));
    await world.clock.advance(300);
    const canceling = engine.gateway.cancelIntent(id);
    await world.clock.advance(40_000);
    expect(await canceling).toMatchObject({ outcome: 'NOT_FOUND' });
    engine.resolver.close();
    engine.reconciler.close();
    const next = boot(world);
    await world.clock.advance(240_000);
    expect(world.venue.cancels).toMatchObject([{ brokerOrderId: '1000' }]);
    expect(next.engine?.tracker.get(id)?.status).toBe('CANCELED');
  });
});
