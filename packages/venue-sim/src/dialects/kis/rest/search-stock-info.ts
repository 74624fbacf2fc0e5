import { type Instrument } from '../../../exchange/contracts.ts';
import { kisOrderRefusals } from '../kis-order-refusals.ts';
import { fieldOf, required, succeed, type KisOperation, type KisRow } from '../kis-operation.ts';
import { findInstrument } from '../kis-symbols.ts';

/** Market and exchange codes (02, 03 documented; 04 assumed), security group codes. */
const markets = {
  KOSPI: { mket_id_cd: 'STK', excg_dvsn_cd: '02' },
  KOSDAQ: { mket_id_cd: 'KSQ', excg_dvsn_cd: '03' },
  KONEX: { mket_id_cd: 'KNX', excg_dvsn_cd: '04' },
} as const;
const groups = { STOCK: 'ST', ETF: 'EF', ETN: 'EN', ELW: 'EW' } as const;

/** 주식기본조회, live only. Broker document: 국내주식 › 종목정보. */
export const searchStockInfo: KisOperation = {
  name: 'search-stock-info',
  method: 'GET',
  path: '/uapi/domestic-stock/v1/quotations/search-stock-info',
  trIds: { LIVE: ['CTPF1002R'], PAPER: [] },
  retiredTrIds: [],
  ledger: true,
  fields: [required('PRDT_TYPE_CD', 3, ['300']), required('PDNO', 12)],
  answer(call) {
    const view = findInstrument(call.context.exchange, fieldOf(call, 'PDNO'));
    if (view === undefined) {
      return { kind: 'REFUSED', refusal: kisOrderRefusals.UNKNOWN_SYMBOL[call.context.environment] };
    }
    const { instrument } = view;
    return succeed('QUERY', {
      output: {
        ...masterRow(instrument),
        thdt_clpr: String(view.lastPriceKrw),
        bfdy_clpr: String(instrument.previousCloseKrw ?? instrument.basePriceKrw),
        ...notModelled,
      },
    });
  },
};

function masterRow(instrument: Instrument): KisRow {
  return {
    pdno: `00000A${instrument.symbol}`.slice(-12),
    prdt_type_cd: '300',
    ...markets[instrument.market],
    scty_grp_id_cd: groups[instrument.productClass],
    lstg_stqt: String(instrument.listedShares ?? 0),
    etf_dvsn_cd: instrument.productClass === 'ETF' ? '1' : '',
    prdt_name: instrument.name,
    prdt_name120: instrument.name,
    prdt_abrv_name: instrument.name,
    tr_stop_yn: instrument.halted === true ? 'Y' : 'N',
    admn_item_yn: 'N',
    // The venue has no NXT.
    cptt_trad_tr_psbl_yn: 'N',
    nxt_tr_stop_yn: 'N',
  };
}

/** The issuer's master data, which the venue does not have. */
const notModelled: KisRow = {
  setl_mmdd: '',
  lstg_cptl_amt: '0',
  cpta: '0',
  papr: '0',
  issu_pric: '0',
  kospi200_item_yn: 'N',
  scts_mket_lstg_dt: '',
  scts_mket_lstg_abol_dt: '',
  kosdaq_mket_lstg_dt: '',
  kosdaq_mket_lstg_abol_dt: '',
  frbd_mket_lstg_dt: '',
  frbd_mket_lstg_abol_dt: '',
  reits_kind_cd: '',
  oilf_fund_yn: 'N',
  idx_bztp_lcls_cd: '',
  idx_bztp_mcls_cd: '',
  idx_bztp_scls_cd: '',
  stck_kind_cd: '',
  mfnd_opng_dt: '',
  mfnd_end_dt: '',
  dpsi_erlm_cncl_dt: '',
  etf_cu_qty: '0',
  std_pdno: '',
  prdt_eng_name: '',
  prdt_eng_name120: '',
  prdt_eng_abrv_name: '',
  dpsi_aptm_erlm_yn: 'N',
  etf_txtn_type_cd: '',
  etf_type_cd: '',
  lstg_abol_dt: '',
  nwst_odst_dvsn_cd: '',
  sbst_pric: '0',
  thco_sbst_pric: '0',
  thco_sbst_pric_chng_dt: '',
  clpr_chng_dt: '',
  std_idst_clsf_cd: '',
  std_idst_clsf_cd_name: '',
  idx_bztp_lcls_cd_name: '',
  idx_bztp_mcls_cd_name: '',
  idx_bztp_scls_cd_name: '',
  ocr_no: '',
  crfd_item_yn: 'N',
  elec_scty_yn: 'N',
  issu_istt_cd: '',
  etf_chas_erng_rt_dbnb: '',
  etf_etn_ivst_heed_item_yn: 'N',
  stln_int_rt_dvsn_cd: '',
  frnr_psnl_lmt_rt: '0',
  lstg_rqsr_issu_istt_cd: '',
  lstg_rqsr_item_cd: '',
  trst_istt_issu_istt_cd: '',
};
