import { type ExecutionIntent, type ExecutionResponse, type OrderSnapshot, brokerOrderId, intentId } from '@qts/core';
import { type FakeClock, buildExecutionIntent, createFakeClock, createStubOrderAdapter } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { type UnknownWatcher } from '../gateway/order-gateway-contract.ts';
import { type BrokerClock, createBrokerClock } from './broker-clock.ts';

interface Started {
  readonly clock: FakeClock;
  readonly brokerClock: BrokerClock;
  readonly told: readonly string[];
  /** What the headers say from now on. */
  header: number | undefined;
  /** Places an order that is answered after so long, and lists it as a broker dates it that is ahead by so much. */
  order(
    aheadMs: number,
    answerMs?: number,
    outcome?: ExecutionResponse['outcome'],
    movedBeforeListMs?: number,
  ): Promise<void>;
}

function start(): Started {
  const clock = createFakeClock();
  const watchers: UnknownWatcher[] = [];
  const sent = new Map<string, { readonly intent: ExecutionIntent; readonly sentAtMs: number }>();
  const told: string[] = [];
  let count = 0;
  const started: Started = {
    ...{ clock, told, header: undefined },
    brokerClock: createBrokerClock({
      adapter: createStubOrderAdapter({ brokerId: 'kis', clockAheadMs: () => started.header }),
      tracker: { get: (id) => sent.get(id) as never },
      safety: { record: ({ code, message }) => told.push(`${code} ${message}`) as never },
      clock,
    }),
    async order(aheadMs, answerMs = 40, outcome = 'ACCEPTED', movedBeforeListMs = 0) {
      const number = brokerOrderId(String(++count));
      const intent = buildExecutionIntent({ intentId: `i-${count}` });
      sent.set(intent.intentId, { intent, sentAtMs: clock.nowMs() });
      await clock.advance(answerMs / 2);
      const orderedAtMs = Math.floor((clock.nowMs() + aheadMs) / 1_000) * 1_000;
      await clock.advance(answerMs / 2);
      const reference = { brokerOrderId: number } as OrderSnapshot['reference'];
      const response = { intentId: intentId(`i-${count}`), outcome, reference, timestampMs: clock.nowMs() };
      for (const watcher of watchers) watcher.placeAnswered?.(intent, response as ExecutionResponse);
      clock.shiftWallClock(movedBeforeListMs);
      await clock.advance(730);
      started.brokerClock.observeList({ orders: [{ kind: 'NEW', reference, orderedAtMs } as OrderSnapshot] });
    },
  };
  started.brokerClock.follow({ watch: (watcher) => watchers.push(watcher) });
  return started;
}

const orders = async (started: Started, aheadMs: number, count: number): Promise<void> => {
  for (let each = 0; each < count; each++) await started.order(aheadMs);
};

describe('the times of orders', () => {
  it('are taken for ours while nothing is known', () => {
    expect(start().brokerClock.orderTimes()).toEqual({ leastMs: 0, mostMs: 0 });
  });

  it('may be those of the headers or ours, while no order was listed', () => {
    const started = start();
    started.header = 10_000;
    expect(started.brokerClock.orderTimes()).toEqual({ leastMs: 0, mostMs: 10_000 });
    started.header = -10_000;
    expect(started.brokerClock.orderTimes()).toEqual({ leastMs: -10_000, mostMs: 0 });
  });

  it.each([0, 10_000, -10_000])(
    'are %i ms ahead when our own orders are listed so, whatever headers say',
    async (ms) => {
      const started = start();
      started.header = 180_000;
      await orders(started, ms, 10);
      const { leastMs, mostMs } = started.brokerClock.orderTimes();
      expect(leastMs).toBe(mostMs);
      expect(Math.abs(leastMs - ms)).toBeLessThanOrEqual(600);
    },
  );

  it('are ours again at once when the clock of this machine was moved by as much', async () => {
    const started = start();
    await orders(started, 0, 10);
    const before = started.brokerClock.orderTimes().leastMs;
    started.clock.shiftWallClock(5_000);
    expect(started.brokerClock.orderTimes().leastMs).toBe(before - 5_000);
  });

  it('are known though the clock of this machine is moved between the answer of an order and its list', async () => {
    const started = start();
    for (let each = 0; each < 3; each++) await started.order(each * -10_000, 40, 'ACCEPTED', 10_000);
    const { leastMs, mostMs } = started.brokerClock.orderTimes();
    expect(leastMs).toBe(mostMs);
    expect(Math.abs(leastMs + 30_000)).toBeLessThanOrEqual(600);
  });

  it.each([
    ['that were answered late', 1_200, 'ACCEPTED'],
    ['whose answer was lost', 40, 'UNKNOWN'],
  ] as const)('are not learnt from orders %s', async (_, answerMs, outcome) => {
    const started = start();
    for (let each = 0; each < 10; each++) await started.order(10_000, answerMs, outcome);
    expect(started.brokerClock.orderTimes()).toEqual({ leastMs: 0, mostMs: 0 });
  });
});

describe('the times of sessions', () => {
  it('are left to the guard band below a second, and span every measure from there on', async () => {
    const started = start();
    started.header = 999;
    expect(started.brokerClock.sessionTimes()).toEqual({ leastMs: 0, mostMs: 0 });
    started.header = 1_000;
    expect(started.brokerClock.sessionTimes()).toEqual({ leastMs: 0, mostMs: 1_000 });
    started.header = -2_000;
    await orders(started, 4_000, 3);
    const { leastMs, mostMs } = started.brokerClock.sessionTimes();
    expect(leastMs).toBe(-2_000);
    expect(mostMs).toBeGreaterThan(3_000);
  });
});

describe('a clock that is off', () => {
  it('is told at 1.5 s, once, and again when it was right in between', () => {
    const started = start();
    const look = (header: number): void => {
      started.header = header;
      started.brokerClock.observeList({ orders: [] });
    };
    look(1_499);
    expect(started.told).toEqual([]);
    look(-1_500);
    look(-1_700);
    look(-1_200);
    look(-1_600);
    expect(started.told).toEqual(['AN100 the clock of kis is 1500 ms behind the clock of this machine']);
    look(300);
    look(2_500);
    expect(started.told.slice(1)).toEqual(['AN100 the clock of kis is 2500 ms ahead of the clock of this machine']);
  });
});
