import {
  type IntentId,
  type JournalEntry,
  accountId,
  clientOrderId,
  krw,
  shares,
  symbolCode,
  tradingDate,
} from '@qts/core';
import { buildExecutionIntent, buildOrderRequest, createFakeClock } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import {
  type CrashableEngine,
  type World,
  accountOf,
  boot,
  startingCashKrw,
} from '../../test/support/crashable-engine.ts';
import { venueDate } from '../../test/support/lossy-venue.ts';
import { codesIn, createWorld, intentIn, recordsIn, startIn, worldStartMs } from '../../test/support/world.ts';
import { createTradingStates } from '../guards/trading-state.ts';
import { createOrderTracker } from '../orders/order-tracker.ts';
import { createSafetyLayer } from '../safety/safety-layer.ts';
import { readAccountOpening } from './account-opening.ts';
import { foldJournal } from './fold-journal.ts';
import { closeLeftOverOrder } from './left-over-orders.ts';

const samsung = symbolCode('005930');
const yesterdayMs = worldStartMs - 86_400_000;
const first = 'intent-1' as IntentId;

/** The same disk and venue under the next process. */
async function restart(world: World, losesPower = false): Promise<ReturnType<typeof boot>> {
  world.store.losePower(losesPower ? 0 : Infinity);
  return Promise.resolve(boot(world));
}

async function engineOf(process: ReturnType<typeof boot>, world: World): Promise<CrashableEngine> {
  await world.clock.settle();
  if (process.engine === undefined) throw new Error('the process did not come up');
  return process.engine;
}

/** What an earlier process left on the disk. */
function leave(world: World, entries: readonly Partial<JournalEntry>[]): void {
  const journal = world.store.open();
  for (const entry of entries) {
    const whole = {
      type: 'intent-recorded',
      occurredAtMs: worldStartMs,
      correlationId: first,
      body: {},
      ...entry,
    } as const;
    journal.append(whole, 'BARRIER');
  }
}

