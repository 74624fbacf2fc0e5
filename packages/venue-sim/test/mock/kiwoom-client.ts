import { readFileSync } from 'node:fs';
import { Client } from 'undici';
import {
  createSteppedClock,
  createVenueSim,
  type SteppedClock,
  type VenueAccount,
  type VenueOrder,
  type VenueSim,
  type VenueSimOptions,
} from '../../src/index.ts';
import { kstInstant } from '../../src/kst.ts';
import { instruments, tradingDate } from './kis-client.ts';

export const kiwoomAccount: VenueAccount = {
  accountId: 'second',
  accountNumber: '8765432101',
  appKey: 'app-key-of-the-second-account',
  appSecret: 'secret-key-of-the-second-account',
  cashKrw: 100_000_000,
  holdings: [{ symbol: '900020', quantity: 100, costKrw: 750_000 }],
  terms: { feePartsPerBillion: 150_000 },
};

export interface KiwoomReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Record<string, unknown>;
}

type Headers = Readonly<Record<string, string | undefined>>;

export interface KiwoomTestVenue {
  readonly venue: VenueSim;
  readonly clock: SteppedClock;
  /** A call with the account's token; `headers` are added, `undefined` takes one away. */
  call(apiId: string, fields?: Readonly<Record<string, unknown>>, headers?: Headers): Promise<KiwoomReply>;
  /** Any request at all. */
  send(path: string, headers: Headers, body: string, method?: 'POST' | 'GET'): Promise<KiwoomReply>;
  issueToken(fields?: Readonly<Record<string, unknown>>): Promise<KiwoomReply>;
  orders(): readonly VenueOrder[];
  /** Puts an order of nobody into the book. */
  rest(side: 'BUY' | 'SELL', quantity: number, priceKrw: number, symbol?: string): VenueOrder;
  advance(ms: number): void;
  close(): Promise<void>;
}

/** Paths by api-id, as the guide has them: written down here again, so that the venue's own table is checked. */
export const kiwoomPaths: Readonly<Record<string, string>> = {
  au10001: '/oauth2/token',
  au10002: '/oauth2/revoke',
  kt10000: '/api/dostk/ordr',
  kt10001: '/api/dostk/ordr',
  kt10002: '/api/dostk/ordr',
  kt10003: '/api/dostk/ordr',
  ka00001: '/api/dostk/acnt',
  ka10075: '/api/dostk/acnt',
  ka10076: '/api/dostk/acnt',
  kt00001: '/api/dostk/acnt',
  kt00004: '/api/dostk/acnt',
  kt00005: '/api/dostk/acnt',
  kt00007: '/api/dostk/acnt',
  kt00009: '/api/dostk/acnt',
  kt00010: '/api/dostk/acnt',
  kt00018: '/api/dostk/acnt',
  ka10001: '/api/dostk/stkinfo',
  ka10003: '/api/dostk/stkinfo',
  ka10099: '/api/dostk/stkinfo',
  ka10100: '/api/dostk/stkinfo',
  ka10004: '/api/dostk/mrkcond',
  ka10080: '/api/dostk/chart',
  ka10081: '/api/dostk/chart',
};

/** Starts a venue at 10:00 with room for many calls a second; `brokerLimits` leaves the quota as the broker has it. */
export async function startKiwoom(
  options: Partial<VenueSimOptions> & { readonly startAt?: string; readonly brokerLimits?: boolean } = {},
): Promise<KiwoomTestVenue> {
  const { startAt = '10:00', brokerLimits = false, ...overrides } = options;
  const clock = createSteppedClock(kstInstant(overrides.tradingDate ?? tradingDate, startAt));
  const venue = await createVenueSim({
    dialect: 'kiwoom',
    environment: 'LIVE',
    tradingDate,
    instruments,
    accounts: [kiwoomAccount],
    seed: 1,
    clock,
    ...overrides,
    kiwoom: brokerLimits ? { ...overrides.kiwoom } : { requestsPerSecond: 1000, ...overrides.kiwoom },
  });
  return connectKiwoom(venue, clock);
}

