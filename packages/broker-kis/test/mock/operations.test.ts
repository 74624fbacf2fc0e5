import { krw, shares, symbolCode, tradingDate } from '@qts/core';
import { buildOrderRequest } from '@qts/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { chkHoliday, inquireAccountBalance, inquirePsblRvsecncl, searchStockInfo } from '../../src/index.ts';
import { fakeAccount, startKis, type StartedKis } from '../support/start-kis.ts';
import { startStubbedKis, type StubbedKis } from '../support/start-stubbed-kis.ts';
import { answerJson } from '../support/stub-server.ts';

let running: { stop(): Promise<void> } | undefined;
afterEach(() => running?.stop());

async function start(): Promise<StartedKis> {
  const kis = await startKis();
  running = kis;
  return kis;
}

const account = { CANO: fakeAccount.accountNumber.slice(0, 8), ACNT_PRDT_CD: '01' };
const cursors = { CTX_AREA_FK100: '', CTX_AREA_NK100: '' };
const order = buildOrderRequest({
  symbol: symbolCode('005930'),
  quantity: shares(10),
  orderType: 'LIMIT',
  limitPriceKrw: krw(69_900),
});

describe('operations that no reader uses yet, on the simulated venue', () => {
  it('chk-holiday tells open days', async () => {
    const kis = await start();
    const fields = { BASS_DT: '20260914', CTX_AREA_FK: '', CTX_AREA_NK: '' };
    const days = await kis.settle(kis.broker.rest.read(chkHoliday, 'ONLY', fields));
    expect(days[0]).toEqual({ date: '20260914', open: true, settlement: true });
    expect(days.find(({ date }) => date === '20260920')?.open).toBe(false);
  });

  it('inquire-psbl-rvsecncl lists what can still be canceled', async () => {
    const kis = await start();
    await kis.settle(kis.broker.orders.placeOrder(order));
    const fields = { ...account, ...cursors, INQR_DVSN_1: '0', INQR_DVSN_2: '0' };
    const { pages, complete } = await kis.settle(kis.broker.rest.readPages(inquirePsblRvsecncl, 'ONLY', fields));
    expect(complete).toBe(true);
    expect(pages.flat()).toMatchObject([
      { side: 'BUY', pdno: '005930', orderDivision: '00', venue: 'KRX', cancelableQuantity: 10, filledQuantity: 0 },
    ]);
  });

  it('inquire-account-balance sums the account up', async () => {
    const kis = await start();
    const fields = { ...account, INQR_DVSN_1: '', BSPR_BF_DT_APLY_YN: '' };
    const assets = await kis.settle(kis.broker.rest.read(inquireAccountBalance, 'ONLY', fields));
    expect(assets.totalAssetsKrw).toBe(1_000_000_000 + 100 * 200_000);
    expect(assets.depositKrw).toBe(1_000_000_000);
  });

  it('search-stock-info tells whether an issue is halted', async () => {
    const kis = await start();
    const fields = { PRDT_TYPE_CD: '300', PDNO: '005930' };
    const info = await kis.settle(kis.broker.rest.read(searchStockInfo, 'ONLY', fields));
    expect(info).toMatchObject({ name: '삼성전자', halted: false });
  });
});

describe('new orders after a rate refusal', () => {
  it('leave again once an order list that was begun later is complete', async () => {
    let refuse = true;
    const kis: StubbedKis = await startStubbedKis((request, response) => {
      if (request.method === 'GET') answerJson(response, 200, { rt_cd: '0', msg_cd: 'KIOK0560', output1: [] });
      else if (refuse) answerJson(response, 500, { rt_cd: '1', msg_cd: 'EGW00201', msg1: '' });
      else answerJson(response, 200, { rt_cd: '0', msg_cd: 'APBK0013', output: { ODNO: '0000000009' } });
    });
    running = kis;
    const { orders } = kis.broker;
    expect((await kis.settle(orders.placeOrder(order))).outcome).toBe('UNKNOWN');
    refuse = false;
    const list = await kis.settle(orders.listOrders({ tradingDate: tradingDate('2026-09-14') }));
    expect(list).toMatchObject({ complete: true, orders: [] });
    expect((await kis.settle(orders.placeOrder(order))).outcome).toBe('ACCEPTED');
  });
});
