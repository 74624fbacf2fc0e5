import {
  type BrokerEngine,
  type CallOptions,
  type CancelRequest,
  type ExecutionIntent,
  type ExecutionResponse,
  type FailsafeCode,
  type JournalRecordType,
  type OrderJournal,
  type OrderReference,
  accountId,
  brokerOrderId,
  intentId,
  krw,
  tradingDate,
} from '@qts/core';
import { type FakeClock, buildExecutionIntent, createFakeClock, createRecordingLogger } from '@qts/core/testing';
import { createMemoryJournal } from '@qts/storage';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOrderTracker } from '../orders/order-tracker.ts';
import { createSafetyLayer } from '../safety/safety-layer.ts';
import { createInMemoryNotifier } from '../safety/safety-notifier.ts';
import { type OrderGatewaySettings } from './order-gateway-contract.ts';
import { createOrderGateway } from './order-gateway.ts';

/** An engine whose answers the test gives one by one. */
class ScriptedBroker implements BrokerEngine {
  readonly name = 'kis';
  readonly intents: ExecutionIntent[] = [];
  readonly options: (CallOptions | undefined)[] = [];
  readonly cancels: CancelRequest[] = [];
  /** What the next order is answered with; default: accepted. */
  next: Partial<ExecutionResponse> | Error = {};
  /** When set, answers wait for it. */
  gate: Promise<void> | undefined = undefined;
  whenSubmitted: () => void = () => undefined;

  async submitIntent(intent: ExecutionIntent, options?: CallOptions): Promise<ExecutionResponse> {
    this.intents.push(intent);
    this.options.push(options);
    this.whenSubmitted();
    const { next } = this;
    await this.gate;
    if (next instanceof Error) throw next;
    const outcome = next.outcome ?? 'ACCEPTED';
    const accepted = outcome === 'ACCEPTED';
    const number = brokerOrderId(String(this.intents.length));
    return {
      ...{ intentId: intent.intentId, accepted, outcome, broker: this.name, message: 'm', timestampMs: 5 },
      ...(accepted ? { brokerOrderId: number, reference: referenceOf(intent, number) } : { code: 'FS040' }),
      ...next,
    };
  }

  replaceOrder(): ReturnType<BrokerEngine['replaceOrder']> {
    return Promise.reject(new Error('no replace in these tests'));
  }

  cancelOrder(request: CancelRequest): ReturnType<BrokerEngine['cancelOrder']> {
    this.cancels.push(request);
    return Promise.resolve({ outcome: 'REQUESTED', receivedAtMs: 6, dryRun: false });
  }
}

function referenceOf({ symbol, side }: ExecutionIntent, number: OrderReference['brokerOrderId']): OrderReference {
  return {
    ...{ brokerId: 'kis', tradingDate: tradingDate('2026-09-14'), brokerOrderId: number, symbol, side },
    ...{ orderType: 'LIMIT', timeInForce: 'DAY', venue: 'KRX', session: 'REGULAR', native: {} },
  };
}

interface Started {
  readonly gateway: ReturnType<typeof createOrderGateway>;
  readonly broker: ScriptedBroker;
  readonly journal: ReturnType<typeof createMemoryJournal>;
  readonly tracker: ReturnType<typeof createOrderTracker>;
  readonly safety: ReturnType<typeof createSafetyLayer>;
  readonly notifier: ReturnType<typeof createInMemoryNotifier>;
  readonly clock: FakeClock;
  readonly types: () => readonly JournalRecordType[];
}

function start(overrides: Partial<OrderGatewaySettings> = {}): Started {
  const broker = new ScriptedBroker();
  const journal = createMemoryJournal();
  const tracker = createOrderTracker();
  const clock = createFakeClock();
  const notifier = createInMemoryNotifier();
  const safety = createSafetyLayer({ clock, notifier });
  const gateway = createOrderGateway({
    ...{ broker, journal, tracker, clock, safety, accountId: accountId('main') },
    checkOrder: () => ({ allowed: true, worstPriceKrw: krw(70_000) }),
    ...overrides,
  });
  const types = (): readonly JournalRecordType[] => journal.records.map(({ type }) => type);
  return { gateway, broker, journal, tracker, safety, notifier, clock, types };
}

