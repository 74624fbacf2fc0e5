import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kstInstant } from '../../src/kst.ts';
import { documentedFields } from './documented-fields.ts';
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
  kis = await startKis({
    dailyHistory: {
      '900010': [
        {
          date: '2026-11-18',
          openKrw: 68_000,
          highKrw: 69_500,
          lowKrw: 67_500,
          closeKrw: 69_000,
          volume: 1000,
          turnoverKrw: 68_500_000,
        },
        {
          date: '2026-11-19',
          openKrw: 69_000,
          highKrw: 70_500,
          lowKrw: 68_500,
          closeKrw: 70_000,
          volume: 2000,
          turnoverKrw: 139_000_000,
        },
      ],
    },
  });
  // Somebody else's orders: five hundred shares on offer, five hundred wanted.
  for (const side of ['SELL', 'BUY'] as const) {
    for (let level = 1; level <= 5; level += 1) {
      kis.venue.exchange.placeOrder({
        symbol: '900010',
        side,
        quantity: 100,
        orderType: 'LIMIT',
        timeInForce: 'DAY',
        session: 'REGULAR',
        limitPriceKrw: side === 'SELL' ? 70_000 + level * 100 : 70_000 - level * 100,
        stopPriceKrw: 0,
      });
    }
  }
});

afterEach(async () => {
  await kis.close();
});

const buy = (overrides: Readonly<Record<string, unknown>> = {}): Promise<KisReply> =>
  kis.call({ trId: 'TTTC0012U', operation: 'order-cash', fields: orderFields(overrides) });
const sell = (overrides: Readonly<Record<string, unknown>> = {}): Promise<KisReply> =>
  kis.call({ trId: 'TTTC0011U', operation: 'order-cash', fields: orderFields(overrides) });
const daily = (overrides: Readonly<Record<string, string>> = {}): Promise<KisReply> =>
  kis.call({ trId: 'TTTC0081R', operation: 'inquire-daily-ccld', fields: dailyFields(overrides) });

/** Every container has exactly the documented fields, and every value is text. */
function expectDocumented(operation: string, reply: KisReply): void {
  expect(reply.status).toBe(200);
  expect(reply.body['rt_cd']).toBe('0');
  const containers = documentedFields[operation] ?? {};
  expect(Object.keys(containers)).not.toHaveLength(0);
  for (const [name, { list, fields }] of Object.entries(containers)) {
    const rows = list ? rowsOf(reply, name) : [rowOf(reply, name)];
    expect(rows.length, `${operation} ${name} has rows`).toBeGreaterThan(0);
    for (const row of rows) {
      expect(Object.keys(row).toSorted(), `${operation} ${name}`).toEqual(fields.toSorted());
      for (const [field, value] of Object.entries(row)) expect(typeof value, `${operation} ${field}`).toBe('string');
    }
  }
}

