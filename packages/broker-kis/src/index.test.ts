import { expect, it } from 'vitest';
import * as surface from './index.ts';

it('exports exactly this', () => {
  expect(Object.keys(surface).sort()).toMatchInlineSnapshot(`
    [
      "createKisBroker",
      "kisAuthOperations",
      "kisCapabilities",
      "kisCompatibilityCode",
      "kisCompatibilityCodes",
      "kisEnvironmentVariables",
      "kisEnvironments",
      "kisErrorMap",
      "kisHosts",
      "kisLiveCredentials",
      "kisNewCustomerRateLimits",
      "kisOperations",
      "kisOrderDivisions",
      "kisPaperCredentials",
      "kisRateLimits",
      "kisStreamCodes",
      "kisSuccessCodes",
      "readKisCredentials",
    ]
  `);
});
