import { accountFields, required, succeed, type KisOperation, type KisRow } from '../kis-operation.ts';
import { ratioText } from '../kis-text.ts';
import { valueAccount } from '../kis-valuation.ts';

/** Classes of asset, one row each, in the broker's fixed order (published): 1 shares, 18 deposit, 20 total. */
const rowCount = 20;
const shareRow = 1;
const depositRow = 18;

/** 투자계좌자산현황조회, live only. Broker document: 국내주식 › 주문/계좌. */
export const inquireAccountBalance: KisOperation = {
  name: 'inquire-account-balance',
  method: 'GET',
  path: '/uapi/domestic-stock/v1/trading/inquire-account-balance',
  trIds: { LIVE: ['CTRP6548R'], PAPER: [] },
  retiredTrIds: [],
  ledger: true,
  fields: [...accountFields, required('INQR_DVSN_1', 1), required('BSPR_BF_DT_APLY_YN', 1)],
  answer(call) {
    const { view, valueKrw, costKrw } = valueAccount(call.context, call.account);
    const totalKrw = valueKrw + view.settledKrw;
    const rows = Array.from({ length: rowCount }, (_, index): KisRow => {
      switch (index + 1) {
        case shareRow:
          return assetRow(costKrw, valueKrw, totalKrw);
        case depositRow:
          return assetRow(view.settledKrw, view.settledKrw, totalKrw);
        case rowCount:
          return assetRow(costKrw + view.settledKrw, totalKrw, totalKrw);
        default:
          return assetRow(0, 0, totalKrw);
      }
    });
    const deposit = String(view.settledKrw);
    return succeed('QUERY', {
      output1: rows,
      output2: {
        pchs_amt_smtl: String(costKrw),
        nass_tot_amt: String(totalKrw),
        loan_amt_smtl: '0',
        evlu_pfls_amt_smtl: String(valueKrw - costKrw),
        evlu_amt_smtl: String(valueKrw),
        tot_asst_amt: String(totalKrw),
        tot_lnda_tot_ulst_lnda: '0',
        cma_auto_loan_amt: '0',
        tot_mgln_amt: '0',
        stln_evlu_amt: '0',
        crdt_fncg_amt: '0',
        ocl_apl_loan_amt: '0',
        pldg_stup_amt: '0',
        frcr_evlu_tota: '0',
        tot_dncl_amt: deposit,
        cma_evlu_amt: '0',
        dncl_amt: deposit,
        tot_sbst_amt: '0',
        thdt_rcvb_amt: '0',
        ovrs_stck_evlu_amt1: '0',
        ovrs_bond_evlu_amt: '0',
        mmf_cma_mgge_loan_amt: '0',
        sbsc_dncl_amt: '0',
        pbst_sbsc_fnds_loan_use_amt: '0',
        etpr_crdt_grnt_loan_amt: '0',
      },
    });
  },
};

function assetRow(costKrw: number, valueKrw: number, totalKrw: number): KisRow {
  return {
    pchs_amt: String(costKrw),
    evlu_amt: String(valueKrw),
    evlu_pfls_amt: String(valueKrw - costKrw),
    crdt_lnd_amt: '0',
    real_nass_amt: String(valueKrw),
    whol_weit_rt: ratioText(valueKrw * 100, totalKrw, 2),
  };
}