/** Talks to a venue that is there. */
export function connectKiwoom(venue: VenueSim, clock: SteppedClock): KiwoomTestVenue {
  const client = new Client(venue.url);
  let token: string | undefined;
  const send: KiwoomTestVenue['send'] = async (path, headers, body, method = 'POST') => {
    const answer = await client.request({
      method,
      path,
      headers: { 'content-type': 'application/json;charset=UTF-8', ...present(headers) },
      ...(method === 'POST' ? { body } : {}),
    });
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: (await answer.body.json()) as Record<string, unknown>,
    };
  };
  const issueToken: KiwoomTestVenue['issueToken'] = (fields = {}) =>
    send(
      '/oauth2/token',
      { 'api-id': 'au10001' },
      JSON.stringify({
        grant_type: 'client_credentials',
        appkey: kiwoomAccount.appKey,
        secretkey: kiwoomAccount.appSecret,
        ...fields,
      }),
    );
  return {
    venue,
    clock,
    send,
    issueToken,
    async call(apiId, fields = {}, headers = {}) {
      token ??= String((await issueToken()).body['token']);
      return send(
        kiwoomPaths[apiId] ?? '/nowhere',
        { authorization: `Bearer ${token}`, 'api-id': apiId, ...headers },
        JSON.stringify(fields),
      );
    },
    orders: () => venue.exchange.listOrders(kiwoomAccount.accountId),
    rest(side, quantity, limitPriceKrw, symbol = '900010') {
      const result = venue.exchange.placeOrder({
        symbol,
        side,
        quantity,
        orderType: 'LIMIT',
        timeInForce: 'DAY',
        session: 'REGULAR',
        limitPriceKrw,
        stopPriceKrw: 0,
      });
      if (!result.ok) throw new Error(result.detail);
      return result.order;
    },
    advance(ms) {
      clock.advanceTo(clock.nowMs() + ms);
    },
    async close() {
      await client.close();
      await venue.close();
    },
  };
}

function present(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** A limit buy of ten shares below the market; overrides replace fields. */
export function placeFields(overrides: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    dmst_stex_tp: 'KRX',
    stk_cd: '900010',
    ord_qty: '10',
    ord_uv: '69000',
    trde_tp: '0',
    cond_uv: '',
    ...overrides,
  };
}

export function cancelFields(
  orderNumber: unknown,
  overrides: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return { dmst_stex_tp: 'KRX', orig_ord_no: orderNumber, stk_cd: '900010', cncl_qty: '0', ...overrides };
}

export function replaceFields(
  orderNumber: unknown,
  overrides: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    dmst_stex_tp: 'KRX',
    orig_ord_no: orderNumber,
    stk_cd: '900010',
    mdfy_qty: '0',
    mdfy_uv: '69100',
    mdfy_cond_uv: '',
    ...overrides,
  };
}

export const openFields: Readonly<Record<string, string>> = {
  all_stk_tp: '0',
  trde_tp: '0',
  stk_cd: '',
  stex_tp: '0',
};

export const fillFields: Readonly<Record<string, string>> = {
  stk_cd: '',
  qry_tp: '0',
  sell_tp: '0',
  ord_no: '',
  stex_tp: '0',
};

export function dayFields(overrides: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return {
    ord_dt: '',
    qry_tp: '1',
    stk_bond_tp: '0',
    sell_tp: '0',
    stk_cd: '',
    fr_ord_no: '',
    dmst_stex_tp: '%',
    ...overrides,
  };
}

export const balanceFields: Readonly<Record<string, string>> = { qry_tp: '1', dmst_stex_tp: 'KRX' };

/** The rows of a list. */
export function rowsOf(reply: KiwoomReply, list: string): readonly Readonly<Record<string, string>>[] {
  return reply.body[list] as readonly Readonly<Record<string, string>>[];
}

/** The bracketed code of a refusal. */
export function codeOf({ body }: KiwoomReply): string | undefined {
  return /[[(]([A-Z0-9]+):/.exec(String(body['return_msg']))?.[1];
}

/** An answer of the real broker, or a sample of its guide; see `captured/kiwoom/README.md`. */
export function kiwoomCaptured(name: string): { readonly status: number; readonly body: Record<string, unknown> } {
  const path = new URL(`./captured/kiwoom/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as ReturnType<typeof kiwoomCaptured>;
}
