import { type Krw, type Shares } from '@qts/core';
import { objectIn, sharesIn, wonIn } from '../wire-fields.ts';
import { defineOperation, type KisOperation } from './operation.ts';

const fields = [
  { name: 'CANO', korean: '종합계좌번호', lengthMax: 8, required: true },
  { name: 'ACNT_PRDT_CD', korean: '계좌상품코드', lengthMax: 2, required: true },
  { name: 'PDNO', korean: '상품번호', lengthMax: 12, required: true },
  { name: 'ORD_UNPR', korean: '주문단가', lengthMax: 19, required: true },
  { name: 'ORD_DVSN', korean: '주문구분', lengthMax: 2, required: true },
  { name: 'CMA_EVLU_AMT_ICLD_YN', korean: 'CMA평가금액포함여부', lengthMax: 1, required: true },
  { name: 'OVRS_ICLD_YN', korean: '해외포함여부', lengthMax: 1, required: true },
] as const;

/** What can be bought without a receivable (미수없는 매수). */
export interface KisBuyingPowerAnswer {
  readonly amountKrw: Krw;
  readonly quantity: Shares;
}

const operation = 'inquire-psbl-order';

/**
 * 매수가능조회. What may be bought of one issue. `ORD_DVSN` `01` applies the margin rate of the issue, `00` does not, so
 * the quantity for `00` can be too large. The `max_buy_…` figures include receivables and are not read.
 */
export const inquirePsblOrder: KisOperation<(typeof fields)[number]['name'], KisBuyingPowerAnswer, 'ONLY'> =
  defineOperation({
    name: operation,
    korean: '매수가능조회',
    source: '국내주식 › 주문/계좌 › v1_국내주식-007',
    evidence: 'published example',
    method: 'GET',
    path: '/uapi/domestic-stock/v1/trading/inquire-psbl-order',
    operationId: { LIVE: { ONLY: 'TTTC8908R' }, PAPER: { ONLY: 'VTTC8908R' } },
    lane: 'OTHER',
    repeatable: true,
    request: fields,
    response: [
      { name: 'output.nrcvb_buy_amt', korean: '미수없는매수금액', reading: 'STRICT' },
      { name: 'output.nrcvb_buy_qty', korean: '미수없는매수수량', reading: 'STRICT' },
    ],
    parse: (body) => {
      const output = objectIn(body, 'output', operation);
      return {
        amountKrw: wonIn(output, 'nrcvb_buy_amt', operation),
        quantity: sharesIn(output, 'nrcvb_buy_qty', operation),
      };
    },
  });