/** A promise that the test settles. */
function held(): { readonly promise: Promise<void>; readonly release: () => void } {
  let release: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { promise, release };
}

const failingJournal = (failOn: JournalRecordType, how: 'throws' | 'rejects'): OrderJournal => ({
  ...createMemoryJournal(),
  append: ({ type }) => {
    if (type !== failOn) return;
    if (how === 'throws') throw new Error('disk full');
    return Promise.reject(new Error('disk full'));
  },
});

describe('createOrderGateway', () => {
  it('journals intent and command before the broker hears of it, and the outcome before the caller does', async () => {
    const { gateway, broker, types } = start();
    let before: readonly JournalRecordType[] = [];
    broker.whenSubmitted = () => {
      before = types();
    };
    const response = await gateway.submitIntent(buildExecutionIntent());
    expect(response).toMatchObject({ accepted: true, brokerOrderId: '1' });
    expect(before).toEqual(['intent-recorded', 'command-sending']);
    expect(types()).toEqual(['intent-recorded', 'command-sending', 'command-accepted']);
  });

  it('waits for a barrier before it sends', async () => {
    const disk = held();
    const { gateway, broker, clock } = start({
      journal: {
        ...createMemoryJournal(),
        append: ({ type }) => (type === 'command-sending' ? disk.promise : undefined),
      },
    });
    const pending = gateway.submitIntent(buildExecutionIntent());
    await clock.settle();
    expect(broker.intents).toHaveLength(0);
    disk.release();
    expect(await pending).toMatchObject({ accepted: true });
  });

  describe('with a known intent id', () => {
    // domain 13, row 9
    it('calls the broker once when asked twice, also while the first answer is awaited', async () => {
      const { gateway, broker } = start();
      const wire = held();
      broker.gate = wire.promise;
      const first = gateway.submitIntent(buildExecutionIntent());
      const second = gateway.submitIntent(buildExecutionIntent());
      wire.release();
      expect(await second).toBe(await first);
      expect(await gateway.submitIntent(buildExecutionIntent())).toBe(await first);
      expect(broker.intents).toHaveLength(1);
    });

    it('answers with what was recorded, a denial included', async () => {
      const { gateway, safety, notifier } = start();
      safety.setKillSwitch(true, { requestedBy: 'kim', reason: 'test' });
      const denied = await gateway.submitIntent(buildExecutionIntent());
      safety.setKillSwitch(false, { requestedBy: 'kim', reason: 'test' });
      expect(await gateway.submitIntent(buildExecutionIntent())).toBe(denied);
      expect(notifier.notifications).toHaveLength(1);
    });

    it.each([
      ['quantity', { quantity: 11 }],
      ['price', { limitPriceKrw: 70_100 }],
      ['side', { side: 'SELL' }],
      ['type', { intentType: 'MARKET' }],
      ['deadline', { validUntilMs: buildExecutionIntent().createdAtMs + 1 }],
      ['nothing to do', { intentType: 'NOOP' }],
    ] as const)('denies other content (%s)', async (_, overrides) => {
      const { gateway, broker } = start();
      await gateway.submitIntent(buildExecutionIntent());
      const conflict = await gateway.submitIntent(buildExecutionIntent(overrides));
      expect(conflict).toMatchObject({ outcome: 'NOT_SENT', code: 'G_EXE_INTENT_CONFLICT' });
      expect(broker.intents).toHaveLength(1);
    });

    it('is the same order whatever it carries along', async () => {
      const { gateway, broker } = start();
      await gateway.submitIntent(buildExecutionIntent());
      await gateway.submitIntent(buildExecutionIntent({ metadata: { strategy: 'x' } }));
      expect(broker.intents).toHaveLength(1);
    });

    it('calls the broker once per id, however calls and answers interleave', async () => {
      const calls = fc.array(fc.record({ id: fc.integer({ min: 1, max: 4 }), settle: fc.boolean() }), {
        maxLength: 20,
      });
      await fc.assert(
        fc.asyncProperty(calls, async (asked) => {
          const { gateway, broker, clock } = start();
          const answers = asked.map(async ({ id, settle }) => {
            const intent = buildExecutionIntent({ intentId: `i-${String(id)}`, quantity: id });
            const answer = gateway.submitIntent(intent);
            if (settle) await clock.settle();
            return answer;
          });
          await Promise.all(answers);
          const ids = broker.intents.map((intent) => intent.intentId);
          expect(new Set(ids).size).toBe(ids.length);
          expect(new Set(ids)).toEqual(new Set(asked.map(({ id }) => `i-${String(id)}`)));
        }),
        { numRuns: 40 },
      );
    });
  });

  describe('denies', () => {
    it('a stale intent', async () => {
      const { gateway, clock, broker } = start();
      const validUntilMs = clock.nowMs() - 1;
      const intent = buildExecutionIntent({ createdAtMs: validUntilMs - 1_000, validUntilMs });
      expect(await gateway.submitIntent(intent)).toMatchObject({ code: 'G_EXE_INTENT_STALE', status: 'DENIED' });
      expect(broker.intents).toHaveLength(0);
    });

    it('everything once its trading date is over in Korea, and lets cancels pass', async () => {
      const clock = createFakeClock({ startMs: Date.parse('2026-09-14T23:59:59.999+09:00') });
      const { gateway, broker } = start({ clock, tradingDate: tradingDate('2026-09-14') });
      const made = (id: string) => buildExecutionIntent({ intentId: id, createdAtMs: clock.nowMs() });
      const { reference: target } = await gateway.submitIntent(made('i-1'));
      await clock.advance(1);
      expect(await gateway.submitIntent(made('i-2'))).toMatchObject({ code: 'G_EXE_INTENT_STALE', status: 'DENIED' });
      expect(broker.intents).toHaveLength(1);
      if (target === undefined) throw new Error('the first order has a number');
      expect(await gateway.cancelOrder({ target, dryRun: false })).toMatchObject({ outcome: 'REQUESTED' });
    });

    it('an intent that became stale while the journal was written', async () => {
      const disk = held();
      const { gateway, clock, broker } = start({
        journal: {
          ...createMemoryJournal(),
          append: ({ type }) => (type === 'command-sending' ? disk.promise : undefined),
        },
      });
      const createdAtMs = clock.nowMs();
      const pending = gateway.submitIntent(buildExecutionIntent({ createdAtMs, validUntilMs: createdAtMs + 100 }));
      await clock.advance(101);
      disk.release();
      expect(await pending).toMatchObject({ outcome: 'NOT_SENT', code: 'G_EXE_INTENT_STALE' });
      expect(broker.intents).toHaveLength(0);
    });

    it('what the kill switch stops between the journal and the broker', async () => {
      const disk = held();
      const { gateway, broker, safety, tracker } = start({
        journal: {
          ...createMemoryJournal(),
          append: ({ type }) => (type === 'command-sending' ? disk.promise : undefined),
        },
      });
      const pending = gateway.submitIntent(buildExecutionIntent());
      safety.setKillSwitch(true, { requestedBy: 'kim', reason: 'test' });
      disk.release();
      expect(await pending).toMatchObject({ outcome: 'NOT_SENT', code: 'G_EXE_KILLSWITCH_ON' });
      expect(broker.intents).toHaveLength(0);
      expect(tracker.openOrdersTotal).toBe(0);
    });

    it('a malformed intent, and does not remember it', async () => {
      const { gateway, broker } = start();
      const malformed = { ...buildExecutionIntent(), side: 'HOLD' } as unknown as ExecutionIntent;
      expect(await gateway.submitIntent(malformed)).toMatchObject({
        code: 'G_EXE_INTENT_INVALID',
        outcome: 'NOT_SENT',
      });
      expect(await gateway.submitIntent(buildExecutionIntent())).toMatchObject({ accepted: true });
      expect(broker.intents).toHaveLength(1);
    });

    it('what the pre-trade check denies, in its words', async () => {
      const { gateway, broker, types } = start({
        checkOrder: () => ({ allowed: false, code: 'GR001', message: 'too much', facts: {} }),
      });
      expect(await gateway.submitIntent(buildExecutionIntent())).toMatchObject({
        code: 'GR001',
        message: 'denied: too much',
      });
      expect(broker.intents).toHaveLength(0);
      expect(types()).toEqual(['intent-denied']);
    });

    it('everything when the pre-trade check itself fails, and stops', async () => {
      const { gateway, safety } = start({
        checkOrder: () => {
          throw new Error('no table');
        },
      });
      expect(await gateway.submitIntent(buildExecutionIntent())).toMatchObject({ outcome: 'NOT_SENT', code: 'FS030' });
      expect(safety.pipelineState).toBe('FAIL');
    });

    it('a twin of an order that awaits its answer, and lets it pass afterwards', async () => {
      const { gateway, broker } = start();
      const wire = held();
      broker.gate = wire.promise;
      const first = gateway.submitIntent(buildExecutionIntent({ intentId: 'i-1' }));
      expect(await gateway.submitIntent(buildExecutionIntent({ intentId: 'i-2' }))).toMatchObject({
        code: 'G_EXE_TWIN_IN_FLIGHT',
      });
      const other = gateway.submitIntent(buildExecutionIntent({ intentId: 'i-3', quantity: 11 }));
      wire.release();
      expect(await first).toMatchObject({ accepted: true });
      expect(await other).toMatchObject({ accepted: true });
      expect(await gateway.submitIntent(buildExecutionIntent({ intentId: 'i-4' }))).toMatchObject({ accepted: true });
    });
  });

  describe('after a lost answer', () => {
    // domain 13, row 7
    it('denies new orders of the symbol, never sends again, and lets other symbols and cancels pass', async () => {
      const { gateway, broker, tracker } = start({
        failurePolicy: {
          DENIED: 'guardrail',
          REJECTED: 'anomaly',
          NOT_SENT: 'anomaly',
          UNKNOWN: 'anomaly',
          BLOCKED: 'fail_safe',
          INTEGRITY: 'fail_safe',
        },
      });
      await gateway.submitIntent(buildExecutionIntent({ intentId: 'i-0' }));
      broker.next = { outcome: 'UNKNOWN', code: 'FS042' };
      const lost = await gateway.submitIntent(buildExecutionIntent({ intentId: 'i-1' }));
      expect(lost).toMatchObject({ accepted: false, outcome: 'UNKNOWN', code: 'FS042' });
      expect(await gateway.submitIntent(buildExecutionIntent({ intentId: 'i-1' }))).toBe(lost);
      broker.next = {};
      const same = await gateway.submitIntent(buildExecutionIntent({ intentId: 'i-2', quantity: 3 }));
      expect(same).toMatchObject({ code: 'G_EXE_UNKNOWN_PENDING' });
      const other = await gateway.submitIntent(buildExecutionIntent({ intentId: 'i-3', symbol: '000660' }));
      expect(other).toMatchObject({ accepted: true });
      expect(broker.intents.map((intent) => intent.intentId)).toEqual(['i-0', 'i-1', 'i-3']);

      const target = tracker.get(intentId('i-0'))?.reference;
      expect(target && (await gateway.cancelOrder({ target, dryRun: false }))).toMatchObject({ outcome: 'REQUESTED' });
      expect(tracker.get(intentId('i-1'))).toMatchObject({ status: 'SUBMITTED', needsReconciliation: true });
    });

    it('stops all new orders by default', async () => {
      const { gateway, broker, safety } = start();
      broker.next = { outcome: 'UNKNOWN', code: 'FS042' };
      await gateway.submitIntent(buildExecutionIntent());
      expect(safety.snapshot()).toMatchObject({ pipelineState: 'FAIL', lastFailSafeCode: 'FS042' });
    });

    it('is one: an engine that throws', async () => {
      const { gateway, broker, tracker, types } = start();
      broker.next = new TypeError('boom');
      expect(await gateway.submitIntent(buildExecutionIntent())).toMatchObject({ outcome: 'UNKNOWN', code: 'FS040' });
      expect(tracker.get(intentId('intent-1'))).toMatchObject({ needsReconciliation: true });
      expect(types()).toEqual(['intent-recorded', 'command-sending', 'command-unknown']);
    });
  });

  // domain 13, row 24
  it.each([
    ['a refusal', { outcome: 'REJECTED', code: 'FS040' }, 'anomaly'],
    ['an order that did not get out', { outcome: 'NOT_SENT', code: 'FS040' }, 'anomaly'],
    ['a lost answer', { outcome: 'UNKNOWN', code: 'FS042' }, 'fail_safe'],
    ['a latched guard', { outcome: 'NOT_SENT', code: 'FS040', broker: 'failsafe' }, 'fail_safe'],
    ['a failure without a code', { outcome: 'REJECTED', code: undefined }, 'anomaly'],
  ] as const)('makes exactly one safety record of %s', async (_, next, event) => {
    const { gateway, broker, notifier } = start();
    broker.next = next as Partial<ExecutionResponse>;
    const intent = buildExecutionIntent();
    await Promise.all([gateway.submitIntent(intent), gateway.submitIntent(intent)]);
    const level = event === 'fail_safe' ? 'FAIL' : 'WARNING';
    expect(notifier.notifications).toMatchObject([
      { level, safetyCode: next.code ?? 'FS040', metadata: { intentId: 'intent-1' } },
    ]);
  });

  describe('tells its watchers', () => {
    const refusal = { code: 'EGW00201', message: 'too fast' };
    const watching = (started: Started): string[] => {
      const told: string[] = [];
      started.gateway.watch({
        placeUnknown: (unknown) => {
          told.push(
            [unknown.intent.intentId, unknown.code, unknown.refusal?.code ?? '-', started.types().at(-1)].join(' '),
          );
        },
        cancelUnknown: ({ target }) => told.push(`cancel ${target.brokerOrderId}`),
      });
      return told;
    };

    it('of an unknown order, once it is on disk that nobody knows', async () => {
      const started = start();
      const told = watching(started);
      started.broker.next = { outcome: 'UNKNOWN', code: 'FS042', refusal };
      await started.gateway.submitIntent(buildExecutionIntent());
      expect(told).toEqual(['intent-1 FS042 EGW00201 command-unknown']);
      expect(started.journal.records.at(-1)?.body).toMatchObject({ refusal });
    });

    it.each(['ACCEPTED', 'REJECTED', 'NOT_SENT'] as const)('nothing of an order that was %s', async (outcome) => {
      const started = start();
      const told = watching(started);
      started.broker.next = { outcome };
      await started.gateway.submitIntent(buildExecutionIntent());
      expect(told).toEqual([]);
    });

    it.each([
      ['UNKNOWN', 1],
      ['NOT_SENT', 1],
      ['REQUESTED', 0],
      ['TOO_LATE_FILLED', 0],
    ] as const)('of a cancel that ended as %s: %i times', async (outcome, times) => {
      const started = start();
      const told = watching(started);
      const { reference } = await started.gateway.submitIntent(buildExecutionIntent());
      if (reference === undefined) throw new Error('an acceptance has a reference');
      started.broker.cancelOrder = () => Promise.resolve({ outcome, receivedAtMs: 6, dryRun: false });
      await started.gateway.cancelOrder({ target: reference, dryRun: false });
      const stranger = { ...reference, brokerOrderId: brokerOrderId('999') };
      await started.gateway.cancelOrder({ target: stranger, dryRun: false });
      expect(told).toEqual(Array.from({ length: times }, () => 'cancel 1'));
    });
  });

  it('answers with what an unknown order turned out to be', async () => {
    const { gateway, broker } = start();
    broker.next = { outcome: 'UNKNOWN', code: 'FS042' };
    const response = await gateway.submitIntent(buildExecutionIntent());
    const settled = { ...response, outcome: 'ACCEPTED', accepted: true } as const;
    gateway.settle(settled);
    gateway.settle({ ...settled, intentId: intentId('nobody') });
    expect(await gateway.submitIntent(buildExecutionIntent())).toBe(settled);
    expect(await gateway.find(intentId('intent-1'))).toBe(settled);
    expect(gateway.find(intentId('nobody'))).toBeUndefined();
    expect(broker.intents).toHaveLength(1);
  });

  it('makes no safety record of an acceptance or a NOOP', async () => {
    const { gateway, broker, notifier } = start();
    await gateway.submitIntent(buildExecutionIntent());
    broker.next = { outcome: 'NOT_SENT', code: 'G_EXE_NOOP_POLICY' };
    await gateway.submitIntent(buildExecutionIntent({ intentId: 'i-2', intentType: 'NOOP' }));
    expect(notifier.notifications).toEqual([]);
  });

  it('bounds the wait of the broker by the life of the intent', async () => {
    const { gateway, broker, clock } = start();
    const createdAtMs = clock.nowMs();
    const intent = buildExecutionIntent({ createdAtMs, validUntilMs: createdAtMs + 100 });
    await gateway.submitIntent(intent, { deadlineMs: createdAtMs + 5_000 });
    expect(broker.options).toMatchObject([{ deadlineMs: createdAtMs + 100 }]);
  });

  it('lets the broker ask once more directly before the first byte', async () => {
    const { gateway, broker, safety } = start();
    const answered = held();
    broker.gate = answered.promise;
    const callers: FailsafeCode[] = ['G_EXE_TRADING_DISABLED'];
    const pending = gateway.submitIntent(buildExecutionIntent(), { refuseSend: () => callers[0] });
    const refuseSend = broker.options[0]?.refuseSend;
    expect(refuseSend?.()).toBe('G_EXE_TRADING_DISABLED');
    callers.pop();
    expect(refuseSend?.()).toBeUndefined();
    safety.setKillSwitch(true, { requestedBy: 'test', reason: 'test' });
    expect(refuseSend?.()).toBe('G_EXE_KILLSWITCH_ON');
    answered.release();
    await pending;
  });

  describe('when the journal fails', () => {
    it.each(['throws', 'rejects'] as const)('sends nothing if the command could not be written (%s)', async (how) => {
      const { gateway, broker, safety, tracker } = start({ journal: failingJournal('command-sending', how) });
      expect(await gateway.submitIntent(buildExecutionIntent())).toMatchObject({ outcome: 'NOT_SENT', code: 'FS045' });
      expect(broker.intents).toHaveLength(0);
      expect(tracker.openOrdersTotal).toBe(0);
      expect(safety.pipelineState).toBe('FAIL');
    });

    it.each(['throws', 'rejects'] as const)(
      'calls the order unknown if its outcome could not be written (%s)',
      async (how) => {
        const { gateway } = start({ journal: failingJournal('command-accepted', how) });
        expect(await gateway.submitIntent(buildExecutionIntent())).toMatchObject({
          ...{ accepted: false, outcome: 'UNKNOWN', code: 'FS040', brokerOrderId: '1' },
        });
      },
    );

    it('takes no further order, even when the safety state was recovered', async () => {
      const { gateway, broker, safety } = start({ journal: failingJournal('command-accepted', 'throws') });
      await gateway.submitIntent(buildExecutionIntent({ intentId: 'i-1' }));
      safety.requestRecovery({ operatorApproved: true, requestedBy: 'kim', reason: 'test' });
      expect(await gateway.submitIntent(buildExecutionIntent({ intentId: 'i-2' }))).toMatchObject({ code: 'FS045' });
      expect(broker.intents).toHaveLength(1);
    });

    it('cancels nevertheless, and says so', async () => {
      const logger = createRecordingLogger();
      const { gateway, broker } = start({ journal: failingJournal('cancel-sending', 'throws'), logger });
      const target = referenceOf(buildExecutionIntent(), brokerOrderId('9'));
      expect(await gateway.cancelOrder({ target, dryRun: false })).toMatchObject({ outcome: 'REQUESTED' });
      expect(broker.cancels).toHaveLength(1);
      expect(logger.of('journal-failed')).toMatchObject([{ type: 'cancel-sending' }]);
    });
  });

  it('cancels while the kill switch is on', async () => {
    const { gateway, safety, types } = start();
    safety.setKillSwitch(true, { requestedBy: 'kim', reason: 'test' });
    const target = referenceOf(buildExecutionIntent(), brokerOrderId('9'));
    expect(await gateway.cancelOrder({ target, dryRun: false })).toMatchObject({ outcome: 'REQUESTED' });
    expect(types()).toEqual(['cancel-sending', 'cancel-answered']);
  });

  it('keeps nothing of a dry run but its answer', async () => {
    const { gateway, broker, tracker } = start();
    broker.next = { dryRun: true };
    expect(await gateway.submitIntent(buildExecutionIntent())).toMatchObject({ accepted: true, dryRun: true });
    expect(tracker.list()).toEqual([]);
    expect(tracker.openOrdersTotal).toBe(0);
  });
});
