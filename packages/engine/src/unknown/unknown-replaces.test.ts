import {
  type OrderReference,
  type OrderResponse,
  BrokerError,
  brokerOrderId,
  accountId,
  clientOrderId,
  intentId,
  krw,
  shares,
} from '@qts/core';
import { type FakeClock, buildExecutionIntent, createFakeClock } from '@qts/core/testing';
import { type MemoryJournal, createMemoryJournal } from '@qts/storage';
import { describe, expect, it } from 'vitest';
import { type ReplacingVenue, createReplacingVenue } from '../../test/support/replacing-venue.ts';
import { type OrderGateway } from '../gateway/order-gateway-contract.ts';
import { createOrderGateway } from '../gateway/order-gateway.ts';
import { type OrderTracker } from '../orders/order-tracker-contract.ts';
import { createOrderTracker } from '../orders/order-tracker.ts';
import { type SafetyLayer, createSafetyLayer } from '../safety/safety-layer.ts';
import { createInMemoryNotifier } from '../safety/safety-notifier.ts';
import { type UnknownResolver } from './resolver-contract.ts';
import { type UnknownReplaces, createUnknownReplaces } from './unknown-replaces.ts';
import { createUnknownResolver } from './unknown-resolver.ts';

const id = intentId('intent-1');
const by = { requestedBy: 'kim', reason: 'looked' };

interface Started {
  readonly clock: FakeClock;
  readonly venue: ReplacingVenue;
  readonly tracker: OrderTracker;
  readonly journal: MemoryJournal;
  readonly replaces: UnknownReplaces;
  readonly codes: () => readonly string[];
  readonly safety: SafetyLayer;
  readonly resolver: UnknownResolver;
  readonly target: OrderReference;
  readonly gateway: OrderGateway;
  reads: 'COMPLETE' | 'FAIL' | 'INCOMPLETE' | 'HANG';
}

const silent = new BrokerError({ code: 'CUT', summary: 'Nothing came.', next: 'Wait.' });

/** The late answer to the replace of {@link start}, as the broker tells it. */
function lateAnswer({ target, clock }: Started, outcome: OrderResponse['outcome'], number = '2'): OrderResponse {
  const about = { clientOrderId: clientOrderId('r1'), receivedAtMs: clock.nowMs() };
  const said = { code: 'FS040', native: { code: 'APBK0988', message: 'no' }, cause: silent } as const;
  if (outcome !== 'ACCEPTED') return { ...about, ...said, outcome };
  const reference = { ...target, brokerOrderId: brokerOrderId(number) };
  return { ...about, outcome, brokerOrderId: reference.brokerOrderId, reference, dryRun: false };
}

