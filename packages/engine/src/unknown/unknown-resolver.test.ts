import {
  type IntentId,
  type OrderRequest,
  type OrderResponse,
  ConfigurationError,
  BrokerError,
  ValidationError,
  brokerOrderId,
  intentId,
  krw,
  symbolCode,
} from '@qts/core';
import { buildExecutionIntent, buildOrderRequest } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { type Fate, type ReadFault, venueDate } from '../../test/support/lossy-venue.ts';
import { type StartedEngine, startEngine } from '../../test/support/start-engine.ts';

const first = intentId('intent-1');
const samsung = symbolCode('005930');
const twin: OrderRequest = buildOrderRequest();
const native = { code: 'EGW00201', message: 'too fast' };

async function lose(engine: StartedEngine, fate: Fate = { kind: 'DROPPED' }): Promise<void> {
  engine.venue.fates.push(fate);
  expect(await engine.submit()).toMatchObject({ outcome: 'UNKNOWN', code: 'FS042' });
}

const seconds = (engine: StartedEngine, count: number): Promise<void> => engine.clock.advance(count * 1_000);
const answerOf = ({ gateway }: StartedEngine, id: IntentId = first) => gateway.find(id);
const always = (fault: ReadFault): ReadFault[] => Array.from({ length: 100 }, () => fault);

describe('a broker whose clock is not ours', () => {
  /** Three orders that were answered and listed, so that the broker's time is known. */
  async function learn(engine: StartedEngine): Promise<void> {
    for (const each of ['a', 'b', 'c']) {
      await engine.submit({ intentId: `known-${each}`, quantity: 1, side: 'SELL' });
      await seconds(engine, 1.3);
    }
    engine.resolver.observeList(await engine.venue.adapter.listOrders({ tradingDate: venueDate }));
  }

  it('has its order adopted although it dates it ten seconds before we sent it', async () => {
    const engine = startEngine();
    engine.venue.aheadMs = -10_000;
    await learn(engine);
    await lose(engine, { kind: 'LOST', landsAfterMs: 0 });
    await seconds(engine, 0.5);
    expect(engine.tracker.get(first)).toMatchObject({ status: 'ACCEPTED' });
    expect(engine.codes()).toContain('AN100');
  });

  it('does not lend us an order that a program placed before we sent ours', async () => {
    const engine = startEngine();
    engine.venue.aheadMs = 10_000;
    await learn(engine);
    engine.venue.placeByOthers(twin, true);
    await seconds(engine, 5);
    await lose(engine);
    await seconds(engine, 31);
    expect(await answerOf(engine)).toMatchObject({ outcome: 'UNKNOWN', code: 'FS043' });
  });

  it('does not lend us such an order either when only its headers told its time', async () => {
    const engine = startEngine();
    engine.venue.aheadMs = 10_000;
    engine.venue.headersAheadMs = 10_000;
    engine.venue.placeByOthers(twin, true);
    await seconds(engine, 5);
    await lose(engine);
    await seconds(engine, 31);
    expect(await answerOf(engine)).toMatchObject({ outcome: 'UNKNOWN', code: 'FS043' });
  });

  it('is believed to date orders by what lists say, when its headers are wrong', async () => {
    const engine = startEngine();
    engine.venue.headersAheadMs = 180_000;
    await learn(engine);
    await lose(engine, { kind: 'LOST', landsAfterMs: 0 });
    await seconds(engine, 0.5);
    expect(engine.tracker.get(first)).toMatchObject({ status: 'ACCEPTED' });
  });
});

