import {
  type BrokerOrderId,
  type CancelResponse,
  type Krw,
  type OrderList,
  type OrderReference,
  type OrderSnapshot,
  type Shares,
  UnexpectedResponseError,
  brokerOrderId,
  tradingDate,
} from '@qts/core';
import {
  buildExecutionIntent,
  createFakeClock,
  createRecordingLogger,
  createStubOrderAdapter,
} from '@qts/core/testing';
import { type OrderGateway, createOrderTracker } from '@qts/engine';
import { describe, expect, it } from 'vitest';
import { createHousekeeping } from './order-housekeeping.ts';

const date = tradingDate('2026-09-14');
const quantity = 10 as Shares;

/** What the broker knows of an order. */
interface Row {
  filled: number;
  canceled: number;
}

/** A tracker with orders, over a broker whose list and cancels the test scripts. */
function start() {
  const clock = createFakeClock();
  const tracker = createOrderTracker();
  const logger = createRecordingLogger();
  const rows = new Map<BrokerOrderId, Row>();
  const events: string[] = [];
  /** How often the list fails from now on, and how often a cancel is lost. */
  const faults = { list: 0, cancels: 0 };
  let reads = 0;

  const referenceOf = (number: BrokerOrderId): OrderReference => {
    const { symbol, side } = buildExecutionIntent();
    const terms = { orderType: 'LIMIT', timeInForce: 'DAY', venue: 'KRX', session: 'REGULAR' } as const;
    return { brokerId: 'stub', tradingDate: date, brokerOrderId: number, symbol, side, ...terms, native: {} };
  };

  function place(id: string, placed: { readonly known?: boolean } = {}): void {
    const intent = buildExecutionIntent({ intentId: id, quantity });
    tracker.beginPlace(intent, 70_000 as Krw, clock.nowMs());
    const answer = { intentId: intent.intentId, broker: 'stub', message: '', timestampMs: clock.nowMs() };
    if (placed.known === false) {
      tracker.endPlace(intent.intentId, { ...answer, accepted: false, outcome: 'UNKNOWN', code: 'FS042' });
      return;
    }
    const number = brokerOrderId(id);
    rows.set(number, { filled: 0, canceled: 0 });
    tracker.endPlace(intent.intentId, {
      ...answer,
      accepted: true,
      outcome: 'ACCEPTED',
      reference: referenceOf(number),
    });
  }

  function listOrders(): Promise<OrderList> {
    events.push('read');
    reads += 1;
    if (faults.list > 0) {
      faults.list -= 1;
      return Promise.reject(new UnexpectedResponseError({ code: 'RESPONSE_NOT_JSON', summary: 's', next: 'n' }));
    }
    const orders = [...rows].map(([number, { filled, canceled }]): OrderSnapshot => ({
      reference: referenceOf(number),
      kind: 'NEW',
      orderedQuantity: quantity,
      filledQuantity: filled as Shares,
      filledAmountKrw: (filled * 70_000) as Krw,
      canceledQuantity: canceled as Shares,
      rejectedQuantity: 0 as Shares,
      leavesQuantity: (quantity - filled - canceled) as Shares,
      orderedAtMs: clock.nowMs(),
    }));
    return Promise.resolve({ orders, complete: true, readStartedAtMs: clock.nowMs() + reads });
  }

  const cancelOrder: OrderGateway['cancelOrder'] = ({ target, dryRun }) => {
    events.push(`cancel ${target.brokerOrderId}`);
    const commandId = tracker.beginCancel(target);
    const row = rows.get(target.brokerOrderId);
    const lost = faults.cancels > 0;
    if (lost) faults.cancels -= 1;
    else if (row !== undefined) row.canceled = quantity - row.filled;
    const outcome = lost ? 'UNKNOWN' : 'REQUESTED';
    const response = { outcome, receivedAtMs: clock.nowMs(), dryRun } as CancelResponse;
    tracker.endCancel(target, commandId, response);
    return Promise.resolve(response);
  };

  const housekeeping = createHousekeeping({
    adapter: createStubOrderAdapter({ listOrders }),
    gateway: { cancelOrder } as OrderGateway,
    tracker,
    tradingDate: date,
    clock,
    restingOrderMsMax: 60_000,
    logger,
  });
  const close = async (): Promise<readonly string[]> => {
    const closing = housekeeping.close();
    await clock.advance(60_000);
    return closing;
  };
  return { clock, tracker, logger, rows, events, faults, place, cancelOrder, housekeeping, close };
}