/** An order of 10 whose replace to 69,000 won had the fate given. */
async function start(
  fate: 'LOST_AFTER' | 'LOST_BEFORE',
  early = false,
  recoverAfterQuietMs: number | 'never' = 'never',
): Promise<Started> {
  const clock = createFakeClock();
  const venue = createReplacingVenue(clock);
  const tracker = createOrderTracker();
  const journal = createMemoryJournal();
  const notifier = createInMemoryNotifier();
  const safety = createSafetyLayer({ clock, notifier, lockdownThreshold: 100 });
  const about = { accountId: accountId('main'), journal, tracker, clock, safety };
  const checkOrder = (): { allowed: true; worstPriceKrw: ReturnType<typeof krw> } => ({
    allowed: true,
    worstPriceKrw: krw(70_000),
  });
  const gateway = createOrderGateway({ ...about, broker: venue, checkOrder });
  const adapter = {
    listOrders: () =>
      started.reads === 'HANG'
        ? new Promise<never>(() => undefined)
        : started.reads === 'FAIL'
          ? Promise.reject(new BrokerError({ code: 'X', summary: 'Down.', next: 'Wait.' }))
          : Promise.resolve({
              orders: structuredClone(venue.rows),
              complete: started.reads === 'COMPLETE',
              readStartedAtMs: clock.nowMs(),
            }),
  };
  const replaces = createUnknownReplaces({ ...about, adapter, gateway });
  const reader = { ...adapter, brokerId: 'kis' };
  const resolver = createUnknownResolver({ ...about, adapter: reader, gateway, recoverAfterQuietMs });
  const { reference: target } = await gateway.submitIntent(buildExecutionIntent());
  if (target === undefined) throw new Error('no number');
  const codes = (): readonly string[] => notifier.notifications.map(({ safetyCode }) => safetyCode);
  const started: Started = {
    clock,
    venue,
    tracker,
    journal,
    replaces,
    codes,
    target,
    reads: 'COMPLETE',
    safety,
    resolver,
    gateway,
  };
  venue.replaceFates.push(fate);
  if (early)
    venue.beforeAnswer = () => {
      replaces.hearLateAnswer(lateAnswer(started, 'ACCEPTED'));
    };
  await gateway.replaceOrder({
    ...{ clientOrderId: clientOrderId('r1'), target, orderType: 'LIMIT', limitPriceKrw: krw(69_000) },
    ...{ timeInForce: 'DAY', session: 'REGULAR', dryRun: false },
  });
  return started;
}

