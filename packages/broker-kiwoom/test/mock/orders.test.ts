import {
  brokerOrderId,
  krw,
  parseOrderRequest,
  type OrderReference,
  type OrderRequest,
  type OrderResponse,
  type ReplaceRequest,
  shares,
  symbolCode,
  tradingDate,
} from '@qts/core';
import { buildOrderRequest } from '@qts/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startKiwoom, type StartedKiwoom, tradingDate as day } from '../support/start-kiwoom.ts';

let kiwoom: StartedKiwoom;
beforeEach(async () => {
  kiwoom = await startKiwoom();
});
afterEach(() => kiwoom.stop());

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
  const response = await kiwoom.settle(kiwoom.broker.orders.placeOrder(request));
  expect(response).toMatchObject({ outcome: 'ACCEPTED', dryRun: false });
  return (response as Extract<OrderResponse, { outcome: 'ACCEPTED' }>).reference;
}

function replaceOf(target: OrderReference, limitPriceKrw = krw(69_800)): ReplaceRequest {
  const { clientOrderId } = order();
  return {
    clientOrderId,
    target,
    orderType: 'LIMIT',
    limitPriceKrw,
    timeInForce: 'DAY',
    session: 'REGULAR',
    dryRun: false,
  };
}

/** A number as it travels. */
const padded = (reference: OrderReference): string => reference.brokerOrderId.padStart(7, '0');

/** Somebody else sells on the venue. */
function sellOnVenue(quantity: number, limitPriceKrw = 69_900): void {
  const terms = { side: 'SELL', orderType: 'LIMIT', timeInForce: 'DAY', session: 'REGULAR' } as const;
  kiwoom.venue.exchange.placeOrder({ symbol: '005930', ...terms, quantity, limitPriceKrw, stopPriceKrw: 0 });
}

it('says how many orders it can cancel in time', () => {
  expect(kiwoom.broker.orders.capabilities).toMatchObject({ environment: 'SIMULATED', openOrdersMax: 30 });
});

