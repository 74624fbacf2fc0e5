import { type Krw, type Shares } from '@qts/core';
import { rowsIn, sharesIn, textIn, textOrEmptyIn, type WireRow, wonIn } from '../wire-fields.ts';
import { defineOperation, type KiwoomOperation, onBothServers } from './operation.ts';

const fields = [
  { name: 'qry_tp', korean: '조회구분', lengthMax: 1, required: true },
  { name: 'dmst_stex_tp', korean: '국내거래소구분', lengthMax: 6, required: true },
] as const;

/**
 * Every holding once (합산). Shares are held, not kept at a venue: `dmst_stex_tp` is assumed to choose the prices they
 * are valued at, and `NXT` does not exist on paper.
 */
export const holdingsQuery = { qry_tp: '1', dmst_stex_tp: 'KRX' } as const;

/** A holding. One issue may have several rows: by kind of credit and loan date. */
export interface KiwoomHolding {
  /** `stk_cd` as sent: `A005930`. */
  readonly code: string;
  /** `crd_tp`: `00` is cash, anything else was bought on credit; empty when absent. */
  readonly creditKind: string;
  /** `crd_loan_dt`; empty for a holding without a loan. */
  readonly loanDate: string;
  readonly quantity: Shares;
  /** `trde_able_qty`: what may be sold now. */
  readonly sellableQuantity: Shares;
  /** `pur_amt`, without commission. */
  readonly costKrw: Krw;
  /** `cur_prc`: padded, without a direction here. */
  readonly lastPriceKrw: Krw;
}

const list = 'acnt_evlt_remn_indv_tot';
const operation = 'kt00018';

function readHolding(row: WireRow): KiwoomHolding {
  return {
    code: textIn(row, 'stk_cd', operation),
    creditKind: textOrEmptyIn(row, 'crd_tp', operation),
    loanDate: textOrEmptyIn(row, 'crd_loan_dt', operation),
    quantity: sharesIn(row, 'rmnd_qty', operation),
    sellableQuantity: sharesIn(row, 'trde_able_qty', operation),
    costKrw: wonIn(row, 'pur_amt', operation),
    lastPriceKrw: wonIn(row, 'cur_prc', operation),
  };
}

/** 계좌평가잔고내역요청. The account's holdings; the totals that every page repeats are not read. */
export const kt00018: KiwoomOperation<(typeof fields)[number]['name'], readonly KiwoomHolding[]> = defineOperation({
  name: operation,
  korean: '계좌평가잔고내역요청',
  source: '국내주식 › 계좌 › kt00018',
  evidence: 'published example',
  method: 'POST',
  path: '/api/dostk/acnt',
  operationId: onBothServers(operation),
  lane: 'RECONCILE',
  repeatable: true,
  request: fields,
  response: [
    { name: `${list}.stk_cd`, korean: '종목번호', reading: 'STRICT' },
    { name: `${list}.rmnd_qty`, korean: '보유수량', reading: 'STRICT' },
    { name: `${list}.trde_able_qty`, korean: '매매가능수량', reading: 'STRICT' },
    { name: `${list}.pur_amt`, korean: '매입금액', reading: 'STRICT' },
    { name: `${list}.cur_prc`, korean: '현재가', reading: 'STRICT' },
    { name: `${list}.crd_tp`, korean: '신용구분', reading: 'TOLERANT' },
    { name: `${list}.crd_loan_dt`, korean: '대출일', reading: 'TOLERANT' },
  ],
  paged: true,
  emptyAnswer: { [list]: [] },
  parse: (body) => rowsIn(body, list, operation).map(readHolding),
});
