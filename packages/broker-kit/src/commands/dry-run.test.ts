import { clientOrderId, type OrderReference } from '@qts/core';
import { createFakeClock } from '@qts/core/testing';
import { expect, it } from 'vitest';
import { createDryRun } from './dry-run.ts';

const clock = createFakeClock();
const reference = { brokerId: 'demo' } as unknown as OrderReference;

it('numbers what is not sent so that nobody takes it for a number of the broker', () => {
  let last = 0;
  const dryRun = createDryRun('demo', () => String((last += 1)), clock);
  expect(dryRun.order(clientOrderId('intent-1'), reference)).toEqual({
    outcome: 'ACCEPTED',
    clientOrderId: 'intent-1',
    receivedAtMs: clock.nowMs(),
    brokerOrderId: 'DEMO-VIRTUAL-1',
    reference: { brokerId: 'demo', brokerOrderId: 'DEMO-VIRTUAL-1' },
    dryRun: true,
  });
  expect(dryRun.cancel()).toEqual({
    outcome: 'REQUESTED',
    receivedAtMs: clock.nowMs(),
    brokerOrderId: 'DEMO-VIRTUAL-2',
    dryRun: true,
  });
});
