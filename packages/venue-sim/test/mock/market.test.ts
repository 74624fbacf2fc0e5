import { describe, expect, it } from 'vitest';
import { createMarket, createSteppedClock, VenueError, type FrontOptions, type VenueMarket } from '../../src/index.ts';
import { kstInstant } from '../../src/kst.ts';
import { account, instruments, tradingDate } from './kis-client.ts';
import { connectKiwoom, fillFields, kiwoomAccount, kiwoomPaths, placeFields, rowsOf } from './kiwoom-client.ts';

const kisFront: FrontOptions = {
  dialect: 'kis',
  environment: 'LIVE',
  accounts: [account],
  kis: { requestsPerSecond: 1000 },
};
const kiwoomFront: FrontOptions = {
  dialect: 'kiwoom',
  environment: 'LIVE',
  accounts: [kiwoomAccount],
  kiwoom: { requestsPerSecond: 1000 },
};

function open(): { readonly market: VenueMarket; readonly clock: ReturnType<typeof createSteppedClock> } {
  const clock = createSteppedClock(kstInstant(tradingDate, '10:00'));
  const market = createMarket({ tradingDate, instruments, accounts: [account, kiwoomAccount], seed: 1, clock });
  return { market, clock };
}

const jsonHeaders = { 'content-type': 'application/json' };

/** A call of KIS over `fetch`-like transports: the smallest client that there can be. */
function kisRequest(token: string, trId: string): Readonly<Record<string, string>> {
  return {
    ...jsonHeaders,
    authorization: `Bearer ${token}`,
    appkey: account.appKey,
    appsecret: account.appSecret,
    tr_id: trId,
    custtype: 'P',
  };
}

const kisOrder = {
  CANO: '12345678',
  ACNT_PRDT_CD: '01',
  PDNO: '900010',
  ORD_DVSN: '00',
  ORD_QTY: '10',
  ORD_UNPR: '70000',
};

describe('one market with two fronts', () => {
  it('on ports of their own: an order through Kiwoom fills against one through KIS, and both books say so', async () => {
    const { market, clock } = open();
    const kis = await market.open(kisFront);
    const kiwoom = connectKiwoom(await market.open(kiwoomFront), clock);
    expect(kis.url).not.toBe(kiwoom.venue.url);
    const post = async (path: string, headers: Readonly<Record<string, string>>, body: object): Promise<string> =>
      (await fetch(`${kis.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).text();
    const issued = await post('/oauth2/tokenP', jsonHeaders, {
      grant_type: 'client_credentials',
      appkey: account.appKey,
      appsecret: account.appSecret,
    });
    const { access_token: token } = JSON.parse(issued) as { readonly access_token: string };
    await post('/uapi/domestic-stock/v1/trading/order-cash', kisRequest(token, 'TTTC0012U'), kisOrder);
    await kiwoom.call('kt10001', placeFields({ stk_cd: '900020', ord_uv: '8000', ord_qty: '10' }));
    await post('/uapi/domestic-stock/v1/trading/order-cash', kisRequest(token, 'TTTC0012U'), {
      ...kisOrder,
      PDNO: '900020',
      ORD_QTY: '4',
      ORD_UNPR: '8000',
    });
    const fills = rowsOf(await kiwoom.call('ka10076', fillFields), 'cntr');
    expect(fills).toMatchObject([{ stk_cd: '900020', cntr_pric: '8000', cntr_qty: '4', oso_qty: '6' }]);
    const [bought] = market.exchange.listFills(account.accountId);
    const [sold] = market.exchange.listFills(kiwoomAccount.accountId);
    expect([bought?.priceKrw, bought?.quantity, bought?.side]).toEqual([sold?.priceKrw, sold?.quantity, 'BUY']);
    expect(sold?.side).toBe('SELL');
    const buyer = market.exchange.getAccount(account.accountId);
    const seller = market.exchange.getAccount(kiwoomAccount.accountId);
    expect(buyer?.boughtKrw).toBe(seller?.soldKrw);
    // Kiwoom's client sees in the book what was sent through KIS.
    const book = await kiwoom.call('ka10004', { stk_cd: '900010' });
    expect(book.body).toMatchObject({ buy_fpr_bid: '70000', buy_fpr_req: '10' });
    await kiwoom.close();
    await market.close();
  });

  it('in memory: faults and records are each front’s own', async () => {
    const { market } = open();
    const kis = market.openInMemory(kisFront);
    const kiwoom = market.openInMemory(kiwoomFront);
    kis.faults.plan({ fault: 'R08-drop-after-accept' });
    const request = (path: string, headers: Readonly<Record<string, string>>, body: object) => ({
      method: 'POST',
      path,
      query: new URLSearchParams(),
      headers,
      body: Buffer.from(JSON.stringify(body)),
    });
    const { body } = kiwoom.handleRequest(
      request(
        kiwoomPaths['au10001'] ?? '',
        { 'api-id': 'au10001' },
        {
          grant_type: 'client_credentials',
          appkey: kiwoomAccount.appKey,
          secretkey: kiwoomAccount.appSecret,
        },
      ),
    );
    const { token } = JSON.parse(body) as { readonly token: string };
    const headers = { 'api-id': 'kt10000', authorization: `Bearer ${token}` };
    expect(kiwoom.deliverRequest(request(kiwoomPaths['kt10000'] ?? '', headers, placeFields())).kind).toBe('ANSWERED');
    expect(kis.faults.counters()['R08-drop-after-accept']).toBe(0);
    expect(kis.requests()).toEqual([]);
    expect(kiwoom.requests('kt10000')).toHaveLength(1);
    expect(kis.exchange).toBe(kiwoom.exchange);
    await market.close();
  });

  it('refuses a front an account that another has, until that one closes', async () => {
    const { market } = open();
    const first = market.openInMemory(kisFront);
    expect(() => market.openInMemory(kisFront)).toThrow('accounts[0].accountId');
    first.close();
    market.openInMemory(kisFront);
    await market.close();
  });

  it('refuses a front an account that the market does not have', async () => {
    const { market } = open();
    const opening = market.open({ ...kisFront, accounts: [{ ...account, accountId: 'nobody' }] });
    await expect(opening).rejects.toThrow(VenueError);
    await expect(opening).rejects.toThrow('"nobody"');
    await market.close();
    await market.close();
  });

  it('shows a front what traded before it opened', async () => {
    const { market, clock } = open();
    for (const side of ['SELL', 'BUY'] as const) {
      market.exchange.placeOrder({
        symbol: '900010',
        side,
        quantity: 3,
        orderType: 'LIMIT',
        timeInForce: 'DAY',
        session: 'REGULAR',
        limitPriceKrw: 70_000,
        stopPriceKrw: 0,
      });
    }
    const kiwoom = connectKiwoom(await market.open(kiwoomFront), clock);
    expect(rowsOf(await kiwoom.call('ka10003', { stk_cd: '900010' }), 'cntr_infr')).toHaveLength(1);
    await kiwoom.close();
    await market.close();
  });
});
