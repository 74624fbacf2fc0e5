import { krw, shares, symbolCode, tradingDate } from '@qts/core';
import { buildOrderRequest, createMemoryTokenStore } from '@qts/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { ka10075, kt00007 } from '../../src/index.ts';
import { startKiwoom, type StartedKiwoom, tradingDate as day } from '../support/start-kiwoom.ts';
import { startStubbedKiwoom, type StubbedKiwoom } from '../support/start-stubbed-kiwoom.ts';
import { answerJson, type StubRequest } from '../support/stub-server.ts';

let running: { stop(): Promise<void> } | undefined;
afterEach(() => running?.stop());

async function start(...options: Parameters<typeof startKiwoom>): Promise<StartedKiwoom> {
  const kiwoom = await startKiwoom(...options);
  running = kiwoom;
  return kiwoom;
}

async function startStub(...options: Parameters<typeof startStubbedKiwoom>): Promise<StubbedKiwoom> {
  const kiwoom = await startStubbedKiwoom(...options);
  running = kiwoom;
  return kiwoom;
}

const today = tradingDate(day);
const dayMs = 86_400_000;
const order = buildOrderRequest({
  symbol: symbolCode('005930'),
  side: 'BUY',
  quantity: shares(1),
  orderType: 'LIMIT',
  limitPriceKrw: krw(69_900),
  dryRun: false,
});
const expired = { return_code: 3, return_msg: '인증에 실패했습니다[8005:Token이 유효하지 않습니다]' };
const tokensAsked = ({ stub }: StubbedKiwoom): number =>
  stub.requests.filter(({ path }) => path === '/oauth2/token').length;

describe('the token', () => {
  it('is asked for once by several callers at a time', async () => {
    const kiwoom = await start();
    await kiwoom.settle(Promise.all([1, 2, 3].map(() => kiwoom.broker.rest.getAccessToken())));
    expect(kiwoom.venue.requests('au10001')).toHaveLength(1);
  });

  it('is taken from the store after a restart', async () => {
    const tokenStore = createMemoryTokenStore();
    const first = await start({ tokenStore });
    await first.settle(first.broker.rest.warm());
    await first.broker.close();
    const second = await startKiwoom({ tokenStore });
    try {
      await second.settle(second.broker.rest.warm());
      expect(second.venue.requests('au10001')).toHaveLength(0);
    } finally {
      await second.stop();
    }
  });

  it('is renewed when a day has passed, and a read goes on', async () => {
    const kiwoom = await start();
    await kiwoom.settle(kiwoom.broker.orders.listOrders({ tradingDate: today }));
    await kiwoom.advance(dayMs + 1);
    await kiwoom.settle(kiwoom.broker.orders.listOrders({ tradingDate: today }));
    expect(kiwoom.venue.requests('au10001').length).toBeGreaterThanOrEqual(2);
  });

  it('that is refused on an order is forgotten, and the order is not sent again', async () => {
    let orders = 0;
    const kiwoom = await startStub((_request, response) => {
      orders += 1;
      answerJson(response, 200, expired);
    });
    const response = await kiwoom.settle(kiwoom.broker.orders.placeOrder(order));
    expect(response).toMatchObject({ outcome: 'UNKNOWN', cause: { code: 'TOKEN_REFUSED' } });
    expect(orders).toBe(1);
    await kiwoom.settle(kiwoom.broker.rest.warm());
    expect(tokensAsked(kiwoom)).toBe(2);
  });

  it('is refused at the start by a server of the other environment: a mock key on the live host', async () => {
    const kiwoom = await start({ venue: { kiwoom: { otherEnvironmentKeys: [fakeKey] } } });
    await expect(kiwoom.settle(kiwoom.broker.rest.warm())).rejects.toMatchObject({
      name: 'AuthenticationError',
      code: 'WRONG_ENVIRONMENT',
      facts: { environment: 'LIVE' },
    });
  });

  it('is revoked for everybody when asked', async () => {
    const kiwoom = await start();
    await kiwoom.settle(kiwoom.broker.rest.warm());
    await kiwoom.settle(kiwoom.broker.rest.revokeToken());
    expect(kiwoom.venue.requests('au10002')).toHaveLength(1);
  });
});

const fakeKey = 'FAKEKEY0123456789FAKEKEY0123456789AB';

