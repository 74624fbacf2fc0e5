import { brokerOrderId, clientOrderId, krw, shares, symbolCode, tradingDate } from '@qts/core';
import { buildOrderRequest, createMemoryTokenStore } from '@qts/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { startKis, type StartedKis, tradingDate as day } from '../support/start-kis.ts';
import { startStubbedKis, type StubbedKis } from '../support/start-stubbed-kis.ts';
import { answerJson } from '../support/stub-server.ts';

let running: { stop(): Promise<void> } | undefined;
afterEach(() => running?.stop());

async function start(...options: Parameters<typeof startKis>): Promise<StartedKis> {
  const kis = await startKis(...options);
  running = kis;
  return kis;
}

async function startStub(...options: Parameters<typeof startStubbedKis>): Promise<StubbedKis> {
  const kis = await startStubbedKis(...options);
  running = kis;
  return kis;
}

const samsung = symbolCode('005930');
const dayMs = 86_400_000;

describe('the token', () => {
  it('is asked for once by fifty callers at a time', async () => {
    const kis = await start();
    const reads = Array.from({ length: 50 }, () => kis.broker.quotes.getQuote({ symbol: samsung }));
    const quotes = await kis.settle(Promise.all(reads));
    expect(quotes).toHaveLength(50);
    expect(kis.venue.requests('tokenP')).toHaveLength(1);
  });

  it('is taken from the store after a restart', async () => {
    const tokenStore = createMemoryTokenStore();
    const first = await start({ tokenStore });
    await first.settle(first.broker.rest.warm());
    expect(first.venue.requests('tokenP')).toHaveLength(1);
    await first.broker.close();
    const second = await startKis({ tokenStore });
    try {
      await second.settle(second.broker.rest.warm());
      expect(second.venue.requests('tokenP')).toHaveLength(0);
    } finally {
      await second.stop();
    }
  });

  it('is renewed when a day has passed, and a read goes on', async () => {
    const kis = await start();
    await kis.settle(kis.broker.quotes.getQuote({ symbol: samsung }));
    await kis.advance(dayMs + 1);
    await kis.settle(kis.broker.quotes.getQuote({ symbol: samsung }));
    expect(kis.venue.requests('tokenP').length).toBeGreaterThanOrEqual(2);
  });

  it('that the broker refuses is renewed once, and the read repeated once', async () => {
    let refusals = 0;
    const kis = await startStub((_request, response) => {
      refusals += 1;
      const refused = refusals === 1;
      answerJson(
        response,
        refused ? 500 : 200,
        refused
          ? { rt_cd: '1', msg_cd: 'EGW00123', msg1: '기간이 만료된 token 입니다.' }
          : { rt_cd: '0', msg_cd: 'KIOK0510', msg1: '', output: { nrcvb_buy_amt: '700000', nrcvb_buy_qty: '10' } },
      );
    });
    await kis.settle(kis.broker.rest.warm());
    // KIS issues one token a minute.
    await kis.clock.advance(61_000);
    const power = await kis.settle(
      kis.broker.account.getBuyingPower({ symbol: samsung, orderType: 'LIMIT', limitPriceKrw: krw(70_000) }),
    );
    expect(power).toMatchObject({ cashKrw: 700_000, quantity: 10 });
    expect(kis.stub.requests.filter(({ path }) => path === '/oauth2/tokenP')).toHaveLength(2);
    expect(refusals).toBe(2);
  });

  it('that is refused on an order is forgotten, and the order is not sent again', async () => {
    let orders = 0;
    const kis = await startStub((_request, response) => {
      orders += 1;
      answerJson(response, 500, { rt_cd: '1', msg_cd: 'EGW00121', msg1: '유효하지 않은 token 입니다.' });
    });
    const response = await kis.settle(
      kis.broker.orders.placeOrder(
        buildOrderRequest({
          symbol: samsung,
          quantity: shares(1),
          orderType: 'LIMIT',
          limitPriceKrw: krw(70_000),
          dryRun: false,
        }),
      ),
    );
    expect(response).toMatchObject({ outcome: 'UNKNOWN', cause: { code: 'TOKEN_REFUSED' } });
    expect(orders).toBe(1);
    await kis.clock.advance(61_000);
    await kis.settle(kis.broker.rest.warm());
    expect(kis.stub.requests.filter(({ path }) => path === '/oauth2/tokenP')).toHaveLength(2);
  });

  it('gives way to an approval key of its own for a WebSocket session', async () => {
    const kis = await start();
    const key = await kis.settle(kis.broker.rest.issueApprovalKey());
    expect(String(key)).toBe('[secret]');
    expect(key.reveal()).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is revoked for everybody when asked', async () => {
    const kis = await start();
    await kis.settle(kis.broker.rest.warm());
    await kis.settle(kis.broker.rest.revokeToken());
    expect(kis.venue.requests('revokeP')).toHaveLength(1);
  });
});

