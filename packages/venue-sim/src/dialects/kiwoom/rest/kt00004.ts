import { accountPath, messages, required, type KiwoomOperation, type KiwoomRow } from '../kiwoom-operation.ts';
import { pageOf } from '../kiwoom-paging.ts';
import { ledgerCode } from '../kiwoom-symbols.ts';
import { padded, percent } from '../kiwoom-text.ts';
import { valueAccount, type ValuedHolding } from '../kiwoom-valuation.ts';
import { averageCostKrw } from './kt00018.ts';

const width = 12;
const zero = padded(0, width);

/** 계좌평가현황요청. */
export const kt00004: KiwoomOperation = {
  apiId: 'kt00004',
  path: accountPath,
  fields: [required('qry_tp', 1, ['0', '1']), required('dmst_stex_tp', 6, ['KRX', 'NXT'])],
  answer(call) {
    const valued = valueAccount(call);
    const page = pageOf(call, valued.holdings);
    return {
      kind: 'SUCCESS',
      body: {
        acnt_nm: '모의계좌',
        brch_nm: '',
        entr: padded(valued.view.depositKrw, width),
        d2_entra: padded(valued.view.settledKrw, width),
        tot_est_amt: padded(valued.valueKrw, width),
        aset_evlt_amt: padded(valued.totalKrw, width),
        tot_pur_amt: padded(valued.costKrw, width),
        prsm_dpst_aset_amt: padded(valued.totalKrw, width),
        tot_grnt_sella: zero,
        // Results over days are not modelled.
        tdy_lspft_amt: zero,
        invt_bsamt: zero,
        lspft_amt: zero,
        tdy_lspft: zero,
        lspft2: zero,
        lspft: zero,
        tdy_lspft_rt: '0.00',
        lspft_ratio: '0.00',
        lspft_rt: '0.00',
        stk_acnt_evlt_prst: page.rows.map(holdingRow),
      },
      message: messages.query,
      ...page.next,
    };
  },
};

/** The value here is what would be left of a sale: profit is value less cost (holds in the guide's sample). */
function holdingRow(each: ValuedHolding): KiwoomRow {
  const { holding, view } = each;
  const wide = (value: number): string => padded(value, width);
  return {
    stk_cd: ledgerCode(view.instrument),
    stk_nm: view.instrument.name,
    rmnd_qty: wide(holding.quantity),
    avg_prc: wide(averageCostKrw(each)),
    cur_prc: wide(each.priceKrw),
    evlt_amt: wide(holding.costKrw + each.profitKrw),
    pl_amt: wide(each.profitKrw),
    pl_rt: percent(each.profitKrw, holding.costKrw, 4),
    loan_dt: '',
    pur_amt: wide(holding.costKrw),
    // What was bought or sold today has not settled yet.
    setl_remn: wide(holding.quantity - holding.boughtTodayQuantity + holding.soldTodayQuantity),
    pred_buyq: zero,
    pred_sellq: zero,
    tdy_buyq: wide(holding.boughtTodayQuantity),
    tdy_sellq: wide(holding.soldTodayQuantity),
  };
}
