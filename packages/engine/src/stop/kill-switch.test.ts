import { type FakeClock, buildExecutionIntent, createFakeClock, createMockBroker } from '@qts/core/testing';
import { accountId, krw } from '@qts/core';
import { createMemoryJournal } from '@qts/storage';
import { describe, expect, it } from 'vitest';
import { createOrderGateway } from '../gateway/order-gateway.ts';
import { createTradingStates } from '../guards/trading-state.ts';
import { createOrderTracker } from '../orders/order-tracker.ts';
import { createSafetyLayer } from '../safety/safety-layer.ts';
import { type KillSwitch, type KillSwitchSettings, createKillSwitch } from './kill-switch.ts';
import { type StopLatch, createMemoryStopLatch } from './stop-latch.ts';

const by = { requestedBy: 'kim', reason: 'prices look wrong' };

interface Started {
  readonly stop: KillSwitch;
  readonly latch: StopLatch;
  readonly clock: FakeClock;
  readonly journal: ReturnType<typeof createMemoryJournal>;
  readonly safety: ReturnType<typeof createSafetyLayer>;
}

function start(latch = createMemoryStopLatch(), settings: Partial<KillSwitchSettings> = {}): Started {
  const clock = createFakeClock();
  const journal = createMemoryJournal();
  const safety = createSafetyLayer({ clock, journal });
  return { stop: createKillSwitch({ latch, clock, safety, ...settings }), latch, clock, journal, safety };
}

