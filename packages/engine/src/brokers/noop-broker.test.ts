import { type CancelRequest } from '@qts/core';
import { buildExecutionIntent, createFakeClock } from '@qts/core/testing';
import { expect, it } from 'vitest';
import { createNoopBroker } from './noop-broker.ts';

const noop = createNoopBroker({ clock: createFakeClock() });

it('accepts nothing, and says that execution is disabled', async () => {
  expect(await noop.submitIntent(buildExecutionIntent())).toMatchObject({
    ...{ accepted: false, outcome: 'NOT_SENT', broker: 'noop-broker', code: 'G_EXE_TRADING_DISABLED' },
    message: 'execution is disabled: nothing was sent',
  });
});

it('cancels nothing, and never says that it did', async () => {
  const request = { target: { brokerOrderId: '1' }, dryRun: false } as unknown as CancelRequest;
  expect(await noop.cancelOrder(request)).toMatchObject({ outcome: 'NOT_SENT', cause: { code: 'EXECUTION_DISABLED' } });
});
