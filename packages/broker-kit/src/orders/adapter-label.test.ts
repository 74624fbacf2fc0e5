import { type BrokerCapabilities } from '@qts/core';
import { expect, it } from 'vitest';
import { describeAdapter } from './adapter-label.ts';

const capabilities = {
  brokerId: 'demo',
  environment: 'LIVE',
  orderTerms: [],
  queries: {},
} satisfies BrokerCapabilities;
const label = { brokerId: 'demo', name: 'Demo', environment: 'LIVE', capabilities, openOrdersMax: 30 } as const;

it('says which server it is, and that a simulated venue is one', () => {
  expect(describeAdapter({ ...label, simulated: false })).toMatchObject({
    displayName: 'Demo (live)',
    capabilities: { environment: 'LIVE', openOrdersMax: 30 },
  });
  expect(describeAdapter({ ...label, environment: 'PAPER', simulated: true })).toMatchObject({
    displayName: 'Demo (paper, 모의투자, simulated)',
    capabilities: { environment: 'SIMULATED', openOrdersMax: 30 },
  });
});