describe('each operation', () => {
  it.each([
    ['order-cash', 'TTTC0012U', orderFields()],
    [
      'inquire-psbl-rvsecncl',
      'TTTC0084R',
      { CTX_AREA_FK100: '', CTX_AREA_NK100: '', INQR_DVSN_1: '0', INQR_DVSN_2: '0' },
    ],
    ['inquire-daily-ccld', 'TTTC0081R', dailyFields()],
    ['inquire-balance', 'TTTC8434R', balanceFields],
    [
      'inquire-psbl-order',
      'TTTC8908R',
      { PDNO: '900010', ORD_UNPR: '70000', ORD_DVSN: '00', CMA_EVLU_AMT_ICLD_YN: 'N', OVRS_ICLD_YN: 'N' },
    ],
    ['inquire-psbl-sell', 'TTTC8408R', { PDNO: '900020' }],
    ['inquire-account-balance', 'CTRP6548R', { INQR_DVSN_1: '', BSPR_BF_DT_APLY_YN: '' }],
    ['inquire-price', 'FHKST01010100', { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '900010' }],
    ['inquire-asking-price-exp-ccn', 'FHKST01010200', { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '900010' }],
    [
      'inquire-daily-itemchartprice',
      'FHKST03010100',
      {
        FID_COND_MRKT_DIV_CODE: 'J',
        FID_INPUT_ISCD: '900010',
        FID_INPUT_DATE_1: '20261101',
        FID_INPUT_DATE_2: '20261120',
        FID_PERIOD_DIV_CODE: 'D',
        FID_ORG_ADJ_PRC: '0',
      },
    ],
    [
      'inquire-time-itemchartprice',
      'FHKST03010200',
      {
        FID_COND_MRKT_DIV_CODE: 'J',
        FID_INPUT_ISCD: '900010',
        FID_INPUT_HOUR_1: '100000',
        FID_PW_DATA_INCU_YN: 'N',
        FID_ETC_CLS_CODE: '',
      },
    ],
    ['chk-holiday', 'CTCA0903R', { BASS_DT: '20261120', CTX_AREA_NK: '', CTX_AREA_FK: '' }],
    ['search-stock-info', 'CTPF1002R', { PRDT_TYPE_CD: '300', PDNO: '900010' }],
  ] as const)('%s answers with the documented fields, all of them text', async (operation, trId, fields) => {
    await buy();
    await buy({ ORD_DVSN: '01', ORD_UNPR: '0', ORD_QTY: '1' });
    const reply = await kis.call({ trId, operation, fields });
    expectDocumented(operation, reply);
    expect(reply.headers['tr_id']).toBe(trId);
    expect(reply.headers['gt_uid']).toHaveLength(32);
  });

  it('order-rvsecncl answers a cancel with the documented fields', async () => {
    const { ODNO } = rowOf(await buy());
    const reply = await kis.call({ trId: 'TTTC0013U', operation: 'order-rvsecncl', fields: cancelFields(ODNO) });
    expectDocumented('order-rvsecncl', reply);
  });
});

describe('order-cash', () => {
  it('acknowledges with APBK0013, a branch, a ten-digit number and the Korean time, unpadded', async () => {
    const reply = await buy();
    expect(reply.body).toEqual({
      rt_cd: '0',
      msg_cd: 'APBK0013',
      msg1: '주문 전송 완료 되었습니다.',
      output: {
        KRX_FWDG_ORD_ORGNO: '03930',
        ODNO: expect.stringMatching(/^0{5}\d{5}$/) as string,
        ORD_TMD: '100000',
        SOR_ODNO: '',
      },
    });
  });

  it('makes two orders of the same body sent twice', async () => {
    const numbers = [rowOf(await buy())['ODNO'], rowOf(await buy())['ODNO']];
    expect(new Set(numbers).size).toBe(2);
    expect(rowsOf(await daily(), 'output1')).toHaveLength(2);
  });

  it('sells when the TR id says so', async () => {
    await sell({ PDNO: '900020', ORD_UNPR: '8100' });
    expect(rowsOf(await daily(), 'output1')[0]).toMatchObject({
      sll_buy_dvsn_cd: '01',
      sll_buy_dvsn_cd_name: '현금매도',
    });
  });
});

