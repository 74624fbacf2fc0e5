import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  account,
  balanceFields,
  dailyFields,
  orderFields,
  startKis,
  without,
  type KisReply,
  type KisTestVenue,
} from './kis-client.ts';

let kis: KisTestVenue;

beforeEach(async () => {
  kis = await startKis();
});

afterEach(async () => {
  await kis.close();
});

const price = { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '900010' };
const quote = (headers: Readonly<Record<string, string | undefined>>): Promise<KisReply> =>
  kis.call({ trId: 'FHKST01010100', operation: 'inquire-price', fields: price, headers });
const result = ({ status, body }: KisReply): readonly unknown[] => [status, body['rt_cd'], body['msg_cd']];

describe('headers', () => {
  it.each([
    ['no app key', { appkey: undefined }, 'EGW00102'],
    ['another app key', { appkey: 'somebody-else' }, 'EGW00103'],
    ['no app secret', { appsecret: undefined }, 'EGW00104'],
    ['another app secret', { appsecret: 'guess' }, 'EGW00105'],
    ['no authorization', { authorization: undefined }, 'EGW00205'],
    ['a token without Bearer', { authorization: 'abc' }, 'EGW00205'],
    ['an unknown token', { authorization: 'Bearer abc' }, 'EGW00121'],
    ['an unknown custtype', { custtype: 'X' }, 'EGW00208'],
  ] as const)('%s is refused with HTTP 500', async (_, headers, code) => {
    expect(result(await quote(headers))).toEqual([500, '1', code]);
  });

  it('may lack custtype on a query', async () => {
    expect(result(await quote({ custtype: undefined }))).toEqual([200, '0', 'MCA00000']);
  });

  it('may not lack custtype on an order', async () => {
    const reply = await kis.call({
      trId: 'TTTC0012U',
      operation: 'order-cash',
      fields: orderFields(),
      headers: { custtype: undefined },
    });
    expect(result(reply)).toEqual([500, '1', 'IGW00002']);
    expect(kis.venue.exchange.listOrders('first')).toHaveLength(0);
  });

  it('are answered with the TR id, a transaction number and the date of the venue', async () => {
    const { headers } = await quote({});
    expect(headers).toMatchObject({
      tr_id: 'FHKST01010100',
      tr_cont: '',
      date: 'Fri, 20 Nov 2026 01:00:00 GMT',
      'content-type': 'application/json; charset=utf-8',
    });
  });
});

describe('TR ids', () => {
  it.each([
    ['none', undefined, 'OPSQ9999'],
    ['one of another operation', 'TTTC8434R', 'OPSQ0002'],
    ['a retired one', 'TTTC8001R', 'OPSQ0002'],
  ] as const)('%s is refused', async (_, trId, code) => {
    const reply = await kis.call({
      trId: '',
      operation: 'inquire-daily-ccld',
      fields: dailyFields(),
      headers: { tr_id: trId },
    });
    expect(result(reply)).toEqual([200, '2', code]);
  });

  it('of paper are refused on live', async () => {
    const reply = await kis.call({ trId: 'VTTC0012U', operation: 'order-cash', fields: orderFields() });
    expect(result(reply)).toEqual([500, '1', 'EGW02004']);
    expect(kis.venue.exchange.listOrders('first')).toHaveLength(0);
  });

  it.each(['TTTC0801U', 'TTTC0802U'])('of old orders do nothing: %s', async (trId) => {
    const reply = await kis.call({ trId, operation: 'order-cash', fields: orderFields() });
    expect(reply.body['msg_cd']).toBe('OPSQ0002');
    expect(kis.venue.exchange.listOrders('first')).toHaveLength(0);
  });

  it('of live are refused on paper, by whether paper has the operation', async () => {
    const paper = await startKis({ environment: 'PAPER' });
    const order = await paper.call({ trId: 'TTTC0012U', operation: 'order-cash', fields: orderFields() });
    const open = await paper.call({ trId: 'TTTC0084R', operation: 'inquire-psbl-rvsecncl' });
    await paper.close();
    expect([result(order), result(open)]).toEqual([
      [500, '1', 'EGW00213'],
      [500, '1', 'EGW02006'],
    ]);
  });
});

describe('paths', () => {
  it('that nobody serves are HTTP 404', async () => {
    const reply = await kis.send({ method: 'GET', path: '/uapi/domestic-stock/v1/trading/nothing' });
    expect(result(reply)).toEqual([404, '1', 'EGW00202']);
  });

  it('are case sensitive: approval without its capital is none', async () => {
    expect((await kis.send({ method: 'POST', path: '/oauth2/approval', body: '{}' })).status).toBe(404);
  });
});

