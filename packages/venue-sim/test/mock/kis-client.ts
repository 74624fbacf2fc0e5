import { Client } from 'undici';
import {
  createSteppedClock,
  createVenueSim,
  type Instrument,
  type SteppedClock,
  type VenueAccount,
  type VenueSim,
  type VenueSimOptions,
} from '../../src/index.ts';
import { kstInstant } from '../../src/kst.ts';

/** A Friday after the change of 2026-09-14, with ordinary hours. */
export const tradingDate = '2026-11-20';

export const instruments: readonly Instrument[] = [
  {
    symbol: '900010',
    name: '모형전자',
    market: 'KOSPI',
    productClass: 'STOCK',
    basePriceKrw: 70_000,
    listedShares: 10_000_000,
  },
  { symbol: '900020', name: '모형바이오', market: 'KOSDAQ', productClass: 'STOCK', basePriceKrw: 8_000 },
  { symbol: '900040', name: '모형정지', market: 'KOSPI', productClass: 'STOCK', basePriceKrw: 5_000, halted: true },
  { symbol: '500001', name: '모형 ETN', market: 'KOSPI', productClass: 'ETN', basePriceKrw: 10_000 },
];

export const account: VenueAccount = {
  accountId: 'first',
  accountNumber: '12345678-01',
  appKey: 'app-key-of-the-first-account',
  appSecret: 'app-secret-of-the-first-account',
  cashKrw: 100_000_000,
  holdings: [{ symbol: '900020', quantity: 100, costKrw: 750_000 }],
  terms: { feePartsPerBillion: 140_527 },
};

export interface KisReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Record<string, unknown>;
}

interface KisCallOptions {
  readonly trId: string;
  /** Last part of the path. */
  readonly operation: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Added to, or put in the place of, the usual headers; `undefined` takes one away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export interface KisTestVenue {
  readonly venue: VenueSim;
  readonly clock: SteppedClock;
  /** Any request at all. */
  send(options: {
    readonly method: 'GET' | 'POST';
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  }): Promise<KisReply>;
  /** A call of an operation with the account's key and token. The account fields are filled in. */
  readonly call: (options: KisCallOptions) => Promise<KisReply>;
  issueToken(): Promise<KisReply>;
  close(): Promise<void>;
}

const posts = ['order-cash', 'order-rvsecncl'];
const accountless = [
  'inquire-price',
  'inquire-asking-price-exp-ccn',
  'inquire-daily-itemchartprice',
  'inquire-time-itemchartprice',
  'chk-holiday',
  'search-stock-info',
];
const quotations = accountless;

/**
 * Starts a venue at 10:00 of the trading date, without order flow, with room for many calls a second and with orders in
 * the lists at once; `brokerLimits` leaves both as the broker has them.
 */
export async function startKis(
  options: Partial<VenueSimOptions> & { readonly startAt?: string; readonly brokerLimits?: boolean } = {},
): Promise<KisTestVenue> {
  const { startAt = '10:00', brokerLimits = false, ...overrides } = options;
  const clock = createSteppedClock(kstInstant(overrides.tradingDate ?? tradingDate, startAt));
  const venue = await createVenueSim({
    dialect: 'kis',
    environment: 'LIVE',
    tradingDate,
    instruments,
    accounts: [account],
    seed: 1,
    clock,
    ...overrides,
    kis: brokerLimits ? {} : { requestsPerSecond: 1000, orderVisibilityDelayMs: 0, ...overrides.kis },
  });
  const client = new Client(venue.url);
  let token: string | undefined;

  const send: KisTestVenue['send'] = async ({ method, path, headers = {}, body }) => {
    const answer = await client.request({ method, path, headers, ...(body === undefined ? {} : { body }) });
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: (await answer.body.json()) as Record<string, unknown>,
    };
  };
  const issueToken = (): Promise<KisReply> =>
    send({
      method: 'POST',
      path: '/oauth2/tokenP',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'client_credentials', appkey: account.appKey, appsecret: account.appSecret }),
    });

  return {
    venue,
    clock,
    send,
    issueToken,
    async call({ trId, operation, fields = {}, headers = {} }) {
      token ??= String((await issueToken()).body['access_token']);
      const [CANO = '', ACNT_PRDT_CD = ''] = account.accountNumber.split('-');
      const all = accountless.includes(operation) ? fields : { CANO, ACNT_PRDT_CD, ...fields };
      const isPost = posts.includes(operation);
      const folder = quotations.includes(operation) ? 'quotations' : 'trading';
      const query = isPost ? '' : `?${new URLSearchParams(all as Record<string, string>).toString()}`;
      const usual: Record<string, string | undefined> = {
        'content-type': 'application/json; charset=utf-8',
        authorization: `Bearer ${token}`,
        appkey: account.appKey,
        appsecret: account.appSecret,
        tr_id: trId,
        custtype: 'P',
        ...headers,
      };
      return send({
        method: isPost ? 'POST' : 'GET',
        path: `/uapi/domestic-stock/v1/${folder}/${operation}${query}`,
        headers: Object.fromEntries(
          Object.entries(usual).filter((entry): entry is [string, string] => entry[1] !== undefined),
        ),
        ...(isPost ? { body: JSON.stringify(all) } : {}),
      });
    },
    async close() {
      await client.close();
      await venue.close();
    },
  };
}

