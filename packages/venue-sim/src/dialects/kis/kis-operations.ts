import { type KisOperation } from './kis-operation.ts';
import { chkHoliday } from './rest/chk-holiday.ts';
import { inquireAccountBalance } from './rest/inquire-account-balance.ts';
import { inquireAskingPriceExpCcn } from './rest/inquire-asking-price-exp-ccn.ts';
import { inquireBalance } from './rest/inquire-balance.ts';
import { inquireDailyCcld } from './rest/inquire-daily-ccld.ts';
import { inquireDailyItemchartprice } from './rest/inquire-daily-itemchartprice.ts';
import { inquirePrice } from './rest/inquire-price.ts';
import { inquirePsblOrder } from './rest/inquire-psbl-order.ts';
import { inquirePsblRvsecncl } from './rest/inquire-psbl-rvsecncl.ts';
import { inquirePsblSell } from './rest/inquire-psbl-sell.ts';
import { inquireTimeItemchartprice } from './rest/inquire-time-itemchartprice.ts';
import { orderCash } from './rest/order-cash.ts';
import { orderRvsecncl } from './rest/order-rvsecncl.ts';
import { searchStockInfo } from './rest/search-stock-info.ts';

/** The operations of the broker that this venue answers, besides the issue of tokens. */
export const kisOperations: readonly KisOperation[] = [
  orderCash,
  orderRvsecncl,
  inquirePsblRvsecncl,
  inquireDailyCcld,
  inquireBalance,
  inquirePsblOrder,
  inquirePsblSell,
  inquireAccountBalance,
  inquirePrice,
  inquireAskingPriceExpCcn,
  inquireDailyItemchartprice,
  inquireTimeItemchartprice,
  chkHoliday,
  searchStockInfo,
];
