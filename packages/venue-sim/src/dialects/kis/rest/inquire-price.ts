import { tickSize } from '@qts/krx';
import { type InstrumentView } from '../../../exchange/contracts.ts';
import { succeed, type KisOperation, type KisRow } from '../kis-operation.ts';
import { previousCloseKrw, priceChange, quotedInstrument, quoteFields } from '../kis-quote.ts';
import { ratioText } from '../kis-text.ts';

/**
 * 주식현재가 시세. Broker document: 국내주식 › 기본시세.
 *
 * `new_hgpr_lwpr_cls_code` and `apprch_rate` are documented, yet a captured answer (2025-07-25) has neither: the venue
 * follows the traffic.
 */
export const inquirePrice: KisOperation = {
  name: 'inquire-price',
  method: 'GET',
  path: '/uapi/domestic-stock/v1/quotations/inquire-price',
  trIds: { LIVE: ['FHKST01010100'], PAPER: ['FHKST01010100'] },
  retiredTrIds: [],
  ledger: false,
  fields: quoteFields,
  answer(call) {
    const found = quotedInstrument(call);
    if (found.kind !== 'FOUND') return found;
    return succeed('QUOTE', { output: priceRow(found.view, call.context.exchange.tradingDate) });
  },
};

function priceRow(view: InstrumentView, tradingDate: string): KisRow {
  const { instrument } = view;
  const change = priceChange(view, view.lastPriceKrw);
  const halted = instrument.halted === true;
  return {
    iscd_stat_cls_code: halted ? '58' : '00',
    marg_rate: '100.00',
    rprs_mrkt_kor_name: instrument.market,
    bstp_kor_isnm: '',
    temp_stop_yn: halted ? 'Y' : 'N',
    oprc_rang_cont_yn: 'N',
    clpr_rang_cont_yn: 'N',
    crdt_able_yn: 'N',
    grmn_rate_cls_code: '',
    elw_pblc_yn: 'N',
    stck_prpr: String(view.lastPriceKrw),
    prdy_vrss: change.amount,
    prdy_vrss_sign: change.sign,
    prdy_ctrt: change.percent,
    acml_tr_pbmn: String(view.turnoverKrw),
    acml_vol: String(view.volume),
    prdy_vrss_vol_rate: '0.00',
    stck_oprc: String(view.openPriceKrw ?? 0),
    stck_hgpr: String(view.highPriceKrw ?? 0),
    stck_lwpr: String(view.lowPriceKrw ?? 0),
    stck_mxpr: String(view.upperLimitKrw),
    stck_llam: String(view.lowerLimitKrw),
    stck_sdpr: String(instrument.basePriceKrw),
    wghn_avrg_stck_prc: ratioText(view.turnoverKrw, view.volume, 2),
    rstc_wdth_prc: String(view.upperLimitKrw - previousCloseKrw(view)),
    aspr_unit: String(
      tickSize({
        productClass: instrument.productClass,
        market: instrument.market,
        tradingDate,
        priceKrw: view.lastPriceKrw,
      }),
    ),
    hts_deal_qty_unit_val: '1',
    lstn_stcn: String(instrument.listedShares ?? 0),
    stck_shrn_iscd: instrument.symbol,
    vi_cls_code: 'N',
    ovtm_vi_cls_code: 'N',
    invt_caful_yn: 'N',
    mrkt_warn_cls_code: '00',
    short_over_yn: 'N',
    sltr_yn: 'N',
    mang_issu_cls_code: 'N',
    ...notModelled,
  };
}

/** Figures of companies, investors and past years, which the venue does not have. */
const notModelled: KisRow = {
  hts_frgn_ehrt: '0',
  frgn_ntby_qty: '0',
  pgtr_ntby_qty: '0',
  pvt_scnd_dmrs_prc: '0',
  pvt_frst_dmrs_prc: '0',
  pvt_pont_val: '0',
  pvt_frst_dmsp_prc: '0',
  pvt_scnd_dmsp_prc: '0',
  dmrs_val: '0',
  dmsp_val: '0',
  cpfn: '0',
  stck_fcam: '0',
  stck_sspr: '0',
  hts_avls: '0',
  per: '0.00',
  pbr: '0.00',
  stac_month: '',
  vol_tnrt: '0.00',
  eps: '0.00',
  bps: '0.00',
  d250_hgpr: '0',
  d250_hgpr_date: '',
  d250_hgpr_vrss_prpr_rate: '0.00',
  d250_lwpr: '0',
  d250_lwpr_date: '',
  d250_lwpr_vrss_prpr_rate: '0.00',
  stck_dryy_hgpr: '0',
  dryy_hgpr_vrss_prpr_rate: '0.00',
  dryy_hgpr_date: '',
  stck_dryy_lwpr: '0',
  dryy_lwpr_vrss_prpr_rate: '0.00',
  dryy_lwpr_date: '',
  w52_hgpr: '0',
  w52_hgpr_vrss_prpr_ctrt: '0.00',
  w52_hgpr_date: '',
  w52_lwpr: '0',
  w52_lwpr_vrss_prpr_ctrt: '0.00',
  w52_lwpr_date: '',
  whol_loan_rmnd_rate: '0.00',
  ssts_yn: 'N',
  fcam_cnnm: '',
  cpfn_cnnm: '',
  frgn_hldn_qty: '0',
  last_ssts_cntg_qty: '0',
};
