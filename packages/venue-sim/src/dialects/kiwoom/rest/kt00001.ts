import { accountPath, messages, required, succeed, type KiwoomOperation, type KiwoomRow } from '../kiwoom-operation.ts';
import { padded } from '../kiwoom-text.ts';
import { orderableKrw, valueAccount, withdrawableKrw } from '../kiwoom-valuation.ts';

const width = 15;
const zero = padded(0, width);

/** Loans, collateral, receivables, currencies and other products: a cash account has none. */
function none(names: string): KiwoomRow {
  return Object.fromEntries(names.split(' ').map((name) => [name, zero]));
}

/** 예수금상세현황요청. */
export const kt00001: KiwoomOperation = {
  apiId: 'kt00001',
  path: accountPath,
  fields: [required('qry_tp', 1, ['2', '3'])],
  answer(call) {
    const { view } = valueAccount(call);
    const fills = call.context.exchange.listFills(call.account.accountId);
    const settling = (side: 'BUY' | 'SELL'): number =>
      fills
        .filter((fill) => fill.side === side)
        .reduce((sum, { priceKrw, quantity, feeKrw, taxKrw }) => {
          const costsKrw = feeKrw + taxKrw;
          return sum + priceKrw * quantity + (side === 'BUY' ? costsKrw : -costsKrw);
        }, 0);
    const won = (amountKrw: number): string => padded(amountKrw, width);
    const orderable = won(orderableKrw(call));
    const withdrawable = won(withdrawableKrw(view));
    return succeed(
      {
        entr: won(view.depositKrw),
        profa_ch: won(view.reservedKrw),
        ...none(
          'bncr_profa_ch nxdy_bncr_sell_exct fc_stk_krw_repl_set_amt crd_grnta_ch crd_grnt_ch add_grnt_ch etc_profa ' +
            'uncl_stk_amt shrts_prica crd_set_grnta chck_ina_amt etc_chck_ina_amt crd_grnt_ruse knx_asset_evltv ' +
            'elwdpst_evlta crd_ls_rght_frcs_amt lvlh_join_amt lvlh_trns_alowa repl_amt remn_repl_evlta ' +
            'trst_remn_repl_evlta bncr_remn_repl_evlta profa_repl crd_grnta_repl crd_grnt_repl add_grnt_repl rght_repl_amt',
        ),
        pymn_alow_amt: withdrawable,
        wrap_pymn_alow_amt: zero,
        ord_alow_amt: orderable,
        bncr_buy_alowa: orderable,
        '20stk_ord_alow_amt': orderable,
        '30stk_ord_alow_amt': orderable,
        '40stk_ord_alow_amt': orderable,
        '100stk_ord_alow_amt': orderable,
        ...none(
          'ch_uncla ch_uncla_dlfe ch_uncla_tot crd_int_npay int_npay_amt_dlfe int_npay_amt_tot etc_loana etc_loana_dlfe ' +
            'etc_loan_tot nrpy_loan loan_sum ls_sum',
        ),
        crd_grnt_rt: '0.00',
        ...none('mdstrm_usfe min_ord_alow_yn loan_remn_evlt_amt dpst_grntl_remn sell_grntl_remn'),
        // Nothing of earlier days settles on D+1.
        d1_entra: won(view.depositNextDayKrw),
        ...none('d1_slby_exct_amt d1_buy_exct_amt d1_out_rep_mor d1_sel_exct_amt'),
        d1_pymn_alow_amt: withdrawable,
        d2_entra: won(view.settledKrw),
        d2_slby_exct_amt: won(settling('SELL') - settling('BUY')),
        d2_buy_exct_amt: won(settling('BUY')),
        d2_out_rep_mor: zero,
        d2_sel_exct_amt: won(settling('SELL')),
        d2_pymn_alow_amt: won(Math.max(0, view.orderableKrw)),
        '50stk_ord_alow_amt': orderable,
        '60stk_ord_alow_amt': orderable,
        stk_entr_prst: [],
      },
      messages.queryWithDot,
    );
  },
};
