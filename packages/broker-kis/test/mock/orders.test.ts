import {
  krw,
  type OrderReference,
  type OrderRequest,
  type OrderResponse,
  shares,
  symbolCode,
  tradingDate,
} from '@qts/core';
import { buildOrderRequest } from '@qts/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startKis, type StartedKis, tradingDate as day } from '../support/start-kis.ts';

let kis: StartedKis;
beforeEach(async () => {
  kis = await startKis();
});
afterEach(() => kis.stop());

const samsung = symbolCode('005930');
const today = tradingDate(day);

function order(changes: Partial<OrderRequest> = {}): OrderRequest {
  return buildOrderRequest({
    symbol: samsung,
    side: 'BUY',
    quantity: shares(10),
    orderType: 'LIMIT',
    limitPriceKrw: krw(69_900),
    dryRun: false,
    ...changes,
  });
}

async function accepted(request: OrderRequest): Promise<OrderReference> {
  const response = await kis.settle(kis.broker.orders.placeOrder(request));
  expect(response).toMatchObject({ outcome: 'ACCEPTED', dryRun: false });
  return (response as Extract<OrderResponse, { outcome: 'ACCEPTED' }>).reference;
}

it('says how many orders it can cancel in time', () => {
  expect(kis.broker.orders.capabilities).toMatchObject({ environment: 'SIMULATED', openOrdersMax: 540 });
});

describe('placeOrder on the simulated venue', () => {
  it('accepts a limit order and keeps branch, division and time in the reference', async () => {
    const reference = await accepted(order());
    expect(reference).toMatchObject({
      brokerId: 'kis',
      tradingDate: day,
      symbol: '005930',
      native: { KRX_FWDG_ORD_ORGNO: '03930', ORD_DVSN: '00', ORD_TMD: '100000' },
    });
    expect(kis.venue.requests('order-cash')).toHaveLength(1);
  });

  it('fills partly, and the list shows the cumulative figures', async () => {
    const reference = await accepted(order());
    kis.venue.exchange.placeOrder({
      symbol: '005930',
      side: 'SELL',
      quantity: 4,
      orderType: 'LIMIT',
      timeInForce: 'DAY',
      session: 'REGULAR',
      limitPriceKrw: 69_900,
      stopPriceKrw: 0,
    });
    const snapshot = await kis.settle(kis.broker.orders.getOrder(reference));
    expect(snapshot).toMatchObject({
      kind: 'NEW',
      orderedQuantity: 10,
      limitPriceKrw: 69_900,
      filledQuantity: 4,
      filledAmountKrw: 279_600,
      leavesQuantity: 6,
      canceledQuantity: 0,
      viaApi: true,
    });
    expect(snapshot?.reference).toMatchObject({ brokerOrderId: reference.brokerOrderId, orderType: 'LIMIT' });
  });

  it('is rejected with the broker’s code when the cash does not suffice', async () => {
    const response = await kis.settle(kis.broker.orders.placeOrder(order({ quantity: shares(1_000_000) })));
    expect(response).toMatchObject({ outcome: 'REJECTED', code: 'FS040', native: { code: 'APBK0952' } });
  });

  it('is rejected when the account holds nothing to sell', async () => {
    const response = await kis.settle(kis.broker.orders.placeOrder(order({ side: 'SELL' })));
    expect(response).toMatchObject({ outcome: 'REJECTED', native: { code: 'APBK0400' } });
  });

  it('sends nothing in a dry run, and no two virtual numbers are alike', async () => {
    const one = await kis.broker.orders.placeOrder(order({ dryRun: true }));
    const two = await kis.broker.orders.placeOrder(order({ dryRun: true }));
    expect(one).toMatchObject({ outcome: 'ACCEPTED', dryRun: true });
    const ids = [one, two].map((response) => (response.outcome === 'ACCEPTED' ? response.brokerOrderId : ''));
    expect(ids[0]).toMatch(/^KIS-VIRTUAL-/);
    expect(new Set(ids).size).toBe(2);
    expect(kis.venue.requests()).toEqual([]);
  });

  it('carries the side in the TR id alone', async () => {
    await accepted(order());
    await accepted(order({ symbol: symbolCode('000660'), side: 'SELL', limitPriceKrw: krw(201_000) }));
    expect(kis.venue.requests('order-cash').map(({ headers }) => headers['tr_id'])).toEqual(['TTTC0012U', 'TTTC0011U']);
  });
});

describe('replaceOrder on the simulated venue', () => {
  it('gives a new number that points at the original', async () => {
    const target = await accepted(order());
    const response = await kis.settle(
      kis.broker.orders.replaceOrder({
        clientOrderId: order().clientOrderId,
        target,
        orderType: 'LIMIT',
        limitPriceKrw: krw(69_800),
        timeInForce: 'DAY',
        session: 'REGULAR',
        dryRun: false,
      }),
    );
    expect(response.outcome).toBe('ACCEPTED');
    const { orders, complete } = await kis.settle(kis.broker.orders.listOrders({ tradingDate: today }));
    expect(complete).toBe(true);
    const replacement = orders.find(({ kind }) => kind === 'REPLACE');
    expect(replacement).toMatchObject({
      originalBrokerOrderId: target.brokerOrderId,
      limitPriceKrw: 69_800,
      leavesQuantity: 10,
    });
  });
});