describe('the rate', () => {
  it('is one request a second for each api-id, none is refused, and operations do not wait for each other', async () => {
    const kiwoom = await start();
    await kiwoom.settle(kiwoom.broker.rest.warm());
    const startedAtMs = kiwoom.clock.nowMs();
    const open = { all_stk_tp: '0', trde_tp: '0', stk_cd: '', stex_tp: '0' };
    await kiwoom.settle(
      Promise.all([
        ...[1, 2, 3, 4].map(() => kiwoom.broker.orders.listOrders({ tradingDate: today })),
        ...[1, 2, 3, 4].map(() => kiwoom.broker.rest.read(ka10075, open)),
      ]),
    );
    const tookMs = kiwoom.clock.nowMs() - startedAtMs;
    expect(tookMs).toBeGreaterThanOrEqual(3_000);
    expect(tookMs).toBeLessThan(4_500);
    expect(kiwoom.venue.requests().map(({ resultCode }) => resultCode)).not.toContain('1700');
  });

  it('lets a cancel leave at once beside orders that used up theirs', async () => {
    const kiwoom = await start();
    const placed = await kiwoom.settle(kiwoom.broker.orders.placeOrder(order));
    if (placed.outcome !== 'ACCEPTED') throw new Error(placed.outcome);
    const waiting = kiwoom.broker.orders.placeOrder(order);
    const atMs = kiwoom.clock.nowMs();
    await kiwoom.settle(kiwoom.broker.orders.cancelOrder({ target: placed.reference, dryRun: false }));
    expect(kiwoom.clock.nowMs() - atMs).toBeLessThan(500);
    expect((await kiwoom.settle(waiting)).outcome).toBe('ACCEPTED');
  });
});