describe('fields', () => {
  it('of a query name the one that is missing, wrong or too long', async () => {
    const missing = without(dailyFields(), 'INQR_END_DT');
    const ask = (fields: Readonly<Record<string, string>>): Promise<KisReply> =>
      kis.call({ trId: 'TTTC0081R', operation: 'inquire-daily-ccld', fields });
    expect((await ask(missing)).body).toMatchObject({
      rt_cd: '2',
      msg_cd: 'OPSQ2001',
      msg1: 'ERROR : INPUT FIELD NOT FOUND [INQR_END_DT]',
    });
    expect((await ask(dailyFields({ CCLD_DVSN: '09' }))).body).toMatchObject({
      msg_cd: 'OPSQ2001',
      msg1: 'ERROR : INPUT INVALID_CHECK_CCLD_DVSN',
    });
    expect((await ask(dailyFields({ INQR_STRT_DT: 'today' }))).body).toMatchObject({
      msg1: 'ERROR : INPUT INVALID_CHECK_INQR_STRT_DT',
    });
    expect((await ask(dailyFields({ ORD_GNO_BRNO: '123456' }))).body).toMatchObject({ msg_cd: 'OPSQ2002' });
  });

  it('of the open order list have a code of their own when left out', async () => {
    const fields = { CTX_AREA_FK100: '', CTX_AREA_NK100: '', INQR_DVSN_1: '0' };
    const reply = await kis.call({ trId: 'TTTC0084R', operation: 'inquire-psbl-rvsecncl', fields });
    expect(reply.body['msg_cd']).toBe('APBK1227');
  });

  it('of the minute chart must be there even when empty', async () => {
    const fields = { ...price, FID_INPUT_HOUR_1: '100000', FID_PW_DATA_INCU_YN: 'N' };
    const reply = await kis.call({ trId: 'FHKST03010200', operation: 'inquire-time-itemchartprice', fields });
    expect(reply.body).toMatchObject({ rt_cd: '2', msg_cd: 'OPSQ2001' });
  });

  it.each([
    ['ACCOUNT', { CANO: '87654321' }],
    ['PRODUCT', { ACNT_PRDT_CD: '02' }],
  ])('of another %s are refused with OPSQ2000', async (_, fields) => {
    const reply = await kis.call({
      trId: 'TTTC8434R',
      operation: 'inquire-balance',
      fields: { ...balanceFields, ...fields },
    });
    expect(result(reply)).toEqual([200, '2', 'OPSQ2000']);
  });

  it.each([
    ['a required one left out', { PDNO: undefined }, [500, '1', 'IGW00007']],
    ['a number instead of text', { ORD_QTY: 10 }, [500, '1', 'IGW00007']],
    ['a decimal price', { ORD_UNPR: '69000.0' }, [500, '1', 'IGW00007']],
    ['a separator in the quantity', { ORD_QTY: '1,000' }, [500, '1', 'IGW00007']],
    ['a price on a market order', { ORD_DVSN: '01' }, [500, '1', 'IGW00007']],
    ['an empty quantity', { ORD_QTY: '' }, [200, '7', 'APMP0001']],
  ] as const)('of an order: %s is refused and nothing is entered', async (_, fields, expected) => {
    const reply = await kis.call({ trId: 'TTTC0012U', operation: 'order-cash', fields: orderFields(fields) });
    expect(result(reply)).toEqual(expected);
    expect(kis.venue.exchange.listOrders('first')).toHaveLength(0);
  });

  it('of a buy may leave the optional ones out', async () => {
    const { PDNO, ORD_DVSN, ORD_QTY, ORD_UNPR } = orderFields();
    const reply = await kis.call({
      trId: 'TTTC0012U',
      operation: 'order-cash',
      fields: { PDNO, ORD_DVSN, ORD_QTY, ORD_UNPR },
    });
    expect(reply.body['msg_cd']).toBe('APBK0013');
  });
});

describe('hash keys', () => {
  const keys = { appkey: account.appKey, appsecret: account.appSecret };
  const body = JSON.stringify(orderFields());

  it('come back with the body', async () => {
    const reply = await kis.send({ method: 'POST', path: '/uapi/hashkey', headers: keys, body });
    expect(reply.body).toEqual({ BODY: orderFields(), HASH: createHash('sha256').update(body).digest('hex') });
  });

  it('that do not fit the body refuse the order', async () => {
    const reply = await kis.call({
      trId: 'TTTC0012U',
      operation: 'order-cash',
      fields: orderFields(),
      headers: { hashkey: 'f'.repeat(64) },
    });
    expect(result(reply)).toEqual([500, '1', 'IGW00002']);
  });

  it.each([
    ['without a body', '', 'OPSQ9995'],
    ['with a body that is no JSON', '{', 'OPSQ9997'],
    ['with a body that is no object', '[]', 'OPSQ9997'],
  ])('are refused %s', async (_, text, code) => {
    const reply = await kis.send({ method: 'POST', path: '/uapi/hashkey', headers: keys, body: text });
    expect(reply.body['msg_cd']).toBe(code);
  });
});

describe('the record of requests', () => {
  it('keeps what was asked without keys, tokens and the account number', async () => {
    await kis.call({ trId: 'TTTC0012U', operation: 'order-cash', fields: orderFields() });
    await kis.call({ trId: 'TTTC8434R', operation: 'inquire-balance', fields: balanceFields });
    const [order] = kis.venue.requests('order-cash');
    expect(order).toMatchObject({
      operation: 'order-cash',
      method: 'POST',
      status: 200,
      resultCode: 'APBK0013',
      headers: { authorization: '[masked]', appkey: '[masked]', appsecret: '[masked]', tr_id: 'TTTC0012U' },
      body: { CANO: '******78', ACNT_PRDT_CD: '01', PDNO: '900010' },
    });
    expect(kis.venue.requests('inquire-balance')[0]?.query).toMatchObject({ CANO: '******78' });
    const all = JSON.stringify(kis.venue.requests());
    for (const secret of [account.appKey, account.appSecret, '12345678', 'eyJ']) expect(all).not.toContain(secret);
    expect(kis.venue.requests().map(({ operation }) => operation)).toEqual(['tokenP', 'order-cash', 'inquire-balance']);
  });
});
