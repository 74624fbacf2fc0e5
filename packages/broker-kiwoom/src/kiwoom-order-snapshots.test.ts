import { tradingDate, UnexpectedResponseError } from '@qts/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toOrderSnapshots } from './kiwoom-order-snapshots.ts';
import { ka10076 } from './rest/ka10076.ts';
import { kt00007 } from './rest/kt00007.ts';

const day = tradingDate('2026-09-14');
/** A made-up row of kt00007, after the documented sample. */
const row = {
  ord_no: '0000050',
  ori_ord: '0000000',
  stk_cd: 'A069500',
  trde_tp: '보통',
  io_tp_nm: '현금매수',
  mdfy_cncl: '',
  acpt_tp: '접수',
  ord_qty: '0000000010',
  ord_uv: '0000004900',
  cntr_qty: '0000000004',
  cntr_uv: '0000004895',
  ord_remnq: '0000000006',
  ord_tm: '13:05:43',
  comm_ord_tp: 'REST API',
  dmst_stex_tp: 'KRX',
};
const fill = {
  ord_no: '50',
  stk_cd: '069500',
  io_tp_nm: '+매수',
  cntr_qty: '2',
  cntr_pric: '4900',
  oso_qty: '6',
  tdy_trde_cmsn: '0',
  tdy_trde_tax: '0',
};

const read = (changes: object, fills: readonly object[] = []): ReturnType<typeof toOrderSnapshots> =>
  toOrderSnapshots(
    [kt00007.parse({ acnt_ord_cntr_prps_dtl: [{ ...row, ...changes }] })],
    day,
    ka10076.parse({ cntr: fills.map((each) => ({ ...fill, ...each })) }),
  );

describe('a row of the order list', () => {
  it('becomes a snapshot with its letter, its zeros and its colons gone', () => {
    expect(read({})).toMatchObject([
      {
        reference: {
          brokerId: 'kiwoom',
          tradingDate: '2026-09-14',
          brokerOrderId: '50',
          symbol: '069500',
          side: 'BUY',
          orderType: 'LIMIT',
          timeInForce: 'DAY',
          venue: 'KRX',
          session: 'REGULAR',
          native: { trde_tp: '0' },
        },
        kind: 'NEW',
        orderedQuantity: 10,
        limitPriceKrw: 4_900,
        filledQuantity: 4,
        filledAmountKrw: 19_580,
        canceledQuantity: 0,
        rejectedQuantity: 0,
        leavesQuantity: 6,
        orderedAtMs: Date.parse('2026-09-14T13:05:43+09:00'),
        viaApi: true,
      },
    ]);
  });

  it.each([
    [
      'one row for each fill',
      [
        { cntr_qty: '2', cntr_pric: '4900' },
        { cntr_qty: '2', cntr_pric: '4891' },
      ],
      19_582,
    ],
    ['one row for the order', [{ cntr_qty: '4', cntr_pric: '4895' }], 19_580],
    ['fills that came after the list', [{ cntr_qty: '5', cntr_pric: '4900' }], 19_580],
    ['fills of nobody', [{ ord_no: '', cntr_qty: '4', cntr_pric: '4891' }], 19_580],
    ['fills of another order', [{ ord_no: '0000051', cntr_qty: '4', cntr_pric: '1' }], 19_580],
  ])('has the exact amount when the fills account for it: %s', (_name, fills, amount) => {
    expect(read({}, fills)[0]?.filledAmountKrw).toBe(amount);
  });

  it.each([
    ['a cancel', { ori_ord: '0000049', mdfy_cncl: '취소', io_tp_nm: '매수취소', cntr_qty: '0' }, 'CANCEL', 10, 0, 0],
    ['a replace', { ori_ord: '0000049', mdfy_cncl: '정정', io_tp_nm: '매수정정' }, 'REPLACE', 0, 0, 6],
    ['what was taken away', { ord_remnq: '0' }, 'NEW', 6, 0, 0],
    ['a refusal', { acpt_tp: '거부', cntr_qty: '0', ord_remnq: '10' }, 'NEW', 0, 10, 0],
  ] as const)('of %s says what became of it', (_name, changes, kind, canceled, rejected, leaves) => {
    expect(read(changes)[0]).toMatchObject({
      kind,
      canceledQuantity: canceled,
      rejectedQuantity: rejected,
      leavesQuantity: leaves,
    });
  });

  it('adds up to what was ordered, whatever the figures', () => {
    const order = fc.tuple(fc.nat({ max: 9_999 }), fc.nat({ max: 9_999 }), fc.nat({ max: 9_999 }));
    fc.assert(
      fc.property(order, fc.constantFrom('접수', '확인', '거부'), ([filled, left, gone], state) => {
        const total = filled + left + gone;
        const changes = { ord_qty: String(total), cntr_qty: String(filled), ord_remnq: String(left), acpt_tp: state };
        const [snapshot] = read(changes);
        if (snapshot === undefined) throw new Error('no snapshot');
        const { filledQuantity, canceledQuantity, rejectedQuantity, leavesQuantity } = snapshot;
        expect(filledQuantity + canceledQuantity + rejectedQuantity + leavesQuantity).toBe(total);
      }),
    );
  });

  it('is read once when two pages have it, and the later reading wins', () => {
    const pages = [{ cntr_qty: '0' }, { cntr_qty: '4' }].map((changes) =>
      kt00007.parse({ acnt_ord_cntr_prps_dtl: [{ ...row, ...changes }] }),
    );
    expect(toOrderSnapshots(pages, day, [])).toMatchObject([{ filledQuantity: 4 }]);
  });

  it.each([
    ['ord_no', { ord_no: '0000000' }],
    ['trde_tp', { trde_tp: '새유형' }],
    ['io_tp_nm', { io_tp_nm: '현금' }],
    ['io_tp_nm', { io_tp_nm: '매수매도' }],
    ['mdfy_cncl', { ori_ord: '0000049' }],
    ['dmst_stex_tp', { dmst_stex_tp: '통합' }],
    ['stk_cd', { stk_cd: 'KR103501GD' }],
    ['ord_qty', { ord_qty: '-1' }],
    ['cntr_qty', { cntr_qty: '' }],
    ['ord_tm', { ord_tm: '130543' }],
  ])('is an error when %s cannot be understood: %o', (field, changes) => {
    let found: unknown;
    try {
      read(changes);
    } catch (error) {
      found = UnexpectedResponseError.isInstance(error) ? error.facts['field'] : error;
    }
    expect(found).toBe(field);
  });
});
