import {
  krw,
  type OrderReference,
  type OrderRequest,
  shares,
  symbolCode,
  tradingDate,
  ValidationError,
} from '@qts/core';
import { buildOrderRequest } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { kisPaperCredentials } from './kis-credentials.ts';
import { toCancelFields, toOrderCashFields, toReplaceFields } from './kis-order-requests.ts';
import { assertKisFields } from './kis-request.ts';
import { orderCash } from './rest/order-cash.ts';
import { orderRvsecncl } from './rest/order-rvsecncl.ts';

const credentials = kisPaperCredentials({ appKey: 'k', appSecret: 's', accountNumber: '87654321-22' });
const today = tradingDate('2026-09-14');

/** An order at 70,000 won, changed without a check: an adapter must not rely on one. */
function order(changes: Partial<OrderRequest> = {}): OrderRequest {
  return { ...buildOrderRequest(), ...changes };
}

/** An order without a price. */
function priceless(changes: Partial<OrderRequest>): OrderRequest {
  const request: { limitPriceKrw?: unknown } & Omit<OrderRequest, 'limitPriceKrw'> = { ...order(changes) };
  delete request.limitPriceKrw;
  return request as OrderRequest;
}

const target: OrderReference = {
  brokerId: 'kis',
  tradingDate: tradingDate('2026-09-14'),
  brokerOrderId: '85100' as OrderReference['brokerOrderId'],
  symbol: symbolCode('005930'),
  side: 'SELL',
  orderType: 'LIMIT',
  timeInForce: 'DAY',
  venue: 'SOR',
  session: 'REGULAR',
  native: { KRX_FWDG_ORD_ORGNO: '03930', ORD_DVSN: '00' },
};

describe('the fields of an order', () => {
  it('are all sent, empty when unused', () => {
    const fields = toOrderCashFields(order(), credentials, today);
    expect(fields).toEqual({
      CANO: '87654321',
      ACNT_PRDT_CD: '22',
      PDNO: '005930',
      SLL_TYPE: '',
      ORD_DVSN: '00',
      ORD_QTY: '10',
      ORD_UNPR: '70000',
      CNDT_PRIC: '',
      EXCG_ID_DVSN_CD: 'KRX',
    });
    expect(Object.keys(fields)).toEqual(orderCash.request.map(({ name }) => name));
    assertKisFields(orderCash, fields);
  });

  it('say 0 for a type without a price, and keep the Q of an ETN', () => {
    const fields = toOrderCashFields(
      priceless({ orderType: 'MARKET', symbol: symbolCode('Q500001') }),
      credentials,
      today,
    );
    expect(fields).toMatchObject({ ORD_DVSN: '01', ORD_UNPR: '0', PDNO: 'Q500001' });
  });

  it('carry the trigger of a stop limit', () => {
    const stop = order({ orderType: 'STOP_LIMIT', stopPriceKrw: krw(71_000) });
    expect(toOrderCashFields(stop, credentials, today)).toMatchObject({ ORD_DVSN: '22', CNDT_PRIC: '71000' });
  });

  it.each([
    ['a limit without a price', priceless({ orderType: 'LIMIT' }), 'limitPriceKrw'],
    ['a market order with a price', order({ orderType: 'MARKET' }), 'limitPriceKrw'],
    ['a stop limit without a trigger', order({ orderType: 'STOP_LIMIT' }), 'stopPriceKrw'],
    ['no shares', order({ quantity: shares(0) }), 'quantity'],
    ['terms that KIS has no code for', order({ venue: 'SOR', session: 'AFTER_MARKET' }), 'orderType'],
  ])('are refused for %s', (_name, request, field) => {
    let found: unknown;
    try {
      toOrderCashFields(request, credentials, today);
    } catch (error) {
      found = error;
    }
    expect(ValidationError.isInstance(found) && found.facts['field']).toBe(field);
  });
});

describe('the fields of a replace', () => {
  const replace = {
    clientOrderId: order().clientOrderId,
    target,
    orderType: 'LIMIT',
    limitPriceKrw: krw(69_000),
    timeInForce: 'DAY',
    session: 'REGULAR',
    dryRun: false,
  } as const;

  it('take all that remains unless a quantity is given, on the venue of the original', () => {
    const all = toReplaceFields(replace, credentials, today);
    expect(all).toMatchObject({
      KRX_FWDG_ORD_ORGNO: '03930',
      ORGN_ODNO: '0000085100',
      ORD_DVSN: '00',
      RVSE_CNCL_DVSN_CD: '01',
      ORD_QTY: '0',
      ORD_UNPR: '69000',
      QTY_ALL_ORD_YN: 'Y',
      EXCG_ID_DVSN_CD: 'SOR',
    });
    assertKisFields(orderRvsecncl, all);
    expect(toReplaceFields({ ...replace, quantity: shares(3) }, credentials, today)).toMatchObject({
      ORD_QTY: '3',
      QTY_ALL_ORD_YN: 'N',
    });
  });

  it('cannot make a stop limit: the request has no trigger', () => {
    const stop = { ...replace, orderType: 'STOP_LIMIT', target: { ...target, venue: 'KRX' } } as const;
    expect(() => toReplaceFields(stop, credentials, today)).toThrow(ValidationError);
  });
});

describe('the fields of a cancel', () => {
  it('carry branch, number, division, the all-quantity flag and the venue', () => {
    const fields = toCancelFields({ target, dryRun: false }, credentials);
    expect(fields).toEqual({
      CANO: '87654321',
      ACNT_PRDT_CD: '22',
      KRX_FWDG_ORD_ORGNO: '03930',
      ORGN_ODNO: '0000085100',
      ORD_DVSN: '00',
      RVSE_CNCL_DVSN_CD: '02',
      ORD_QTY: '0',
      ORD_UNPR: '0',
      QTY_ALL_ORD_YN: 'Y',
      CNDT_PRIC: '',
      EXCG_ID_DVSN_CD: 'SOR',
    });
    assertKisFields(orderRvsecncl, fields);
  });

  it('leave without a branch, and derive the division from the terms when it was not kept', () => {
    const bare: OrderReference = { ...target, venue: 'KRX', session: 'AFTER_MARKET', native: {} };
    const fields = toCancelFields({ target: bare, quantity: shares(2), dryRun: false }, credentials);
    expect(fields).toMatchObject({ KRX_FWDG_ORD_ORGNO: '', ORD_DVSN: '41', ORD_QTY: '2', QTY_ALL_ORD_YN: 'N' });
    assertKisFields(orderRvsecncl, fields);
  });
});

describe('a request', () => {
  it.each([
    ['a field that is missing', { CANO: undefined }],
    ['a field that is too long', { ORD_QTY: '12345678901' }],
    ['a required field that is empty', { PDNO: '' }],
    ['a field that is no text', { ORD_QTY: 10 }],
    ['a field that the operation does not have', { HASH: 'x' }],
  ])('is refused before it is sent for %s', (_name, change) => {
    const fields = { ...toOrderCashFields(order(), credentials, today), ...change } as Record<string, string>;
    expect(() => {
      assertKisFields(orderCash, fields);
    }).toThrow(ValidationError);
  });
});
