import { afterEach, describe, expect, it } from 'vitest';
import {
  balanceFields,
  dayFields,
  fillFields,
  kiwoomAccount,
  kiwoomCaptured,
  openFields,
  placeFields,
  rowsOf,
  startKiwoom,
  type KiwoomReply,
  type KiwoomTestVenue,
} from './kiwoom-client.ts';

let kiwoom: KiwoomTestVenue | undefined;

afterEach(async () => {
  await kiwoom?.close();
  kiwoom = undefined;
});

async function start(options: Parameters<typeof startKiwoom>[0] = {}): Promise<KiwoomTestVenue> {
  kiwoom = await startKiwoom(options);
  return kiwoom;
}

function seen({ status, body }: KiwoomReply): { readonly status: number; readonly body: Record<string, unknown> } {
  return { status, body };
}

/** What a value looks like: digits as 9, signs and letters as they are. Widths of padded numbers stay visible. */
function shapeOf(value: unknown): string {
  const text = String(value);
  return /^-?0\d{9,}$|^-0*\d+$/.test(text) && text.length >= 10 ? `${text.length} padded` : typeof value;
}

describe('answers equal what the broker really sent', () => {
  it('for a market order taken by the mock server', async () => {
    const day = await start({ environment: 'PAPER' });
    day.rest('SELL', 1, 70_000);
    const reply = await day.call('kt10000', placeFields({ ord_qty: '1', ord_uv: '', trde_tp: '3' }));
    const capture = kiwoomCaptured('kt10000-accepted-mock');
    expect(seen(reply)).toEqual({ ...capture, body: { ...capture.body, ord_no: reply.body['ord_no'] } });
    expect(Object.keys(reply.body)).toEqual(Object.keys(capture.body));
    expect(reply.body['ord_no']).toMatch(/^\d{7}$/);
  });

  it('for an order on the mock server after the close', async () => {
    const day = await start({ environment: 'PAPER', startAt: '15:31' });
    expect(seen(await day.call('kt10000', placeFields()))).toEqual(kiwoomCaptured('reject-RC4058-session-closed'));
  });

  it('for a buy that cash does not cover, with how many shares it would', async () => {
    const day = await start({ accounts: [{ ...kiwoomAccount, cashKrw: 69_000 * 6 + 500 }] });
    const reply = await day.call('kt10000', placeFields({ ord_qty: '7' }));
    expect(seen(reply)).toEqual(kiwoomCaptured('reject-855056-cash'));
  });

  it('for no open orders, on live and on the mock server', async () => {
    const live = await start();
    expect(seen(await live.call('ka10075', openFields))).toEqual(kiwoomCaptured('empty-571758'));
    await live.close();
    const mock = await start({ environment: 'PAPER' });
    expect(seen(await mock.call('ka10075', openFields))).toEqual(kiwoomCaptured('ka10075-empty'));
  });

  it('for too many calls of one api-id', async () => {
    const day = await start({ brokerLimits: true });
    const order = placeFields({ stk_cd: '900020', ord_uv: '8000' });
    await day.call('kt10001', order);
    expect(seen(await day.call('kt10001', order))).toEqual(kiwoomCaptured('error-1700-rate-limit'));
  });

  it('for a token that is none', async () => {
    const day = await start();
    const reply = await day.call('ka10001', { stk_cd: '900010' }, { authorization: 'Bearer none' });
    expect(seen(reply)).toEqual(kiwoomCaptured('error-8005-token'));
  });

  it('for appsecret in the place of secretkey', async () => {
    const day = await start();
    const reply = await day.issueToken({ secretkey: undefined, appsecret: 'x' });
    expect(seen(reply)).toEqual(kiwoomCaptured('error-8020-credentials'));
  });

  it('for a revocation', async () => {
    const day = await start();
    const token = (await day.issueToken()).body['token'];
    const { appKey: appkey, appSecret: secretkey } = kiwoomAccount;
    const reply = await day.call('au10002', { appkey, secretkey, token }, { authorization: undefined });
    expect(seen(reply)).toEqual(kiwoomCaptured('au10002-ok'));
  });

  it('for the row of a halted issue, but for figures of the company and a market without NXT', async () => {
    const day = await start({
      instruments: [
        {
          symbol: '000040',
          name: 'KR모터스',
          market: 'KOSPI',
          productClass: 'STOCK',
          basePriceKrw: 267,
          listedShares: 86_375_184,
          halted: true,
        },
      ],
      accounts: [{ ...kiwoomAccount, holdings: [] }],
    });
    const reply = await day.call('ka10099', { mrkt_tp: '0' });
    const [row] = rowsOf({ ...reply, body: kiwoomCaptured('ka10099-halted-row').body }, 'list');
    expect(rowsOf(reply, 'list')).toEqual([{ ...row, regDay: '', upName: '', upSizeName: '' }]);
    expect(Object.keys(rowsOf(reply, 'list')[0] ?? {})).toEqual(Object.keys(row ?? {}));
  });
});

