import { expect, it } from 'vitest';
import * as surface from './index.ts';

it('exports exactly this', () => {
  expect(Object.keys(surface).sort()).toMatchInlineSnapshot(`
    [
      "createKiwoomBroker",
      "createKiwoomRateLimiters",
      "ka10001",
      "ka10003",
      "ka10004",
      "ka10007",
      "ka10075",
      "ka10076",
      "ka10080",
      "ka10081",
      "ka10099",
      "ka10100",
      "kiwoomAuthOperations",
      "kiwoomCapabilities",
      "kiwoomCompatibilityCode",
      "kiwoomCompatibilityCodes",
      "kiwoomEnvironmentVariables",
      "kiwoomEnvironments",
      "kiwoomErrorMap",
      "kiwoomHosts",
      "kiwoomLiveCredentials",
      "kiwoomMarketCodes",
      "kiwoomOpenOrdersMax",
      "kiwoomOperations",
      "kiwoomOrderDivisions",
      "kiwoomPaperCredentials",
      "kiwoomRateLimits",
      "kiwoomSuccessCodes",
      "kt00001",
      "kt00004",
      "kt00005",
      "kt00007",
      "kt00009",
      "kt00010",
      "kt00018",
      "readKiwoomCredentials",
    ]
  `);
});