describe('createKillSwitch', () => {
  it('lets orders pass until it is engaged, and again after its release by name', () => {
    const { stop, safety } = start();
    expect(stop.refusal()).toBeUndefined();
    stop.engage(by);
    expect(stop.refusal()).toMatchObject({
      code: 'G_EXE_KILLSWITCH_ON',
      why: expect.stringContaining('kim') as unknown,
    });
    expect(safety.snapshot().killSwitch).toBe(true);
    stop.release({ requestedBy: 'lee', reason: 'checked' });
    expect([stop.refusal(), safety.snapshot().killSwitch]).toEqual([undefined, false]);
  });

  it('survives a restart', () => {
    const { latch, stop } = start();
    stop.engage(by);
    const next = start(latch);
    expect(next.stop.refusal()).toMatchObject({ code: 'G_EXE_KILLSWITCH_ON' });
    expect(next.safety.snapshot().killSwitch).toBe(true);
  });

  it('is not released by a start whose latch was never engaged, when the journal says that it is on', () => {
    const clock = createFakeClock();
    const restored = { state: 'NORMAL', consecutiveFailSafeCount: 0, killSwitch: true, safeMode: false } as const;
    const safety = createSafetyLayer({ clock, restored });
    const stop = createKillSwitch({ latch: createMemoryStopLatch(), clock, safety });
    expect(stop.refusal()).toMatchObject({ code: 'G_EXE_KILLSWITCH_ON' });
    stop.release(by);
    expect(stop.refusal()).toBeUndefined();
  });

  it('follows a second terminal, and writes down who it was, once', () => {
    const { stop, latch, journal } = start();
    latch.engage({ ...by, atMs: 5 });
    expect([stop.refusal()?.code, stop.refusal()?.code]).toEqual(['G_EXE_KILLSWITCH_ON', 'G_EXE_KILLSWITCH_ON']);
    latch.release({ requestedBy: 'lee', reason: 'checked', atMs: 9 });
    expect(stop.refusal()).toBeUndefined();
    expect(journal.records.map(({ type, body }) => [type, body])).toEqual([
      ['operator-acted', { action: 'kill-switch-on', ...by, before: false, after: true }],
      [
        'operator-acted',
        { action: 'kill-switch-off', requestedBy: 'lee', reason: 'checked', before: true, after: false },
      ],
    ]);
  });

  it('stops by a latch that nobody signed', () => {
    const { stop, latch, safety } = start();
    latch.engage({ requestedBy: ' ', reason: '', atMs: 5 });
    expect(stop.refusal()).toMatchObject({ code: 'G_EXE_KILLSWITCH_ON' });
    expect(safety.snapshot().killSwitch).toBe(true);
  });

  it('does not follow a release without a name', () => {
    const { stop, latch } = start();
    stop.engage(by);
    latch.release({ requestedBy: ' ', reason: 'x', atMs: 9 });
    expect(stop.refusal()).toMatchObject({ code: 'G_EXE_KILLSWITCH_ON' });
  });

  it('stops while its latch cannot be read, and goes on only by a release', () => {
    const { stop, latch, clock } = start();
    const good = latch.read();
    latch.read = () => ({ state: 'UNREADABLE', why: 'the stop file is gone' });
    expect(stop.refusal()).toMatchObject({ why: expect.stringContaining('gone') as unknown });
    latch.read = () => good;
    expect(stop.refusal()).toBeDefined();
    latch.read = () => ({ state: 'RELEASED', ...by, atMs: clock.nowMs() });
    expect(stop.refusal()).toBeUndefined();
  });

  it('holds for the process when the latch cannot be written, and says so', () => {
    const { stop, latch } = start();
    latch.engage = () => {
      throw new Error('disk full');
    };
    expect(() => {
      stop.engage(by);
    }).toThrow('disk full');
    expect(stop.refusal()).toMatchObject({ code: 'G_EXE_KILLSWITCH_ON' });
  });

  it('goes on holding when a release cannot be written', () => {
    const { stop, latch } = start();
    stop.engage(by);
    latch.release = () => {
      throw new Error('disk full');
    };
    expect(() => {
      stop.release(by);
    }).toThrow('disk full');
    expect(stop.refusal()).toBeDefined();
  });

  it('cannot be released before its shortest time, by whomever', async () => {
    const { stop, latch, clock } = start(createMemoryStopLatch(), { minimumStopMs: 600_000 });
    stop.engage(by);
    await clock.advance(599_999);
    expect(() => {
      stop.release(by);
    }).toThrow(expect.objectContaining({ code: 'STOP_TOO_YOUNG', facts: { waitMs: 1, minimumStopMs: 600_000 } }));
    latch.release({ ...by, atMs: clock.nowMs() });
    expect(stop.refusal()).toBeDefined();
    await clock.advance(1);
    stop.release(by);
    expect(stop.refusal()).toBeUndefined();
  });

  it.each(['requestedBy', 'reason'] as const)('is neither engaged nor released without a %s', (field) => {
    const { stop } = start();
    expect(() => {
      stop.engage({ ...by, [field]: '' });
    }).toThrow(expect.objectContaining({ code: 'OPERATOR_UNNAMED' }));
    expect(stop.refusal()).toBeUndefined();
    stop.engage(by);
    expect(() => {
      stop.release({ ...by, [field]: '' });
    }).toThrow(expect.objectContaining({ code: 'OPERATOR_UNNAMED' }));
    expect(stop.refusal()).toBeDefined();
  });

  it('keeps an order here that was on its way when somebody stopped, and lets its cancel pass', async () => {
    const { stop, latch, clock, safety, journal } = start();
    const broker = createMockBroker();
    const tracker = createOrderTracker();
    const trading = createTradingStates({ clock, safety, tracker, stop: () => stop.refusal() });
    const append = journal.append.bind(journal);
    journal.append = (entry, durability) => {
      if (entry.type === 'command-sending') latch.engage({ ...by, atMs: 1 });
      append(entry, durability);
    };
    const gateway = createOrderGateway({
      ...{ broker, journal, tracker, clock, safety, accountId: accountId('main'), admit: trading.admit },
      checkOrder: () => ({ allowed: true, worstPriceKrw: krw(70_000) }),
    });
    const response = await gateway.submitIntent(buildExecutionIntent());
    expect(response).toMatchObject({ outcome: 'NOT_SENT', code: 'G_EXE_KILLSWITCH_ON' });
    expect(broker.intents).toEqual([]);
    const target = { brokerId: 'kis', tradingDate: '2026-09-14', brokerOrderId: '7', symbol: '005930' } as never;
    expect(await gateway.cancelOrder({ target, dryRun: false })).toMatchObject({ outcome: 'REQUESTED' });
  });
});