describe('an order whose answer was lost', () => {
  it('is adopted as soon as a complete list shows it, and trades on', async () => {
    const engine = startEngine();
    await lose(engine, { kind: 'LOST', landsAfterMs: 0 });
    expect(engine.tracker.hasUnknown(samsung)).toBe(true);
    await seconds(engine, 0.5);
    expect(engine.tracker.get(first)).toMatchObject({ status: 'ACCEPTED', needsReconciliation: false });
    expect(engine.tracker.hasUnknown(samsung)).toBe(false);
    expect(await answerOf(engine)).toMatchObject({ accepted: true, outcome: 'ACCEPTED', brokerOrderId: '1000' });
    expect(engine.story('intent-1')).toEqual([
      ...['intent-recorded', 'command-sending', 'command-unknown', 'safety-recorded', 'command-adopted'],
    ]);
    expect(engine.journal.records.at(-1)?.body).toMatchObject({
      ...{ proof: 'ORDER_LIST', late: false, unknownForMs: 500, completeReads: 1, accountId: 'paper-1' },
      reference: { brokerOrderId: '1000' },
    });
    expect(engine.venue.posts).toHaveLength(1);
  });

  it('brings the fills that it had meanwhile', async () => {
    const engine = startEngine();
    await lose(engine, { kind: 'LOST', landsAfterMs: 0 });
    engine.venue.fill('1000', 4);
    await seconds(engine, 0.5);
    expect(engine.tracker.get(first)).toMatchObject({ status: 'PARTIALLY_FILLED', leavesQuantity: 6 });
  });

  it('is found when the list lags behind by five seconds', async () => {
    const engine = startEngine();
    engine.venue.listLagMs = 5_300;
    await lose(engine, { kind: 'LOST', landsAfterMs: 0 });
    await seconds(engine, 4);
    expect(engine.tracker.hasUnknown(samsung)).toBe(true);
    await seconds(engine, 4);
    expect(await answerOf(engine)).toMatchObject({ outcome: 'ACCEPTED' });
  });

  it('is read on the schedule of 6.3, and absent after the read at 30 s', async () => {
    const engine = startEngine();
    await lose(engine);
    const readsBy = async (second: number): Promise<number> => {
      await engine.clock.advance(second * 1_000 - (engine.clock.monotonicMs() - beganAtMs));
      return engine.venue.reads;
    };
    const beganAtMs = engine.clock.monotonicMs();
    expect([await readsBy(0.4), await readsBy(0.5), await readsBy(1), await readsBy(2)]).toEqual([0, 1, 2, 3]);
    expect([await readsBy(4), await readsBy(8), await readsBy(15), await readsBy(29.9)]).toEqual([4, 5, 6, 6]);
    expect(engine.tracker.get(first)?.status).toBe('SUBMITTED');
    expect(await readsBy(30)).toBe(7);
    expect(engine.tracker.get(first)).toMatchObject({
      status: 'ABSENT',
      leavesQuantity: 0,
      needsReconciliation: false,
    });
    expect(await answerOf(engine)).toMatchObject({
      accepted: false,
      outcome: 'UNKNOWN',
      status: 'ABSENT',
      code: 'FS042',
    });
    expect(engine.story('intent-1').slice(-1)).toEqual(['command-absent']);
    expect([engine.tracker.hasUnknown(samsung), engine.tracker.openBuyValueKrw()]).toEqual([false, 0]);
    expect(engine.venue.posts).toHaveLength(1);
  });

  it('is not absent before three complete reads said so', async () => {
    const engine = startEngine();
    engine.venue.readFaults.push(undefined, undefined, undefined, 'FAILS', 'FAILS', 'INCOMPLETE', 'FAILS');
    await lose(engine);
    await seconds(engine, 30);
    expect(engine.tracker.get(first)?.status).toBe('SUBMITTED');
    await seconds(engine, 5);
    expect(engine.tracker.get(first)?.status).toBe('SUBMITTED');
    await seconds(engine, 5);
    expect(engine.tracker.get(first)?.status).toBe('ABSENT');
  });

  it.each([
    ['a minute and a half', 90_000],
    ['an hour', 3_600_000],
  ])('is not absent when our clock is %s ahead of the broker’s: no second order leaves', async (_, aheadMs) => {
    const engine = startEngine();
    await lose(engine, { kind: 'LOST', landsAfterMs: 0 });
    const [order] = engine.venue.orders;
    if (order === undefined) throw new Error('nothing landed');
    order.row = { ...order.row, orderedAtMs: order.row.orderedAtMs - aheadMs };
    await seconds(engine, 61);
    expect(engine.resolver.open).toEqual([{ intentId: first, escalated: 'ORIGIN_UNCLEAR' }]);
    expect(await engine.submit({ intentId: 'intent-2' })).toMatchObject({ outcome: 'NOT_SENT' });
    expect(engine.venue.posts).toHaveLength(1);
  });

  it('is not absent by lists that say they are complete and lack another order of ours', async () => {
    const engine = startEngine();
    expect(await engine.submit({ intentId: 'intent-0', quantity: 7 })).toMatchObject({ outcome: 'ACCEPTED' });
    await lose(engine, { kind: 'LOST', landsAfterMs: 0 });
    engine.venue.listLagMs = 10_000_000;
    await seconds(engine, 61);
    expect(engine.resolver.open).toEqual([{ intentId: first, escalated: 'READS_FAILED' }]);
    expect(engine.tracker.hasUnknown(samsung)).toBe(true);
  });

  it('waits for a person when the list cannot be read for a minute', async () => {
    const engine = startEngine();
    engine.venue.readFaults.push(...always('FAILS'));
    await lose(engine);
    await seconds(engine, 59.9);
    expect(engine.resolver.open).toEqual([{ intentId: first }]);
    await seconds(engine, 0.1);
    expect(engine.resolver.open).toEqual([{ intentId: first, escalated: 'READS_FAILED' }]);
    expect(engine.tracker.hasUnknown(samsung)).toBe(true);
    expect(await answerOf(engine)).toMatchObject({ outcome: 'UNKNOWN', code: 'FS043', status: 'SUBMITTED' });
    expect(engine.codes()).toEqual(['FS042', 'FS043']);
    expect(engine.safety.pipelineState).toBe('LOCKDOWN');
    expect(engine.story('intent-1').filter((type) => type === 'command-escalated')).toHaveLength(1);
  });

  it('is found after a read that hangs', async () => {
    const engine = startEngine();
    engine.venue.readFaults.push('HANGS');
    await lose(engine, { kind: 'LOST', landsAfterMs: 0 });
    // Given up after 30 s, and read again 5 s later.
    await seconds(engine, 35);
    expect(engine.tracker.hasUnknown(samsung)).toBe(true);
    await seconds(engine, 1);
    expect(await answerOf(engine)).toMatchObject({ outcome: 'ACCEPTED' });
  });

  it('waits for a person when every read hangs', async () => {
    const engine = startEngine();
    engine.venue.readFaults.push(...always('HANGS'));
    await lose(engine, { kind: 'LOST', landsAfterMs: 0 });
    await seconds(engine, 60);
    expect(engine.resolver.open).toEqual([{ intentId: first, escalated: 'READS_FAILED' }]);
    await engine.resolver.settled();
  });

  it('is taken once from a list that shows it twice', async () => {
    const engine = startEngine();
    engine.venue.readFaults.push('DOUBLED');
    await lose(engine, { kind: 'LOST', landsAfterMs: 0 });
    await seconds(engine, 0.5);
    expect(await answerOf(engine)).toMatchObject({ outcome: 'ACCEPTED' });
  });

  it('is adopted beside an order that somebody placed by hand, and never for it', async () => {
    const engine = startEngine();
    engine.venue.placeByOthers(twin, false);
    await lose(engine, { kind: 'LOST', landsAfterMs: 3_000 });
    await seconds(engine, 2);
    expect(engine.tracker.get(first)?.status).toBe('SUBMITTED');
    await seconds(engine, 2);
    expect(await answerOf(engine)).toMatchObject({ brokerOrderId: '1001' });
  });

  it.each([
    ['placed by hand', [false], 'ORIGIN_UNCLEAR'],
    ['of which the broker does not say the origin', [undefined], 'ORIGIN_UNCLEAR'],
    ['of another program, and another one', [true, true], 'MORE_THAN_ONE'],
  ] as const)('waits for a person when all that fits is an order %s', async (_, origins, reason) => {
    const engine = startEngine();
    await lose(engine);
    for (const viaApi of origins) engine.venue.placeByOthers(twin, viaApi);
    await seconds(engine, 29);
    expect(engine.resolver.open).toEqual([{ intentId: first }]);
    await seconds(engine, 1);
    expect(engine.resolver.open).toEqual([{ intentId: first, escalated: reason }]);
    expect(engine.tracker.get(first)?.reference).toBeUndefined();
  });

  it('is believed without an origin on an account that nobody else trades', async () => {
    const engine = startEngine({ exclusive: true });
    await lose(engine);
    engine.venue.placeByOthers(twin, undefined);
    await seconds(engine, 1);
    expect(await answerOf(engine)).toMatchObject({ outcome: 'ACCEPTED' });
  });

  it('waits for a person when another lost order of ours looks the same', async () => {
    const engine = startEngine();
    await lose(engine);
    // The gateway lets no such order leave; a journal of a program that crashed might hold one.
    const intent = buildExecutionIntent({ intentId: 'intent-2' });
    const about = { intentId: intent.intentId, accepted: false, broker: 'kis', message: '-', timestampMs: 1 };
    engine.tracker.beginPlace(intent, krw(70_000), engine.clock.nowMs());
    engine.tracker.endPlace(intent.intentId, { ...about, outcome: 'UNKNOWN', code: 'FS042' });
    engine.resolver.begin({ intent, code: 'FS042' });
    engine.venue.placeByOthers(twin, true);
    await seconds(engine, 30);
    expect(engine.resolver.open.map(({ escalated }) => escalated)).toEqual(['MORE_THAN_ONE', 'MORE_THAN_ONE']);
  });

  it('is adopted although an equal one was called absent before', async () => {
    const engine = startEngine();
    await lose(engine);
    await seconds(engine, 61);
    engine.venue.fates.push({ kind: 'LOST', landsAfterMs: 0 });
    await engine.submit({ intentId: 'intent-2' });
    await seconds(engine, 1);
    expect(await answerOf(engine, intentId('intent-2'))).toMatchObject({ outcome: 'ACCEPTED', brokerOrderId: '1000' });
    expect(engine.tracker.get(first)?.status).toBe('ABSENT');
  });

  it('frees its symbol only with its end', async () => {
    const engine = startEngine();
    await lose(engine);
    engine.safety.requestRecovery({ operatorApproved: true, requestedBy: 'test', reason: 'look at the scope alone' });
    expect(await engine.submit({ intentId: 'intent-2', quantity: 3 })).toMatchObject({ code: 'G_EXE_UNKNOWN_PENDING' });
    await seconds(engine, 30);
    expect(await engine.submit({ intentId: 'intent-3', quantity: 3 })).toMatchObject({ outcome: 'ACCEPTED' });
  });
});

