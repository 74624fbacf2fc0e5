import { expect, it } from 'vitest';
import * as surface from './index.ts';

it('exports exactly this', () => {
  expect(Object.keys(surface).sort()).toMatchInlineSnapshot(`
    [
      "chkHoliday",
      "createKisBroker",
      "inquireAccountBalance",
      "inquireAskingPriceExpCcn",
      "inquireBalance",
      "inquireDailyCcld",
      "inquireDailyItemchartprice",
      "inquirePrice",
      "inquirePsblOrder",
      "inquirePsblRvsecncl",
      "inquirePsblSell",
      "inquireTimeItemchartprice",
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
      "searchStockInfo",
    ]
  `);
});