describe('recoverAtStart', () => {
  it('denies every order until it agrees with the broker, and lets every cancel pass', async () => {
    const world = createWorld();
    const { submit } = await startIn(world);
    submit(intentIn(world));
    await world.clock.advance(1_000);
    world.venue.readFaults.push(undefined, 'HANGS');
    const process = await restart(world);
    const engine = await engineOf(process, world);
    expect(process.report).toBeUndefined();
    const denied = await engine.gateway.submitIntent(intentIn(world, { intentId: 'i-2' }));
    expect(denied).toMatchObject({ outcome: 'NOT_SENT', code: 'G_EXE_RECONCILING' });
    const [order] = engine.tracker.list();
    if (order?.reference === undefined) throw new Error('the order is restored with its number');
    expect(await engine.gateway.cancelOrder({ target: order.reference, dryRun: false })).toMatchObject({
      outcome: 'REQUESTED',
    });
    await world.clock.advance(45_000);
    expect(process.report).toMatchObject({ outcome: 'OPEN', why: [] });
    expect(await engine.gateway.submitIntent(intentIn(world, { intentId: 'i-3' }))).toMatchObject({ accepted: true });
  });

  it('stays closed when the broker cannot be read, and opens when it is run again', async () => {
    const world = createWorld();
    await startIn(world);
    const process = await restart(world);
    world.venue.readFaults.push(...Array.from({ length: 17 }, () => 'FAILS' as const));
    await world.clock.advance(60_000);
    expect(process.report).toMatchObject({ outcome: 'CLOSED' });
    const engine = await engineOf(process, world);
    expect(await engine.gateway.submitIntent(intentIn(world))).toMatchObject({ code: 'G_EXE_RECONCILING' });
    const again = engine.recovery.run();
    await world.clock.advance(5_000);
    expect(await again).toMatchObject({ outcome: 'OPEN' });
    expect(await engine.gateway.submitIntent(intentIn(world, { intentId: 'i-2' }))).toMatchObject({ accepted: true });
    expect(recordsIn(world, 'reconciled').map(({ body }) => body['outcome'])).toEqual(['OPEN', 'CLOSED', 'OPEN']);
  });

  it('goes on with the time that an unknown order has had, and reads at once', async () => {
    const world = createWorld();
    world.venue.fates.push({ kind: 'DROPPED' });
    const { submit } = await startIn(world);
    submit(intentIn(world));
    await world.clock.advance(5_000);
    world.store.losePower(Infinity);
    await world.clock.advance(600_000);
    const process = await restart(world);
    await world.clock.advance(9_000);
    expect(recordsIn(world, 'command-absent')).toEqual([]);
    await world.clock.advance(6_000);
    expect(recordsIn(world, 'command-absent')).toMatchObject([{ correlationId: first, body: { completeReads: 3 } }]);
    const engine = await engineOf(process, world);
    expect(await engine.gateway.find(first)).toMatchObject({ status: 'ABSENT' });
    expect(world.venue.posts).toHaveLength(1);
  });

  it('leaves to a person what was a person’s, and says why it trades less', async () => {
    const world = createWorld();
    world.venue.fates.push({ kind: 'DROPPED' });
    const { submit } = await startIn(world);
    submit(intentIn(world));
    await world.clock.advance(300);
    world.venue.placeByOthers(buildOrderRequest(), undefined);
    await world.clock.advance(70_000);
    expect(recordsIn(world, 'command-escalated')).toHaveLength(1);
    const told = codesIn(world);
    const process = await restart(world);
    await world.clock.advance(10_000);
    const engine = await engineOf(process, world);
    expect(engine.resolver.open).toEqual([{ intentId: first, escalated: 'ORIGIN_UNCLEAR' }]);
    expect(process.report?.why[0]).toBe('nobody knows what became of order intent-1 (ORIGIN_UNCLEAR)');
    expect(engine.restrictions).toMatchObject([{ to: 'REDUCE_ONLY', code: 'FS043', symbol: samsung }]);
    expect(codesIn(world)).toEqual(told);
    expect(recordsIn(world, 'command-escalated')).toHaveLength(1);
    const by = { requestedBy: 'kim', reason: 'looked at the account' };
    const decided = engine.resolver.decide({ intentId: first, end: 'ABSENT', ...by });
    await world.clock.advance(1_000);
    expect(await decided).toMatchObject({ status: 'ABSENT' });
  });

  it('watches on for an order that was absent, and adopts it when it lands', async () => {
    const world = createWorld();
    world.venue.fates.push({ kind: 'LOST', landsAfterMs: 200_000 });
    const { submit } = await startIn(world);
    submit(intentIn(world));
    await world.clock.advance(60_000);
    expect(recordsIn(world, 'command-absent')).toHaveLength(1);
    const process = await restart(world);
    await world.clock.advance(300_000);
    const engine = await engineOf(process, world);
    expect(recordsIn(world, 'command-adopted')).toMatchObject([{ body: { late: true } }]);
    expect(engine.tracker.list()).toMatchObject([{ status: 'ACCEPTED', reference: { brokerOrderId: '1000' } }]);
    expect(world.venue.posts).toHaveLength(1);
  });

  it('brings a cancel to its end that may not have arrived', async () => {
    const world = createWorld();
    const { submit, cancel } = await startIn(world);
    submit(intentIn(world));
    await world.clock.advance(1_000);
    world.venue.cancelFates.push('DROPPED');
    cancel(first);
    await world.clock.settle();
    const process = await restart(world);
    await world.clock.advance(20_000);
    expect(process.report).toMatchObject({ cancels: 1 });
    expect(world.venue.cancels).toHaveLength(2);
    expect((await engineOf(process, world)).tracker.list()).toMatchObject([{ status: 'CANCELED' }]);
  });

  it('is RESTRICTED while something of an earlier process waits for a person', async () => {
    const clock = createFakeClock();
    const restriction = { source: 'reject-rate-guard', state: 'REDUCE_ONLY', code: 'FS040', why: 'refusals' } as const;
    const restored = [{ ...restriction, sinceMs: clock.nowMs(), reset: 'OPERATOR' }] as const;
    const parts = { clock, safety: createSafetyLayer({ clock }), tracker: createOrderTracker() };
    const world = createWorld({ states: createTradingStates({ ...parts, restored }) });
    const process = await restart(world);
    await world.clock.advance(20_000);
    expect(process.report).toMatchObject({ outcome: 'RESTRICTED', why: ['refusals'] });
  });

  it('sends a cancel again that its session refused before the restart', async () => {
    const world = createWorld();
    const { submit, cancel } = await startIn(world);
    submit(intentIn(world));
    await world.clock.advance(1_000);
    world.venue.cancelFates.push('REFUSED_BY_SESSION');
    cancel(first);
    await world.clock.settle();
    const process = await restart(world);
    await world.clock.advance(20_000);
    expect(process.report).toMatchObject({ cancels: 1 });
    expect(world.venue.cancels).toHaveLength(2);
    expect((await engineOf(process, world)).tracker.list()).toMatchObject([{ status: 'CANCELED' }]);
  });

  it('adds no risk while nobody knows what became of a replace', async () => {
    const world = createWorld({ leavesReplaces: true });
    const { submit, tracker } = await startIn(world);
    submit(intentIn(world));
    await world.clock.advance(1_000);
    const target = tracker.list()[0]?.reference;
    const body = { commandId: 'r-1', target, takesAll: true, limitPriceKrw: 71_000, worstPriceKrw: 71_000 };
    world.store.losePower(Infinity);
    const about = { occurredAtMs: world.clock.nowMs(), correlationId: first };
    world.store.open().append({ type: 'replace-sending', ...about, body }, 'BARRIER');
    const process = await restart(world);
    await world.clock.advance(5_000);
    expect(process.report).toMatchObject({ outcome: 'RESTRICTED' });
    const engine = await engineOf(process, world);
    expect(engine.restrictions).toMatchObject([{ to: 'REDUCE_ONLY', code: 'FS043', symbol: samsung }]);
    expect(engine.tracker.openBuyValueKrw(samsung)).toBe(710_000);
  });

  it('calls no share canceled that an open replace may have moved to a number that is not listed yet', async () => {
    const world = createWorld();
    const { submit, tracker } = await startIn(world);
    submit(intentIn(world));
    await world.clock.advance(1_000);
    const target = tracker.list()[0]?.reference;
    world.store.losePower(Infinity);
    const about = { occurredAtMs: world.clock.nowMs(), correlationId: first };
    const body = { commandId: 'r-1', target, takesAll: true, limitPriceKrw: 71_000, worstPriceKrw: 71_000 };
    world.store.open().append({ type: 'replace-sending', ...about, body }, 'BARRIER');
    const { adapter } = world.venue;
    const listOrders: typeof adapter.listOrders = async (...query) => {
      const list = await adapter.listOrders(...query);
      const moved = { canceledQuantity: shares(10), leavesQuantity: shares(0) };
      return { ...list, orders: list.orders.map((row) => ({ ...row, ...moved })) };
    };
    const bent = { ...world, venue: { ...world.venue, adapter: { ...adapter, listOrders } } };
    const process = await restart(bent);
    await world.clock.advance(1_000);
    const order = (await engineOf(process, world)).tracker.get(first);
    expect(order?.facts.canceledQuantity).toBe(0);
    expect(order?.leavesQuantity).toBeGreaterThan(0);
  });

  it.each([
    ['LOCKDOWN', { type: 'safety-recorded', body: { event: 'fail_safe', code: 'FS045', to: 'LOCKDOWN', count: 2 } }],
    ['kill switch', { type: 'operator-acted', body: { action: 'kill-switch-on', requestedBy: 'kim', reason: 'x' } }],
  ] as const)('does not end a %s', async (_, entry) => {
    const world = createWorld();
    leave(world, [entry]);
    const process = await restart(world);
    await world.clock.advance(100_000);
    expect(process.report).toMatchObject({ outcome: 'RESTRICTED' });
    const engine = await engineOf(process, world);
    expect(engine.safety.shouldRun()).toBe(false);
    expect(await engine.gateway.submitIntent(intentIn(world))).toMatchObject({ outcome: 'NOT_SENT' });
  });

  it('denies an intent that never left, once, and every intent of an earlier date', async () => {
    const world = createWorld();
    const intent = intentIn(world);
    leave(world, [{ body: { accountId: 'paper-1', broker: 'kis', intent } }]);
    for (let restarts = 0; restarts < 3; restarts++) {
      const process = await restart(world);
      await world.clock.advance(5_000);
      const engine = await engineOf(process, world);
      expect(await engine.gateway.submitIntent(intent)).toMatchObject({ code: 'G_EXE_INTENT_STALE' });
      const old = buildExecutionIntent({ intentId: `old-${restarts}`, createdAtMs: yesterdayMs });
      expect(await engine.gateway.submitIntent(old)).toMatchObject({ code: 'G_EXE_INTENT_STALE' });
    }
    expect(recordsIn(world, 'command-not-sent')).toHaveLength(1);
    expect(recordsIn(world, 'safety-recorded').filter((each) => each.correlationId === first)).toHaveLength(1);
    expect(world.venue.posts).toEqual([]);
  });

  it('takes no order of yesterday for one of today, and says of which nobody knows the end', async () => {
    const world = createWorld();
    const yesterday = { occurredAtMs: yesterdayMs };
    const intent = buildExecutionIntent({ createdAtMs: yesterdayMs });
    leave(world, [
      { ...yesterday, body: { accountId: 'paper-1', broker: 'kis', intent } },
      { ...yesterday, type: 'command-sending' },
    ]);
    // Somebody has an order in the same terms today: yesterday's must not take it.
    world.venue.placeByOthers(buildOrderRequest(), true);
    const process = await restart(world);
    await world.clock.advance(60_000);
    expect(process.report).toMatchObject({ outcome: 'OPEN', orders: 0, leftOver: [{ intent: { intentId: first } }] });
    expect(recordsIn(world, 'command-adopted')).toEqual([]);
    expect(codesIn(world)).toContain('FS043');
    const { clock, store } = world;
    store.losePower(Infinity);
    const journal = store.open();
    const by = { intentId: first, requestedBy: 'kim', reason: 'not at the broker' };
    await expect(closeLeftOverOrder({ ...by, requestedBy: ' ' }, { journal, clock })).rejects.toMatchObject({
      code: 'OPERATOR_UNNAMED',
    });
    await closeLeftOverOrder(by, { journal, clock });
    const after = await restart(world);
    await world.clock.advance(60_000);
    expect(after.report).toMatchObject({ leftOver: [] });
  });

  it('reads how an accepted order of an earlier date ended', async () => {
    const world = createWorld();
    const placed = world.venue.placeByOthers(buildOrderRequest(), true);
    world.venue.fill(placed.number, 3);
    const reference = { ...placed.row.reference, tradingDate: tradingDate('2026-09-13') };
    const yesterday = { occurredAtMs: yesterdayMs };
    leave(world, [
      { ...yesterday, body: { accountId: 'paper-1', intent: buildExecutionIntent({ createdAtMs: yesterdayMs }) } },
      { ...yesterday, type: 'command-sending' },
      { ...yesterday, type: 'command-accepted', body: { reference } },
    ]);
    const process = await restart(world);
    await world.clock.advance(60_000);
    expect(process.report).toMatchObject({ leftOver: [] });
    expect(recordsIn(world, 'order-facts')).toMatchObject([
      { correlationId: first, body: { filledQuantity: 3, expired: true } },
    ]);
  });

  it('does not read that from a list that is not complete: a number that took shares along may be missing', async () => {
    const world = createWorld();
    const { venue } = world;
    const placed = venue.placeByOthers(buildOrderRequest(), true);
    const terms = { orderType: 'LIMIT', limitPriceKrw: krw(69_000), timeInForce: 'DAY', session: 'REGULAR' } as const;
    const target = placed.row.reference;
    await venue.adapter.replaceOrder({ ...terms, clientOrderId: clientOrderId('r1'), target, dryRun: false });
    venue.fill('1001', 3);
    const yesterday = { occurredAtMs: yesterdayMs };
    leave(world, [
      { ...yesterday, body: { accountId: 'paper-1', intent: buildExecutionIntent({ createdAtMs: yesterdayMs }) } },
      { ...yesterday, type: 'command-sending' },
      { ...yesterday, type: 'command-accepted', body: { reference: { ...target, tradingDate: '2026-09-13' } } },
    ]);
    const listOrders: typeof venue.adapter.listOrders = async (query, options) => {
      const list = await venue.adapter.listOrders(query, options);
      if (query.tradingDate !== '2026-09-13') return list;
      return { ...list, orders: list.orders.slice(0, 1), complete: false };
    };
    const process = await restart({ ...world, venue: { ...venue, adapter: { ...venue.adapter, listOrders } } });
    await world.clock.advance(60_000);
    expect(process.report?.leftOver.map(({ intent }) => intent.intentId)).toEqual([first]);
    expect(recordsIn(world, 'order-facts')).toEqual([]);
  });
});

