import { expect, it } from 'vitest';
import * as surface from './index.ts';

it('exports exactly this', () => {
  expect(Object.keys(surface).sort()).toMatchInlineSnapshot(`
    [
      "chkHoliday",
      "createKisBroker",
      "decodeQuotes",
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
      "kisNoticeStreams",
      "kisNoticeWidths",
      "kisOpenOrdersMax",
      "kisOperations",
      "kisOrderDivisions",
      "kisPaperCredentials",
      "kisQuoteStreams",
      "kisRateLimits",
      "kisStreamCodes",
      "kisStreamOrigins",
      "kisSuccessCodes",
      "readFrameHead",
      "readKisCredentials",
      "readKisTradeColumns",
      "searchStockInfo",
    ]
  `);
});