describe('inquire-daily-ccld', () => {
  it('shows an accepted order with its terms and all of it remaining', async () => {
    const { ODNO } = rowOf(await buy());
    const reply = await daily();
    expect(rowsOf(reply, 'output1')[0]).toMatchObject({
      ord_dt: '20261120',
      ord_gno_brno: '03930',
      odno: ODNO,
      orgn_odno: '',
      ord_dvsn_name: '지정가',
      ord_dvsn_cd: '00',
      sll_buy_dvsn_cd: '02',
      sll_buy_dvsn_cd_name: '현금매수',
      pdno: '900010',
      prdt_name: '모형전자',
      ord_qty: '10',
      ord_unpr: '69000',
      ord_tmd: '100000',
      tot_ccld_qty: '0',
      avg_prvs: '0',
      rmn_qty: '10',
      cncl_cfrm_qty: '0',
      rjct_qty: '0',
      cncl_yn: '',
      ordr_empno: 'OpnAPI',
      inqr_ip_addr: '127.0.0.1',
      excg_dvsn_cd: '02',
      excg_id_dvsn_cd: 'KRX',
      ccld_cndt_name: '없음',
    });
    expect(reply.body['msg_cd']).toBe('KIOK0460');
    expect(reply.headers['tr_cont']).toBe('D');
  });

  it('adds fills up to cumulative figures and totals', async () => {
    await buy({ ORD_QTY: '150', ORD_UNPR: '70200' });
    const reply = await daily();
    expect(rowsOf(reply, 'output1')[0]).toMatchObject({
      tot_ccld_qty: '150',
      tot_ccld_amt: String(100 * 70_100 + 50 * 70_200),
      avg_prvs: '70133.3333',
      rmn_qty: '0',
    });
    expect(rowOf(reply, 'output2')).toMatchObject({
      tot_ord_qty: '150',
      tot_ccld_qty: '150',
      tot_ccld_amt: '10520000',
      pchs_avg_pric: '70133.3333',
    });
  });

  it('gives a cancel a row of its own that points at the original', async () => {
    const { ODNO } = rowOf(await buy());
    const cancel = await kis.call({ trId: 'TTTC0013U', operation: 'order-rvsecncl', fields: cancelFields(ODNO) });
    const [original, canceled] = rowsOf(await daily(), 'output1');
    expect(original).toMatchObject({ odno: ODNO, cncl_yn: 'Y', cncl_cfrm_qty: '10', rmn_qty: '0' });
    expect(canceled).toMatchObject({ odno: rowOf(cancel)['ODNO'], orgn_odno: ODNO, sll_buy_dvsn_cd_name: '매수취소' });
    expect(canceled?.['odno']).not.toBe(ODNO);
  });

  it('moves a replaced quantity to a new row that points at the original', async () => {
    const { ODNO } = rowOf(await buy());
    const replace = await kis.call({
      trId: 'TTTC0013U',
      operation: 'order-rvsecncl',
      fields: cancelFields(ODNO, { RVSE_CNCL_DVSN_CD: '01', ORD_UNPR: '69100' }),
    });
    expect(replace.body['msg_cd']).toBe('APBK0013');
    const [original, replaced] = rowsOf(await daily(), 'output1');
    expect(original).toMatchObject({ odno: ODNO, rmn_qty: '0', cncl_yn: '' });
    expect(replaced).toMatchObject({
      odno: rowOf(replace)['ODNO'],
      orgn_odno: ODNO,
      ord_unpr: '69100',
      ord_qty: '10',
      rmn_qty: '10',
      sll_buy_dvsn_cd_name: '매수정정',
    });
  });

  it('keeps ordered = filled + remaining + canceled + rejected in every row, whatever happened', async () => {
    const first = rowOf(await buy({ ORD_QTY: '150', ORD_UNPR: '70100' }));
    await kis.call({
      trId: 'TTTC0013U',
      operation: 'order-rvsecncl',
      fields: cancelFields(first['ODNO'], { QTY_ALL_ORD_YN: 'N', ORD_QTY: '20' }),
    });
    const second = rowOf(await buy());
    await kis.call({
      trId: 'TTTC0013U',
      operation: 'order-rvsecncl',
      fields: cancelFields(second['ODNO'], {
        RVSE_CNCL_DVSN_CD: '01',
        QTY_ALL_ORD_YN: 'N',
        ORD_QTY: '4',
        ORD_UNPR: '69100',
      }),
    });
    await buy({ ORD_DVSN: '11', ORD_QTY: '500', ORD_UNPR: '70200' });
    kis.clock.advanceTo(kstInstant(tradingDate, '16:30'));
    const rows = rowsOf(await daily(), 'output1');
    expect(rows).toHaveLength(5);
    for (const row of rows) {
      const sum = ['tot_ccld_qty', 'rmn_qty', 'cncl_cfrm_qty', 'rjct_qty'].reduce(
        (total, name) => total + Number(row[name]),
        0,
      );
      expect(sum, JSON.stringify(row)).toBe(Number(row['ord_qty']));
    }
  });

  it('leaves what the session did not fill in rmn_qty, without a cancel', async () => {
    await buy();
    kis.clock.advanceTo(kstInstant(tradingDate, '16:30'));
    expect(rowsOf(await daily(), 'output1')[0]).toMatchObject({ rmn_qty: '10', cncl_cfrm_qty: '0', cncl_yn: '' });
  });

  it('filters by side, issue, number and fills, and turns the order round', async () => {
    const resting = rowOf(await buy())['ODNO'] ?? '';
    const filled = rowOf(await buy({ ORD_UNPR: '70100' }))['ODNO'] ?? '';
    const sold = rowOf(await sell({ PDNO: '900020', ORD_UNPR: '8100' }))['ODNO'] ?? '';
    const numbers = async (overrides: Readonly<Record<string, string>>): Promise<readonly (string | undefined)[]> =>
      rowsOf(await daily(overrides), 'output1').map(({ odno }) => odno);
    expect(await numbers({ INQR_DVSN: '00' })).toEqual([sold, filled, resting]);
    expect(await numbers({ SLL_BUY_DVSN_CD: '01' })).toEqual([sold]);
    expect(await numbers({ PDNO: '900010' })).toEqual([resting, filled]);
    expect(await numbers({ ODNO: filled })).toEqual([filled]);
    expect(await numbers({ CCLD_DVSN: '01' })).toEqual([filled]);
    expect(await numbers({ CCLD_DVSN: '02' })).toEqual([resting, sold]);
    expect(await numbers({ EXCG_ID_DVSN_CD: 'NXT' })).toEqual([]);
    expect(await numbers({ INQR_STRT_DT: '20261101', INQR_END_DT: '20261119' })).toEqual([]);
  });

  it('says that there are no rows in the code, not with a refusal', async () => {
    const reply = await daily();
    expect(reply.body).toMatchObject({ rt_cd: '0', msg_cd: 'KIOK0560', output1: [] });
  });
});

