import { afterEach, describe, expect, it } from 'vitest';
import { captured } from './captured.ts';
import {
  account,
  balanceFields,
  dailyFields,
  orderFields,
  rowOf,
  rowsOf,
  startKis,
  without,
  type KisTestVenue,
} from './kis-client.ts';

let kis: KisTestVenue | undefined;

afterEach(async () => {
  await kis?.close();
  kis = undefined;
});

/** A venue on the day of a capture, with its issue and an order that matches the captured one on offer. */
async function startOn(date: string, time: string): Promise<KisTestVenue> {
  kis = await startKis({
    startAt: time,
    tradingDate: date,
    instruments: [{ symbol: '088350', name: '한화생명', market: 'KOSPI', productClass: 'STOCK', basePriceKrw: 3145 }],
    // Without a fee, as in the captured totals.
    accounts: [{ ...account, holdings: [], terms: { feePartsPerBillion: 0 } }],
  });
  return kis;
}

describe('answers equal what the broker really sent', () => {
  it('for an empty balance, to the last space', async () => {
    kis = await startKis({ accounts: [{ ...account, cashKrw: 0, holdings: [] }] });
    const reply = await kis.call({
      trId: 'TTTC8434R',
      operation: 'inquire-balance',
      fields: { ...balanceFields, FUND_STTL_ICLD_YN: 'Y' },
    });
    expect(reply.body).toEqual(captured('inquire-balance.live.empty'));
    expect(Object.keys(reply.body)).toEqual(Object.keys(captured('inquire-balance.live.empty')));
  });

  it('for the acknowledgement of an order and the list with its one fill', async () => {
    const day = await startOn('2025-12-17', '09:44:14');
    day.venue.exchange.placeOrder({
      symbol: '088350',
      side: 'SELL',
      quantity: 1,
      orderType: 'LIMIT',
      timeInForce: 'DAY',
      session: 'REGULAR',
      limitPriceKrw: 3145,
      stopPriceKrw: 0,
    });
    const order = await day.call({
      trId: 'TTTC0012U',
      operation: 'order-cash',
      fields: orderFields({ PDNO: '088350', ORD_DVSN: '01', ORD_QTY: '1', ORD_UNPR: '0' }),
    });
    const number = rowOf(order)['ODNO'];
    const acknowledgement = captured('order-cash.live.sor.accepted');
    expect(order.body).toEqual({
      ...acknowledgement,
      output: { ...(acknowledgement['output'] as object), ODNO: number },
    });

    const list = await day.call({
      trId: 'TTTC0081R',
      operation: 'inquire-daily-ccld',
      fields: dailyFields({ INQR_STRT_DT: '20251201', INQR_END_DT: '20260104', PDNO: '088350' }),
    });
    const capture = captured('inquire-daily-ccld.live.one-fill');
    const [row] = capture['output1'] as readonly object[];
    expect(list.body).toEqual({
      ...capture,
      // The captured order went by SOR from another address; the venue is KRX alone.
      output1: [{ ...row, odno: number, inqr_ip_addr: '127.0.0.1', excg_dvsn_cd: '02', excg_id_dvsn_cd: 'KRX' }],
    });
    expect(Object.keys(rowsOf(list, 'output1')[0] ?? {})).toEqual(Object.keys(row ?? {}));
  });

  it.each([
    [
      'inquire-price.live.005930',
      'FHKST01010100',
      'inquire-price',
      { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '900010' },
    ],
    [
      'inquire-psbl-order.published',
      'TTTC8908R',
      'inquire-psbl-order',
      { PDNO: '900010', ORD_UNPR: '70000', ORD_DVSN: '00', CMA_EVLU_AMT_ICLD_YN: 'N', OVRS_ICLD_YN: 'N' },
    ],
  ] as const)('in fields and result of %s', async (name, trId, operation, fields) => {
    kis = await startKis();
    const reply = await kis.call({ trId, operation, fields });
    const { output, ...result } = captured(name);
    const { output: ours, ...ourResult } = reply.body;
    expect(Object.keys(ours as object).toSorted()).toEqual(Object.keys(output as object).toSorted());
    expect(ourResult).toEqual(result);
  });

  it('for a token asked for too often', async () => {
    kis = await startKis();
    await kis.issueToken();
    const reply = await kis.issueToken();
    expect([reply.status, reply.body]).toEqual([403, captured('error.EGW00133.http403')]);
  });

  it('for too many calls a second', async () => {
    kis = await startKis({ kis: { requestsPerSecond: 1 } });
    const fields = { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '900010' };
    await kis.call({ trId: 'FHKST01010100', operation: 'inquire-price', fields });
    const reply = await kis.call({ trId: 'FHKST01010100', operation: 'inquire-price', fields });
    expect([reply.status, reply.body]).toEqual([500, captured('error.EGW00201.http500')]);
  });

  it('for a sell that leaves CNDT_PRIC out', async () => {
    kis = await startKis();
    const fields = without(orderFields({ PDNO: '900020', ORD_UNPR: '8000' }), 'CNDT_PRIC');
    const reply = await kis.call({ trId: 'TTTC0011U', operation: 'order-cash', fields });
    expect([reply.status, reply.body]).toEqual([500, captured('error.IGW00007.http500')]);
  });

  it('for a query field with a value that is not taken', async () => {
    kis = await startKis();
    const fields = { ...balanceFields, INQR_DVSN: '02' };
    const reply = await kis.call({ trId: 'TTTC8434R', operation: 'inquire-balance', fields });
    expect([reply.status, reply.body]).toEqual([200, captured('error.OPSQ2001')]);
  });
});
