import { krw, shares, symbolCode } from '@qts/core';
import { buildOrderRequest } from '@qts/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { ka10003, ka10099, ka10100, kt00004, kt00005, kt00009 } from '../../src/index.ts';
import { startKiwoom, type StartedKiwoom } from '../support/start-kiwoom.ts';

let running: StartedKiwoom | undefined;
afterEach(() => running?.stop());

async function start(): Promise<StartedKiwoom> {
  running = await startKiwoom();
  return running;
}

/** Buys 10 shares of what is offered: a fill to look at. */
async function buy(kiwoom: StartedKiwoom): Promise<void> {
  kiwoom.venue.exchange.placeOrder({
    symbol: '005930',
    side: 'SELL',
    quantity: 10,
    orderType: 'LIMIT',
    timeInForce: 'DAY',
    session: 'REGULAR',
    limitPriceKrw: 70_000,
    stopPriceKrw: 0,
  });
  const order = buildOrderRequest({
    symbol: symbolCode('005930'),
    side: 'BUY',
    quantity: shares(10),
    orderType: 'LIMIT',
    limitPriceKrw: krw(70_000),
    dryRun: false,
  });
  expect((await kiwoom.settle(kiwoom.broker.orders.placeOrder(order))).outcome).toBe('ACCEPTED');
}

describe('operations that no reader uses, on the simulated venue', () => {
  it('ka10003 lists trades with who took them', async () => {
    const kiwoom = await start();
    await buy(kiwoom);
    const trades = await kiwoom.settle(kiwoom.broker.rest.read(ka10003, { stk_cd: '005930' }));
    expect(trades[0]).toMatchObject({ priceKrw: 70_000, quantity: 10, aggressor: 'BUY', accumulatedQuantity: 10 });
    expect(trades[0]?.accumulatedAmountKrw).toBe(700_000);
  });

  it('ka10099 and ka10100 tell the same of an issue', async () => {
    const kiwoom = await start();
    const { pages, complete } = await kiwoom.settle(kiwoom.broker.rest.readPages(ka10099, { mrkt_tp: '0' }));
    expect(complete).toBe(true);
    const listed = pages.flat().find(({ code }) => code === '005930');
    expect(listed).toMatchObject({ name: '삼성전자', marketCode: '0', previousCloseKrw: 70_000, halted: false });
    expect(await kiwoom.settle(kiwoom.broker.rest.read(ka10100, { stk_cd: '005930' }))).toEqual(listed);
  });

  it('kt00004 sums the account up', async () => {
    const kiwoom = await start();
    const fields = { qry_tp: '0', dmst_stex_tp: 'KRX' };
    const assets = await kiwoom.settle(kiwoom.broker.rest.read(kt00004, fields));
    expect(assets).toMatchObject({ depositKrw: 1_000_000_000, totalAssetsKrw: 1_000_000_000 + 100 * 200_000 });
  });

  it('kt00005 tells what of a holding has settled', async () => {
    const kiwoom = await start();
    await buy(kiwoom);
    const { pages } = await kiwoom.settle(kiwoom.broker.rest.readPages(kt00005, { dmst_stex_tp: 'KRX' }));
    const holdings = pages.flat();
    expect(holdings.find(({ code }) => code === 'A000660')).toMatchObject({ quantity: 100, settledQuantity: 100 });
    expect(holdings.find(({ code }) => code === 'A005930')).toMatchObject({ quantity: 10, settledQuantity: 0 });
  });

  it('kt00009 sums up what was agreed', async () => {
    const kiwoom = await start();
    await buy(kiwoom);
    const fields = { ord_dt: '', stk_bond_tp: '1', mrkt_tp: '0', sell_tp: '0', qry_tp: '0', stk_cd: '', fr_ord_no: '' };
    const answer = await kiwoom.settle(kiwoom.broker.rest.read(kt00009, { ...fields, dmst_stex_tp: '%' }));
    expect(JSON.stringify(answer)).toContain('700000');
  });
});