describe('order-rvsecncl', () => {
  it('takes a part with QTY_ALL_ORD_YN N and all of it with Y', async () => {
    const { ODNO } = rowOf(await buy());
    const part = cancelFields(ODNO, { QTY_ALL_ORD_YN: 'N', ORD_QTY: '3' });
    await kis.call({ trId: 'TTTC0013U', operation: 'order-rvsecncl', fields: part });
    expect(rowsOf(await daily(), 'output1')[0]).toMatchObject({ rmn_qty: '7', cncl_cfrm_qty: '3' });
    await kis.call({ trId: 'TTTC0013U', operation: 'order-rvsecncl', fields: cancelFields(ODNO) });
    expect(rowsOf(await daily(), 'output1')[0]).toMatchObject({ rmn_qty: '0', cncl_cfrm_qty: '10' });
  });

  it('takes an empty branch and a number without its zeros', async () => {
    const { ODNO } = rowOf(await buy());
    const fields = cancelFields(String(Number(ODNO)), { KRX_FWDG_ORD_ORGNO: '' });
    const reply = await kis.call({ trId: 'TTTC0013U', operation: 'order-rvsecncl', fields });
    expect(reply.body['rt_cd']).toBe('0');
  });
});

describe('the account', () => {
  it('shows cash by settlement day, costs, and the holding at market after a buy', async () => {
    await buy({ ORD_UNPR: '70100' });
    const reply = await kis.call({ trId: 'TTTC8434R', operation: 'inquire-balance', fields: balanceFields });
    const fee = Math.floor((701_000 * 140_527) / 1_000_000_000);
    const bought = rowsOf(reply, 'output1').find(({ pdno }) => pdno === '900010');
    expect(bought).toMatchObject({
      hldg_qty: '10',
      ord_psbl_qty: '10',
      thdt_buyqty: '10',
      pchs_amt: '701000',
      pchs_avg_pric: '70100.0000',
      prpr: '70100',
      evlu_amt: '701000',
    });
    expect(rowsOf(reply, 'output2')[0]).toMatchObject({
      dnca_tot_amt: '100000000',
      nxdy_excc_amt: '100000000',
      prvs_rcdl_excc_amt: String(100_000_000 - 701_000 - fee),
      thdt_buy_amt: '701000',
      thdt_tlex_amt: String(fee),
    });
    expect(reply.body['msg_cd']).toBe('KIOK0510');
  });

  it('keeps a holding that was sold out today, with quantity 0', async () => {
    kis.venue.exchange.placeOrder({
      symbol: '900020',
      side: 'BUY',
      quantity: 500,
      orderType: 'LIMIT',
      timeInForce: 'DAY',
      session: 'REGULAR',
      limitPriceKrw: 8000,
      stopPriceKrw: 0,
    });
    await sell({ PDNO: '900020', ORD_QTY: '100', ORD_UNPR: '8000' });
    const reply = await kis.call({ trId: 'TTTC8434R', operation: 'inquire-balance', fields: balanceFields });
    expect(rowsOf(reply, 'output1')[0]).toMatchObject({ pdno: '900020', hldg_qty: '0', thdt_sll_qty: '100' });
  });

  it('values a holding without the after-market, unless AFHR_FLPR_YN asks for it', async () => {
    await buy({ ORD_UNPR: '70100' });
    kis.clock.advanceTo(kstInstant(tradingDate, '16:30'));
    for (const side of ['SELL', 'BUY'] as const) {
      const result = kis.venue.exchange.placeOrder({
        symbol: '900010',
        side,
        quantity: 1,
        orderType: 'LIMIT',
        timeInForce: 'DAY',
        session: 'AFTER_MARKET',
        limitPriceKrw: 71_000,
        stopPriceKrw: 0,
      });
      expect(result.ok).toBe(true);
    }
    const priceWith = async (basis: string): Promise<string | undefined> => {
      const fields = { ...balanceFields, AFHR_FLPR_YN: basis };
      const reply = await kis.call({ trId: 'TTTC8434R', operation: 'inquire-balance', fields });
      return rowsOf(reply, 'output1').find(({ pdno }) => pdno === '900010')?.['prpr'];
    };
    expect([await priceWith('N'), await priceWith('Y')]).toEqual(['70100', '71000']);
  });

  it('counts what open orders hold back', async () => {
    await buy();
    await sell({ PDNO: '900020', ORD_UNPR: '8100', ORD_QTY: '40' });
    const power = await kis.call({
      trId: 'TTTC8908R',
      operation: 'inquire-psbl-order',
      fields: { PDNO: '900010', ORD_UNPR: '70000', ORD_DVSN: '00', CMA_EVLU_AMT_ICLD_YN: 'N', OVRS_ICLD_YN: 'N' },
    });
    const sellable = await kis.call({ trId: 'TTTC8408R', operation: 'inquire-psbl-sell', fields: { PDNO: '900020' } });
    expect(Number(rowOf(power)['ord_psbl_cash'])).toBeLessThanOrEqual(100_000_000 - 690_000);
    expect(rowOf(sellable)).toMatchObject({ cblc_qty: '100', ord_psbl_qty: '60' });
    expect(sellable.body['msg_cd']).toBe('KIOK0420');
  });

  it('sizes a market order at the upper limit and names a quantity that the venue then takes', async () => {
    const reply = await kis.call({
      trId: 'TTTC8908R',
      operation: 'inquire-psbl-order',
      fields: { PDNO: '900010', ORD_UNPR: '', ORD_DVSN: '01', CMA_EVLU_AMT_ICLD_YN: 'N', OVRS_ICLD_YN: 'N' },
    });
    expect(rowOf(reply)['psbl_qty_calc_unpr']).toBe('91000');
    const most = Number(rowOf(reply)['nrcvb_buy_qty']);
    expect((await buy({ ORD_DVSN: '01', ORD_UNPR: '0', ORD_QTY: String(most + 1) })).body['msg_cd']).toBe('APBK0952');
    expect((await buy({ ORD_DVSN: '01', ORD_UNPR: '0', ORD_QTY: String(most) })).body['msg_cd']).toBe('APBK0013');
  });

  it('lists twenty classes of asset: shares first, deposit eighteenth, the total last', async () => {
    const reply = await kis.call({
      trId: 'CTRP6548R',
      operation: 'inquire-account-balance',
      fields: { INQR_DVSN_1: '', BSPR_BF_DT_APLY_YN: '' },
    });
    const rows = rowsOf(reply, 'output1');
    expect(rows).toHaveLength(20);
    expect([rows[0]?.['evlu_amt'], rows[17]?.['evlu_amt'], rows[19]?.['evlu_amt']]).toEqual([
      '800000',
      '100000000',
      '100800000',
    ]);
  });
});

