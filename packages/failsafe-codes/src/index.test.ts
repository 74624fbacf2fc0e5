import { expect, it } from 'vitest';
import * as failsafe from './index.ts';

it('exports these values, and a new one is a decision', () => {
  expect(Object.keys(failsafe).sort()).toMatchInlineSnapshot(`
    [
      "failsafeCodes",
      "failsafeKinds",
      "failsafeLanguages",
      "failsafeSeverities",
      "failsafeStages",
      "failsafeStatuses",
      "formatFailsafeMessage",
      "getFailsafeCode",
      "isFailsafeCode",
      "printable",
    ]
  `);
});