describe('createUnknownReplaces', () => {
  it.each([
    ['LOST_AFTER', 500],
    ['LOST_BEFORE', 30_000],
  ] as const)('lets trading go on by itself 30 s after its end, as after a lost order (%s)', async (fate, endsMs) => {
    const { clock, safety, resolver, replaces } = await start(fate, false, 30_000);
    expect([safety.pipelineState, resolver.willRecover]).toEqual(['FAIL', true]);
    await clock.advance(endsMs + 29_999);
    expect([safety.pipelineState, replaces.open]).toEqual(['FAIL', []]);
    await clock.advance(1);
    expect([safety.pipelineState, clock.pendingTimers]).toEqual(['NORMAL', 0]);
  });

  it('lets nothing go on while a replace cannot be read', async () => {
    const started = await start('LOST_AFTER', false, 30_000);
    started.reads = 'FAIL';
    await started.clock.advance(300_000);
    started.reads = 'COMPLETE';
    await started.clock.advance(300_000);
    expect([started.safety.pipelineState, started.replaces.open]).toEqual(['FAIL', []]);
  });

  it('finds a replace that landed, by the row that points at the order', async () => {
    const { clock, tracker, journal, replaces, venue } = await start('LOST_AFTER');
    expect(tracker.hasUnknown(buildExecutionIntent().symbol)).toBe(true);
    await clock.advance(500);
    expect(tracker.get(id)).toMatchObject({
      status: 'ACCEPTED',
      reference: { brokerOrderId: '2' },
      limitPriceKrw: 69_000,
    });
    expect([replaces.open, tracker.hasUnknown(buildExecutionIntent().symbol)]).toEqual([[], false]);
    expect(journal.records.at(-1)).toMatchObject({
      type: 'replace-resolved',
      body: { commandId: 'r1', hasLanded: true },
    });
    expect([venue.replaces.length, clock.pendingTimers]).toEqual([1, 0]);
  });

  it('calls one absent after three complete reads, the last 30 s on, and not before', async () => {
    const { clock, tracker, journal } = await start('LOST_BEFORE');
    await clock.advance(29_999);
    expect(tracker.get(id)?.status).toBe('PENDING_REPLACE');
    await clock.advance(1);
    expect(tracker.get(id)).toMatchObject({ status: 'ACCEPTED', limitPriceKrw: 70_000, needsReconciliation: false });
    expect(journal.records.at(-1)).toMatchObject({ type: 'replace-resolved', body: { hasLanded: false } });
  });

  it('binds one that lands after it was called absent', async () => {
    const { clock, tracker, venue, target } = await start('LOST_BEFORE');
    await clock.advance(30_000);
    await venue.replaceOrder({
      ...{ clientOrderId: clientOrderId('late'), target, orderType: 'LIMIT', limitPriceKrw: krw(69_000) },
      ...{ timeInForce: 'DAY', session: 'REGULAR', dryRun: false },
    });
    tracker.applyList({ orders: structuredClone(venue.rows), readStartedAtMs: clock.nowMs() });
    expect(tracker.get(id)).toMatchObject({ status: 'ACCEPTED', leavesQuantity: 10, limitPriceKrw: 69_000 });
  });

  describe('of one that lands after it was called absent, while its row is not listed yet,', () => {
    const landLate = async (): Promise<Started & { readonly list: (...numbers: string[]) => void }> => {
      const started = await start('LOST_BEFORE');
      const { clock, venue, tracker, target } = started;
      await clock.advance(30_000);
      await venue.replaceOrder({
        ...{ clientOrderId: clientOrderId('late'), target, orderType: 'LIMIT', limitPriceKrw: krw(69_000) },
        ...{ timeInForce: 'DAY', session: 'REGULAR', dryRun: false },
      });
      const list = (...numbers: string[]): void => {
        const orders = structuredClone(numbers.map((number) => venue.row(number)));
        tracker.applyList({ orders, readStartedAtMs: clock.nowMs() });
      };
      return { ...started, list };
    };

    it('calls no share canceled for half a minute', async () => {
      const { clock, tracker, list } = await landLate();
      list('1');
      await clock.advance(29_999);
      list('1');
      expect(tracker.get(id)).toMatchObject({ leavesQuantity: 10, facts: { canceledQuantity: 0 } });
      list('1', '2');
      expect(tracker.get(id)).toMatchObject({ status: 'ACCEPTED', leavesQuantity: 10, facts: { canceledQuantity: 0 } });
    });

    it('takes the canceled figure back when the row turns up later still', async () => {
      const { clock, tracker, venue, list } = await landLate();
      list('1');
      await clock.advance(30_000);
      list('1');
      expect(tracker.get(id)).toMatchObject({ status: 'CANCELED', facts: { canceledQuantity: 10 } });
      venue.fill('2', 4);
      await clock.advance(1);
      list('1', '2');
      expect(tracker.get(id)).toMatchObject({
        ...{ status: 'PARTIALLY_FILLED', leavesQuantity: 6, limitPriceKrw: 69_000, needsReconciliation: false },
        facts: { canceledQuantity: 0, filledQuantity: 4 },
      });
      expect(tracker.openOrdersTotal).toBe(1);
    });
  });

  it('ends when the order fills under its old number', async () => {
    const { clock, tracker, venue, replaces } = await start('LOST_BEFORE');
    venue.fill('1', 10);
    await clock.advance(500);
    expect([tracker.get(id)?.status, replaces.open]).toEqual(['FILLED', []]);
  });

  it.each(['FAIL', 'INCOMPLETE'] as const)('concludes nothing from reads that %s, and alarms once', async (reads) => {
    const started = await start('LOST_BEFORE');
    const { clock, tracker, codes, replaces } = started;
    started.reads = reads;
    await clock.advance(300_000);
    expect([tracker.get(id)?.status, codes()]).toEqual(['PENDING_REPLACE', ['FS042', 'FS043']]);
    started.reads = 'COMPLETE';
    await clock.advance(60_000);
    await replaces.settled();
    expect(tracker.get(id)?.status).toBe('ACCEPTED');
  });

  it('does not take for it what somebody else did to the order', async () => {
    const { clock, tracker, venue, target } = await start('LOST_BEFORE');
    await venue.replaceOrder({
      ...{ clientOrderId: clientOrderId('x'), target, quantity: shares(3), orderType: 'LIMIT' },
      ...{ limitPriceKrw: krw(71_000), timeInForce: 'DAY', session: 'REGULAR', dryRun: false },
    });
    await clock.advance(29_000);
    expect(tracker.get(id)?.status).toBe('PENDING_REPLACE');
    await clock.advance(1_000);
    expect(tracker.get(id)).toMatchObject({ status: 'ACCEPTED', leavesQuantity: 10, limitPriceKrw: 71_000 });
  });

  it.each(['LOST_AFTER', 'LOST_BEFORE'] as const)('takes on what an earlier process left open (%s)', async (fate) => {
    const before = await start(fate);
    before.replaces.close();
    const intent = buildExecutionIntent();
    const tracker = createOrderTracker();
    tracker.beginPlace(intent, krw(70_000), 0);
    const about = { intentId: id, accepted: true, broker: 'kis', message: 'm', timestampMs: 1 };
    tracker.endPlace(id, { ...about, outcome: 'ACCEPTED', reference: before.target });
    const { clock, venue } = before;
    const replaces = createUnknownReplaces({
      ...{ tracker, clock, journal: createMemoryJournal(), accountId: accountId('main') },
      ...{ gateway: { watch: () => undefined, settleReplace: () => undefined }, safety: createSafetyLayer({ clock }) },
      adapter: {
        listOrders: () =>
          Promise.resolve({ orders: structuredClone(venue.rows), complete: true, readStartedAtMs: clock.nowMs() }),
      },
    });
    const terms = { orderType: 'LIMIT', limitPriceKrw: 69_000 };
    const replace = { commandId: 'r1', sentAtMs: 1, target: before.target, takesAll: true, terms };
    const known = replaces.restore({ intent, replace });
    expect(tracker.get(id)?.status).toBe('PENDING_REPLACE');
    await clock.advance(30_000);
    expect(await known).toBe(true);
    const limitPriceKrw = fate === 'LOST_AFTER' ? 69_000 : 70_000;
    expect(tracker.get(id)).toMatchObject({ status: 'ACCEPTED', leavesQuantity: 10, limitPriceKrw });
  });

  it.each([false, true])(
    'takes a late yes for what it is, at once (before it is known to be unknown: %s)',
    async (early) => {
      const started = await start('LOST_AFTER', early);
      const { clock, tracker, journal, replaces, venue } = started;
      started.reads = 'FAIL';
      if (!early) replaces.hearLateAnswer(lateAnswer(started, 'ACCEPTED'));
      await replaces.settled();
      expect([replaces.open, tracker.hasUnknown(buildExecutionIntent().symbol)]).toEqual([[], false]);
      expect(tracker.get(id)).toMatchObject({ reference: { brokerOrderId: '2' } });
      expect(journal.records.at(-1)).toMatchObject({
        ...{ type: 'replace-resolved', body: { proof: 'LATE_ANSWER', hasLanded: true, commandId: 'r1' } },
      });
      tracker.applyList({ orders: structuredClone(venue.rows), readStartedAtMs: clock.nowMs() });
      expect(tracker.get(id)).toMatchObject({ status: 'ACCEPTED', leavesQuantity: 10, limitPriceKrw: 69_000 });
      expect([started.codes(), clock.pendingTimers]).toEqual([['FS042'], 0]);
    },
  );

  it('takes a late no for what it is, at once', async () => {
    const started = await start('LOST_BEFORE');
    const { tracker, journal, replaces } = started;
    replaces.hearLateAnswer(lateAnswer(started, 'REJECTED'));
    await replaces.settled();
    expect(tracker.get(id)).toMatchObject({ status: 'ACCEPTED', limitPriceKrw: 70_000, needsReconciliation: false });
    expect(journal.records.at(-1)).toMatchObject({ body: { proof: 'LATE_ANSWER', hasLanded: false } });
  });

  it.each(['UNKNOWN', 'NOT_SENT'] as const)('goes on reading after a late answer that says %s', async (outcome) => {
    const started = await start('LOST_AFTER');
    started.replaces.hearLateAnswer(lateAnswer(started, outcome));
    expect(started.replaces.open).toEqual([id]);
    await started.clock.advance(500);
    expect(started.replaces.open).toEqual([]);
  });

  it('warns of one that was called absent and then answered for, and binds it by the list', async () => {
    const started = await start('LOST_BEFORE');
    const { clock, tracker, replaces, venue, target, codes } = started;
    await clock.advance(30_000);
    await venue.replaceOrder({
      ...{ clientOrderId: clientOrderId('r1'), target, orderType: 'LIMIT', limitPriceKrw: krw(69_000) },
      ...{ timeInForce: 'DAY', session: 'REGULAR', dryRun: false },
    });
    for (let times = 0; times < 2; times++) replaces.hearLateAnswer(lateAnswer(started, 'ACCEPTED'));
    await replaces.settled();
    expect(codes()).toEqual(['FS042', 'AN070']);
    expect(tracker.get(id)).toMatchObject({ status: 'ACCEPTED', limitPriceKrw: 69_000 });
  });

  it('warns of one that was called absent and then answered for, though no list can be read', async () => {
    const started = await start('LOST_BEFORE');
    await started.clock.advance(30_000);
    started.reads = 'FAIL';
    for (let times = 0; times < 2; times++) started.replaces.hearLateAnswer(lateAnswer(started, 'ACCEPTED'));
    await started.replaces.settled();
    expect(started.codes()).toEqual(['FS042', 'AN070']);
  });

  it('alarms when a late no contradicts the list, and when a late yes names the number of another order', async () => {
    const landed = await start('LOST_AFTER');
    await landed.clock.advance(500);
    landed.replaces.hearLateAnswer(lateAnswer(landed, 'REJECTED'));
    expect(landed.codes()).toEqual(['FS042', 'FS043']);

    const started = await start('LOST_BEFORE');
    const other = buildExecutionIntent({ intentId: 'other' });
    started.tracker.beginPlace(other, krw(70_000), 0);
    const reference = { ...started.target, brokerOrderId: brokerOrderId('77') };
    const about = { intentId: other.intentId, accepted: true, broker: 'kis', message: 'm', timestampMs: 1 };
    started.tracker.endPlace(other.intentId, { ...about, outcome: 'ACCEPTED', reference });
    started.replaces.hearLateAnswer(lateAnswer(started, 'ACCEPTED', '77'));
    expect([started.codes(), started.replaces.open]).toEqual([['FS042', 'FS043'], [id]]);
    expect(started.tracker.findByReference(reference)?.intentId).toBe('other');
  });

  it('hears a late answer while the last list of the replace before is still being read', async () => {
    const started = await start('LOST_BEFORE');
    const { clock, venue, replaces, gateway, target, tracker } = started;
    started.reads = 'HANG';
    await clock.advance(500);
    replaces.hearLateAnswer(lateAnswer(started, 'REJECTED'));
    started.safety.requestRecovery({ operatorApproved: true, ...by });
    venue.replaceFates.push('LOST_AFTER');
    await gateway.replaceOrder({
      ...{ clientOrderId: clientOrderId('r2'), target, orderType: 'LIMIT', limitPriceKrw: krw(68_000) },
      ...{ timeInForce: 'DAY', session: 'REGULAR', dryRun: false },
    });
    // The read of the first is given up.
    await clock.advance(31_000);
    expect(replaces.open).toEqual([id]);
    replaces.hearLateAnswer({ ...lateAnswer(started, 'ACCEPTED'), clientOrderId: clientOrderId('r2') });
    expect(tracker.get(id)).toMatchObject({ reference: { brokerOrderId: '2' } });
    replaces.close();
  });

  it('leaves no timer behind when it is closed', async () => {
    const { clock, replaces } = await start('LOST_BEFORE');
    replaces.close();
    await replaces.settled();
    expect(clock.pendingTimers).toBe(0);
  });
});
