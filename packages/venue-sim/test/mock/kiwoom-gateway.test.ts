import { afterEach, describe, expect, it } from 'vitest';
import { createInMemoryVenue, createSteppedClock, VenueError } from '../../src/index.ts';
import { kstInstant } from '../../src/kst.ts';
import { instruments, tradingDate } from './kis-client.ts';
import {
  balanceFields,
  codeOf,
  dayFields,
  kiwoomAccount,
  kiwoomPaths,
  openFields,
  placeFields,
  rowsOf,
  startKiwoom,
  type KiwoomReply,
  type KiwoomTestVenue,
} from './kiwoom-client.ts';

let kiwoom: KiwoomTestVenue | undefined;

afterEach(async () => {
  await kiwoom?.close();
  kiwoom = undefined;
});

async function start(options: Parameters<typeof startKiwoom>[0] = {}): Promise<KiwoomTestVenue> {
  kiwoom = await startKiwoom(options);
  return kiwoom;
}

const dayMs = 24 * 3_600_000;

describe('tokens', () => {
  it('live 24 hours, told in Korean time, and are the same one until then', async () => {
    const day = await start();
    const first = await day.issueToken();
    expect(first.body['expires_dt']).toBe('20261121100000');
    day.advance(6 * 3_600_000);
    expect((await day.issueToken()).body).toEqual(first.body);
    day.advance(dayMs);
    const next = await day.issueToken();
    expect(next.body['token']).not.toBe(first.body['token']);
    expect(next.body['expires_dt']).toBe('20261122160000');
  });

  it('are refused with 8005 once they have expired or been revoked', async () => {
    const day = await start();
    expect((await day.call('ka10001', { stk_cd: '900010' })).body['return_code']).toBe(0);
    day.advance(dayMs - 1);
    expect((await day.call('ka10001', { stk_cd: '900010' })).body['return_code']).toBe(0);
    day.advance(1);
    expect(codeOf(await day.call('ka10001', { stk_cd: '900010' }))).toBe('8005');
    const token = String((await day.issueToken()).body['token']);
    const { appKey: appkey, appSecret: secretkey } = kiwoomAccount;
    await day.call('au10002', { appkey, secretkey, token }, { authorization: undefined });
    expect(codeOf(await day.call('ka10001', { stk_cd: '900010' }, { authorization: `Bearer ${token}` }))).toBe('8005');
    expect((await day.issueToken()).body['token']).not.toBe(token);
  });

  it('are given and revoked by the path alone, as the guide’s samples ask for them, without an api-id', async () => {
    const day = await start();
    const { appKey: appkey, appSecret: secretkey } = kiwoomAccount;
    const issued = await day.send(
      '/oauth2/token',
      {},
      JSON.stringify({ grant_type: 'client_credentials', appkey, secretkey }),
    );
    expect([issued.body['return_code'], issued.headers['api-id']]).toEqual([0, 'au10001']);
    const token = String(issued.body['token']);
    const authorization = `Bearer ${token}`;
    expect((await day.call('ka00001', {}, { authorization })).body['return_code']).toBe(0);
    await day.send('/oauth2/revoke', {}, JSON.stringify({ appkey, secretkey, token }));
    expect(codeOf(await day.call('ka00001', {}, { authorization }))).toBe('8005');
    expect(day.venue.requests('au10002')).toHaveLength(1);
    expect(codeOf(await day.send('/oauth2/token', { 'api-id': 'ka00001' }, '{}'))).toBe('1504');
  });

  it('of the other world are refused with 8031, its keys with 8030', async () => {
    const mock = await start({ environment: 'PAPER' });
    const token = String((await mock.issueToken()).body['token']);
    await mock.close();
    const live = await start({ kiwoom: { otherEnvironmentKeys: ['key-of-the-mock-world'] } });
    expect(codeOf(await live.call('ka10001', { stk_cd: '900010' }, { authorization: `Bearer ${token}` }))).toBe('8031');
    expect(codeOf(await live.issueToken({ appkey: 'key-of-the-mock-world' }))).toBe('8030');
  });

  it('are bound to the address that got them', () => {
    const venue = createInMemoryVenue({
      dialect: 'kiwoom',
      environment: 'LIVE',
      tradingDate,
      instruments,
      accounts: [kiwoomAccount],
      seed: 1,
      clock: createSteppedClock(kstInstant(tradingDate, '10:00')),
    });
    const send = (apiId: string, fields: object, peerAddress: string, authorization = ''): string =>
      venue.handleRequest({
        method: 'POST',
        path: kiwoomPaths[apiId] ?? '',
        query: new URLSearchParams(),
        headers: { 'api-id': apiId, ...(authorization === '' ? {} : { authorization }) },
        body: Buffer.from(JSON.stringify(fields)),
        peerAddress,
      }).body;
    const { appKey: appkey, appSecret: secretkey } = kiwoomAccount;
    const issued = send('au10001', { grant_type: 'client_credentials', appkey, secretkey }, '192.0.2.1');
    const authorization = `Bearer ${(JSON.parse(issued) as { token: string }).token}`;
    expect(send('ka00001', {}, '192.0.2.1', authorization)).toContain(kiwoomAccount.accountNumber);
    expect(send('ka00001', {}, '192.0.2.2', authorization)).toContain('[8010:');
    venue.close();
  });

  it.each([
    ['a secret that is not the key’s', { secretkey: 'other' }, '8001'],
    ['a key that nobody has', { appkey: 'other' }, '8001'],
    ['no grant type', { grant_type: '' }, '8011'],
    ['another grant type', { grant_type: 'password' }, '8012'],
  ])('are not given for %s', async (_what, fields, code) => {
    const reply = await (await start()).issueToken(fields);
    expect([reply.status, codeOf(reply), reply.body['token']]).toEqual([200, code, undefined]);
  });
});