describe('the rate', () => {
  it('of paper is one request a second, and none is refused', async () => {
    const kis = await start({ environment: 'PAPER' });
    const startedAtMs = kis.clock.nowMs();
    await kis.settle(Promise.all(Array.from({ length: 4 }, () => kis.broker.quotes.getQuote({ symbol: samsung }))));
    expect(kis.clock.nowMs() - startedAtMs).toBeGreaterThanOrEqual(3_000);
    expect(kis.venue.requests().map(({ resultCode }) => resultCode)).not.toContain('EGW00201');
  });

  // domain 13, row 17
  it('of paper is one for queries and orders together', async () => {
    const kis = await start({ environment: 'PAPER' });
    await kis.settle(kis.broker.rest.warm());
    const { orders, quotes } = kis.broker;
    const startedAtMs = kis.clock.nowMs();
    const order = { ...buildOrderRequest(), dryRun: false };
    await kis.settle(
      Promise.all([
        quotes.getQuote({ symbol: samsung }),
        orders.placeOrder(order),
        orders.listOrders({ tradingDate: tradingDate(day) }),
        orders.placeOrder({ ...order, clientOrderId: clientOrderId('second') }),
      ]),
    );
    const sent = kis.venue.requests().filter(({ atMs }) => atMs >= startedAtMs);
    expect(sent).toHaveLength(4);
    const gaps = sent.slice(1).map(({ atMs }, index) => atMs - (sent[index]?.atMs ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
    expect(sent.map(({ resultCode }) => resultCode)).not.toContain('EGW00201');
  });

  it('of live lets sixteen of forty requests leave in the first second', async () => {
    const kis = await start();
    await kis.settle(kis.broker.rest.warm());
    const startedAtMs = kis.clock.nowMs();
    const today = tradingDate(day);
    await kis.settle(
      Promise.all(Array.from({ length: 40 }, () => kis.broker.orders.listOrders({ tradingDate: today }))),
    );
    const sentAtMs = kis.venue.requests('inquire-daily-ccld').map(({ atMs }) => atMs - startedAtMs);
    expect(sentAtMs).toHaveLength(40);
    expect(sentAtMs.filter((atMs) => atMs < 1_000).length).toBeLessThanOrEqual(16);
    expect(kis.venue.requests().map(({ resultCode }) => resultCode)).not.toContain('EGW00201');
  });

  it('is halved by EGW00201 and left alone by EGW00215, the limit that all customers share', async () => {
    const codes = ['EGW00215', 'EGW00201'];
    const kis = await startStub((_request, response) => {
      const code = codes.shift();
      answerJson(
        response,
        code === undefined ? 200 : 500,
        code === undefined
          ? { rt_cd: '0', msg_cd: 'KIOK0510', output: { nrcvb_buy_amt: '0', nrcvb_buy_qty: '0' } }
          : { rt_cd: '1', msg_cd: code, msg1: '' },
      );
    });
    await kis.settle(kis.broker.account.getBuyingPower({ symbol: samsung, orderType: 'MARKET' }));
    const refused = kis.logger.entries.filter(({ event }) => event === 'rate-refused');
    expect(refused).toHaveLength(1);
    const repeated = kis.logger.entries.filter(({ event }) => event === 'read-repeated');
    expect(repeated).toHaveLength(2);
  });
});

describe('a read of many pages', () => {
  const row = {
    ord_dt: '20260914',
    ord_gno_brno: '03930',
    orgn_odno: '',
    sll_buy_dvsn_cd: '02',
    sll_buy_dvsn_cd_name: '현금매수',
    pdno: '005930',
    ord_qty: '1',
    ord_unpr: '70000',
    ord_tmd: '100000',
    tot_ccld_qty: '0',
    tot_ccld_amt: '0',
    ord_dvsn_cd: '00',
    cncl_cfrm_qty: '0',
    rmn_qty: '1',
    rjct_qty: '0',
    excg_id_dvsn_cd: 'KRX',
    ordr_empno: 'OpnAPI',
  };
  const page = (odno: string, key: string): unknown => ({
    rt_cd: '0',
    msg_cd: 'KIOK0500',
    msg1: '',
    ctx_area_fk100: '87654321!^01'.padEnd(100),
    ctx_area_nk100: key.padEnd(100),
    output1: [{ ...row, odno }],
    output2: {},
  });

  it('is incomplete when a cursor comes twice', async () => {
    const kis = await startStub((_request, response) => {
      answerJson(response, 200, page('0000000007', 'same'), { tr_cont: 'M' });
    });
    const list = await kis.settle(kis.broker.orders.listOrders({ tradingDate: tradingDate(day) }));
    expect(list.complete).toBe(false);
    expect(list.orders).toHaveLength(1);
  });

  it('is incomplete when it ends with a word that means no end', async () => {
    const kis = await startStub((_request, response) => {
      answerJson(response, 200, page('0000000007', 'next'), { tr_cont: 'm' });
    });
    const list = await kis.settle(kis.broker.orders.listOrders({ tradingDate: tradingDate(day) }));
    expect(list).toMatchObject({ complete: false, orders: [{}] });
  });

  it('takes no row of another date for one of today: numbers begin anew every day', async () => {
    const kis = await startStub((_request, response) => {
      const yesterday = { ...row, odno: '0000000007', ord_dt: '20260911', tot_ccld_qty: '1', rmn_qty: '0' };
      answerJson(response, 200, { ...(page('', '') as object), output1: [yesterday] }, { tr_cont: 'D' });
    });
    const { orders } = kis.broker;
    const list = await kis.settle(orders.listOrders({ tradingDate: tradingDate(day) }));
    expect(list).toMatchObject({ complete: false, orders: [] });
    const reference = {
      brokerId: 'kis',
      tradingDate: tradingDate(day),
      brokerOrderId: brokerOrderId('7'),
      symbol: symbolCode('005930'),
      side: 'BUY',
      orderType: 'LIMIT',
      timeInForce: 'DAY',
      venue: 'KRX',
      session: 'REGULAR',
      native: {},
    } as const;
    await expect(kis.settle(orders.getOrder(reference))).rejects.toMatchObject({ code: 'ORDER_LIST_INCOMPLETE' });
  });

  it('fails as a broker’s answer when a time is none', async () => {
    const kis = await startStub((_request, response) => {
      const strange = { ...row, odno: '0000000007', ord_tmd: '256199' };
      answerJson(response, 200, { ...(page('', '') as object), output1: [strange] }, { tr_cont: 'D' });
    });
    const list = kis.settle(kis.broker.orders.listOrders({ tradingDate: tradingDate(day) }));
    await expect(list).rejects.toMatchObject({ name: 'UnexpectedResponseError', facts: { field: 'ord_tmd' } });
  });

  it('is incomplete when a later page fails', async () => {
    let pages = 0;
    const kis = await startStub((_request, response) => {
      pages += 1;
      if (pages === 1) answerJson(response, 200, page('0000000007', 'next'), { tr_cont: 'F' });
      else answerJson(response, 200, { rt_cd: '2', msg_cd: 'OPSQ2001', msg1: 'ERROR' });
    });
    const list = await kis.settle(kis.broker.orders.listOrders({ tradingDate: tradingDate(day) }));
    expect(list).toMatchObject({ complete: false, orders: [{ reference: { brokerOrderId: '7' } }] });
  });

  it('sends both cursors back as they came, spaces included, with tr_cont N', async () => {
    let pages = 0;
    const kis = await startStub((_request, response) => {
      pages += 1;
      answerJson(response, 200, page(`000000000${pages}`, `key ${pages}`), { tr_cont: pages < 3 ? 'M' : 'E' });
    });
    const list = await kis.settle(kis.broker.orders.listOrders({ tradingDate: tradingDate(day) }));
    expect(list).toMatchObject({ complete: true, orders: [{}, {}, {}] });
    const reads = kis.stub.requests.filter(({ method }) => method === 'GET');
    expect(reads.map(({ headers }) => headers['tr_cont'])).toEqual([undefined, 'N', 'N']);
    const query = new URL(reads[2]?.path ?? '', kis.stub.url).searchParams;
    expect(query.get('CTX_AREA_NK100')).toBe('key 2'.padEnd(100));
  });

  it('stops at the page limit and says so', async () => {
    let pages = 0;
    const kis = await startStub((_request, response) => {
      pages += 1;
      answerJson(response, 200, page(String(pages), `key ${pages}`), { tr_cont: 'M' });
    });
    const list = await kis.settle(kis.broker.orders.listOrders({ tradingDate: tradingDate(day) }));
    expect(list.complete).toBe(false);
    expect(pages).toBe(200);
    expect(kis.logger.entries.find(({ event }) => event === 'pages-incomplete')?.fields).toMatchObject({
      reason: 'PAGES_MAX',
    });
  });
});