describe('readAccountOpening', () => {
  const costs = { feePartsPerBillion: 0, sellTaxesPartsPerBillion: () => [] };

  it('takes today’s trades off what the broker shows, writes it down, and reads it there the next time', async () => {
    const world = createWorld();
    const { number } = world.venue.placeByOthers(buildOrderRequest(), true);
    world.venue.fill(number, 4);
    const { clock, venue, reader, store } = world;
    const journal = store.open();
    const parts = { adapter: venue.adapter, account: reader, accountId: accountId('paper-1'), clock, journal, costs };
    const about = { ...parts, tradingDate: venueDate };
    const opening = await readAccountOpening({ ...about, folded: await foldJournal([]) });
    expect(opening).toEqual({ tradingDate: venueDate, cashKrw: startingCashKrw, positions: [] });
    venue.fill(number, 3);
    const reads = venue.reads;
    expect(await readAccountOpening({ ...about, folded: await foldJournal(store.durable) })).toEqual(opening);
    expect(venue.reads).toBe(reads);
  });

  it('begins anew with the figures of the broker when a person accepts them by name', async () => {
    const world = createWorld();
    const { clock, venue, store, reader } = world;
    const journal = store.open();
    const parts = { adapter: venue.adapter, account: reader, accountId: accountId('paper-1'), clock, journal, costs };
    const about = { ...parts, tradingDate: venueDate };
    await readAccountOpening({ ...about, folded: await foldJournal([]) });
    // A bonus issue: shares that no fill explains.
    const account = accountOf(venue, clock, { '005930': 5 });
    const again = { ...about, account, folded: await foldJournal(store.durable) };
    const accepted = { requestedBy: 'kim', reason: 'bonus issue' };
    const nameless = { ...accepted, requestedBy: '' };
    await expect(readAccountOpening({ ...again, accepted: nameless })).rejects.toMatchObject({
      code: 'OPERATOR_UNNAMED',
    });
    expect(await readAccountOpening(again)).toMatchObject({ positions: [] });
    expect(await readAccountOpening({ ...again, accepted })).toMatchObject({ positions: [{ quantity: 5 }] });
    const folded = await foldJournal(store.durable);
    expect(folded.opening?.positions).toMatchObject([{ symbol: samsung, quantity: 5 }]);
    expect(folded.actions).toMatchObject([{ action: 'account-accepted', requestedBy: 'kim' }]);
  });

  it.each([
    ['the positions', 'listPositions'],
    ['the orders', 'listOrders'],
  ] as const)('believes no single list of %s that lost a row', async (_, what) => {
    const world = createWorld();
    const { number } = world.venue.placeByOthers(buildOrderRequest(), true);
    world.venue.fill(number, 4);
    const { clock, venue, store } = world;
    let losses = 1;
    const full = accountOf(venue, clock, { '005930': 4 });
    const account: typeof full = {
      ...full,
      listPositions: async () => {
        const list = await full.listPositions();
        return what === 'listPositions' && losses-- > 0 ? { ...list, positions: [] } : list;
      },
    };
    const adapter: typeof venue.adapter = {
      ...venue.adapter,
      listOrders: async (...query) => {
        const list = await venue.adapter.listOrders(...query);
        return what === 'listOrders' && losses-- > 0 ? { ...list, orders: [] } : list;
      },
    };
    const parts = { adapter, account, accountId: accountId('paper-1'), clock, journal: store.open(), costs };
    const opening = readAccountOpening({ ...parts, tradingDate: venueDate, folded: await foldJournal([]) });
    await clock.advance(60_000);
    expect((await opening).positions).toMatchObject([{ symbol: samsung, quantity: 4 }]);
    expect(store.durable).toHaveLength(1);
  });

  it('gives up when the account trades all the time', async () => {
    const world = createWorld();
    const { number } = world.venue.placeByOthers(buildOrderRequest(), true);
    const { clock, venue, reader, store } = world;
    const account = {
      ...reader,
      listPositions: () => {
        venue.fill(number, 1);
        return reader.listPositions();
      },
    };
    const parts = {
      adapter: venue.adapter,
      account,
      accountId: accountId('paper-1'),
      clock,
      journal: store.open(),
      costs,
    };
    const opening = readAccountOpening({ ...parts, tradingDate: venueDate, folded: await foldJournal([]) });
    const refused = expect(opening).rejects.toMatchObject({ code: 'OPENING_NOT_READ' });
    await clock.advance(60_000);
    await refused;
    expect(store.durable).toEqual([]);
  });
});