describe('a late answer', () => {
  it('that accepts settles the order at once', async () => {
    const engine = startEngine();
    engine.venue.listLagMs = 60_000;
    await lose(engine, { kind: 'LOST', landsAfterMs: 0 });
    engine.resolver.hearLateAnswer(engine.venue.lateAnswer('intent-1'));
    await engine.resolver.settled();
    expect(await answerOf(engine)).toMatchObject({ outcome: 'ACCEPTED', brokerOrderId: '1000' });
    expect(engine.journal.records.at(-1)).toMatchObject({ type: 'command-adopted', body: { proof: 'LATE_ANSWER' } });
    expect(engine.clock.pendingTimers).toBe(1); // the quiet time before recovery
  });

  it('that refuses ends it as rejected, and nothing is watched for', async () => {
    const engine = startEngine();
    await lose(engine);
    engine.resolver.hearLateAnswer(refusal('REJECTED'));
    await engine.resolver.settled();
    expect(await answerOf(engine)).toMatchObject({ outcome: 'REJECTED', message: 'rejected: EGW00201 too fast' });
    expect(engine.tracker.get(first)?.status).toBe('REJECTED');
    expect(engine.resolver.watched).toEqual([]);
  });

  it('that refuses in doubtful words waits for the list', async () => {
    const engine = startEngine();
    await lose(engine);
    engine.resolver.hearLateAnswer(refusal('UNKNOWN'));
    await seconds(engine, 0.5);
    expect(engine.tracker.hasUnknown(samsung)).toBe(true);
    await seconds(engine, 0.5);
    expect(await answerOf(engine)).toMatchObject({ outcome: 'REJECTED' });
  });

  it('is kept when it overtakes the word that the order is unknown', async () => {
    const engine = startEngine();
    engine.venue.fates.push({ kind: 'LOST', landsAfterMs: 0 });
    engine.venue.beforeAnswer = async () => {
      engine.resolver.hearLateAnswer(engine.venue.lateAnswer('intent-1'));
      await Promise.resolve();
    };
    await engine.submit();
    await engine.resolver.settled();
    expect(await answerOf(engine)).toMatchObject({ outcome: 'ACCEPTED' });
    expect(engine.venue.reads).toBe(0);
  });

  it('that names the number of another order of ours goes to a person', async () => {
    const engine = startEngine();
    await engine.submit({ intentId: 'intent-0', quantity: 7 });
    await lose(engine);
    const other = engine.venue.lateAnswer('intent-0');
    engine.resolver.hearLateAnswer({ ...other, clientOrderId: refusal('REJECTED').clientOrderId });
    await engine.resolver.settled();
    expect(engine.resolver.open).toEqual([{ intentId: first, escalated: 'NUMBER_BOUND' }]);
  });

  it('that contradicts what was bound raises an alarm and changes nothing', async () => {
    const engine = startEngine();
    await lose(engine, { kind: 'LOST', landsAfterMs: 0 });
    await seconds(engine, 1);
    engine.resolver.hearLateAnswer(refusal('REJECTED'));
    engine.resolver.hearLateAnswer(engine.venue.lateAnswer('intent-1'));
    expect(engine.codes()).toEqual(['FS042', 'FS043']);
    expect(engine.tracker.get(first)?.status).toBe('ACCEPTED');
  });

  it('of an order that is not ours is nobody’s business', () => {
    const engine = startEngine();
    engine.resolver.hearLateAnswer(refusal('REJECTED'));
    expect(engine.codes()).toEqual([]);
  });
});

