import { type CancelResponse, type EpochMs, type OrderReference, intentId, shares } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { type StartedEngine, startEngine } from '../../test/support/start-engine.ts';
import { type QueuedCancel, type QueuedCancels, createQueuedCancels } from './queued-cancels.ts';

interface Started extends StartedEngine {
  readonly queue: QueuedCancels;
  readonly told: QueuedCancel[];
  readonly target: OrderReference;
  /** What the next cancels are refused with; afterwards they are answered. */
  readonly refusals: (EpochMs | undefined)[];
  readonly cancel: (quantity?: number) => Promise<CancelResponse>;
  /** When cancels reached the broker, ms since the start. */
  readonly asked: number[];
}

/** An order of 10 shares that rests at a broker that takes cancels at times. */
async function start(): Promise<Started> {
  const engine = startEngine();
  const { venue, gateway, tracker, clock, logger } = engine;
  const told: QueuedCancel[] = [];
  const refusals: (EpochMs | undefined)[] = [];
  const asked: number[] = [];
  const startMs = clock.nowMs();
  const { cancelOrder } = { cancelOrder: venue.adapter.cancelOrder.bind(venue.adapter) };
  (venue.adapter as { cancelOrder: typeof cancelOrder }).cancelOrder = (request, options) => {
    asked.push(clock.nowMs() - startMs);
    if (refusals.length === 0) return cancelOrder(request, options);
    const opensAtMs = refusals.shift();
    const said = { outcome: 'REFUSED_BY_SESSION', receivedAtMs: clock.nowMs(), dryRun: false } as const;
    return Promise.resolve(opensAtMs === undefined ? said : { ...said, opensAtMs });
  };
  const queue = createQueuedCancels({ gateway, tracker, clock, logger, onQueued: (each) => told.push(each) });
  const { reference: target } = await engine.submit();
  if (target === undefined) throw new Error('an acceptance has a reference');
  const cancel = (quantity?: number): Promise<CancelResponse> =>
    gateway.cancelOrder({
      target,
      ...(quantity === undefined ? undefined : { quantity: shares(quantity) }),
      dryRun: false,
    });
  return { ...engine, queue, told, target, refusals, cancel, asked };
}

const order = ({ tracker }: Started) => tracker.get(intentId('intent-1'));

describe('a cancel that its session refused', () => {
  it('is sent when the window opens, and the operator hears when that is', async () => {
    const started = await start();
    const opensAtMs = started.clock.nowMs() + 600_000;
    started.refusals.push(opensAtMs);
    expect(await started.cancel()).toMatchObject({ outcome: 'REFUSED_BY_SESSION', opensAtMs });
    expect(started.told).toMatchObject([{ sendAtMs: opensAtMs, request: { target: { brokerOrderId: '1000' } } }]);
    expect(started.queue.queued).toEqual(started.told);
    await started.clock.advance(599_999);
    expect(started.asked).toEqual([0]);
    await started.clock.advance(1);
    expect(started.asked).toEqual([0, 600_000]);
    expect(order(started)?.status).toBe('PENDING_CANCEL');
    expect([started.queue.queued, started.clock.pendingTimers]).toEqual([[], 0]);
  });

  it('waits for a person when nobody knows when the window opens', async () => {
    const started = await start();
    started.refusals.push(undefined);
    await started.cancel();
    expect(started.told).toMatchObject([{ sendAtMs: undefined }]);
    expect(started.queue.queued).toHaveLength(1);
    await started.clock.advance(3_600_000);
    expect(started.asked).toHaveLength(1);
  });

  it('is asked again soon when the broker opens later than its hours say, and not for ever', async () => {
    const started = await start();
    const opensAtMs = started.clock.nowMs() + 1_000;
    const eveningMs = opensAtMs + 36_000_000;
    started.refusals.push(opensAtMs, ...Array.from({ length: 13 }, () => eveningMs));
    await started.cancel();
    await started.clock.advance(120_000);
    expect(started.asked).toEqual([0, ...Array.from({ length: 13 }, (_, at) => 1_000 + at * 5_000)]);
    expect(started.queue.queued).toMatchObject([{ sendAtMs: eveningMs }]);
  });

  it('is dropped when nothing of the order is left', async () => {
    const started = await start();
    started.refusals.push(started.clock.nowMs() + 5_000);
    await started.cancel();
    started.venue.fill('1000', 10);
    started.tracker.applyList(await started.venue.adapter.listOrders({ tradingDate: started.target.tradingDate }));
    await started.clock.advance(10_000);
    expect([started.asked.length, started.queue.queued.length]).toEqual([1, 0]);
  });

  it('is queued once, and of a part and of all the one of all stays', async () => {
    const started = await start();
    const opensAtMs = started.clock.nowMs() + 5_000;
    started.refusals.push(opensAtMs, opensAtMs, opensAtMs);
    await started.cancel(4);
    await started.cancel();
    await started.cancel(3);
    expect(started.queue.queued.map(({ request }) => request.quantity)).toEqual([undefined]);
    await started.clock.advance(5_000);
    expect(started.asked).toHaveLength(4);
  });

  it('passes the kill switch', async () => {
    const started = await start();
    started.refusals.push(started.clock.nowMs() + 5_000);
    await started.cancel();
    started.safety.setKillSwitch(true, { requestedBy: 'test', reason: 'stop' });
    await started.clock.advance(5_000);
    expect(started.asked).toHaveLength(2);
  });

  it('is left alone after close', async () => {
    const started = await start();
    started.refusals.push(started.clock.nowMs() + 5_000, started.clock.nowMs() + 5_000);
    await started.cancel();
    started.queue.close();
    await started.cancel();
    await started.clock.advance(10_000);
    expect([started.asked.length, started.clock.pendingTimers]).toEqual([2, 0]);
  });
});
