import { type Krw, type Shares } from '@qts/core';
import { rowsIn, sharesIn, signedWonIn, textIn, unexpectedField, type WireRow, wonIn } from '../wire-fields.ts';
import { defineOperation, type KisOperation, pagingKeys100 } from './operation.ts';

const fields = [
  { name: 'CANO', korean: '종합계좌번호', lengthMax: 8, required: true },
  { name: 'ACNT_PRDT_CD', korean: '계좌상품코드', lengthMax: 2, required: true },
  { name: 'AFHR_FLPR_YN', korean: '시간외단일가,거래소여부', lengthMax: 1, required: true },
  { name: 'OFL_YN', korean: '오프라인여부', lengthMax: 1, required: false },
  { name: 'INQR_DVSN', korean: '조회구분', lengthMax: 2, required: true },
  { name: 'UNPR_DVSN', korean: '단가구분', lengthMax: 2, required: true },
  { name: 'FUND_STTL_ICLD_YN', korean: '펀드결제분포함여부', lengthMax: 1, required: true },
  { name: 'FNCG_AMT_AUTO_RDPT_YN', korean: '융자금액자동상환여부', lengthMax: 1, required: true },
  { name: 'PRCS_DVSN', korean: '처리구분', lengthMax: 2, required: true },
  { name: 'CTX_AREA_FK100', korean: '연속조회검색조건100', lengthMax: 100, required: true },
  { name: 'CTX_AREA_NK100', korean: '연속조회키100', lengthMax: 100, required: true },
] as const;

/** Everything of a request but the account and the cursors. `INQR_DVSN` takes `01` only, since 2026-02-10. */
export const balanceQuery = {
  AFHR_FLPR_YN: 'N',
  OFL_YN: '',
  INQR_DVSN: '01',
  UNPR_DVSN: '01',
  FUND_STTL_ICLD_YN: 'N',
  FNCG_AMT_AUTO_RDPT_YN: 'N',
  PRCS_DVSN: '00',
} as const;

/** A holding. One issue may have several rows: they are kept by kind of holding and loan date. */
export interface KisHolding {
  readonly pdno: string;
  /** `trad_dvsn_name` (매매구분명): cash, a loan and so on; empty when absent. */
  readonly kind: string;
  /** `loan_dt`; empty for a holding without a loan. */
  readonly loanDate: string;
  /** `hldg_qty`: 0 for what was sold out, which stays in the list until D+2. */
  readonly quantity: Shares;
  /** `ord_psbl_qty`: what may be sold now. */
  readonly sellableQuantity: Shares;
  readonly costKrw: Krw;
  readonly lastPriceKrw: Krw;
}

/** Cash of the account, which every page repeats. */
export interface KisCash {
  /** `dnca_tot_amt`, D+0. */
  readonly depositKrw: Krw;
  /** `nxdy_excc_amt`, D+1. */
  readonly nextDayKrw: Krw;
  /** `prvs_rcdl_excc_amt`, D+2. */
  readonly settledKrw: Krw;
}

export interface KisBalanceAnswer {
  readonly holdings: readonly KisHolding[];
  readonly cash: KisCash;
}

const operation = 'inquire-balance';

function readHolding(row: WireRow): KisHolding {
  const kind = row['trad_dvsn_name'];
  const loanDate = row['loan_dt'];
  return {
    pdno: textIn(row, 'pdno', operation),
    kind: typeof kind === 'string' ? kind : '',
    loanDate: typeof loanDate === 'string' ? loanDate : '',
    quantity: sharesIn(row, 'hldg_qty', operation),
    sellableQuantity: sharesIn(row, 'ord_psbl_qty', operation),
    costKrw: wonIn(row, 'pchs_amt', operation),
    lastPriceKrw: wonIn(row, 'prpr', operation),
  };
}

function readCash(body: WireRow): KisCash {
  // A list of one here, an object in inquire-daily-ccld.
  const row = rowsIn(body, 'output2', operation)[0];
  if (row === undefined) throw unexpectedField(operation, 'output2', 'a list with one row', body['output2']);
  return {
    depositKrw: signedWonIn(row, 'dnca_tot_amt', operation),
    nextDayKrw: signedWonIn(row, 'nxdy_excc_amt', operation),
    settledKrw: signedWonIn(row, 'prvs_rcdl_excc_amt', operation),
  };
}

/**
 * 주식잔고조회. Holdings and cash. Slow, and under a limit of 120 calls a second that all customers of the broker share
 * (`EGW00215`): for preparing an order `inquire-psbl-order` and `inquire-psbl-sell` are wanted.
 */
export const inquireBalance: KisOperation<(typeof fields)[number]['name'], KisBalanceAnswer, 'ONLY'> = defineOperation({
  name: operation,
  korean: '주식잔고조회',
  source: '국내주식 › 주문/계좌 › v1_국내주식-006',
  evidence: 'captured live',
  method: 'GET',
  path: '/uapi/domestic-stock/v1/trading/inquire-balance',
  operationId: { LIVE: { ONLY: 'TTTC8434R' }, PAPER: { ONLY: 'VTTC8434R' } },
  lane: 'RECONCILE',
  repeatable: true,
  request: fields,
  response: [
    { name: 'output1.pdno', korean: '상품번호', reading: 'STRICT' },
    { name: 'output1.trad_dvsn_name', korean: '매매구분명', reading: 'TOLERANT' },
    { name: 'output1.loan_dt', korean: '대출일자', reading: 'TOLERANT' },
    { name: 'output1.hldg_qty', korean: '보유수량', reading: 'STRICT' },
    { name: 'output1.ord_psbl_qty', korean: '주문가능수량', reading: 'STRICT' },
    { name: 'output1.pchs_amt', korean: '매입금액', reading: 'STRICT' },
    { name: 'output1.prpr', korean: '현재가', reading: 'STRICT' },
    { name: 'output2.dnca_tot_amt', korean: '예수금총금액', reading: 'STRICT' },
    { name: 'output2.nxdy_excc_amt', korean: '익일정산금액', reading: 'STRICT' },
    { name: 'output2.prvs_rcdl_excc_amt', korean: '가수도정산금액', reading: 'STRICT' },
  ],
  paging: { ...pagingKeys100, rowsPerPage: { LIVE: 50, PAPER: 20 } },
  parse: (body) => ({ holdings: rowsIn(body, 'output1', operation).map(readHolding), cash: readCash(body) }),
});