describe('a refusal that a read has to confirm', () => {
  it('is a refusal when the list a second later does not show the order', async () => {
    const engine = startEngine();
    await lose(engine, { kind: 'DOUBTFUL_REFUSAL', native });
    await seconds(engine, 0.9);
    expect(engine.tracker.hasUnknown(samsung)).toBe(true);
    await seconds(engine, 0.1);
    expect(await answerOf(engine)).toMatchObject({
      ...{ outcome: 'REJECTED', code: 'FS040', status: 'REJECTED', message: 'rejected: EGW00201 too fast' },
    });
    expect(engine.journal.records.at(-1)).toMatchObject({
      type: 'command-rejected',
      body: { native, proof: 'ORDER_LIST' },
    });
    expect(engine.codes()).toEqual(['FS042']);
  });

  it('is none when the list shows the order', async () => {
    const engine = startEngine();
    await lose(engine, { kind: 'DOUBTFUL_REFUSAL', native, landsAfterMs: 300 });
    await seconds(engine, 1);
    expect(await answerOf(engine)).toMatchObject({ outcome: 'ACCEPTED' });
  });

  it('does not keep the order from landing later', async () => {
    const engine = startEngine({ onLateLanding: 'KEEP' });
    await lose(engine, { kind: 'DOUBTFUL_REFUSAL', native, landsAfterMs: 20_000 });
    await seconds(engine, 1);
    expect(engine.resolver.watched).toEqual([first]);
    await seconds(engine, 61);
    expect(engine.tracker.get(first)).toMatchObject({ status: 'ACCEPTED', leavesQuantity: 10 });
    expect(engine.tracker.openBuyValueKrw()).toBe(700_000);
  });
});