describe('tidying after a cycle', () => {
  it('asks for nothing while nothing rests', async () => {
    const { housekeeping, events } = start();
    await housekeeping.tidy();
    expect(events).toEqual([]);
  });

  it('reads what became of orders, and lets young ones rest', async () => {
    const { housekeeping, events, place, rows, tracker, clock } = start();
    place('1');
    rows.set(brokerOrderId('1'), { filled: 4, canceled: 0 });
    await clock.advance(60_000);
    await housekeeping.tidy();
    expect(events).toEqual(['read']);
    expect(tracker.list()[0]?.facts.filledQuantity).toBe(4);
  });

  it('cancels an order that rested for too long, once, and leaves younger ones alone', async () => {
    const { housekeeping, events, place, clock } = start();
    place('old');
    await clock.advance(60_000);
    place('young');
    await clock.advance(1);
    await housekeeping.tidy();
    expect(events).toEqual(['read', 'cancel old']);
    await housekeeping.tidy();
    expect(events).toEqual(['read', 'cancel old', 'read']);
  });

  it('cancels nothing that has filled meanwhile', async () => {
    const { housekeeping, events, place, rows, clock } = start();
    place('1');
    await clock.advance(70_000);
    rows.set(brokerOrderId('1'), { filled: 10, canceled: 0 });
    await housekeeping.tidy();
    expect(events).toEqual(['read']);
  });

  it('cancels what rested for too long though the list cannot be read', async () => {
    const { housekeeping, events, place, faults, clock } = start();
    place('old');
    await clock.advance(60_001);
    faults.list = 1;
    await expect(housekeeping.tidy()).rejects.toThrow(UnexpectedResponseError);
    expect(events).toEqual(['read', 'cancel old']);
  });

  it('tells that the list cannot be read', async () => {
    const { housekeeping, place, faults } = start();
    place('1');
    faults.list = 1;
    await expect(housekeeping.tidy()).rejects.toThrow(UnexpectedResponseError);
  });
});

describe('closing', () => {
  it('cancels all that rests, and reads that it is gone', async () => {
    const { close, events, place, tracker } = start();
    place('1');
    place('2');
    expect(await close()).toEqual([]);
    expect(events).toEqual(['read', 'cancel 1', 'cancel 2', 'read']);
    expect(tracker.list().map(({ status }) => status)).toEqual(['CANCELED', 'CANCELED']);
  });

  it('asks for nothing when nothing rests', async () => {
    const { close, events } = start();
    expect(await close()).toEqual([]);
    expect(events).toEqual([]);
  });

  it('keeps what filled before the cancel came', async () => {
    const { close, place, rows, tracker } = start();
    place('1');
    rows.set(brokerOrderId('1'), { filled: 4, canceled: 0 });
    expect(await close()).toEqual([]);
    expect(tracker.list()[0]?.facts).toMatchObject({ filledQuantity: 4, canceledQuantity: 6 });
  });

  it('sends the cancels though the list cannot be read, and looks again until it can', async () => {
    const { close, events, place, faults, logger } = start();
    place('1');
    faults.list = 2;
    expect(await close()).toEqual([]);
    expect(events).toEqual(['read', 'cancel 1', 'read', 'read']);
    expect(logger.of('closing-read-failed')).toEqual([
      { broker: 'stub', code: 'RESPONSE_NOT_JSON' },
      { broker: 'stub', code: 'RESPONSE_NOT_JSON' },
    ]);
  });

  it('cancels once more when a cancel seems to be lost', async () => {
    const { close, events, place, faults } = start();
    place('1');
    faults.cancels = 1;
    expect(await close()).toEqual([]);
    expect(events.filter((event) => event === 'cancel 1')).toHaveLength(2);
  });

  it('names what could not be canceled: by its number, or by its intent when it has none', async () => {
    const { close, place, faults, events } = start();
    place('1');
    place('nobody-knows', { known: false });
    faults.cancels = Infinity;
    expect(await close()).toEqual(['1', 'nobody-knows']);
    expect(events).not.toContain('cancel nobody-knows');
  });

  it('cancels before it tells of a defect of ours in reading the list', async () => {
    const { tracker, clock, place, cancelOrder, events } = start();
    place('1');
    const housekeeping = createHousekeeping({
      adapter: createStubOrderAdapter(),
      gateway: { cancelOrder } as OrderGateway,
      tracker,
      tradingDate: date,
      clock,
      restingOrderMsMax: 1,
    });
    const closing = expect(housekeeping.close()).rejects.toThrow(/did not set listOrders/);
    await clock.advance(60_000);
    await closing;
    expect(events).toContain('cancel 1');
  });
});
