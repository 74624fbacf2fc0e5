import { type OrderReference, ConfigurationError, accountId, clientOrderId, intentId, krw, shares } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { type StartedEngine, startEngine } from '../../test/support/start-engine.ts';
import { createUnknownReplaces } from './unknown-replaces.ts';
import { type UnknownCancels, createUnknownCancels } from './unknown-cancels.ts';

interface Started extends StartedEngine {
  readonly cancels: UnknownCancels;
  readonly target: OrderReference;
  readonly cancel: (quantity?: number) => Promise<string>;
}

/** An order of 10 shares that rests, and cancels that are watched. */
async function start(readAfterMs?: readonly number[]): Promise<Started> {
  const engine = startEngine();
  const { venue, gateway, tracker, clock, logger } = engine;
  const cancels = createUnknownCancels({
    ...{ adapter: venue.adapter, gateway, tracker, clock, logger },
    ...(readAfterMs === undefined ? undefined : { readAfterMs }),
  });
  const { reference: target } = await engine.submit();
  if (target === undefined) throw new Error('an acceptance has a reference');
  const cancel = async (quantity?: number): Promise<string> => {
    const part = quantity === undefined ? undefined : { quantity: shares(quantity) };
    return (await gateway.cancelOrder({ target, ...part, dryRun: false })).outcome;
  };
  return { ...engine, cancels, target, cancel };
}

const order = ({ tracker }: Started) => tracker.get(intentId('intent-1'));

