import { type Krw, type Shares } from '@qts/core';
import { rowsIn, sharesIn, textIn, textOrEmptyIn, type WireRow, wonIn } from '../wire-fields.ts';
import { defineOperation, type KiwoomOperation, onBothServers } from './operation.ts';

const fields = [{ name: 'dmst_stex_tp', korean: '국내거래소구분', lengthMax: 6, required: true }] as const;

/** A holding with what of it has settled. */
export interface KiwoomTradedHolding {
  /** `stk_cd` as sent: `A005930`. */
  readonly code: string;
  /** `crd_tp`: `00` is cash. */
  readonly creditKind: string;
  readonly loanDate: string;
  /** `cur_qty`: after every trade of today. */
  readonly quantity: Shares;
  /** `setl_remn`: what has settled. */
  readonly settledQuantity: Shares;
  /** `pur_amt`. */
  readonly costKrw: Krw;
}

const list = 'stk_cntr_remn';
const operation = 'kt00005';

function readHolding(row: WireRow): KiwoomTradedHolding {
  return {
    code: textIn(row, 'stk_cd', operation),
    creditKind: textOrEmptyIn(row, 'crd_tp', operation),
    loanDate: textOrEmptyIn(row, 'loan_dt', operation),
    quantity: sharesIn(row, 'cur_qty', operation),
    settledQuantity: sharesIn(row, 'setl_remn', operation),
    costKrw: wonIn(row, 'pur_amt', operation),
  };
}

/** 체결잔고요청. What no other query tells: how much of each holding has settled. */
export const kt00005: KiwoomOperation<(typeof fields)[number]['name'], readonly KiwoomTradedHolding[]> =
  defineOperation({
    name: operation,
    korean: '체결잔고요청',
    source: '국내주식 › 계좌 › kt00005',
    evidence: 'documentation',
    method: 'POST',
    path: '/api/dostk/acnt',
    operationId: onBothServers(operation),
    lane: 'RECONCILE',
    repeatable: true,
    request: fields,
    response: [
      { name: `${list}.stk_cd`, korean: '종목번호', reading: 'STRICT' },
      { name: `${list}.cur_qty`, korean: '현재잔고', reading: 'STRICT' },
      { name: `${list}.setl_remn`, korean: '결제잔고', reading: 'STRICT' },
      { name: `${list}.pur_amt`, korean: '매입금액', reading: 'STRICT' },
      { name: `${list}.crd_tp`, korean: '신용구분', reading: 'TOLERANT' },
      { name: `${list}.loan_dt`, korean: '대출일', reading: 'TOLERANT' },
    ],
    paged: true,
    emptyAnswer: { [list]: [] },
    parse: (body) => rowsIn(body, list, operation).map(readHolding),
  });