describe('a read of many pages', () => {
  const row = {
    stk_cd: 'A005930',
    trde_tp: '보통',
    crd_tp: '보통매매',
    ord_qty: '0000000001',
    ord_uv: '0000070000',
    cnfm_qty: '0000000000',
    acpt_tp: '접수',
    ord_tm: '10:00:00',
    ori_ord: '0000000',
    io_tp_nm: '현금매수',
    cntr_qty: '0000000000',
    cntr_uv: '0000000000',
    ord_remnq: '0000000001',
    comm_ord_tp: 'REST API',
    mdfy_cncl: '',
    dmst_stex_tp: 'KRX',
  };
  const page = (ordNo: string): unknown => ({
    acnt_ord_cntr_prps_dtl: [{ ...row, ord_no: ordNo }],
    return_code: 0,
    return_msg: '조회가 완료되었습니다',
  });
  const lists = ({ stub }: StubbedKiwoom): readonly StubRequest[] =>
    stub.requests.filter(({ headers }) => headers['api-id'] === 'kt00007');
  const listToday = (kiwoom: StubbedKiwoom): ReturnType<typeof kiwoom.broker.orders.listOrders> =>
    kiwoom.settle(kiwoom.broker.orders.listOrders({ tradingDate: today }));

  it('sends the same body with cont-yn Y and the key as it came, to the end', async () => {
    let pages = 0;
    const kiwoom = await startStub((_request, response) => {
      pages += 1;
      const more = pages < 3;
      answerJson(response, 200, page(`000000${pages}`), { 'cont-yn': more ? 'Y' : 'N', 'next-key': `A00${pages}` });
    });
    expect(await listToday(kiwoom)).toMatchObject({ complete: true, orders: [{}, {}, {}] });
    const sent = lists(kiwoom);
    expect(sent.map(({ headers }) => [headers['cont-yn'], headers['next-key']])).toEqual([
      [undefined, undefined],
      ['Y', 'A001'],
      ['Y', 'A002'],
    ]);
    expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
  });

  it.each([
    ['a key comes twice', { 'cont-yn': 'Y', 'next-key': 'same' }, 1],
    ['the header says neither yes nor no', { 'cont-yn': 'maybe', 'next-key': 'x' }, 0],
    ['more follows without a key', { 'cont-yn': 'Y' }, 0],
  ])('is not complete when %s', async (_name, headers, rows) => {
    const kiwoom = await startStub((_request, response) => {
      answerJson(response, 200, page('0000007'), headers);
    });
    if (rows > 0) expect(await listToday(kiwoom)).toMatchObject({ complete: false, orders: [{}] });
    else await expect(listToday(kiwoom)).rejects.toMatchObject({ name: 'UnexpectedResponseError' });
  });

  it('is not complete when a later page fails', async () => {
    let pages = 0;
    const kiwoom = await startStub((_request, response) => {
      pages += 1;
      if (pages === 1) answerJson(response, 200, page('0000007'), { 'cont-yn': 'Y', 'next-key': 'A001' });
      else answerJson(response, 200, { return_code: 2, return_msg: '입력 값 오류입니다[1512:next-key]' });
    });
    expect(await listToday(kiwoom)).toMatchObject({
      complete: false,
      orders: [{ reference: { brokerOrderId: '7' } }],
    });
  });

  it('goes on where it was when the token expires in the middle', async () => {
    const kiwoom = await startStub((request, response) => {
      const key = request.headers['next-key'];
      const isSecondAsk = lists(kiwoom).length === 2;
      if (key === 'A001' && isSecondAsk) answerJson(response, 200, expired);
      else if (key === 'A001') answerJson(response, 200, page('0000002'), { 'cont-yn': 'N' });
      else answerJson(response, 200, page('0000001'), { 'cont-yn': 'Y', 'next-key': 'A001' });
    });
    const list = await listToday(kiwoom);
    expect(list).toMatchObject({
      complete: true,
      orders: [{ reference: { brokerOrderId: '1' } }, { reference: { brokerOrderId: '2' } }],
    });
    expect(lists(kiwoom)).toHaveLength(3);
    expect(tokensAsked(kiwoom)).toBe(2);
  });

  it('is not complete when the token is refused again in the middle', async () => {
    const kiwoom = await startStub((request, response) => {
      if (request.headers['next-key'] === undefined) {
        answerJson(response, 200, page('0000001'), { 'cont-yn': 'Y', 'next-key': 'A001' });
      } else answerJson(response, 200, expired);
    });
    expect(await listToday(kiwoom)).toMatchObject({ complete: false, orders: [{}] });
  });

  it('fails as a broker’s answer when a row cannot be understood: a list with a hole is no evidence', async () => {
    const kiwoom = await startStub((_request, response) => {
      answerJson(response, 200, {
        acnt_ord_cntr_prps_dtl: [{ ...row, ord_no: '1', ord_tm: '256199' }],
        return_code: 0,
      });
    });
    await expect(listToday(kiwoom)).rejects.toMatchObject({
      name: 'UnexpectedResponseError',
      facts: { field: 'ord_tm' },
    });
  });

  it('stops at the page limit and says so', async () => {
    let pages = 0;
    const kiwoom = await startStub((_request, response) => {
      pages += 1;
      const ordNo = String(pages).padStart(7, '0');
      answerJson(response, 200, page(ordNo), { 'cont-yn': 'Y', 'next-key': `key${pages}` });
    });
    expect((await listToday(kiwoom)).complete).toBe(false);
    expect(pages).toBe(200);
    expect(kiwoom.logger.entries.find(({ event }) => event === 'pages-incomplete')?.fields).toMatchObject({
      reason: 'PAGES_MAX',
    });
  });

  it('takes no page key of another query, and nothing is sent', async () => {
    const kiwoom = await startStub((_request, response) => {
      answerJson(response, 200, page('0000001'), { 'cont-yn': 'Y', 'next-key': 'A001' });
    });
    const { rest } = kiwoom.broker;
    const fields = {
      ord_dt: '20260914',
      qry_tp: '1',
      stk_bond_tp: '1',
      sell_tp: '0',
      stk_cd: '',
      fr_ord_no: '',
      dmst_stex_tp: '%',
    };
    const { next } = await kiwoom.settle(rest.readPage(kt00007, fields));
    if (next === undefined) throw new Error('there is no second page');
    const refused = { name: 'ValidationError', code: 'PAGE_KEY_OF_ANOTHER_QUERY' };
    const sells = { ...fields, sell_tp: '1' };
    await expect(rest.readPage(kt00007, sells, { after: next })).rejects.toMatchObject(refused);
    const open = { all_stk_tp: '0', trde_tp: '0', stk_cd: '', stex_tp: '0' };
    await expect(rest.readPage(ka10075, open, { after: next })).rejects.toMatchObject(refused);
    const forged = { ...next, nextKey: 'A001\r\nauthorization: x' };
    await expect(rest.readPage(kt00007, fields, { after: forged })).rejects.toMatchObject(refused);
    expect(lists(kiwoom)).toHaveLength(1);
    const reordered = Object.fromEntries(Object.entries(fields).reverse()) as typeof fields;
    expect(await kiwoom.settle(rest.readPage(kt00007, reordered, { after: next }))).toMatchObject({ answer: [{}] });
  });
});