describe('cancelOrder on the simulated venue', () => {
  it('is requested with a number of its own, and the list confirms the canceled quantity', async () => {
    const target = await accepted(order());
    const response = await kis.settle(kis.broker.orders.cancelOrder({ target, dryRun: false }));
    expect(response).toMatchObject({ outcome: 'REQUESTED', dryRun: false });
    expect(response.brokerOrderId).not.toBe(target.brokerOrderId);
    expect(await kis.settle(kis.broker.orders.getOrder(target))).toMatchObject({
      canceledQuantity: 10,
      leavesQuantity: 0,
    });
  });

  it('comes too late for a filled order', async () => {
    const target = await accepted(order());
    kis.venue.exchange.placeOrder({
      symbol: '005930',
      side: 'SELL',
      quantity: 10,
      orderType: 'LIMIT',
      timeInForce: 'DAY',
      session: 'REGULAR',
      limitPriceKrw: 69_900,
      stopPriceKrw: 0,
    });
    const response = await kis.settle(kis.broker.orders.cancelOrder({ target, dryRun: false }));
    expect(response).toMatchObject({ outcome: 'TOO_LATE_FILLED', native: { code: 'APBK0927' } });
  });

  it('comes too late for an order that is canceled already', async () => {
    const target = await accepted(order());
    await kis.settle(kis.broker.orders.cancelOrder({ target, dryRun: false }));
    const response = await kis.settle(kis.broker.orders.cancelOrder({ target, dryRun: false }));
    expect(response.outcome).toBe('TOO_LATE_CLOSED');
  });

  it('finds no order under a number that was never given', async () => {
    const target = await accepted(order());
    const { ORD_DVSN = '', KRX_FWDG_ORD_ORGNO = '' } = target.native;
    const stranger = {
      ...target,
      brokerOrderId: '999' as OrderReference['brokerOrderId'],
      native: { ORD_DVSN, KRX_FWDG_ORD_ORGNO },
    };
    const response = await kis.settle(kis.broker.orders.cancelOrder({ target: stranger, dryRun: false }));
    expect(response.outcome).toBe('NOT_FOUND');
  });

  it('says nothing of an order of a moment ago that the list does not show yet', async () => {
    const target = await accepted(order());
    const young = { ...target, brokerOrderId: '999' as OrderReference['brokerOrderId'] };
    const response = await kis.settle(kis.broker.orders.cancelOrder({ target: young, dryRun: false }));
    expect(response).toMatchObject({ outcome: 'UNKNOWN', cause: { code: 'CANCEL_REFUSED_ORDER_OPEN' } });
  });

  it('carries branch, original number, division, the all-quantity flag and the venue', async () => {
    const target = await accepted(order());
    await kis.settle(kis.broker.orders.cancelOrder({ target, dryRun: false }));
    expect(kis.venue.requests('order-rvsecncl')[0]).toMatchObject({
      body: {
        KRX_FWDG_ORD_ORGNO: '03930',
        ORGN_ODNO: target.brokerOrderId.padStart(10, '0'),
        ORD_DVSN: '00',
        RVSE_CNCL_DVSN_CD: '02',
        QTY_ALL_ORD_YN: 'Y',
        EXCG_ID_DVSN_CD: 'KRX',
      },
    });
  });
});

describe('listOrders on the simulated venue', () => {
  it('reads all pages of more than a hundred orders, each order once', async () => {
    for (let index = 0; index < 120; index += 1) {
      const result = kis.venue.exchange.placeOrder({
        accountId: 'main',
        symbol: '005930',
        side: 'BUY',
        quantity: 1,
        orderType: 'LIMIT',
        timeInForce: 'DAY',
        session: 'REGULAR',
        limitPriceKrw: 60_000 + index * 100,
        stopPriceKrw: 0,
      });
      expect(result.ok).toBe(true);
    }
    const { orders, complete } = await kis.settle(kis.broker.orders.listOrders({ tradingDate: today }));
    expect(complete).toBe(true);
    expect(orders).toHaveLength(120);
    expect(new Set(orders.map(({ reference }) => reference.brokerOrderId)).size).toBe(120);
    expect(kis.venue.requests('inquire-daily-ccld')).toHaveLength(2);
  });

  it('lists only what has a remainder when open orders are asked for', async () => {
    const target = await accepted(order());
    await accepted(order({ limitPriceKrw: krw(69_000) }));
    await kis.settle(kis.broker.orders.cancelOrder({ target, dryRun: false }));
    const { orders } = await kis.settle(kis.broker.orders.listOrders({ tradingDate: today, state: 'OPEN' }));
    expect(orders.map(({ limitPriceKrw }) => limitPriceKrw)).toEqual([69_000]);
  });
});
