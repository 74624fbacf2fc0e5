import { UnexpectedResponseError } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { ka10003 } from './ka10003.ts';
import { ka10100 } from './ka10100.ts';
import { kt00004 } from './kt00004.ts';
import { kt00005 } from './kt00005.ts';

/** Operations that no reader uses. The payloads are made up, with the widths of the guide. */

describe('ka10003', () => {
  const trade = (quantity: string): unknown => {
    const row = { tm: '130429', cur_prc: '+53500', acc_trde_qty: '8735', acc_trde_prica: '524269500', stex_tp: 'KRX' };
    return ka10003.parse({ cntr_infr: [{ ...row, cntr_trde_qty: quantity }] })[0];
  };

  it.each([
    ['-19', { quantity: 19, aggressor: 'SELL' }],
    ['+6', { quantity: 6, aggressor: 'BUY' }],
    [' -6', { quantity: 6, aggressor: 'SELL' }],
  ])('reads the side out of the sign of %s', (quantity, expected) => {
    expect(trade(quantity)).toMatchObject(expected);
  });

  it('names no side without a sign', () => {
    expect(trade('1010')).not.toHaveProperty('aggressor');
  });
});

describe('ka10100', () => {
  const record = {
    code: '005930',
    name: '삼성전자',
    listCount: '0000005846279000',
    auditInfo: '정상',
    lastPrice: '00136000',
    state: '증거금20%|담보대출|신용가능',
    marketCode: '0',
  };

  it('takes the states apart; flags that are missing are not set', () => {
    expect(ka10100.parse(record)).toEqual({
      code: '005930',
      name: '삼성전자',
      listedShares: 5_846_279_000,
      previousCloseKrw: 136_000,
      marketCode: '0',
      states: ['증거금20%', '담보대출', '신용가능'],
      halted: false,
      administrative: false,
      warning: '',
      tradedOnNxt: false,
    });
  });

  it('reads what the broker warns of', () => {
    const changes = { orderWarning: '4', nxtEnable: 'Y', auditInfo: '관리종목', state: '' };
    expect(ka10100.parse({ ...record, ...changes })).toMatchObject({
      states: [],
      administrative: true,
      warning: '4',
      tradedOnNxt: true,
    });
  });

  it('fails without the fields that tell a halt', () => {
    expect(() => ka10100.parse({ ...record, state: undefined })).toThrow(UnexpectedResponseError);
    expect(() => ka10100.parse({ ...record, auditInfo: undefined })).toThrow(UnexpectedResponseError);
  });
});

describe('kt00004', () => {
  it('sums the account up, whatever the width', () => {
    const body = { aset_evlt_amt: '000000761950', prsm_dpst_aset_amt: '000000000749792', entr: '-00000017534' };
    expect(kt00004.parse(body)).toEqual({ totalAssetsKrw: 761_950, netAssetsKrw: 749_792, depositKrw: -17_534 });
  });
});

describe('kt00005', () => {
  it('tells what has settled of a holding', () => {
    const row = { stk_cd: 'A005930', cur_qty: '000000000003', setl_remn: '000000000001', pur_amt: '000000373500' };
    expect(kt00005.parse({ stk_cntr_remn: [{ ...row, crd_tp: '00', loan_dt: '' }] })).toEqual([
      { code: 'A005930', creditKind: '00', loanDate: '', quantity: 3, settledQuantity: 1, costKrw: 373_500 },
    ]);
  });
});