describe('a cancel whose answer was lost', () => {
  it('is not repeated when the broker shows the order gone', async () => {
    const started = await start();
    started.venue.cancelFates.push('LOST');
    expect(await started.cancel()).toBe('UNKNOWN');
    expect(order(started)).toMatchObject({ status: 'PENDING_CANCEL', needsReconciliation: true });
    await started.clock.advance(500);
    expect(order(started)).toMatchObject({ status: 'CANCELED', needsReconciliation: false });
    expect(started.venue.cancels).toHaveLength(1);
    expect([started.cancels.open, started.clock.pendingTimers]).toEqual([[], 0]);
  });

  it('is repeated while the order is still open, as often as it takes', async () => {
    const started = await start();
    started.venue.cancelFates.push('DROPPED', 'DROPPED', 'DROPPED', 'DROPPED', 'DROPPED', 'DROPPED', 'DROPPED');
    await started.cancel();
    await started.clock.advance(3_600_000);
    expect(started.venue.cancels).toHaveLength(8);
    expect(started.cancels.open).toEqual([]);
  });

  it('reaches the part that a lost replace moved, once its number is found', async () => {
    const started = await start();
    const { venue, clock, target, gateway, tracker, safety, journal } = started;
    const parts = { adapter: venue.adapter, gateway, tracker, safety, journal, clock };
    const replaces = createUnknownReplaces({ ...parts, accountId: accountId('paper-1') });
    venue.replaceFates.push('LOST');
    const terms = { orderType: 'LIMIT', limitPriceKrw: krw(69_000), timeInForce: 'DAY', session: 'REGULAR' } as const;
    const clientId = clientOrderId('replace-1');
    await gateway.replaceOrder({ ...terms, clientOrderId: clientId, target, quantity: shares(4), dryRun: false });
    expect(await started.cancel()).toBe('REQUESTED');
    await clock.advance(60_000);
    expect(venue.orders.map(({ row }) => row.leavesQuantity)).toEqual([0, 0]);
    // The reconciler's next list says so here, too.
    tracker.applyList(await venue.adapter.listOrders({ tradingDate: target.tradingDate }));
    expect([order(started)?.status, order(started)?.leavesQuantity, order(started)?.facts.canceledQuantity]).toEqual([
      ...['CANCELED', 0, 10],
    ]);
    expect([started.cancels.open, replaces.open, clock.pendingTimers]).toEqual([[], [], 0]);
  });

  it('is not sent again on another date: the number may be another order’s by then', async () => {
    const started = await start();
    // 10:00 in Korea; its day ends in 14 hours.
    await started.clock.advance(14 * 3_600_000 - 60_500);
    started.venue.cancelFates.push(...Array.from({ length: 100 }, () => 'DROPPED' as const));
    await started.cancel();
    await started.clock.advance(59_500);
    const sent = started.venue.cancels.length;
    expect(sent).toBeGreaterThan(5);
    await started.clock.advance(600_000);
    expect(started.venue.cancels).toHaveLength(sent);
    expect([started.cancels.open, started.clock.pendingTimers]).toEqual([[], 0]);
  });

  it('is read at 0.5, 1, 2, 4, 8, 15, 30 s and then every 15 s', async () => {
    const started = await start();
    const instants: number[] = [];
    const beganAtMs = started.clock.monotonicMs();
    const { adapter } = started.venue as { adapter: { getOrder: (...args: never) => Promise<undefined> } };
    adapter.getOrder = () => {
      instants.push(started.clock.monotonicMs() - beganAtMs);
      return Promise.resolve(undefined);
    };
    started.venue.cancelFates.push('DROPPED');
    await started.cancel();
    await started.clock.advance(60_000);
    expect(instants).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 45_000, 60_000]);
    expect(started.venue.cancels).toHaveLength(1);
    expect(started.cancels.open).toEqual([started.target]);
  });

  it('waits for a list that can be read, and for one that does not hang', async () => {
    const started = await start();
    const { getOrder } = { getOrder: started.venue.adapter.getOrder.bind(started.venue.adapter) };
    const broken = started.venue.adapter as { getOrder: typeof getOrder };
    const answers = [() => Promise.reject(new Error('down')), () => new Promise<undefined>(() => undefined), getOrder];
    broken.getOrder = (...args) => (answers.shift() ?? getOrder)(...args);
    started.venue.cancelFates.push('DROPPED');
    await started.cancel();
    await started.clock.advance(40_000);
    await started.cancels.settled();
    expect(started.venue.cancels).toHaveLength(2);
    expect(started.logger.of('unknown-cancel-not-read')).toEqual([{ brokerOrderId: '1000', code: 'ADAPTER_THREW' }]);
  });

  it('passes whatever blocks orders', async () => {
    const started = await start();
    started.safety.setKillSwitch(true, { requestedBy: 'test', reason: 'stop' });
    started.venue.cancelFates.push('DROPPED');
    await started.cancel();
    await started.clock.advance(500);
    expect(started.venue.cancels).toHaveLength(2);
  });

  it('brings the fill that won the race', async () => {
    const started = await start();
    started.venue.cancelFates.push('DROPPED');
    await started.cancel();
    started.venue.fill('1000', 10);
    await started.clock.advance(500);
    expect(order(started)?.status).toBe('FILLED');
    expect(started.venue.cancels).toHaveLength(1);
  });

  it('of a part is read and never repeated', async () => {
    const started = await start();
    started.venue.cancelFates.push('DROPPED');
    await started.cancel(4);
    await started.clock.advance(20_000);
    expect(started.venue.cancels).toHaveLength(1);
    expect(started.cancels.open).toEqual([started.target]);
    const [held] = started.venue.orders;
    if (held === undefined) throw new Error('the venue has the order');
    held.row = { ...held.row, canceledQuantity: shares(4), leavesQuantity: shares(6) };
    await started.clock.advance(15_000);
    expect(started.cancels.open).toEqual([]);
    expect(order(started)).toMatchObject({ status: 'ACCEPTED', leavesQuantity: 6, needsReconciliation: false });
  });

  it('of a part is over when it was looked for in vain, and is seen when it is carried out later', async () => {
    const started = await start();
    const { venue, tracker, target, cancels, clock } = started;
    venue.cancelFates.push('DROPPED');
    await started.cancel(4);
    await clock.advance(29_000);
    expect(order(started)?.status).toBe('PENDING_CANCEL');
    await clock.advance(2_000);
    expect([order(started)?.status, order(started)?.leavesQuantity, cancels.open]).toEqual(['ACCEPTED', 10, []]);
    const [held] = venue.orders;
    if (held === undefined) throw new Error('the venue has the order');
    held.row = { ...held.row, canceledQuantity: shares(4), leavesQuantity: shares(6) };
    tracker.applyList(await venue.adapter.listOrders({ tradingDate: target.tradingDate }));
    expect(order(started)?.leavesQuantity).toBe(6);
    expect(venue.cancels).toHaveLength(1);
  });

  it('of a part is not taken for carried out because a replace moved as much from its number', async () => {
    const started = await start();
    const { venue, clock, target, gateway, tracker } = started;
    const terms = { orderType: 'LIMIT', limitPriceKrw: krw(69_000), timeInForce: 'DAY', session: 'REGULAR' } as const;
    const clientId = clientOrderId('replace-1');
    await gateway.replaceOrder({ ...terms, clientOrderId: clientId, target, quantity: shares(4), dryRun: false });
    venue.cancelFates.push('DROPPED');
    expect(await started.cancel(4)).toBe('UNKNOWN');
    tracker.applyList(await venue.adapter.listOrders({ tradingDate: target.tradingDate }));
    // The row of the number shows what moved as canceled.
    expect(venue.orders.map(({ row }) => [row.canceledQuantity, row.leavesQuantity])).toEqual([
      [4, 6],
      [0, 4],
    ]);
    await clock.advance(29_000);
    expect([started.cancels.open, order(started)?.status]).toEqual([[target], 'PENDING_CANCEL']);
    await clock.advance(1_000);
    expect([started.cancels.open, order(started)?.status]).toEqual([[], 'ACCEPTED']);
    expect(venue.cancels).toHaveLength(1);
  });

  it('of a part is over when its number shows it, whatever was canceled under another number before', async () => {
    const started = await start();
    const { venue, clock, target, gateway, tracker, logger } = started;
    const terms = { orderType: 'LIMIT', limitPriceKrw: krw(69_000), timeInForce: 'DAY', session: 'REGULAR' } as const;
    const clientId = clientOrderId('replace-1');
    await gateway.replaceOrder({ ...terms, clientOrderId: clientId, target, quantity: shares(4), dryRun: false });
    await started.cancel(3);
    tracker.applyList(await venue.adapter.listOrders({ tradingDate: target.tradingDate }));
    expect(order(started)).toMatchObject({ leavesQuantity: 7, facts: { canceledQuantity: 3 } });
    const { reference: child = target } = venue.orders[1]?.row ?? {};
    venue.cancelFates.push('LOST');
    await gateway.cancelOrder({ target: child, quantity: shares(2), dryRun: false });
    await clock.advance(1_000);
    expect([started.cancels.open, order(started)?.leavesQuantity]).toEqual([[], 5]);
    expect(logger.of('part-cancel-not-found')).toEqual([]);
  });

  it('of all is repeated though a lost cancel of a part is still being read', async () => {
    const started = await start();
    started.venue.cancelFates.push('DROPPED', 'DROPPED');
    await started.cancel(4);
    await started.clock.advance(1_000);
    expect(await started.cancel()).toBe('UNKNOWN');
    await started.clock.advance(60_000);
    expect(started.venue.orders.map(({ row }) => row.leavesQuantity)).toEqual([0]);
    expect(started.venue.cancels).toHaveLength(3);
    expect(started.cancels.open).toEqual([]);
  });

  it('is brought to its end once, however often it was asked for', async () => {
    const started = await start();
    started.venue.cancelFates.push('DROPPED', 'DROPPED');
    await Promise.all([started.cancel(), started.cancel()]);
    await started.clock.advance(500);
    expect(started.venue.cancels).toHaveLength(3);
  });

  it('is left alone after close', async () => {
    const started = await start();
    started.venue.cancelFates.push('DROPPED', 'DROPPED');
    await started.cancel();
    started.cancels.close();
    await started.cancels.settled();
    await started.cancel();
    await started.clock.advance(60_000);
    expect([started.clock.pendingTimers, started.venue.cancels.length]).toEqual([0, 2]);
  });
});

it.each([[[]], [[500, 500]], [[0]], [[1.5]]])('refuses the schedule %j', async (readAfterMs) => {
  await expect(start(readAfterMs)).rejects.toThrow(ConfigurationError);
});
