import {
  accountFields,
  fieldOf,
  optional,
  required,
  type KisCall,
  type KisOperation,
  type KisRow,
} from '../kis-operation.ts';
import { pageOf } from '../kis-paging.ts';
import { percentText, ratioText } from '../kis-text.ts';
import { valueAccount, type ValuedAccount, type ValuedHolding } from '../kis-valuation.ts';

/** Rows on a page (published). */
const pageSizes = { LIVE: 50, PAPER: 20 } as const;

/** 주식잔고조회. Broker document: 국내주식 › 주문/계좌. */
export const inquireBalance: KisOperation = {
  name: 'inquire-balance',
  method: 'GET',
  path: '/uapi/domestic-stock/v1/trading/inquire-balance',
  trIds: { LIVE: ['TTTC8434R'], PAPER: ['VTTC8434R'] },
  retiredTrIds: [],
  ledger: true,
  fields: [
    ...accountFields,
    required('AFHR_FLPR_YN', 1, ['N', 'X', 'Y']),
    optional('OFL_YN', 1),
    // 02 is refused since 2026-02-10 (reported).
    required('INQR_DVSN', 2, ['01']),
    required('UNPR_DVSN', 2, ['01']),
    required('FUND_STTL_ICLD_YN', 1, ['N', 'Y']),
    required('FNCG_AMT_AUTO_RDPT_YN', 1, ['N', 'Y']),
    required('PRCS_DVSN', 2, ['00', '01']),
    optional('CTX_AREA_FK100', 100),
    optional('CTX_AREA_NK100', 100),
  ],
  answer(call) {
    const valued = valueAccount(call.context, call.account, fieldOf(call, 'AFHR_FLPR_YN') === 'Y');
    const page = pageOf(call, valued.holdings, searchCursor(call), pageSizes[call.context.environment]);
    if ('kind' in page) return page;
    return {
      kind: 'SUCCESS',
      success: valued.holdings.length === 0 ? 'NO_ROWS' : page.continuation === 'D' ? 'QUERY' : page.success,
      containers: { ...page.cursors, output1: page.rows.map(holdingRow), output2: [accountRow(valued)] },
      continuation: page.continuation,
    };
  },
};

/** The search, in the broker's order (captured; which of the flags stands where is assumed). */
function searchCursor(call: KisCall): string {
  const names = [
    'CANO',
    'ACNT_PRDT_CD',
    'AFHR_FLPR_YN',
    'FNCG_AMT_AUTO_RDPT_YN',
    'PRCS_DVSN',
    'INQR_DVSN',
    'FUND_STTL_ICLD_YN',
  ];
  return `${names.map((name) => fieldOf(call, name)).join('^')}^`;
}

function holdingRow({ holding, name, priceKrw, previousCloseKrw, ...valued }: ValuedHolding): KisRow {
  return {
    pdno: holding.symbol,
    prdt_name: name,
    trad_dvsn_name: '현금',
    // The venue knows no yesterday.
    bfdy_buy_qty: '0',
    bfdy_sll_qty: '0',
    thdt_buyqty: String(holding.boughtTodayQuantity),
    thdt_sll_qty: String(holding.soldTodayQuantity),
    hldg_qty: String(holding.quantity),
    ord_psbl_qty: String(valued.sellableQuantity),
    pchs_avg_pric: ratioText(holding.costKrw, holding.quantity, 4),
    pchs_amt: String(holding.costKrw),
    prpr: String(priceKrw),
    evlu_amt: String(valued.valueKrw),
    evlu_pfls_amt: String(valued.profitKrw),
    evlu_pfls_rt: percentText(valued.valueKrw, holding.costKrw),
    // Not filled by the broker.
    evlu_erng_rt: '0.00000000',
    loan_dt: '',
    loan_amt: '0',
    stln_slng_chgs: '0',
    expd_dt: '',
    fltt_rt: ratioText((priceKrw - previousCloseKrw) * 100, previousCloseKrw, 8),
    bfdy_cprs_icdc: String(priceKrw - previousCloseKrw),
    item_mgna_rt_name: '',
    grta_rt_name: '',
    sbst_pric: '0',
    stck_loan_unpr: '0.0000',
  };
}

function accountRow({ view, holdings, valueKrw, costKrw }: ValuedAccount): KisRow {
  const totalKrw = valueKrw + view.settledKrw;
  const yesterdayKrw = openingValueKrw({ view, holdings, valueKrw, costKrw });
  return {
    dnca_tot_amt: String(view.depositKrw),
    // Today's trades settle on D+2; nothing of earlier days is due on D+1.
    nxdy_excc_amt: String(view.depositKrw),
    prvs_rcdl_excc_amt: String(view.settledKrw),
    cma_evlu_amt: '0',
    bfdy_buy_amt: '0',
    thdt_buy_amt: String(view.boughtKrw),
    nxdy_auto_rdpt_amt: '0',
    bfdy_sll_amt: '0',
    thdt_sll_amt: String(view.soldKrw),
    d2_auto_rdpt_amt: '0',
    bfdy_tlex_amt: '0',
    thdt_tlex_amt: String(view.feesKrw + view.taxesKrw),
    tot_loan_amt: '0',
    scts_evlu_amt: String(valueKrw),
    tot_evlu_amt: String(totalKrw),
    nass_amt: String(totalKrw),
    fncg_gld_auto_rdpt_yn: '',
    pchs_amt_smtl_amt: String(costKrw),
    evlu_amt_smtl_amt: String(valueKrw),
    evlu_pfls_smtl_amt: String(valueKrw - costKrw),
    tot_stln_slng_chgs: '0',
    bfdy_tot_asst_evlu_amt: String(yesterdayKrw),
    asst_icdc_amt: String(totalKrw - yesterdayKrw),
    // Not filled by the broker.
    asst_icdc_erng_rt: '0.00000000',
  };
}

/** What the account was worth before the day: its deposit, and the shares it then had at the previous close. */
function openingValueKrw({ view, holdings }: ValuedAccount): number {
  return holdings.reduce((sum, { holding, previousCloseKrw }) => {
    const opening = holding.quantity - holding.boughtTodayQuantity + holding.soldTodayQuantity;
    return sum + opening * previousCloseKrw;
  }, view.depositKrw);
}