describe('the gateway', () => {
  it.each([
    ['no api-id', { 'api-id': undefined }, '1501', 1],
    ['an api-id that is none', { 'api-id': 'ka99999' }, '1505', 1],
    ['an api-id of another path', { 'api-id': 'kt10000' }, '1504', 1],
    ['no authorization', { authorization: undefined }, '1513', 3],
    ['another scheme', { authorization: 'Basic abc' }, '1515', 3],
    ['no token', { authorization: 'Bearer ' }, '1516', 3],
    ['a next-key that is none', { 'cont-yn': 'Y', 'next-key': 'abc' }, '1512', 2],
  ])('refuses %s', async (_what, headers, code, returnCode) => {
    const reply = await (await start()).call('ka10075', openFields, headers);
    expect([reply.status, reply.body['return_code'], codeOf(reply)]).toEqual([200, returnCode, code]);
  });

  it('refuses what is no JSON and other methods', async () => {
    const day = await start();
    const token = String((await day.issueToken()).body['token']);
    const headers = { authorization: `Bearer ${token}`, 'api-id': 'kt10000' };
    expect(codeOf(await day.send('/api/dostk/ordr', headers, '{"dmst'))).toBe('1517');
    expect(codeOf(await day.send('/api/dostk/ordr', headers, '', 'GET'))).toBe('1504');
  });

  it('remembers calls by api-id, secrets hidden', async () => {
    const day = await start();
    await day.call('kt10000', placeFields());
    const [order] = day.venue.requests('kt10000');
    expect(order).toMatchObject({ operation: 'kt10000', status: 200, resultCode: '0', body: placeFields() });
    const all = JSON.stringify(day.venue.requests());
    expect(day.venue.requests('au10001')).toHaveLength(1);
    expect(all).not.toContain(kiwoomAccount.appSecret);
    expect(all).not.toContain(kiwoomAccount.appKey);
    expect(order?.headers['authorization']).toBe('[masked]');
  });
});

