import { accountPath, messages, required, type KiwoomOperation, type KiwoomRow } from '../kiwoom-operation.ts';
import { pageOf } from '../kiwoom-paging.ts';
import { previousCloseKrw } from '../kiwoom-quote.ts';
import { ledgerCode } from '../kiwoom-symbols.ts';
import { padded, percent } from '../kiwoom-text.ts';
import { valueAccount, type ValuedAccount, type ValuedHolding } from '../kiwoom-valuation.ts';

const width = 15;
const priceWidth = 12;

/** 계좌평가잔고내역요청. The totals stand on every page. */
export const kt00018: KiwoomOperation = {
  apiId: 'kt00018',
  path: accountPath,
  fields: [required('qry_tp', 1, ['1', '2']), required('dmst_stex_tp', 6, ['KRX', 'NXT'])],
  answer(call) {
    const valued = valueAccount(call);
    const page = pageOf(call, valued.holdings);
    return {
      kind: 'SUCCESS',
      body: {
        tot_pur_amt: padded(valued.costKrw, width),
        tot_evlt_amt: padded(valued.valueKrw, width),
        tot_evlt_pl: padded(valued.profitKrw, width),
        tot_prft_rt: percent(valued.profitKrw, valued.costKrw),
        prsm_dpst_aset_amt: padded(valued.totalKrw, width),
        tot_loan_amt: padded(0, width),
        tot_crd_loan_amt: padded(0, width),
        tot_crd_ls_amt: padded(0, width),
        acnt_evlt_remn_indv_tot: page.rows.map((each) => holdingRow(each, valued)),
      },
      message: messages.query,
      ...page.next,
    };
  },
};

function holdingRow(each: ValuedHolding, { costKrw }: ValuedAccount): KiwoomRow {
  const { holding, view, buyFeeKrw, sellFeeKrw } = each;
  const { quantity } = holding;
  const wide = (value: number): string => padded(value, width);
  return {
    stk_cd: ledgerCode(view.instrument),
    stk_nm: view.instrument.name,
    evltv_prft: wide(each.profitKrw),
    prft_rt: percent(each.profitKrw, holding.costKrw),
    pur_pric: wide(averageCostKrw(each)),
    pred_close_pric: padded(previousCloseKrw(view), priceWidth),
    rmnd_qty: wide(quantity),
    trde_able_qty: wide(quantity - holding.reservedQuantity),
    cur_prc: padded(each.priceKrw, priceWidth),
    pred_buyq: wide(0),
    pred_sellq: wide(0),
    tdy_buyq: wide(holding.boughtTodayQuantity),
    tdy_sellq: wide(holding.soldTodayQuantity),
    pur_amt: wide(holding.costKrw),
    pur_cmsn: wide(buyFeeKrw),
    evlt_amt: wide(each.valueKrw),
    sell_cmsn: wide(sellFeeKrw),
    tax: wide(each.taxKrw),
    sum_cmsn: wide(buyFeeKrw + sellFeeKrw),
    poss_rt: percent(holding.costKrw, costKrw),
    crd_tp: '00',
    crd_tp_nm: '',
    crd_loan_dt: '',
  };
}

/** Cost of a share, cut down to the won (assumed). */
export function averageCostKrw({ holding }: ValuedHolding): number {
  return holding.quantity === 0 ? 0 : Math.floor(holding.costKrw / holding.quantity);
}