describe('an order that was called absent', () => {
  const absent = async (engine: StartedEngine, landsAfterMs = 45_000): Promise<void> => {
    await lose(engine, { kind: 'LOST', landsAfterMs });
    await seconds(engine, 30);
    expect(engine.tracker.get(first)?.status).toBe('ABSENT');
  };

  it('is bound when it lands after all, with an alarm', async () => {
    const engine = startEngine();
    await absent(engine);
    await seconds(engine, 60);
    expect(await answerOf(engine)).toMatchObject({ outcome: 'ACCEPTED', brokerOrderId: '1000' });
    expect(engine.codes()).toEqual(['FS042', 'AN070']);
    expect(engine.journal.records.findLast(({ type }) => type === 'command-adopted')?.body).toMatchObject({
      late: true,
    });
    expect(engine.venue.cancels).toEqual([]);
    expect(engine.resolver.watched).toEqual([]);
  });

  it.each([
    ['CANCEL', undefined, 1],
    ['KEEP', 1, 0],
    ['CANCEL_IF_STALE', 1, 1],
    ['CANCEL_IF_STALE', 3_600_000, 0],
    ['CANCEL_IF_STALE', undefined, 0],
  ] as const)('is treated as %s says with an intent that lives for %s ms', async (onLateLanding, lifeMs, cancels) => {
    const engine = startEngine({ onLateLanding });
    engine.venue.fates.push({ kind: 'LOST', landsAfterMs: 45_000 });
    await engine.submit(lifeMs === undefined ? {} : { validUntilMs: engine.clock.nowMs() + lifeMs });
    await seconds(engine, 90);
    expect(engine.venue.cancels).toHaveLength(cancels);
  });

  it('is canceled while the kill switch is on, whatever the policy says: stopping stays stopped', async () => {
    const engine = startEngine({ onLateLanding: 'KEEP' });
    await absent(engine);
    engine.safety.setKillSwitch(true, { requestedBy: 'kim', reason: 'halt' });
    await seconds(engine, 60);
    expect(await answerOf(engine)).toMatchObject({ outcome: 'ACCEPTED', brokerOrderId: '1000' });
    expect(engine.venue.cancels).toMatchObject([{ brokerOrderId: '1000' }]);
  });

  it.each([
    ['while it was looked for', 10],
    ['after it had been called absent', 40],
  ])('is canceled when it lands and somebody canceled it %s, whatever the policy says', async (_, canceledAtS) => {
    const engine = startEngine({ onLateLanding: 'KEEP' });
    await lose(engine, { kind: 'LOST', landsAfterMs: 45_000 });
    await seconds(engine, canceledAtS);
    const canceling = engine.gateway.cancelIntent(first);
    await seconds(engine, 90 - canceledAtS);
    expect(await canceling).toMatchObject({ outcome: 'NOT_FOUND' });
    expect(engine.venue.cancels).toMatchObject([{ brokerOrderId: '1000' }]);
    expect(engine.codes()).toEqual(['FS042', 'AN070']);
  });

  it('is canceled when a refusal that lists confirmed was none and somebody had canceled it', async () => {
    const engine = startEngine({ onLateLanding: 'KEEP' });
    await lose(engine, { kind: 'DOUBTFUL_REFUSAL', native, landsAfterMs: 20_000 });
    const canceling = engine.gateway.cancelIntent(first);
    await seconds(engine, 90);
    expect(await canceling).toMatchObject({ outcome: 'TOO_LATE_CLOSED' });
    expect(engine.venue.cancels).toMatchObject([{ brokerOrderId: '1000' }]);
  });

  it('is found on a list that somebody else read, and by a late answer', async () => {
    const byList = startEngine();
    await absent(byList);
    await seconds(byList, 16);
    byList.resolver.observeList(await byList.venue.adapter.listOrders({ tradingDate: venueDate }));
    await byList.resolver.settled();
    expect(await answerOf(byList)).toMatchObject({ outcome: 'ACCEPTED' });

    const byAnswer = startEngine();
    await absent(byAnswer);
    byAnswer.resolver.hearLateAnswer(byAnswer.venue.lateAnswer('intent-1'));
    await byAnswer.resolver.settled();
    expect(await answerOf(byAnswer)).toMatchObject({ outcome: 'ACCEPTED' });
  });

  it('does not take the row of an equal order that was sent after it', async () => {
    const engine = startEngine();
    await lose(engine);
    await seconds(engine, 61);
    engine.venue.beforeAnswer = async () => {
      engine.resolver.observeList(await engine.venue.adapter.listOrders({ tradingDate: venueDate }));
    };
    expect(await engine.submit({ intentId: 'intent-2' })).toMatchObject({ outcome: 'ACCEPTED', brokerOrderId: '1000' });
    await seconds(engine, 120);
    expect(engine.tracker.get(first)?.status).toBe('ABSENT');
    expect(engine.codes()).toEqual(['FS042']);
  });

  it('leaves a person’s equal order alone', async () => {
    const engine = startEngine();
    await lose(engine);
    await seconds(engine, 30);
    engine.venue.placeByOthers(twin, false);
    await seconds(engine, 120);
    expect(engine.tracker.get(first)?.status).toBe('ABSENT');
    expect(engine.codes()).toEqual(['FS042']);
  });

  it('raises one alarm for rows of which nobody can say whose they are', async () => {
    const engine = startEngine();
    await lose(engine);
    await seconds(engine, 30);
    engine.venue.placeByOthers(twin, undefined);
    await seconds(engine, 300);
    expect(engine.codes()).toEqual(['FS042', 'FS043']);
    expect(engine.tracker.get(first)?.status).toBe('ABSENT');
  });

  it('is forgotten with its trading date', async () => {
    const engine = startEngine();
    await lose(engine);
    await seconds(engine, 14 * 3_600 + 60);
    expect(engine.resolver.watched).toEqual([]);
    expect(engine.clock.pendingTimers).toBe(0);
  });
});

