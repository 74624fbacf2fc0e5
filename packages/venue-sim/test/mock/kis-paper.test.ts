import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kstInstant } from '../../src/kst.ts';
import {
  balanceFields,
  cancelFields,
  dailyFields,
  orderFields,
  rowOf,
  rowsOf,
  startKis,
  tradingDate,
  type KisReply,
  type KisTestVenue,
} from './kis-client.ts';

let kis: KisTestVenue;

beforeEach(async () => {
  kis = await startKis({ environment: 'PAPER' });
});

afterEach(async () => {
  await kis.close();
});

const buy = (venue: KisTestVenue = kis): Promise<KisReply> =>
  venue.call({ trId: 'VTTC0012U', operation: 'order-cash', fields: orderFields() });
const daily = (overrides: Readonly<Record<string, string>> = {}, venue: KisTestVenue = kis): Promise<KisReply> =>
  venue.call({ trId: 'VTTC0081R', operation: 'inquire-daily-ccld', fields: dailyFields(overrides) });

describe('paper trading', () => {
  it('acknowledges buys, sells, replaces and cancels with codes of its own', async () => {
    const order = await buy();
    const sell = await kis.call({
      trId: 'VTTC0011U',
      operation: 'order-cash',
      fields: orderFields({ PDNO: '900020', ORD_UNPR: '8000' }),
    });
    const replace = await kis.call({
      trId: 'VTTC0013U',
      operation: 'order-rvsecncl',
      fields: cancelFields(rowOf(order)['ODNO'], { RVSE_CNCL_DVSN_CD: '01', ORD_UNPR: '69100' }),
    });
    const cancel = await kis.call({
      trId: 'VTTC0013U',
      operation: 'order-rvsecncl',
      fields: cancelFields(rowOf(sell)['ODNO']),
    });
    expect([order, sell, replace, cancel].map(({ body }) => body['msg_cd'])).toEqual([
      '40600000',
      '40610000',
      '40620000',
      '40630000',
    ]);
    expect(order.body['msg1']).toBe('모의투자 매수주문이 완료 되었습니다.');
  });

  it('points a fresh order at zeros and says N before a cancel', async () => {
    await buy();
    expect(rowsOf(await daily(), 'output1')[0]).toMatchObject({ orgn_odno: '0000000000', cncl_yn: 'N' });
  });

  it('shows a new order in the list 2.6 seconds after it was accepted', async () => {
    const slow = await startKis({ environment: 'PAPER', brokerLimits: true });
    await buy(slow);
    const acceptedMs = kstInstant(tradingDate, '10:00');
    slow.clock.advanceTo(acceptedMs + 2599);
    const before = await daily({}, slow);
    slow.clock.advanceTo(acceptedMs + 3600);
    const after = await daily({}, slow);
    await slow.close();
    expect([rowsOf(before, 'output1').length, rowsOf(after, 'output1').length]).toEqual([0, 1]);
    expect([before.body['msg_cd'], after.body['msg_cd']]).toEqual(['70070000', '20310000']);
  });

  it.each([
    ['inquire-psbl-rvsecncl', 'TTTC0084R'],
    ['inquire-psbl-sell', 'TTTC8408R'],
    ['inquire-account-balance', 'CTRP6548R'],
    ['chk-holiday', 'CTCA0903R'],
    ['search-stock-info', 'CTPF1002R'],
  ])('lacks %s, by the live TR id and by one with a V', async (operation, trId) => {
    const live = await kis.call({ trId, operation });
    const paper = await kis.call({ trId: `V${trId.slice(1)}`, operation });
    expect([live.body['msg_cd'], paper.body['msg_cd']]).toEqual(['EGW02006', 'OPSQ0002']);
  });

  it('serves quotes under the same TR ids as live', async () => {
    const reply = await kis.call({
      trId: 'FHKST01010100',
      operation: 'inquire-price',
      fields: { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '900010' },
    });
    expect(reply.body['msg_cd']).toBe('MCA00000');
  });

  it('lists KRX alone', async () => {
    expect((await daily({ EXCG_ID_DVSN_CD: 'ALL' })).body).toMatchObject({
      msg_cd: 'OPSQ2001',
      msg1: 'ERROR : INPUT INVALID_CHECK_EXCG_ID_DVSN_CD',
    });
  });

  it('answers the balance with its own code', async () => {
    const reply = await kis.call({ trId: 'VTTC8434R', operation: 'inquire-balance', fields: balanceFields });
    expect(reply.body).toMatchObject({ rt_cd: '0', msg_cd: '20310000' });
  });
});