describe('quotes', () => {
  const price = (fields: Readonly<Record<string, string>>): Promise<KisReply> =>
    kis.call({ trId: 'FHKST01010100', operation: 'inquire-price', fields });

  it('tell price, change, limits and tick', async () => {
    await buy({ ORD_UNPR: '70100' });
    const reply = await price({ FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '900010' });
    expect(rowOf(reply)).toMatchObject({
      stck_prpr: '70100',
      prdy_vrss: '100',
      prdy_vrss_sign: '2',
      prdy_ctrt: '0.14',
      stck_mxpr: '91000',
      stck_llam: '49000',
      stck_sdpr: '70000',
      aspr_unit: '100',
      acml_vol: '10',
      acml_tr_pbmn: '701000',
    });
    expect(reply.body).toMatchObject({ msg_cd: 'MCA00000', msg1: '정상처리 되었습니다.' });
  });

  it('take keys in lower case', async () => {
    const reply = await price({ fid_cond_mrkt_div_code: 'J', fid_input_iscd: '900010' });
    expect(reply.body['msg_cd']).toBe('MCA00000');
  });

  it('know an ETN by its Q and not without', async () => {
    const withQ = await price({ FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: 'Q500001' });
    const bare = await price({ FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '500001' });
    expect([withQ.body['msg_cd'], bare.body['msg_cd']]).toEqual(['MCA00000', 'MCA05918']);
  });

  it('show the book with its totals', async () => {
    const reply = await kis.call({
      trId: 'FHKST01010200',
      operation: 'inquire-asking-price-exp-ccn',
      fields: { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '900010' },
    });
    expect(rowOf(reply, 'output1')).toMatchObject({
      aspr_acpt_hour: '100000',
      askp1: '70100',
      askp_rsqn1: '100',
      bidp5: '69500',
      bidp6: '0',
      total_askp_rsqn: '500',
      ntby_aspr_rsqn: '0',
      new_mkop_cls_code: '20',
    });
  });

  it('draw past days and today, newest first', async () => {
    await buy({ ORD_UNPR: '70100' });
    const chart = (period: string): Promise<KisReply> =>
      kis.call({
        trId: 'FHKST03010100',
        operation: 'inquire-daily-itemchartprice',
        fields: {
          FID_COND_MRKT_DIV_CODE: 'J',
          FID_INPUT_ISCD: '900010',
          FID_INPUT_DATE_1: '20261101',
          FID_INPUT_DATE_2: '20261120',
          FID_PERIOD_DIV_CODE: period,
          FID_ORG_ADJ_PRC: '0',
        },
      });
    const days = rowsOf(await chart('D'), 'output2');
    expect(days.map(({ stck_bsop_date, stck_clpr, prdy_vrss }) => [stck_bsop_date, stck_clpr, prdy_vrss])).toEqual([
      ['20261120', '70100', '100'],
      ['20261119', '70000', '1000'],
      ['20261118', '69000', '0'],
    ]);
    expect(rowsOf(await chart('W'), 'output2')).toMatchObject([
      {
        stck_bsop_date: '20261118',
        stck_oprc: '68000',
        stck_hgpr: '70500',
        stck_lwpr: '67500',
        stck_clpr: '70100',
        acml_vol: '3010',
      },
    ]);
  });

  it('draw minutes: quiet ones repeat the price, the running one shows the volume before it', async () => {
    await buy({ ORD_UNPR: '70100' });
    kis.clock.advanceTo(kstInstant(tradingDate, '10:02'));
    await buy({ ORD_UNPR: '70100', ORD_QTY: '5' });
    kis.clock.advanceTo(kstInstant(tradingDate, '10:03'));
    const reply = await kis.call({
      trId: 'FHKST03010200',
      operation: 'inquire-time-itemchartprice',
      fields: {
        FID_COND_MRKT_DIV_CODE: 'J',
        FID_INPUT_ISCD: '900010',
        FID_INPUT_HOUR_1: '100400',
        FID_PW_DATA_INCU_YN: 'N',
        FID_ETC_CLS_CODE: '',
      },
    });
    const rows = rowsOf(reply, 'output2');
    expect(rows.map(({ stck_cntg_hour, stck_prpr, cntg_vol }) => [stck_cntg_hour, stck_prpr, cntg_vol])).toEqual([
      ['100400', '70100', '0'],
      ['100300', '70100', '5'],
      ['100200', '70100', '5'],
      ['100100', '70100', '0'],
      ['100000', '70100', '10'],
    ]);
  });

  it('describe an issue in the master record', async () => {
    const reply = await kis.call({
      trId: 'CTPF1002R',
      operation: 'search-stock-info',
      fields: { PRDT_TYPE_CD: '300', PDNO: '900040' },
    });
    expect(rowOf(reply)).toMatchObject({
      pdno: '00000A900040',
      prdt_name: '모형정지',
      tr_stop_yn: 'Y',
      cptt_trad_tr_psbl_yn: 'N',
    });
  });
});
