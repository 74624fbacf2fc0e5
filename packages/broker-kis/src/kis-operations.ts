import { approval } from './auth/approval.ts';
import { revokeP } from './auth/revoke-p.ts';
import { tokenP } from './auth/token-p.ts';
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
import { type KisOperationInfo, type KisRequestField, type KisResponseField } from './rest/operation.ts';
import { orderCash } from './rest/order-cash.ts';
import { orderRvsecncl } from './rest/order-rvsecncl.ts';
import { searchStockInfo } from './rest/search-stock-info.ts';

/** Every operation with a TR id that this package speaks. `docs` prints the catalogue from here. */
export const kisOperations: readonly KisOperationInfo[] = [
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

/** A request for a token or a key: no TR id, the key and the secret in the body. */
export interface KisAuthOperation {
  readonly name: string;
  readonly korean: string;
  readonly source: string;
  readonly evidence: string;
  readonly method: 'POST';
  readonly path: string;
  readonly request: readonly KisRequestField[];
  readonly response: readonly KisResponseField[];
}

/** The requests for tokens and keys. */
export const kisAuthOperations: readonly KisAuthOperation[] = [tokenP, revokeP, approval];
