import { type CancelResponse, type Krw, type OrderReference, type Shares, brokerOrderId, tradingDate } from '@qts/core';
import { buildExecutionIntent, createFakeClock } from '@qts/core/testing';
import { type OrderGateway, createOrderTracker } from '@qts/engine';
import { describe, expect, it } from 'vitest';
import { cancelOldOrders } from './order-housekeeping.ts';

const quantity = 10 as Shares;

/** A tracker with orders, over a gateway that only notes cancels. */
function start() {
  const clock = createFakeClock();
  const tracker = createOrderTracker();
  const canceled: string[] = [];

  function place(id: string, answer: 'ACCEPTED' | 'UNKNOWN' = 'ACCEPTED'): OrderReference {
    const intent = buildExecutionIntent({ intentId: id, quantity });
    const { symbol, side } = intent;
    const terms = { orderType: 'LIMIT', timeInForce: 'DAY', venue: 'KRX', session: 'REGULAR' } as const;
    const about = { brokerId: 'stub', tradingDate: tradingDate('2026-09-14'), brokerOrderId: brokerOrderId(id) };
    const reference: OrderReference = { ...about, symbol, side, ...terms, native: {} };
    tracker.beginPlace(intent, 70_000 as Krw, clock.nowMs());
    const said = { intentId: intent.intentId, broker: 'stub', message: '', timestampMs: clock.nowMs() };
    if (answer === 'ACCEPTED')
      tracker.endPlace(intent.intentId, { ...said, accepted: true, outcome: answer, reference });
    else tracker.endPlace(intent.intentId, { ...said, accepted: false, outcome: answer, code: 'FS042' });
    return reference;
  }

  const cancelOrder: OrderGateway['cancelOrder'] = ({ target }) => {
    canceled.push(target.brokerOrderId);
    tracker.beginCancel(target);
    return Promise.resolve({} as CancelResponse);
  };
  const tidy = (): Promise<void> =>
    cancelOldOrders({ gateway: { cancelOrder }, tracker, clock, restingOrderMsMax: 60_000 });
  return { clock, tracker, canceled, place, tidy };
}

describe('old orders', () => {
  it('are canceled when they have rested too long, and younger ones are not', async () => {
    const { clock, canceled, place, tidy } = start();
    place('old');
    await clock.advance(60_000);
    place('young');
    await tidy();
    expect(canceled).toEqual([]);
    await clock.advance(1);
    await tidy();
    expect(canceled).toEqual(['old']);
  });

  it('are canceled once: a cancel on its way is left to its end', async () => {
    const { clock, canceled, place, tidy } = start();
    place('old');
    await clock.advance(60_001);
    await tidy();
    await tidy();
    expect(canceled).toEqual(['old']);
  });

  it('without a number, or with nothing left to trade, are left alone', async () => {
    const { clock, tracker, canceled, place, tidy } = start();
    place('unknown', 'UNKNOWN');
    const reference = place('filled');
    const filled = { filledQuantity: quantity, filledAmountKrw: 700_000 as Krw, canceledQuantity: 0 as Shares };
    const row = { reference, kind: 'NEW', orderedQuantity: quantity, ...filled } as const;
    const rest = { rejectedQuantity: 0 as Shares, leavesQuantity: 0 as Shares, orderedAtMs: clock.nowMs() };
    await clock.advance(60_001);
    tracker.applyList({ orders: [{ ...row, ...rest }], readStartedAtMs: clock.nowMs() });
    await tidy();
    expect(canceled).toEqual([]);
  });
});