/** A limit buy of ten shares, well below the market; overrides replace fields. */
export function orderFields(overrides: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    PDNO: '900010',
    SLL_TYPE: '',
    ORD_DVSN: '00',
    ORD_QTY: '10',
    ORD_UNPR: '69000',
    CNDT_PRIC: '',
    EXCG_ID_DVSN_CD: 'KRX',
    ...overrides,
  };
}

export function cancelFields(
  orderNumber: unknown,
  overrides: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    KRX_FWDG_ORD_ORGNO: '03930',
    ORGN_ODNO: orderNumber,
    ORD_DVSN: '00',
    RVSE_CNCL_DVSN_CD: '02',
    ORD_QTY: '0',
    ORD_UNPR: '0',
    QTY_ALL_ORD_YN: 'Y',
    CNDT_PRIC: '',
    EXCG_ID_DVSN_CD: 'KRX',
    ...overrides,
  };
}

export function dailyFields(overrides: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return {
    INQR_STRT_DT: '20261120',
    INQR_END_DT: '20261120',
    SLL_BUY_DVSN_CD: '00',
    PDNO: '',
    ORD_GNO_BRNO: '',
    ODNO: '',
    CCLD_DVSN: '00',
    INQR_DVSN: '01',
    INQR_DVSN_1: '',
    INQR_DVSN_3: '00',
    EXCG_ID_DVSN_CD: 'KRX',
    CTX_AREA_FK100: '',
    CTX_AREA_NK100: '',
    ...overrides,
  };
}

export const balanceFields: Readonly<Record<string, string>> = {
  AFHR_FLPR_YN: 'N',
  OFL_YN: '',
  INQR_DVSN: '01',
  UNPR_DVSN: '01',
  FUND_STTL_ICLD_YN: 'N',
  FNCG_AMT_AUTO_RDPT_YN: 'N',
  PRCS_DVSN: '00',
  CTX_AREA_FK100: '',
  CTX_AREA_NK100: '',
};

/** The rows of a container. */
export function rowsOf(reply: KisReply, container: string): readonly Readonly<Record<string, string>>[] {
  return reply.body[container] as readonly Readonly<Record<string, string>>[];
}

/** The fields of a container that is one row. */
export function rowOf(reply: KisReply, container = 'output'): Readonly<Record<string, string>> {
  return reply.body[container] as Readonly<Record<string, string>>;
}

/** The same fields without one of them. */
export function without<Value>(fields: Readonly<Record<string, Value>>, name: string): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
}