describe('placeOrder on the simulated venue', () => {
  it('accepts a limit order and keeps its type and the time of its acceptance in the reference', async () => {
    const reference = await accepted(order());
    expect(reference).toMatchObject({ brokerId: 'kiwoom', tradingDate: day, symbol: '005930' });
    expect(reference.brokerOrderId).toMatch(/^[1-9][0-9]*$/);
    expect(reference.native).toEqual({ trde_tp: '0', ord_tm: '10:00:00' });
    expect(kiwoom.venue.requests('kt10000')).toHaveLength(1);
  });

  it('fills partly, and the list shows the cumulative figures', async () => {
    const reference = await accepted(order());
    sellOnVenue(4);
    const snapshot = await kiwoom.settle(kiwoom.broker.orders.getOrder(reference));
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

  it('tells the exact sum of fills at several prices, although the average of the list is rounded', async () => {
    sellOnVenue(1, 69_900);
    sellOnVenue(2, 70_000);
    const reference = await accepted(order({ quantity: shares(3), limitPriceKrw: krw(70_000) }));
    const snapshot = await kiwoom.settle(kiwoom.broker.orders.getOrder(reference));
    expect(snapshot).toMatchObject({ filledQuantity: 3, filledAmountKrw: 209_900, leavesQuantity: 0 });
  });

  it('is rejected with the broker’s code when the cash does not suffice', async () => {
    const response = await kiwoom.settle(kiwoom.broker.orders.placeOrder(order({ quantity: shares(1_000_000) })));
    expect(response).toMatchObject({ outcome: 'REJECTED', code: 'FS040', native: { code: '855056' } });
  });

  it('is rejected when the account holds nothing to sell', async () => {
    const response = await kiwoom.settle(kiwoom.broker.orders.placeOrder(order({ side: 'SELL' })));
    expect(response).toMatchObject({ outcome: 'REJECTED', native: { code: '800033' } });
  });

  it('sends nothing in a dry run, and no two virtual numbers are alike', async () => {
    const one = await kiwoom.broker.orders.placeOrder(order({ dryRun: true }));
    const two = await kiwoom.broker.orders.placeOrder(order({ dryRun: true }));
    expect(one).toMatchObject({ outcome: 'ACCEPTED', dryRun: true });
    const ids = [one, two].map((response) => (response.outcome === 'ACCEPTED' ? response.brokerOrderId : ''));
    expect(ids[0]).toMatch(/^KIWOOM-VIRTUAL-/);
    expect(new Set(ids).size).toBe(2);
    expect(kiwoom.venue.requests()).toEqual([]);
  });

  it('carries the side in the api-id alone, and no field that the guide does not have', async () => {
    await accepted(order());
    await accepted(
      parseOrderRequest({
        clientOrderId: 'market-1',
        symbol: '000660',
        side: 'SELL',
        quantity: 1,
        orderType: 'MARKET',
        dryRun: false,
      }),
    );
    const [buy] = kiwoom.venue.requests('kt10000');
    const [sell] = kiwoom.venue.requests('kt10001');
    expect(buy?.body).toEqual({
      dmst_stex_tp: 'KRX',
      stk_cd: '005930',
      ord_qty: '10',
      ord_uv: '69900',
      trde_tp: '0',
      cond_uv: '',
    });
    expect(sell?.body).toMatchObject({ stk_cd: '000660', ord_uv: '', trde_tp: '3', cond_uv: '' });
  });
});

describe('replaceOrder on the simulated venue', () => {
  it('gives a new number that points at the original', async () => {
    const target = await accepted(order());
    const response = await kiwoom.settle(kiwoom.broker.orders.replaceOrder(replaceOf(target)));
    expect(response).toMatchObject({
      outcome: 'ACCEPTED',
      reference: { native: { base_orig_ord_no: padded(target), orig_ord_no: padded(target) } },
    });
    const { orders, complete } = await kiwoom.settle(kiwoom.broker.orders.listOrders({ tradingDate: today }));
    expect(complete).toBe(true);
    const replacement = orders.find(({ kind }) => kind === 'REPLACE');
    expect(replacement).toMatchObject({
      originalBrokerOrderId: target.brokerOrderId,
      limitPriceKrw: 69_800,
      leavesQuantity: 10,
    });
  });

  it('acts on the latest number of a chain, whose root stays the first', async () => {
    const target = await accepted(order());
    const first = await kiwoom.settle(kiwoom.broker.orders.replaceOrder(replaceOf(target)));
    const { reference } = first as Extract<OrderResponse, { outcome: 'ACCEPTED' }>;
    const second = await kiwoom.settle(kiwoom.broker.orders.replaceOrder(replaceOf(reference, krw(69_700))));
    expect(second).toMatchObject({
      outcome: 'ACCEPTED',
      reference: { native: { orig_ord_no: padded(reference), base_orig_ord_no: padded(target) } },
    });
  });
});

describe('cancelOrder on the simulated venue', () => {
  it('is requested with a number of its own, and the list confirms the canceled quantity', async () => {
    const target = await accepted(order());
    const response = await kiwoom.settle(kiwoom.broker.orders.cancelOrder({ target, dryRun: false }));
    expect(response).toMatchObject({ outcome: 'REQUESTED', dryRun: false });
    expect(response.brokerOrderId).not.toBe(target.brokerOrderId);
    expect(await kiwoom.settle(kiwoom.broker.orders.getOrder(target))).toMatchObject({
      canceledQuantity: 10,
      leavesQuantity: 0,
    });
  });

  it('comes too late for a filled order', async () => {
    const target = await accepted(order());
    sellOnVenue(10);
    const response = await kiwoom.settle(kiwoom.broker.orders.cancelOrder({ target, dryRun: false }));
    expect(response).toMatchObject({ outcome: 'TOO_LATE_FILLED', native: { code: '506550' } });
  });

  it('comes too late for an order that is canceled already', async () => {
    const target = await accepted(order());
    await kiwoom.settle(kiwoom.broker.orders.cancelOrder({ target, dryRun: false }));
    const response = await kiwoom.settle(kiwoom.broker.orders.cancelOrder({ target, dryRun: false }));
    expect(response.outcome).toBe('TOO_LATE_CLOSED');
  });

  it('finds no order under a number that was never given', async () => {
    const target = await accepted(order());
    const stranger = { ...target, brokerOrderId: brokerOrderId('999'), native: {} };
    const response = await kiwoom.settle(kiwoom.broker.orders.cancelOrder({ target: stranger, dryRun: false }));
    expect(response.outcome).toBe('NOT_FOUND');
  });

  it('says nothing of an order of a moment ago that the list does not show yet', async () => {
    const target = await accepted(order());
    const young = { ...target, brokerOrderId: brokerOrderId('999') };
    const response = await kiwoom.settle(kiwoom.broker.orders.cancelOrder({ target: young, dryRun: false }));
    expect(response).toMatchObject({ outcome: 'UNKNOWN', cause: { code: 'CANCEL_REFUSED_ORDER_OPEN' } });
  });

  // domain 13, row 13
  it('is the only command that leaves: lists and single orders are read by queries', async () => {
    const target = await accepted(order());
    await kiwoom.settle(kiwoom.broker.orders.listOrders({ tradingDate: today }));
    await kiwoom.settle(kiwoom.broker.orders.getOrder(target));
    await kiwoom.settle(kiwoom.broker.orders.cancelOrder({ target, dryRun: false }));
    const sent = ['kt10000', 'kt10001', 'kt10002', 'kt10003'].map((each) => kiwoom.venue.requests(each).length);
    // The one buy, and the cancel.
    expect(sent).toEqual([1, 0, 0, 1]);
    expect(kiwoom.venue.requests('kt00007').length).toBeGreaterThanOrEqual(2);
  });

  // domain 13, row 13
  it('carries the venue, the original number, the symbol, and a zero for all that remains', async () => {
    const target = await accepted(order());
    await kiwoom.settle(kiwoom.broker.orders.cancelOrder({ target, dryRun: false }));
    expect(kiwoom.venue.requests('kt10003')[0]?.body).toEqual({
      dmst_stex_tp: 'KRX',
      orig_ord_no: padded(target),
      stk_cd: '005930',
      cncl_qty: '0',
    });
  });

  it('takes a SOR order as SOR, and so does a replace', async () => {
    const target = await accepted(order({ venue: 'SOR' }));
    const replacement = await kiwoom.settle(kiwoom.broker.orders.replaceOrder(replaceOf(target)));
    expect(replacement).toMatchObject({ outcome: 'ACCEPTED', reference: { venue: 'SOR' } });
    const listed = await kiwoom.settle(kiwoom.broker.orders.listOrders({ tradingDate: today }));
    const found = listed.orders.find(({ kind }) => kind === 'REPLACE');
    if (found === undefined) throw new Error('the replacement is not listed');
    const canceled = await kiwoom.settle(kiwoom.broker.orders.cancelOrder({ target: found.reference, dryRun: false }));
    expect(canceled.outcome).toBe('REQUESTED');
    const changes = [...kiwoom.venue.requests('kt10002'), ...kiwoom.venue.requests('kt10003')];
    expect(changes.map(({ body }) => (body as Record<string, string>)['dmst_stex_tp'])).toEqual(['SOR', 'SOR']);
  });
});

describe('listOrders on the simulated venue', () => {
  it('reads all pages of more than a hundred orders, each order once', async () => {
    for (let index = 0; index < 120; index += 1) {
      const result = kiwoom.venue.exchange.placeOrder({
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
    const { orders, complete } = await kiwoom.settle(kiwoom.broker.orders.listOrders({ tradingDate: today }));
    expect(complete).toBe(true);
    expect(orders).toHaveLength(120);
    expect(new Set(orders.map(({ reference }) => reference.brokerOrderId)).size).toBe(120);
    expect(kiwoom.venue.requests('kt00007')).toHaveLength(2);
  });

  it('is complete and empty when the broker refuses with its words for nothing', async () => {
    const list = await kiwoom.settle(kiwoom.broker.orders.listOrders({ tradingDate: today }));
    expect(list).toMatchObject({ orders: [], complete: true });
    expect(kiwoom.venue.requests('kt00007')[0]?.resultCode).toBe('501724');
  });

  it('lists only what has a remainder when open orders are asked for', async () => {
    const target = await accepted(order());
    await accepted(order({ limitPriceKrw: krw(69_000) }));
    await kiwoom.settle(kiwoom.broker.orders.cancelOrder({ target, dryRun: false }));
    const { orders } = await kiwoom.settle(kiwoom.broker.orders.listOrders({ tradingDate: today, state: 'OPEN' }));
    expect(orders.map(({ limitPriceKrw }) => limitPriceKrw)).toEqual([69_000]);
  });
});