describe('answers have the fields of the sample, in its order, with its widths and signs', () => {
  const samples = [
    ['au10001-ok', 'au10001', {}, undefined],
    ['ka10001-live-session', 'ka10001', { stk_cd: '900010' }, undefined],
    ['ka10003-trades', 'ka10003', { stk_cd: '900010' }, 'cntr_infr'],
    ['ka10004-sample', 'ka10004', { stk_cd: '900010' }, undefined],
    ['ka10075-open', 'ka10075', openFields, 'oso'],
    ['ka10076-fills', 'ka10076', fillFields, 'cntr'],
    ['ka10080-minute', 'ka10080', { stk_cd: '900010', tic_scope: '1', upd_stkpc_tp: '1' }, 'stk_min_pole_chart_qry'],
    ['ka10081-daily', 'ka10081', { stk_cd: '900010', base_dt: '20261120', upd_stkpc_tp: '1' }, 'stk_dt_pole_chart_qry'],
    ['kt00001-deposit', 'kt00001', { qry_tp: '3' }, undefined],
    ['kt00007-order-detail', 'kt00007', dayFields({ qry_tp: '4' }), 'acnt_ord_cntr_prps_dtl'],
    ['kt00010-order-power', 'kt00010', { stk_cd: '900010', trde_tp: '2', uv: '69000' }, undefined],
    ['kt00018-balance', 'kt00018', balanceFields, 'acnt_evlt_remn_indv_tot'],
  ] as const;

  it.each(samples)('%s', async (name, apiId, fields, list) => {
    const day = await start();
    day.rest('SELL', 4, 70_200);
    await day.call('kt10000', placeFields({ ord_uv: '70200', ord_qty: '6' }));
    const capture = kiwoomCaptured(name);
    const reply = apiId === 'au10001' ? await day.issueToken() : await day.call(apiId, fields);
    expect(reply.status).toBe(200);
    expect(reply.body['return_code']).toBe(0);
    const result = ['return_code', 'return_msg'];
    const flat = (body: Record<string, unknown>): Record<string, unknown> =>
      Object.fromEntries(Object.entries(body).filter(([key]) => key !== list));
    expect(Object.keys(reply.body).toSorted()).toEqual(Object.keys(capture.body).toSorted());
    if (!name.endsWith('session')) expect(Object.keys(reply.body)).toEqual(Object.keys(capture.body));
    expect(reply.body['return_msg']).toBe(capture.body['return_msg']);
    compareShapes(flat(reply.body), flat(capture.body), result);
    if (list === undefined) return;
    const [row] = rowsOf(reply, list);
    const [sample] = rowsOf({ ...reply, body: capture.body }, list);
    expect(Object.keys(row ?? {})).toEqual(Object.keys(sample ?? {}));
    // The account number is masked at its origin.
    compareShapes(row ?? {}, sample ?? {}, ['acnt_no']);
  });

  function compareShapes(ours: object, theirs: object, without: readonly string[]): void {
    const shapes = (body: object): Record<string, string> =>
      Object.fromEntries(
        Object.entries(body)
          .filter(([key]) => !without.includes(key))
          .map(([key, value]) => [key, shapeOf(value)]),
      );
    expect(shapes(ours)).toEqual(shapes(theirs));
  }
});
