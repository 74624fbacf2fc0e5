import { afterEach, describe, expect, it } from 'vitest';
import {
  cancelFields,
  codeOf,
  dayFields,
  fillFields,
  kiwoomAccount,
  openFields,
  placeFields,
  replaceFields,
  rowsOf,
  startKiwoom,
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

describe('orders', () => {
  it('buy and sell by their api-id, with the text of each world', async () => {
    const live = await start();
    const buy = await live.call('kt10000', placeFields());
    const sell = await live.call('kt10001', placeFields({ stk_cd: '900020', ord_uv: '8100' }));
    expect(live.orders().map(({ side, orderType, quantity }) => [side, orderType, quantity])).toEqual([
      ['BUY', 'LIMIT', 10],
      ['SELL', 'LIMIT', 10],
    ]);
    expect([buy.body['return_msg'], sell.body['return_msg']]).toEqual([
      '매수주문이 완료되었습니다.',
      '매도주문이 완료되었습니다.',
    ]);
    expect([buy.headers['api-id'], buy.headers['cont-yn'], buy.headers['next-key']]).toEqual(['kt10000', 'N', '']);
  });

  it('make two orders of the same body sent twice', async () => {
    const day = await start();
    await day.call('kt10000', placeFields());
    await day.call('kt10000', placeFields());
    expect(day.orders()).toHaveLength(2);
  });

  it('have chains whose numbers point at the order acted on and at the root', async () => {
    const day = await start();
    const placed = (await day.call('kt10000', placeFields())).body['ord_no'];
    const replaced = await day.call('kt10002', replaceFields(placed));
    expect(replaced.body).toEqual({
      ord_no: '0000002',
      base_orig_ord_no: placed,
      mdfy_qty: '000000000010',
      dmst_stex_tp: 'KRX',
      return_code: 0,
      return_msg: '매수정정 주문입력이 완료되었습니다',
    });
    const canceled = await day.call('kt10003', cancelFields(replaced.body['ord_no'], { cncl_qty: '4' }));
    expect(canceled.body).toEqual({
      ord_no: '0000003',
      base_orig_ord_no: placed,
      cncl_qty: '000000000004',
      return_code: 0,
      return_msg: '매수취소 주문입력이 완료되었습니다',
    });
    const rows = rowsOf(await day.call('kt00007', dayFields()), 'acnt_ord_cntr_prps_dtl');
    expect(
      rows.map(({ ord_no, ori_ord, ord_qty, ord_remnq, cnfm_qty, io_tp_nm, mdfy_cncl }) => [
        ord_no,
        ori_ord,
        Number(ord_qty),
        Number(ord_remnq),
        Number(cnfm_qty),
        io_tp_nm,
        mdfy_cncl,
      ]),
    ).toEqual([
      ['0000001', '0000000', 10, 0, 0, '현금매수', ''],
      ['0000002', '0000001', 10, 6, 10, '매수정정', '정정'],
      ['0000003', '0000002', 4, 0, 4, '매수취소', '취소'],
    ]);
  });

  it('leave what a partial replace does not name open under the old number', async () => {
    const day = await start();
    const placed = (await day.call('kt10000', placeFields())).body['ord_no'];
    await day.call('kt10002', replaceFields(placed, { mdfy_qty: '3' }));
    expect(day.orders().map(({ leavesQuantity, limitPriceKrw }) => [leavesQuantity, limitPriceKrw])).toEqual([
      [7, 69_000],
      [3, 69_100],
    ]);
  });

  it('by SOR are taken on live, shown as such, and changed as SOR alone', async () => {
    const day = await start();
    const placed = (await day.call('kt10000', placeFields({ dmst_stex_tp: 'SOR' }))).body['ord_no'];
    expect(rowsOf(await day.call('ka10075', openFields), 'oso')[0]).toMatchObject({
      stex_tp: '0',
      stex_tp_txt: 'SOR',
      sor_yn: 'Y',
    });
    expect(codeOf(await day.call('kt10003', cancelFields(placed)))).toBe('571412');
    expect((await day.call('kt10003', cancelFields(placed, { dmst_stex_tp: 'SOR' }))).body['return_code']).toBe(0);
  });

  it.each([
    ['0', 'LIMIT'],
    ['6', 'BEST_LIMIT'],
    ['7', 'PRIORITY_LIMIT'],
  ])('of type %s are taken in the KRX after-market', async (trde_tp, orderType) => {
    const day = await start({ startAt: '16:30' });
    await day.call('kt10000', placeFields({ ord_uv: '69900' }));
    const reply = await day.call('kt10000', placeFields({ trde_tp, ord_uv: trde_tp === '0' ? '69000' : '' }));
    expect(reply.body['return_msg']).toBe('매수주문이 완료되었습니다.');
    expect(day.orders()[1]).toMatchObject({ session: 'AFTER_MARKET', orderType });
  });
});

describe('refusals', () => {
  const plenty = { ...kiwoomAccount, cashKrw: 1_000_000 };
  it.each([
    ['no session on another date', 'LIVE', '10:00', {}, '571489', 24],
    ['a market order in the after-market', 'LIVE', '16:30', { trde_tp: '3', ord_uv: '' }, '521790', 0],
    ['any order after hours', 'LIVE', '20:30', {}, '521790', 0],
    ['a price off the tick', 'LIVE', '10:00', { ord_uv: '69050' }, '571557', 0],
    ['a price off the tick on mock', 'PAPER', '10:00', { ord_uv: '69050' }, 'RC4003', 0],
    ['a limit without a price', 'LIVE', '10:00', { ord_uv: '' }, '308003', 0],
    ['a closing-price order with a price', 'LIVE', '15:45', { trde_tp: '81', ord_uv: '69000' }, '571357', 0],
    ['more than cash covers', 'LIVE', '10:00', { ord_qty: '15' }, '855056', 0],
    ['more than cash covers on mock', 'PAPER', '10:00', { ord_qty: '15' }, 'RC4025', 0],
    ['the old form of a type', 'LIVE', '10:00', { trde_tp: '00' }, '407022', 0],
    ['a halted issue', 'LIVE', '10:00', { stk_cd: '900040', ord_uv: '5000' }, '521790', 0],
    ['a halted issue on mock', 'PAPER', '10:00', { stk_cd: '900040', ord_uv: '5000' }, 'RC4007', 0],
    ['NXT, which is not here', 'LIVE', '10:00', { dmst_stex_tp: 'NXT' }, '521790', 0],
    ['SOR on mock', 'PAPER', '10:00', { dmst_stex_tp: 'SOR' }, 'RC9000', 0],
    ['NXT on mock', 'PAPER', '10:00', { dmst_stex_tp: 'NXT' }, 'RC9000', 0],
    ['an order before the open on mock', 'PAPER', '08:10', {}, 'RC4057', 0],
    ['an order in the after-market on mock', 'PAPER', '16:30', {}, 'RC4058', 0],
    ['the closing price on mock', 'PAPER', '15:45', { trde_tp: '81', ord_uv: '' }, 'RC4058', 0],
    ['an unknown issue', 'LIVE', '10:00', { stk_cd: '123456' }, '1902', 0],
    ['a prefixed issue', 'LIVE', '10:00', { stk_cd: 'A900010' }, '1902', 0],
    ['no quantity', 'LIVE', '10:00', { ord_qty: '' }, '1511', 0],
    ['quantity 0', 'LIVE', '10:00', { ord_qty: '0' }, '1517', 0],
    ['a quantity with a separator', 'LIVE', '10:00', { ord_qty: '1,000' }, '1517', 0],
    ['a quantity that is no text', 'LIVE', '10:00', { ord_qty: 10 }, '1517', 0],
    ['a venue that is none', 'LIVE', '10:00', { dmst_stex_tp: 'ABC' }, '1517', 0],
  ] as const)('%s (%s): nothing is entered', async (_what, environment, startAt, fields, code, hoursLater) => {
    const day = await start({ environment, startAt, accounts: [{ ...plenty, holdings: [] }] });
    day.advance(hoursLater * 3_600_000 - (hoursLater > 0 ? 60_000 : 0));
    const reply = await day.call('kt10000', placeFields(fields));
    expect([reply.status, codeOf(reply)]).toEqual([200, code]);
    expect(reply.body).not.toHaveProperty('ord_no');
    expect(day.orders()).toHaveLength(0);
  });

  it('says how many shares can be sold', async () => {
    const day = await start();
    const reply = await day.call('kt10001', placeFields({ stk_cd: '900020', ord_qty: '101', ord_uv: '8000' }));
    expect(reply.body).toEqual({
      return_code: 20,
      return_msg: '[2000](800033:매도가능수량이 부족합니다. 100주 매도가능)',
    });
  });

  it.each([
    ['LIVE', '506550'],
    ['PAPER', 'RC4033'],
  ] as const)('a cancel of what has filled, is gone, or never was (%s)', async (environment, code) => {
    const day = await start({ environment });
    day.rest('SELL', 10, 70_000);
    const filled = (await day.call('kt10000', placeFields({ ord_uv: '70000' }))).body['ord_no'];
    const open = (await day.call('kt10000', placeFields())).body['ord_no'];
    const cancel = (await day.call('kt10003', cancelFields(open))).body['ord_no'];
    expect(codeOf(await day.call('kt10003', cancelFields(filled)))).toBe(code);
    expect(codeOf(await day.call('kt10003', cancelFields(open)))).toBe(code);
    expect(codeOf(await day.call('kt10003', cancelFields('0009999')))).toBe(code);
    expect(codeOf(await day.call('kt10003', cancelFields(cancel)))).toBe('571435');
  });

  it('a change of an order of somebody else, or with another issue', async () => {
    const day = await start();
    const foreign = day.rest('BUY', 1, 69_000);
    expect(codeOf(await day.call('kt10003', cancelFields(String(foreign.orderNumber).padStart(7, '0'))))).toBe(
      '506550',
    );
    const placed = (await day.call('kt10000', placeFields())).body['ord_no'];
    expect(codeOf(await day.call('kt10003', cancelFields(placed, { stk_cd: '900020' })))).toBe('506550');
    expect(day.venue.exchange.getOrder(foreign.orderNumber)?.leavesQuantity).toBe(1);
  });
});

describe('lists', () => {
  it('tell an order filled in parts with a row for each fill, or one for the order', async () => {
    for (const [fillRows, expected] of [
      [
        'PER_FILL',
        [
          ['70200', '3'],
          ['70100', '2'],
        ],
      ],
      ['PER_ORDER', [['70160', '5']]],
    ] as const) {
      const day = await start({ kiwoom: { fillRows } });
      day.rest('SELL', 2, 70_100);
      day.rest('SELL', 3, 70_200);
      await day.call('kt10000', placeFields({ ord_uv: '70200' }));
      const rows = rowsOf(await day.call('ka10076', fillFields), 'cntr');
      expect(rows.map(({ cntr_pric, cntr_qty }) => [cntr_pric, cntr_qty])).toEqual(expected);
      expect(rows.every(({ oso_qty, ord_qty }) => oso_qty === '5' && ord_qty === '10')).toBe(true);
      await day.close();
    }
    kiwoom = undefined;
  });

  it('carry direction signs on prices and signs of sides', async () => {
    const day = await start();
    day.rest('BUY', 1, 69_500);
    day.rest('SELL', 1, 70_100);
    await day.call('kt10001', placeFields({ stk_cd: '900020', ord_uv: '8100' }));
    await day.call('kt10000', placeFields());
    const [buy, sell] = rowsOf(await day.call('ka10075', openFields), 'oso');
    expect(buy).toMatchObject({ io_tp_nm: '+매수', sel_bid: '+70100', buy_bid: '-69500', cur_prc: '70000' });
    expect(sell).toMatchObject({ io_tp_nm: '-매도', stk_cd: '900020', sel_bid: '+8100' });
  });

  it('narrow down by side, issue, venue and number', async () => {
    const day = await start();
    const first = String((await day.call('kt10000', placeFields())).body['ord_no']);
    const second = String(
      (await day.call('kt10001', placeFields({ stk_cd: '900020', ord_uv: '8100' }))).body['ord_no'],
    );
    const numbers = async (apiId: string, fields: object, list: string): Promise<readonly unknown[]> =>
      rowsOf(await day.call(apiId, { ...fields }), list).map(({ ord_no }) => ord_no);
    expect(await numbers('ka10075', openFields, 'oso')).toEqual([second, first]);
    expect(await numbers('ka10075', { ...openFields, trde_tp: '1' }, 'oso')).toEqual([second]);
    expect(await numbers('ka10075', { ...openFields, all_stk_tp: '1', stk_cd: '900010' }, 'oso')).toEqual([first]);
    const list = 'acnt_ord_cntr_prps_dtl';
    expect(await numbers('kt00007', dayFields({ qry_tp: '2' }), list)).toEqual([second, first]);
    expect(await numbers('kt00007', dayFields({ stk_cd: 'A900020' }), list)).toEqual([second]);
    expect(await numbers('kt00007', dayFields({ fr_ord_no: second }), list)).toEqual([second]);
    expect(await numbers('kt00007', dayFields({ ord_dt: '20261120', qry_tp: '3' }), list)).toEqual([first, second]);
    expect(codeOf(await day.call('kt00007', dayFields({ ord_dt: '20261119' })))).toBe('501724');
    expect(codeOf(await day.call('kt00007', dayFields({ dmst_stex_tp: 'SOR' })))).toBe('501724');
    expect(codeOf(await day.call('ka10075', { ...openFields, stex_tp: '2' }))).toBe('571758');
  });

  it('sum a day up in kt00009', async () => {
    const day = await start();
    day.rest('SELL', 10, 70_000);
    await day.call('kt10000', placeFields({ ord_uv: '70000' }));
    const reply = await day.call('kt00009', { ...dayFields({ qry_tp: '1' }), mrkt_tp: '0' });
    expect(reply.body).toMatchObject({ buy_engg_amt: '000000700000', sell_grntl_engg_amt: '000000000000' });
    expect(rowsOf(reply, 'acnt_ord_cntr_prst_array')).toMatchObject([
      { stk_cd: 'A900010', cntr_qty: '0000000010', cntr_uv: '0000070000', cntr_tm: '10:00:00', orig_ord_no: '0000000' },
    ]);
  });

  it('keep what the end of the session took in the remainder, and not among the open', async () => {
    const day = await start();
    await day.call('kt10000', placeFields());
    day.advance(6 * 3_600_000);
    const [row] = rowsOf(await day.call('kt00007', dayFields()), 'acnt_ord_cntr_prps_dtl');
    expect(row).toMatchObject({ ord_remnq: '0000000010', cntr_qty: '0000000000' });
    expect(codeOf(await day.call('ka10075', openFields))).toBe('571758');
  });

  it('show an order only after its delay, where one is set', async () => {
    const day = await start({ kiwoom: { orderVisibilityDelayMs: 2000 } });
    await day.call('kt10000', placeFields());
    expect(codeOf(await day.call('ka10075', openFields))).toBe('571758');
    day.advance(2000);
    expect(rowsOf(await day.call('ka10075', openFields), 'oso')).toHaveLength(1);
  });
});
