import { type BrokerEngine, type CancelRequest, type ExecutionResponse, ValidationError } from '@qts/core';
import { buildExecutionIntent, createFakeClock, createMockBroker } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { createLiveBroker } from './live-broker.ts';

const clock = createFakeClock();

/** An engine that fails as it is told, and counts what reaches it. */
function failing(submitIntent: BrokerEngine['submitIntent']): { readonly broker: BrokerEngine; calls: number } {
  const seen = { calls: 0 };
  const broker: BrokerEngine = {
    ...createMockBroker(),
    name: 'kis',
    submitIntent: (intent) => {
      seen.calls++;
      return submitIntent(intent);
    },
  };
  return Object.assign(seen, { broker });
}

const unsent: BrokerEngine['submitIntent'] = ({ intentId }) =>
  Promise.resolve({
    intentId,
    accepted: false,
    outcome: 'NOT_SENT',
    broker: 'kis',
    message: 'm',
    timestampMs: 0,
    code: 'FS040',
  });

async function submitTimes(broker: BrokerEngine, times: number): Promise<ExecutionResponse | undefined> {
  let last: ExecutionResponse | undefined;
  for (let count = 0; count < times; count++) {
    last = await broker.submitIntent(buildExecutionIntent({ intentId: `intent-${String(count)}` }));
  }
  return last;
}

describe('createLiveBroker', () => {
  it('hands intents and answers through', async () => {
    const broker = createMockBroker();
    const live = createLiveBroker({ broker, clock });
    expect(await live.submitIntent(buildExecutionIntent())).toMatchObject({ accepted: true, broker: 'mock-broker' });
    expect(broker.intents).toHaveLength(1);
    expect(live.name).toBe('mock-broker');
  });

  // domain 13, row 4
  it('leaves the broker alone after three failures in a row, and answers failsafe with FS040', async () => {
    const seen = failing(unsent);
    const live = createLiveBroker({ broker: seen.broker, clock });
    await submitTimes(live, 3);
    expect(await submitTimes(live, 5)).toMatchObject({
      accepted: false,
      outcome: 'NOT_SENT',
      broker: 'failsafe',
      code: 'FS040',
    });
    expect(seen.calls).toBe(3);
    expect(live.guard).toMatchObject({ blocked: true, consecutiveFailures: 3 });
  });

  // domain 13, row 3
  it('counts an engine that throws, and answers that the order may be live', async () => {
    const seen = failing(() => Promise.reject(new TypeError('boom')));
    const live = createLiveBroker({ broker: seen.broker, clock, maxConsecutiveFailures: 2 });
    expect(await submitTimes(live, 1)).toMatchObject({ outcome: 'UNKNOWN', code: 'FS040', status: 'SUBMITTED' });
    expect(await submitTimes(live, 2)).toMatchObject({ broker: 'failsafe' });
    expect(seen.calls).toBe(2);
  });

  it('does not count NOOPs, and answers them when it is blocked', async () => {
    const seen = failing(unsent);
    const noop = buildExecutionIntent({ intentType: 'NOOP' });
    const mock = createLiveBroker({ broker: createMockBroker(), clock, maxConsecutiveFailures: 1 });
    await mock.submitIntent(noop);
    expect(mock.guard.blocked).toBe(false);

    const blocked = createLiveBroker({ broker: seen.broker, clock, maxConsecutiveFailures: 1 });
    await submitTimes(blocked, 1);
    expect(await blocked.submitIntent(noop)).toMatchObject({ broker: 'kis' });
  });

  it('lets a malformed intent fail without counting it', async () => {
    const refusal = new ValidationError({ code: 'INTENT_INVALID', summary: 'No.', next: '-' });
    const seen = failing(() => Promise.reject(refusal));
    const live = createLiveBroker({ broker: seen.broker, clock });
    await expect(live.submitIntent(buildExecutionIntent())).rejects.toBe(refusal);
    expect(live.guard.consecutiveFailures).toBe(0);
  });

  it('cancels in every state', async () => {
    const seen = failing(unsent);
    const live = createLiveBroker({ broker: seen.broker, clock, maxConsecutiveFailures: 1 });
    await submitTimes(live, 1);
    const request = { target: { brokerOrderId: '1' }, dryRun: false } as unknown as CancelRequest;
    expect(await live.cancelOrder(request)).toMatchObject({ outcome: 'REQUESTED' });
  });
});
