import { expect, it } from 'vitest';
import * as bridge from './index.ts';

it('exports exactly this', () => {
  expect(Object.keys(bridge)).toMatchInlineSnapshot(`
    [
      "createBridge",
      "brokerIdDefault",
      "createBrokerRegistry",
      "getBrokerForConfig",
      "checkIntent",
      "intentToOrderRequest",
      "orderResponseToExecutionResponse",
    ]
  `);
});
