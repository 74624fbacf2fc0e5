import { Client, type Dispatcher } from 'undici';
import { type VenueFaultId, type VenueOrder } from '../../src/index.ts';
import { account, cancelFields, orderFields, startKis, type KisTestVenue } from './kis-client.ts';

/** What a client sees of one exchange: a whole answer, a connection that failed, or nothing while it waits. */
export type Seen =
  | { readonly kind: 'ANSWER'; readonly status: number; readonly body: string; readonly headers: Headers }
  | { readonly kind: 'FAILED'; readonly code: string };
type Headers = Readonly<Record<string, string | string[] | undefined>>;

type KisTestOptions = Parameters<typeof startKis>[0];

export interface RawCall {
  readonly operation: string;
  readonly trId: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly continues?: boolean;
}

export interface FaultVenue extends KisTestVenue {
  /** Sends a call on a connection of its own and says what came of it, whatever it was. */
  start(call: RawCall, signal?: AbortSignal): Promise<Seen>;
  /** A limit buy of ten shares. */
  buy(signal?: AbortSignal): Promise<Seen>;
  orders(): readonly VenueOrder[];
  /** Settles when the n-th request has reached the venue. */
  arrived(count: number): Promise<void>;
  advance(ms: number): void;
  struck(): readonly (readonly VenueFaultId[] | undefined)[];
}

const posts = ['order-cash', 'order-rvsecncl', 'tokenP'];

/** A venue with a token in hand, whose requests so far are none. */
export async function startFaultVenue(options: KisTestOptions = {}): Promise<FaultVenue> {
  const kis = await startKis(options);
  const token = String((await kis.issueToken()).body['access_token']);
  const before = kis.venue.requests().length;
  const clients: Client[] = [];
  const [CANO = '', ACNT_PRDT_CD = ''] = account.accountNumber.split('-');

  const start: FaultVenue['start'] = async ({ operation, trId, fields, continues = false }, signal) => {
    const client = new Client(kis.venue.url, { headersTimeout: 0, bodyTimeout: 0 });
    clients.push(client);
    const isPost = posts.includes(operation);
    const all = { CANO, ACNT_PRDT_CD, ...fields };
    const path = operation === 'tokenP' ? '/oauth2/tokenP' : `/uapi/domestic-stock/v1/trading/${operation}`;
    const request: Dispatcher.RequestOptions = {
      method: isPost ? 'POST' : 'GET',
      path: isPost ? path : `${path}?${new URLSearchParams(all as Record<string, string>).toString()}`,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        authorization: `Bearer ${token}`,
        appkey: account.appKey,
        appsecret: account.appSecret,
        tr_id: trId,
        tr_cont: continues ? 'N' : '',
        custtype: 'P',
      },
      ...(signal === undefined ? {} : { signal }),
      ...(isPost ? { body: JSON.stringify(operation === 'tokenP' ? fields : all) } : {}),
    };
    try {
      const { statusCode: status, headers, body } = await client.request(request);
      return { kind: 'ANSWER', status, headers, body: await body.text() };
    } catch (error) {
      return { kind: 'FAILED', code: (error as NodeJS.ErrnoException).code ?? '' };
    }
  };

  return {
    ...kis,
    start,
    buy: (signal) => start({ operation: 'order-cash', trId: 'TTTC0012U', fields: orderFields() }, signal),
    orders: () => kis.venue.exchange.listOrders(account.accountId),
    async arrived(count) {
      while (kis.venue.requests().length - before < count) await new Promise((resolve) => setImmediate(resolve));
    },
    advance(ms) {
      kis.clock.advanceTo(kis.clock.nowMs() + ms);
    },
    struck: () =>
      kis.venue
        .requests()
        .slice(before)
        .map(({ faults }) => faults),
    async close() {
      await Promise.all(clients.map((client) => client.destroy()));
      await kis.close();
    },
  };
}

/** Runs a test on a venue of its own. */
export function onVenue(run: (kis: FaultVenue) => Promise<void>, options: KisTestOptions = {}): () => Promise<void> {
  return async () => {
    const kis = await startFaultVenue(options);
    try {
      await run(kis);
    } finally {
      await kis.close();
    }
  };
}

/** What an answer says, for those who expect one. */
export function bodyOf(seen: Seen): Readonly<Record<string, unknown>> {
  if (seen.kind !== 'ANSWER') throw new Error(`No answer came: ${seen.code}.`);
  return JSON.parse(seen.body) as Record<string, unknown>;
}

/** Whether a promise has settled by now, after the sockets had their turn. */
export async function isOpen(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol('open');
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return (await Promise.race([promise, Promise.resolve(open)])) === open;
}

/** Cancels the first order. */
export const cancelFirst: RawCall = {
  operation: 'order-rvsecncl',
  trId: 'TTTC0013U',
  fields: cancelFields('0000000001'),
};
