import { tradingDate, UnexpectedResponseError } from '@qts/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodOf } from './kis-order-adapter.ts';
import { toOrderSnapshot, toOrderSnapshots } from './kis-order-snapshots.ts';
import { inquireDailyCcld, type KisDailyCcldRow, readDailyCcldRow } from './rest/inquire-daily-ccld.ts';

/** A row made up for these tests, in the shape of the captured one. */
const wireRow = {
  ord_dt: '20260914',
  ord_gno_brno: '03930',
  odno: '0000000007',
  orgn_odno: '',
  sll_buy_dvsn_cd: '01',
  sll_buy_dvsn_cd_name: '현금매도',
  pdno: '00000A088350',
  ord_qty: '10',
  ord_unpr: '3145',
  ord_tmd: '094414',
  tot_ccld_qty: '4',
  tot_ccld_amt: '12580',
  ord_dvsn_cd: '00',
  cncl_cfrm_qty: '1',
  rmn_qty: '5',
  rjct_qty: '0',
  excg_id_dvsn_cd: 'SOR',
  ordr_empno: '',
};
const row = (changes: Readonly<Record<string, unknown>> = {}): KisDailyCcldRow =>
  readDailyCcldRow({ ...wireRow, ...changes });

describe('a row of the order list', () => {
  it('becomes a snapshot with the broker’s own figures', () => {
    const snapshot = toOrderSnapshot(row(), 'LIVE');
    expect(snapshot).toMatchObject({
      kind: 'NEW',
      orderedQuantity: 10,
      filledQuantity: 4,
      filledAmountKrw: 12_580,
      canceledQuantity: 1,
      leavesQuantity: 5,
      rejectedQuantity: 0,
      orderedAtMs: Date.parse('2026-09-14T09:44:14+09:00'),
      reference: { symbol: '088350', side: 'SELL', venue: 'SOR', session: 'REGULAR' },
    });
    expect(snapshot).not.toHaveProperty('viaApi');
  });

  it('tells a replace and a cancel by the name of the side, live and paper alike', () => {
    const kinds = ['매도정정*', '매도취소*'].map(
      (name) => toOrderSnapshot(row({ orgn_odno: '0000000003', sll_buy_dvsn_cd_name: name }), 'LIVE').kind,
    );
    expect(kinds).toEqual(['REPLACE', 'CANCEL']);
    expect(toOrderSnapshot(row({ orgn_odno: '0000000000' }), 'PAPER').kind).toBe('NEW');
  });

  it.each([
    ['ord_dt', '2026-09-14'],
    ['ord_tmd', '9:44'],
    ['odno', '0000000000'],
    ['sll_buy_dvsn_cd', '03'],
    ['pdno', '88350'],
    ['ord_qty', '10.5'],
    ['ord_qty', ''],
    ['ord_qty', undefined],
    ['ord_qty', '-1'],
    ['ord_unpr', '31,450'],
    ['tot_ccld_qty', undefined],
    ['tot_ccld_amt', '12580.5'],
    ['ord_dvsn_cd', '99'],
    ['cncl_cfrm_qty', 'x'],
    ['rmn_qty', null],
    ['rjct_qty', 0],
    ['excg_id_dvsn_cd', 'NYS'],
    ['excg_id_dvsn_cd', ''],
  ])('is refused when %s is %o', (field, value) => {
    expect(() => toOrderSnapshot(row({ [field]: value }), 'LIVE')).toThrow(UnexpectedResponseError);
  });

  it('is refused when it points at an original and says neither replace nor cancel', () => {
    expect(() => toOrderSnapshot(row({ orgn_odno: '0000000003' }), 'LIVE')).toThrow(UnexpectedResponseError);
  });

  it('may leave its venue out on paper', () => {
    expect(toOrderSnapshot(row({ excg_id_dvsn_cd: '' }), 'PAPER').reference.venue).toBe('KRX');
  });

  it('is read under the documented names too', () => {
    const { cncl_cfrm_qty: canceled, excg_id_dvsn_cd: venue, ...rest } = wireRow;
    const documented = readDailyCcldRow({ ...rest, cnc_cfrm_qty: canceled, excg_id_dvsn_Cd: venue });
    expect(documented).toEqual(row());
  });
});

describe('pages of rows', () => {
  it('give each order once, in whatever pages its rows come', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 8 }), { maxLength: 6 }), (pages) => {
        const read = pages.map((page) => page.map((number) => row({ odno: String(number).padStart(10, '0') })));
        const ids = toOrderSnapshots(read, 'LIVE').map(({ reference }) => reference.brokerOrderId);
        expect([...ids].sort()).toEqual([...new Set(pages.flat().map(String))].sort());
      }),
    );
  });

  it('believe the later reading of an order', () => {
    const pages = [[row()], [row({ tot_ccld_qty: '9', rmn_qty: '0' })]];
    expect(toOrderSnapshots(pages, 'LIVE')).toMatchObject([{ filledQuantity: 9, leavesQuantity: 0 }]);
  });

  it('leave out orders that this API cannot have placed', () => {
    expect(toOrderSnapshots([[row({ ord_dvsn_cd: '72' })]], 'LIVE')).toEqual([]);
  });

  it('are errors, not gaps, when a row cannot be read', () => {
    expect(() => inquireDailyCcld.parse({ output1: [wireRow, { ...wireRow, rmn_qty: '?' }] })).toThrow(
      UnexpectedResponseError,
    );
  });
});

describe('the TR id of a date', () => {
  it.each([
    ['2026-09-14', '2026-09-14', 'WITHIN_3_MONTHS'],
    ['2026-06-14', '2026-09-14', 'WITHIN_3_MONTHS'],
    ['2026-06-13', '2026-09-14', 'BEFORE_3_MONTHS'],
    ['2026-02-28', '2026-05-31', 'WITHIN_3_MONTHS'],
    ['2026-02-27', '2026-05-31', 'BEFORE_3_MONTHS'],
    ['2025-11-15', '2026-02-15', 'WITHIN_3_MONTHS'],
    ['2025-11-14', '2026-02-15', 'BEFORE_3_MONTHS'],
  ] as const)('%s seen on %s is %s', (date, today, period) => {
    expect(periodOf(tradingDate(date), tradingDate(today))).toBe(period);
  });
});
