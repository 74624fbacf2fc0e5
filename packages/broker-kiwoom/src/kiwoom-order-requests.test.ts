import {
  brokerOrderId,
  krw,
  type OrderReference,
  type OrderRequest,
  type ReplaceRequest,
  shares,
  symbolCode,
  tradingDate,
  ValidationError,
} from '@qts/core';
import { buildOrderRequest } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { toCancelFields, toNewOrderFields, toReplaceFields } from './kiwoom-order-requests.ts';

const day = tradingDate('2026-09-14');
const { limitPriceKrw: price, ...base } = buildOrderRequest({
  symbol: symbolCode('005930'),
  side: 'BUY',
  quantity: shares(10),
  orderType: 'LIMIT',
  limitPriceKrw: krw(69_900),
});
const limit: OrderRequest = { ...base, limitPriceKrw: price ?? krw(69_900) };

const target: OrderReference = {
  brokerId: 'kiwoom',
  tradingDate: day,
  brokerOrderId: brokerOrderId('139'),
  symbol: symbolCode('005930'),
  side: 'BUY',
  orderType: 'LIMIT',
  timeInForce: 'DAY',
  venue: 'SOR',
  session: 'REGULAR',
  native: {},
};
const unpriced: ReplaceRequest = {
  clientOrderId: limit.clientOrderId,
  target,
  orderType: 'LIMIT',
  timeInForce: 'DAY',
  session: 'REGULAR',
  dryRun: false,
};
const replace: ReplaceRequest = { ...unpriced, limitPriceKrw: krw(69_800) };

function refusalOf(make: () => unknown): ValidationError {
  try {
    make();
  } catch (error) {
    if (ValidationError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the fields of a new order', () => {
  it('carry a price for a limit, none for a market order, and both prices for a stop-limit order', () => {
    expect(toNewOrderFields(limit, 'LIVE', day)).toEqual({
      dmst_stex_tp: 'KRX',
      stk_cd: '005930',
      ord_qty: '10',
      ord_uv: '69900',
      trde_tp: '0',
      cond_uv: '',
    });
    expect(toNewOrderFields({ ...base, orderType: 'MARKET' }, 'LIVE', day)).toMatchObject({ ord_uv: '', trde_tp: '3' });
    const stop = { ...limit, orderType: 'STOP_LIMIT', stopPriceKrw: krw(70_100) } as const;
    expect(toNewOrderFields(stop, 'LIVE', day)).toMatchObject({ ord_uv: '69900', cond_uv: '70100', trde_tp: '28' });
  });

  it('leave an order at the closing price without a price', () => {
    const closing = { ...base, orderType: 'CLOSING_PRICE', session: 'POST_CLOSE_CLOSING_PRICE' } as const;
    expect(toNewOrderFields(closing, 'LIVE', day)).toMatchObject({ ord_uv: '', trde_tp: '81' });
    expect(refusalOf(() => toNewOrderFields({ ...closing, limitPriceKrw: krw(1) }, 'LIVE', day)).facts).toMatchObject({
      field: 'limitPriceKrw',
    });
  });

  it.each(['005930_NX', '005930_AL', 'A005930', '5930'])(
    'refuse the symbol %s: a suffix is no part of an order',
    (symbol) => {
      const { code, facts } = refusalOf(() => toNewOrderFields({ ...limit, symbol: symbol as never }, 'LIVE', day));
      expect({ code, field: facts['field'], found: facts['found'] }).toEqual({
        code: 'ORDER_NOT_CARRIED',
        field: 'symbol',
        found: symbol,
      });
    },
  );

  it.each([
    ['a limit order without a price', 'limitPriceKrw', base],
    ['a market order with a price', 'limitPriceKrw', { ...limit, orderType: 'MARKET' }],
    ['a stop-limit order without its stop price', 'stopPriceKrw', { ...limit, orderType: 'STOP_LIMIT' }],
    ['a quantity of none', 'quantity', { ...limit, quantity: 0 }],
    ['a quantity that is not whole', 'quantity', { ...limit, quantity: 1.5 }],
    ['a type of another session', 'orderType', { ...base, orderType: 'CLOSING_PRICE' }],
    ['a market order in the after-market', 'orderType', { ...base, orderType: 'MARKET', session: 'AFTER_MARKET' }],
    ['a market order on NXT', 'orderType', { ...base, orderType: 'MARKET', venue: 'NXT' }],
    [
      'the single-price session that is gone',
      'orderType',
      { ...limit, orderType: 'AFTER_HOURS_SINGLE_PRICE', session: 'AFTER_HOURS_SINGLE_PRICE' },
    ],
  ])('refuse %s, naming %s', (_name, field, request) => {
    const { facts } = refusalOf(() => toNewOrderFields(request as OrderRequest, 'LIVE', day));
    expect(facts['field']).toBe(field);
  });

  it.each([
    ['NXT', 'REGULAR'],
    ['SOR', 'REGULAR'],
    ['KRX', 'AFTER_MARKET'],
  ] as const)('refuse %s in %s on the mock server, and carry it on the live one', (venue, session) => {
    const order = { ...limit, venue, session };
    expect(refusalOf(() => toNewOrderFields(order, 'PAPER', day)).code).toBe('ORDER_NOT_CARRIED');
    expect(toNewOrderFields(order, 'LIVE', day).trde_tp).toBe('0');
  });
});

describe('the fields of a replace', () => {
  it('carry another price for all that is open, as the order went: SOR as SOR', () => {
    expect(toReplaceFields(replace, 'LIVE', day)).toEqual({
      dmst_stex_tp: 'SOR',
      orig_ord_no: '0000139',
      stk_cd: '005930',
      mdfy_qty: '0',
      mdfy_uv: '69800',
      mdfy_cond_uv: '',
    });
    expect(toReplaceFields({ ...replace, quantity: shares(3) }, 'LIVE', day).mdfy_qty).toBe('3');
  });

  it.each([
    ['another type', 'orderType', { ...unpriced, orderType: 'MARKET' }],
    ['another condition', 'timeInForce', { ...replace, timeInForce: 'IOC' }],
    ['another session', 'session', { ...replace, target: { ...target, venue: 'KRX' }, session: 'AFTER_MARKET' }],
    [
      'a type without a price',
      'orderType',
      { ...unpriced, orderType: 'BEST_LIMIT', target: { ...target, orderType: 'BEST_LIMIT' } },
    ],
    ['no price', 'limitPriceKrw', unpriced],
  ])('refuse %s: kt10002 has no field for it', (_name, field, request) => {
    const { facts } = refusalOf(() => toReplaceFields(request as ReplaceRequest, 'LIVE', day));
    expect(facts['field']).toBe(field);
  });
});

describe('the fields of a cancel', () => {
  it('carry the order’s own venue, symbol and number, and nothing that could stand in the way', () => {
    expect(toCancelFields({ target, dryRun: false })).toEqual({
      dmst_stex_tp: 'SOR',
      orig_ord_no: '0000139',
      stk_cd: '005930',
      cncl_qty: '0',
    });
    expect(toCancelFields({ target, quantity: shares(4), dryRun: false }).cncl_qty).toBe('4');
  });
});
