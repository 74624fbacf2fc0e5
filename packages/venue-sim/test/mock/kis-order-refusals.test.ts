import { afterEach, describe, expect, it } from 'vitest';
import { kisOrderRefusals } from '../../src/dialects/kis/kis-order-refusals.ts';
import { padLedgerMessage } from '../../src/dialects/kis/kis-text.ts';
import { type VenueEnvironment, type VenueRefusal } from '../../src/index.ts';
import { kstInstant } from '../../src/kst.ts';
import {
  cancelFields,
  orderFields,
  rowOf,
  startKis,
  tradingDate,
  type KisReply,
  type KisTestVenue,
} from './kis-client.ts';

let kis: KisTestVenue | undefined;

afterEach(async () => {
  await kis?.close();
  kis = undefined;
});

const trIds = {
  LIVE: { BUY: 'TTTC0012U', SELL: 'TTTC0011U', CHANGE: 'TTTC0013U' },
  PAPER: { BUY: 'VTTC0012U', SELL: 'VTTC0011U', CHANGE: 'VTTC0013U' },
} as const;

/** Orders that the exchange refuses, and why. */
const orderCases: readonly (readonly [VenueRefusal, 'BUY' | 'SELL', Readonly<Record<string, string>>])[] = [
  ['UNKNOWN_SYMBOL', 'BUY', { PDNO: '999999' }],
  ['HALTED_SYMBOL', 'BUY', { PDNO: '900040', ORD_UNPR: '5000' }],
  ['TYPE_NOT_ALLOWED_NOW', 'BUY', { ORD_DVSN: '06', ORD_UNPR: '0' }],
  ['OFF_TICK', 'BUY', { ORD_UNPR: '69050' }],
  ['OUTSIDE_PRICE_LIMIT', 'BUY', { ORD_UNPR: '91100' }],
  ['PRICE_MISSING', 'BUY', { ORD_UNPR: '0' }],
  ['PRICE_NOT_ALLOWED', 'BUY', { ORD_DVSN: '01', ORD_UNPR: '69000' }],
  ['QUANTITY_NOT_POSITIVE', 'BUY', { ORD_QTY: '0' }],
  ['QUANTITY_ABOVE_LIMIT', 'BUY', { ORD_QTY: '200000' }],
  ['INSUFFICIENT_CASH', 'BUY', { ORD_QTY: '5000' }],
  ['INSUFFICIENT_HOLDINGS', 'SELL', { PDNO: '900020', ORD_UNPR: '8000', ORD_QTY: '101' }],
  ['OWN_SIDE_EMPTY', 'BUY', { ORD_DVSN: '04', ORD_UNPR: '0' }],
  ['NOT_SUPPORTED', 'BUY', { ORD_DVSN: '21', ORD_UNPR: '0' }],
];

function expectRefused(reply: KisReply, refusal: VenueRefusal, environment: VenueEnvironment): void {
  const { status, rtCd, msgCd, msg1 } = kisOrderRefusals[refusal][environment];
  const text = status === 200 ? padLedgerMessage(msg1) : msg1;
  expect({ status: reply.status, ...reply.body }).toEqual({ status, rt_cd: rtCd, msg_cd: msgCd, msg1: text });
}