describe('trading after unknown orders', () => {
  it('goes on by itself 30 s after the last one was resolved', async () => {
    const engine = startEngine();
    await lose(engine, { kind: 'LOST', landsAfterMs: 0 });
    expect([engine.safety.pipelineState, engine.resolver.willRecover]).toEqual(['FAIL', true]);
    await seconds(engine, 30.4);
    expect(engine.safety.pipelineState).toBe('FAIL');
    await seconds(engine, 0.1);
    expect([engine.safety.pipelineState, engine.resolver.willRecover]).toEqual(['NORMAL', false]);
    expect(engine.journal.records.at(-1)).toMatchObject({
      ...{ type: 'operator-acted', body: { action: 'recovery', requestedBy: 'unknown-resolver' } },
    });
  });

  it('stays stopped when a person is to decide that', async () => {
    const engine = startEngine({ recoverAfterQuietMs: 'never' });
    await lose(engine, { kind: 'LOST', landsAfterMs: 0 });
    await seconds(engine, 600);
    expect([engine.safety.pipelineState, engine.resolver.willRecover]).toEqual(['FAIL', false]);
  });

  it('stays stopped when anything else failed as well', async () => {
    const engine = startEngine({}, { lockdownThreshold: 3 });
    engine.safety.record({ code: 'FS050', message: 'equity', stage: 'TRANSFORM' });
    engine.safety.requestRecovery({ operatorApproved: true, requestedBy: 'test', reason: 'begin anew' });
    await lose(engine, { kind: 'LOST', landsAfterMs: 0 });
    engine.safety.record({ code: 'FS050', message: 'equity', stage: 'TRANSFORM' });
    await seconds(engine, 600);
    expect([engine.safety.pipelineState, engine.resolver.willRecover]).toEqual(['FAIL', false]);
  });

  it('never leaves a lockdown', async () => {
    const engine = startEngine({}, { lockdownThreshold: 1 });
    await lose(engine, { kind: 'LOST', landsAfterMs: 0 });
    await seconds(engine, 600);
    expect(engine.safety.pipelineState).toBe('LOCKDOWN');
  });

  it('waits anew when another order becomes unknown in the quiet time', async () => {
    const engine = startEngine({}, { lockdownThreshold: 9 });
    engine.venue.fates.push({ kind: 'LOST', landsAfterMs: 0 }, { kind: 'LOST', landsAfterMs: 0 });
    await Promise.all([engine.submit(), engine.submit({ intentId: 'intent-2', symbol: '000660' })]);
    await seconds(engine, 30.4);
    expect(engine.safety.snapshot()).toMatchObject({ pipelineState: 'FAIL', consecutiveFailSafeCount: 2 });
    await seconds(engine, 0.1);
    expect(engine.safety.pipelineState).toBe('NORMAL');
  });
});

