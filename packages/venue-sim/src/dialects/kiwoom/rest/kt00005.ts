import { accountPath, messages, required, type KiwoomOperation, type KiwoomRow } from '../kiwoom-operation.ts';
import { pageOf } from '../kiwoom-paging.ts';
import { ledgerCode } from '../kiwoom-symbols.ts';
import { padded, percent } from '../kiwoom-text.ts';
import { orderableKrw, valueAccount, withdrawableKrw, type ValuedHolding } from '../kiwoom-valuation.ts';
import { averageCostKrw } from './kt00018.ts';

const width = 12;
const zero = padded(0, width);

/** 체결잔고요청: the account on a trade-date basis. */
export const kt00005: KiwoomOperation = {
  apiId: 'kt00005',
  path: accountPath,
  fields: [required('dmst_stex_tp', 6, ['KRX', 'NXT'])],
  answer(call) {
    const valued = valueAccount(call);
    const { view } = valued;
    const page = pageOf(call, valued.holdings);
    const orderable = padded(orderableKrw(call), width);
    return {
      kind: 'SUCCESS',
      body: {
        entr: padded(view.depositKrw, width),
        entr_d1: padded(view.depositNextDayKrw, width),
        entr_d2: padded(view.settledKrw, width),
        pymn_alow_amt: padded(withdrawableKrw(view), width),
        uncl_stk_amt: zero,
        repl_amt: zero,
        rght_repl_amt: zero,
        ord_alowa: orderable,
        ch_uncla: zero,
        crd_int_npay_gold: zero,
        etc_loana: zero,
        nrpy_loan: zero,
        profa_ch: padded(view.reservedKrw, width),
        repl_profa: zero,
        stk_buy_tot_amt: padded(valued.costKrw, width),
        evlt_amt_tot: padded(valued.costKrw + valued.profitKrw, width),
        tot_pl_tot: padded(valued.profitKrw, width),
        tot_pl_rt: percent(valued.profitKrw, valued.costKrw, 4),
        tot_re_buy_alowa: zero,
        '20ord_alow_amt': orderable,
        '30ord_alow_amt': orderable,
        '40ord_alow_amt': orderable,
        '50ord_alow_amt': orderable,
        '60ord_alow_amt': orderable,
        '100ord_alow_amt': orderable,
        crd_loan_tot: zero,
        crd_loan_ls_tot: zero,
        crd_grnt_rt: '0.00',
        dpst_grnt_use_amt_amt: zero,
        grnt_loan_amt: zero,
        stk_cntr_remn: page.rows.map(holdingRow),
      },
      message: messages.query,
      ...page.next,
    };
  },
};

function holdingRow(each: ValuedHolding): KiwoomRow {
  const { holding, view } = each;
  const wide = (value: number): string => padded(value, width);
  return {
    crd_tp: '00',
    loan_dt: '',
    expr_dt: '',
    stk_cd: ledgerCode(view.instrument),
    stk_nm: view.instrument.name,
    setl_remn: wide(holding.quantity - holding.boughtTodayQuantity + holding.soldTodayQuantity),
    cur_qty: wide(holding.quantity),
    cur_prc: wide(each.priceKrw),
    buy_uv: wide(averageCostKrw(each)),
    pur_amt: wide(holding.costKrw),
    evlt_amt: wide(holding.costKrw + each.profitKrw),
    evltv_prft: wide(each.profitKrw),
    pl_rt: percent(each.profitKrw, holding.costKrw, 4),
  };
}