describe.each(['LIVE', 'PAPER'] as const)('%s words refusals in its own codes', (environment) => {
  it.each(orderCases)('%s', async (refusal, side, fields) => {
    kis = await startKis({ environment });
    const reply = await kis.call({
      trId: trIds[environment][side],
      operation: 'order-cash',
      fields: orderFields(fields),
    });
    expectRefused(reply, refusal, environment);
    expect(kis.venue.exchange.listOrders('first')).toHaveLength(0);
  });

  it('MARKET_CLOSED after the close', async () => {
    kis = await startKis({ environment, startAt: '20:30' });
    const reply = await kis.call({ trId: trIds[environment].BUY, operation: 'order-cash', fields: orderFields() });
    expectRefused(reply, 'MARKET_CLOSED', environment);
  });

  it('NOT_FOUND, another branch and another account alike', async () => {
    kis = await startKis({ environment });
    const change = (fields: Readonly<Record<string, unknown>>): Promise<KisReply> | undefined =>
      kis?.call({ trId: trIds[environment].CHANGE, operation: 'order-rvsecncl', fields });
    const foreign = kis.venue.exchange.placeOrder({
      symbol: '900010',
      side: 'BUY',
      quantity: 1,
      orderType: 'LIMIT',
      timeInForce: 'DAY',
      session: 'REGULAR',
      limitPriceKrw: 69_000,
      stopPriceKrw: 0,
    });
    const foreignNumber = String(foreign.ok ? foreign.order.orderNumber : 0);
    const order = await kis.call({ trId: trIds[environment].BUY, operation: 'order-cash', fields: orderFields() });
    const missing = await change(cancelFields('0000099999'));
    const elsewhere = await change(cancelFields(rowOf(order)['ODNO'], { KRX_FWDG_ORD_ORGNO: '00001' }));
    const others = await change(cancelFields(foreignNumber));
    for (const reply of [missing, elsewhere, others]) {
      expect(reply).toBeDefined();
      if (reply !== undefined) expectRefused(reply, 'NOT_FOUND', environment);
    }
  });

  it('NOTHING_LEFT of an order that is gone, and QUANTITY_ABOVE_REMAINING of one that is not', async () => {
    kis = await startKis({ environment });
    const { ODNO } = rowOf(
      await kis.call({ trId: trIds[environment].BUY, operation: 'order-cash', fields: orderFields() }),
    );
    const tooMuch = await kis.call({
      trId: trIds[environment].CHANGE,
      operation: 'order-rvsecncl',
      fields: cancelFields(ODNO, { QTY_ALL_ORD_YN: 'N', ORD_QTY: '11' }),
    });
    expectRefused(tooMuch, 'QUANTITY_ABOVE_REMAINING', environment);
    const cancel = { trId: trIds[environment].CHANGE, operation: 'order-rvsecncl', fields: cancelFields(ODNO) };
    expect((await kis.call(cancel)).body['rt_cd']).toBe('0');
    expectRefused(await kis.call(cancel), 'NOTHING_LEFT', environment);
  });

  it('an order on another date than the one that is traded', async () => {
    kis = await startKis({ environment });
    kis.clock.advanceTo(kstInstant('2026-11-21', '08:00'));
    const reply = await kis.call({ trId: trIds[environment].BUY, operation: 'order-cash', fields: orderFields() });
    expect(reply.body['msg_cd']).toBe(environment === 'LIVE' ? 'APBK0919' : '40100000');
  });

  it.each(['NXT', 'SOR'])('orders for %s, which the venue does not have', async (venue) => {
    kis = await startKis({ environment });
    const fields = orderFields({ EXCG_ID_DVSN_CD: venue });
    const reply = await kis.call({ trId: trIds[environment].BUY, operation: 'order-cash', fields });
    expect(reply.body['msg_cd']).toBe(environment === 'LIVE' ? 'APBK0963' : '40310000');
  });
});

describe('closed hours', () => {
  it.each([
    ['08:00', 'PAPER', '40570000'],
    ['20:30', 'PAPER', '40580000'],
    ['08:00', 'LIVE', 'APBK0918'],
  ] as const)('at %s are %s %s', async (startAt, environment, code) => {
    kis = await startKis({ environment, startAt });
    const reply = await kis.call({ trId: trIds[environment].BUY, operation: 'order-cash', fields: orderFields() });
    expect(reply.body['msg_cd']).toBe(code);
  });

  it('do not take the codes of the regular session in the after-market, which has its own', async () => {
    kis = await startKis({ startAt: '16:30' });
    const limit = await kis.call({ trId: 'TTTC0012U', operation: 'order-cash', fields: orderFields() });
    const afterMarket = await kis.call({
      trId: 'TTTC0012U',
      operation: 'order-cash',
      fields: orderFields({ ORD_DVSN: '41' }),
    });
    expect([limit.body['rt_cd'], afterMarket.body['msg_cd']]).toEqual(['7', 'APBK0013']);
    expect(kis.clock.nowMs()).toBe(kstInstant(tradingDate, '16:30'));
  });
});
