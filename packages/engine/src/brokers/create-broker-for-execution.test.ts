import { type OrderAdapter } from '@qts/core';
import { buildExecutionIntent, createFakeClock, createStubOrderAdapter } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { type LiveApproval, decideLiveGate, liveAcknowledgement } from '../live/live-gate.ts';
import { createBrokerForExecution } from './create-broker-for-execution.ts';

const clock = createFakeClock();
const adapterOf = (environment: 'LIVE' | 'PAPER'): OrderAdapter =>
  createStubOrderAdapter({
    brokerId: 'kis',
    capabilities: { brokerId: 'kis', environment, orderTerms: [], queries: {} },
  });

function approvalFor(brokerId: string): LiveApproval {
  const decision = decideLiveGate({
    mode: 'live',
    acknowledgement: liveAcknowledgement,
    enableRealOrder: 'Y',
    credentials: { brokerId, environment: 'LIVE', host: 'live.example', liveHost: 'live.example' },
  });
  if (!decision.allowed) throw new Error(decision.reason);
  return decision.approval;
}

describe('createBrokerForExecution', () => {
  it.each([
    ['not allowed, no adapter', { liveAllowed: false }, 'noop-broker'],
    ['not allowed, an adapter', { liveAllowed: false, adapter: adapterOf('PAPER') }, 'noop-broker'],
    ['not allowed, a live adapter', { liveAllowed: false, adapter: adapterOf('LIVE') }, 'noop-broker'],
    ['allowed, no adapter', { liveAllowed: true }, 'noop-broker'],
    ['allowed, a paper adapter', { liveAllowed: true, adapter: adapterOf('PAPER') }, 'kis'],
  ])('gives for %s the engine $2', (_, settings, name) => {
    expect(createBrokerForExecution({ ...settings, clock }).name).toBe(name);
  });

  it('refuses a live adapter without an approval', () => {
    expect(() => createBrokerForExecution({ liveAllowed: true, adapter: adapterOf('LIVE'), clock })).toThrow(
      expect.objectContaining({ code: 'LIVE_NOT_APPROVED' }),
    );
  });

  it('refuses the approval of another broker', () => {
    const settings = { liveAllowed: true, adapter: adapterOf('LIVE'), liveApproval: approvalFor('kiwoom'), clock };
    expect(() => createBrokerForExecution(settings)).toThrow(expect.objectContaining({ code: 'LIVE_NOT_APPROVED' }));
  });

  it('gives a live broker for a live adapter with its approval', () => {
    const settings = { liveAllowed: true, adapter: adapterOf('LIVE'), liveApproval: approvalFor('kis'), clock };
    expect(createBrokerForExecution(settings)).toMatchObject({ name: 'kis', guard: { maxConsecutiveFailures: 3 } });
  });

  it('gives an engine that sends nothing when orders are not allowed', async () => {
    const noop = createBrokerForExecution({ liveAllowed: false, adapter: adapterOf('PAPER'), clock });
    expect(await noop.submitIntent(buildExecutionIntent())).toMatchObject({
      ...{ accepted: false, outcome: 'NOT_SENT', code: 'G_EXE_TRADING_DISABLED', broker: 'noop-broker' },
    });
  });
});
