import { expect, it } from 'vitest';
import * as risk from './index.ts';

it('exports exactly this', () => {
  expect(Object.keys(risk)).toMatchInlineSnapshot(`
    [
      "checkOrder",
      "createMarketDay",
      "bindingLimitKrw",
      "riskLimitsDefault",
    ]
  `);
});
