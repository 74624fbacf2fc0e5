import { afterEach, describe, expect, it } from 'vitest';
import {
  balanceFields,
  codeOf,
  kiwoomAccount,
  placeFields,
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

describe('the account', () => {
  it('is named by its number alone', async () => {
    expect((await (await start()).call('ka00001')).body['acctNo']).toBe(kiwoomAccount.accountNumber);
  });

  it('shows what the exchange has: cash by day, what is held back, what may be used', async () => {
    const day = await start();
    day.rest('SELL', 10, 70_000);
    await day.call('kt10000', placeFields({ ord_uv: '70000' }));
    await day.call('kt10000', placeFields());
    const view = day.venue.exchange.getAccount(kiwoomAccount.accountId);
    const { body } = await day.call('kt00001', { qry_tp: '3' });
    const won = (name: string): number => Number(body[name]);
    expect(won('entr')).toBe(view?.depositKrw);
    expect(won('d2_entra')).toBe(view?.settledKrw);
    expect(won('profa_ch')).toBe(view?.reservedKrw);
    expect(won('ord_alow_amt')).toBe(view?.orderableKrw);
    // 10 shares at 70,000 and the fee of 0.015 %.
    expect([won('d2_buy_exct_amt'), won('d2_sel_exct_amt'), body['d2_slby_exct_amt']]).toEqual([
      700_105,
      0,
      '-00000000700105',
    ]);
    expect(won('d2_entra')).toBe(100_000_000 - 700_105);
  });

  it('values a holding as the sample of the guide does', async () => {
    const day = await start();
    const reply = await day.call('kt00018', balanceFields);
    // 100 shares for 750,000 at 8,000: fees 0.015 % of both, tax of a KOSDAQ share on 800,000.
    const [row] = rowsOf(reply, 'acnt_evlt_remn_indv_tot');
    const won = (name: string): number => Number(row?.[name]);
    expect([won('pur_amt'), won('evlt_amt'), won('pur_cmsn'), won('sell_cmsn')]).toEqual([750_000, 800_000, 112, 120]);
    expect(won('evltv_prft')).toBe(won('evlt_amt') - won('pur_amt') - won('sum_cmsn') - won('tax'));
    expect(row).toMatchObject({ stk_cd: 'A900020', trde_able_qty: '000000000000100', poss_rt: '100.00' });
    const [today] = rowsOf(await day.call('kt00005', { dmst_stex_tp: 'KRX' }), 'stk_cntr_remn');
    const [state] = rowsOf(await day.call('kt00004', balanceFields), 'stk_acnt_evlt_prst');
    expect(Number(today?.['evltv_prft'])).toBe(won('evltv_prft'));
    expect(Number(state?.['evlt_amt']) - Number(state?.['pur_amt'])).toBe(won('evltv_prft'));
  });

  it('holds back what an open sell may sell, and leaves out what was sold', async () => {
    const day = await start();
    await day.call('kt10001', placeFields({ stk_cd: '900020', ord_qty: '40', ord_uv: '8100' }));
    const [row] = rowsOf(await day.call('kt00018', balanceFields), 'acnt_evlt_remn_indv_tot');
    expect(Number(row?.['trde_able_qty'])).toBe(60);
    day.rest('BUY', 60, 8000, '900020');
    await day.call('kt10001', placeFields({ stk_cd: '900020', ord_qty: '60', ord_uv: '8000' }));
    day.rest('BUY', 40, 8100, '900020');
    expect(rowsOf(await day.call('kt00018', balanceFields), 'acnt_evlt_remn_indv_tot')).toEqual([]);
  });

  it('can buy as many shares as kt00010 says, and not one more', async () => {
    const day = await start({ accounts: [{ ...kiwoomAccount, cashKrw: 1_000_000 }] });
    const power = await day.call('kt00010', { stk_cd: '900010', trde_tp: '2', uv: '69000' });
    const quantity = Number(power.body['profa_100ord_alowq']);
    expect(quantity).toBe(14);
    const tooMany = await day.call('kt10000', placeFields({ ord_qty: String(quantity + 1) }));
    expect(tooMany.body['return_msg']).toBe('[2000](855056:매수증거금이 부족합니다. 14주 매수가능)');
    expect((await day.call('kt10000', placeFields({ ord_qty: String(quantity) }))).body['return_code']).toBe(0);
  });
});

describe('quotes', () => {
  it('carry direction signs against the previous close', async () => {
    const day = await start();
    day.rest('SELL', 5, 70_500);
    await day.call('kt10000', placeFields({ ord_uv: '70500', ord_qty: '5' }));
    day.rest('BUY', 5, 69_000);
    const { body } = await day.call('ka10001', { stk_cd: '900010_AL' });
    expect(body).toMatchObject({
      stk_cd: '900010_AL',
      cur_prc: '+70500',
      pred_pre: '+500',
      flu_rt: '+0.71',
      pre_sig: '2',
      upl_pric: '+91000',
      lst_pric: '-49000',
      base_pric: '70000',
      flo_stk: '10000',
      trde_qty: '5',
    });
    const book = await day.call('ka10004', { stk_cd: '900010' });
    expect(book.body).toMatchObject({ buy_fpr_bid: '-69000', buy_fpr_req: '5', sel_fpr_bid: '0', tot_buy_req: '5' });
    expect(codeOf(await day.call('ka10001', { stk_cd: '900010_NX' }))).toBe('1903');
    expect(codeOf(await day.call('ka10001', { stk_cd: '999999' }))).toBe('1902');
  });

  it('list trades newest first, the taker in the sign, totals counted back', async () => {
    const day = await start();
    day.rest('SELL', 5, 70_500);
    day.rest('BUY', 2, 70_500);
    day.advance(1000);
    day.rest('BUY', 1, 69_500);
    await day.call('kt10001', placeFields());
    day.rest('SELL', 1, 69_500);
    const rows = rowsOf(await day.call('ka10003', { stk_cd: '900010' }), 'cntr_infr');
    expect(
      rows.map(({ tm, cur_prc, cntr_trde_qty, acc_trde_qty, acc_trde_prica }) => [
        tm,
        cur_prc,
        cntr_trde_qty,
        acc_trde_qty,
        acc_trde_prica,
      ]),
    ).toEqual([
      ['100001', '-69500', '-1', '3', '210500'],
      ['100000', '+70500', '+2', '2', '141000'],
    ]);
  });

  it('join minutes to longer bars, newest first', async () => {
    const day = await start();
    const trade = (priceKrw: number): void => {
      day.rest('SELL', 1, priceKrw);
      day.rest('BUY', 1, priceKrw);
    };
    trade(70_100);
    day.advance(60_000);
    trade(69_900);
    day.advance(240_000);
    trade(70_000);
    const bars = async (tic_scope: string): Promise<readonly Readonly<Record<string, string>>[]> =>
      rowsOf(await day.call('ka10080', { stk_cd: '900010', tic_scope, upd_stkpc_tp: '1' }), 'stk_min_pole_chart_qry');
    expect((await bars('1')).map(({ cntr_tm }) => cntr_tm)).toEqual([
      '20261120100500',
      '20261120100100',
      '20261120100000',
    ]);
    expect(await bars('5')).toMatchObject([
      { cntr_tm: '20261120100500', trde_qty: '1', acc_trde_qty: '3' },
      { cntr_tm: '20261120100000', open_pric: '+70100', low_pric: '-69900', cur_prc: '-69900', trde_qty: '2' },
    ]);
  });

  it('have days up to a date without signs, turnover in million won', async () => {
    const bar = { openKrw: 69_000, highKrw: 71_000, lowKrw: 68_000, closeKrw: 69_500, volume: 16_000 };
    const dailyHistory = {
      '900010': [
        { ...bar, date: '2026-11-18', turnoverKrw: 1_105_000_000 },
        { ...bar, date: '2026-11-19', closeKrw: 70_000, turnoverKrw: 1_120_999_999 },
      ],
    };
    const day = await start({ dailyHistory });
    const reply = await day.call('ka10081', { stk_cd: '900010', base_dt: '20261119', upd_stkpc_tp: '1' });
    expect(rowsOf(reply, 'stk_dt_pole_chart_qry')).toEqual([
      {
        cur_prc: '70000',
        trde_qty: '16000',
        trde_prica: '1120',
        dt: '20261119',
        open_pric: '69000',
        high_pric: '71000',
        low_pric: '68000',
        pred_pre: '+500',
        pred_pre_sig: '2',
        trde_tern_rt: '+0.16',
      },
      expect.objectContaining({ dt: '20261118', cur_prc: '69500' }),
    ]);
  });

  it('list the issues of a market, and one by its code', async () => {
    const day = await start();
    const codes = async (mrkt_tp: string): Promise<readonly unknown[]> =>
      rowsOf(await day.call('ka10099', { mrkt_tp }), 'list').map(({ code }) => code);
    expect(await codes('0')).toEqual(['900010', '900040']);
    expect(await codes('10')).toEqual(['900020']);
    expect(await codes('60')).toEqual(['500001']);
    expect(await codes('8')).toEqual([]);
    const one = await day.call('ka10100', { stk_cd: '900010' });
    expect(one.body).toMatchObject({ code: '900010', listCount: '0000000010000000', lastPrice: '00070000' });
    expect(codeOf(await day.call('ka10100', { stk_cd: '000000' }))).toBe('1902');
  });
});