describe('limits', () => {
  it('are one call a second for each api-id apart', async () => {
    const day = await start({ brokerLimits: true });
    const quote = (): Promise<KiwoomReply> => day.call('ka10001', { stk_cd: '900010' });
    expect((await quote()).status).toBe(200);
    const refused = await quote();
    expect([refused.status, codeOf(refused), refused.body['return_code']]).toEqual([429, '1700', 5]);
    expect((await day.call('kt00001', { qry_tp: '2' })).status).toBe(200);
    day.advance(999);
    expect((await quote()).status).toBe(429);
    day.advance(1);
    expect((await quote()).status).toBe(200);
  });

  it('can be told for single api-ids, and say their quota', async () => {
    const day = await start({ brokerLimits: true, kiwoom: { requestsPerSecondOf: { ka10001: 2 } } });
    await day.call('ka10001', { stk_cd: '900010' });
    await day.call('ka10001', { stk_cd: '900010' });
    const refused = await day.call('ka10001', { stk_cd: '900010' });
    expect(refused.body['return_msg']).toContain('유량=2, API ID=ka10001');
  });

  it('hold for tokens too', async () => {
    const day = await start({ brokerLimits: true });
    await day.issueToken();
    expect((await day.issueToken()).status).toBe(429);
  });
});

describe('pages', () => {
  async function startWithOrders(count: number): Promise<KiwoomTestVenue> {
    const day = await start({ kiwoom: { listRows: 2 } });
    for (let index = 0; index < count; index += 1) await day.call('kt10000', placeFields({ ord_qty: '1' }));
    return day;
  }

  it('go on with the next-key until cont-yn is N, every row once', async () => {
    const day = await startWithOrders(5);
    const numbers: unknown[] = [];
    const sizes: number[] = [];
    let headers: Record<string, string> = {};
    for (;;) {
      const reply = await day.call('kt00007', dayFields(), headers);
      const rows = rowsOf(reply, 'acnt_ord_cntr_prps_dtl');
      sizes.push(rows.length);
      numbers.push(...rows.map(({ ord_no }) => ord_no));
      if (reply.headers['cont-yn'] !== 'Y') break;
      headers = { 'cont-yn': 'Y', 'next-key': String(reply.headers['next-key']) };
    }
    expect(sizes).toEqual([2, 2, 1]);
    expect(new Set(numbers).size).toBe(5);
  });

  it('repeat the totals of an account', async () => {
    const holdings = ['900010', '900020', '500001'].map((symbol) => ({ symbol, quantity: 1, costKrw: 1000 }));
    const day = await start({ kiwoom: { listRows: 2 }, accounts: [{ ...kiwoomAccount, holdings }] });
    const first = await day.call('kt00018', balanceFields);
    const next = { 'cont-yn': 'Y', 'next-key': String(first.headers['next-key']) };
    const second = await day.call('kt00018', balanceFields, next);
    expect(second.body['tot_evlt_amt']).toBe(first.body['tot_evlt_amt']);
    expect(rowsOf(second, 'acnt_evlt_remn_indv_tot').map(({ stk_cd }) => stk_cd)).toEqual(['Q500001']);
  });

  it('of another query are refused', async () => {
    const day = await startWithOrders(3);
    const first = await day.call('kt00007', dayFields());
    const next = { 'cont-yn': 'Y', 'next-key': String(first.headers['next-key']) };
    expect(codeOf(await day.call('kt00007', dayFields({ qry_tp: '2' }), next))).toBe('1512');
    expect(codeOf(await day.call('ka10075', openFields, next))).toBe('1512');
  });
});

describe('settings', () => {
  it.each([
    [
      'an account number of the other broker',
      { accounts: [{ ...kiwoomAccount, accountNumber: '12345678-01' }] },
      'ten digits',
    ],
    ['no calls at all', { kiwoom: { requestsPerSecond: 0 } }, 'kiwoom.requestsPerSecond'],
    ['an empty page', { kiwoom: { listRows: 0 } }, 'kiwoom.listRows'],
    [
      'a quota that is none',
      { kiwoom: { requestsPerSecondOf: { ka10081: 0.5 } } },
      'kiwoom.requestsPerSecondOf.ka10081',
    ],
  ])('refuse %s', async (_what, options, message) => {
    const starting = startKiwoom(options);
    await expect(starting).rejects.toThrow(VenueError);
    await expect(starting).rejects.toThrow(message);
  });
});