describe('a decision about an escalated order', () => {
  const escalated = async (): Promise<StartedEngine> => {
    const engine = startEngine();
    await lose(engine);
    engine.venue.placeByOthers(twin, undefined);
    await seconds(engine, 30);
    expect(engine.resolver.open).toEqual([{ intentId: first, escalated: 'ORIGIN_UNCLEAR' }]);
    return engine;
  };
  const by = { intentId: first, requestedBy: 'kim', reason: 'seen in the HTS' };

  it('binds the number that the person named', async () => {
    const engine = await escalated();
    const response = await engine.resolver.decide({ ...by, end: 'ADOPT', brokerOrderId: brokerOrderId('1000') });
    expect(response).toMatchObject({ outcome: 'ACCEPTED', brokerOrderId: '1000' });
    expect(engine.tracker.hasUnknown(samsung)).toBe(false);
    expect(engine.story('intent-1').slice(-2)).toEqual(['operator-acted', 'command-adopted']);
  });

  it('calls it absent, and watches on', async () => {
    const engine = await escalated();
    expect(await engine.resolver.decide({ ...by, end: 'ABSENT' })).toMatchObject({ status: 'ABSENT' });
    expect([engine.resolver.open, engine.resolver.watched]).toEqual([[], [first]]);
  });

  it.each([
    ['an order that nobody asks about', { intentId: intentId('intent-9'), end: 'ABSENT' }],
    ['no name', { requestedBy: ' ', end: 'ABSENT' }],
    ['no reason', { reason: '', end: 'ABSENT' }],
    ['a number that is not listed', { end: 'ADOPT', brokerOrderId: brokerOrderId('7') }],
  ] as const)('with %s is refused, and nothing changes', async (_, fields) => {
    const engine = await escalated();
    await expect(engine.resolver.decide({ ...by, ...fields })).rejects.toThrow(ValidationError);
    expect(engine.resolver.open).toEqual([{ intentId: first, escalated: 'ORIGIN_UNCLEAR' }]);
  });

  it.each(['FAILS', 'INCOMPLETE'] as const)('reads again while the list %s', async (fault) => {
    const engine = await escalated();
    engine.venue.readFaults.push(fault, fault, fault);
    const deciding = engine.resolver.decide({ ...by, end: 'ADOPT', brokerOrderId: brokerOrderId('1000') });
    await seconds(engine, 3);
    expect(await deciding).toMatchObject({ outcome: 'ACCEPTED', brokerOrderId: '1000' });
  });

  it('fails when the list cannot be read for a minute, and changes nothing', async () => {
    const engine = await escalated();
    engine.venue.readFaults.push(...Array.from({ length: 100 }, () => 'FAILS' as const));
    const deciding = engine.resolver.decide({ ...by, end: 'ADOPT', brokerOrderId: brokerOrderId('1000') });
    const failed = expect(deciding).rejects.toThrow(BrokerError);
    await seconds(engine, 60);
    await failed;
    expect(engine.resolver.open).toEqual([{ intentId: first, escalated: 'ORIGIN_UNCLEAR' }]);
    expect(engine.clock.pendingTimers).toBe(0);
  });

  it('made twice at once counts once', async () => {
    const engine = await escalated();
    const adopt = { ...by, end: 'ADOPT', brokerOrderId: brokerOrderId('1000') } as const;
    const results = await Promise.allSettled([engine.resolver.decide(adopt), engine.resolver.decide(adopt)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(engine.story('intent-1').filter((type) => type === 'command-adopted')).toHaveLength(1);
  });
});

describe('createUnknownResolver', () => {
  it.each([
    { giveUpAfterMs: 30_000 },
    { readAfterMs: [] },
    { readAfterMs: [500, 500] },
    { absentReadsMin: 0 },
    { watchIntervalMs: 1.5 },
  ])('refuses timings like %o', (timings) => {
    expect(() => startEngine({ timings })).toThrow(ConfigurationError);
  });

  it('leaves no timer and reads nothing more once it is closed', async () => {
    const engine = startEngine();
    await lose(engine);
    engine.resolver.close();
    engine.resolver.close();
    await engine.resolver.settled();
    await seconds(engine, 120);
    expect([engine.clock.pendingTimers, engine.venue.reads]).toEqual([0, 0]);
  });

  it('keeps what it knows when the journal is broken', async () => {
    const engine = startEngine();
    await lose(engine, { kind: 'LOST', landsAfterMs: 0 });
    await engine.journal.close();
    await seconds(engine, 1);
    expect(await answerOf(engine)).toMatchObject({ outcome: 'ACCEPTED' });
    expect(engine.logger.of('journal-failed')).not.toEqual([]);
  });
});

function refusal(outcome: 'REJECTED' | 'UNKNOWN'): OrderResponse {
  const about = { clientOrderId: twin.clientOrderId, receivedAtMs: 1 };
  if (outcome === 'REJECTED') return { ...about, outcome, code: 'FS040', native };
  return { ...about, outcome, code: 'FS042', cause: new Error('-') as never, refusal: native };
}
