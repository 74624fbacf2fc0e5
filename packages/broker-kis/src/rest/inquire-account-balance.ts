import { type Krw } from '@qts/core';
import { isWireRow, signedWonIn, unexpectedField } from '../wire-fields.ts';
import { defineOperation, type KisOperation } from './operation.ts';

const fields = [
  { name: 'CANO', korean: '종합계좌번호', lengthMax: 8, required: true },
  { name: 'ACNT_PRDT_CD', korean: '계좌상품코드', lengthMax: 2, required: true },
  { name: 'INQR_DVSN_1', korean: '조회구분1', lengthMax: 1, required: false },
  { name: 'BSPR_BF_DT_APLY_YN', korean: '기준가이전일자적용여부', lengthMax: 1, required: false },
] as const;

/** What the whole account is worth, over all kinds of assets. */
export interface KisAccountAssets {
  /** `tot_asst_amt`. */
  readonly totalAssetsKrw: Krw;
  /** `nass_tot_amt`. */
  readonly netAssetsKrw: Krw;
  /** `tot_dncl_amt`. */
  readonly depositKrw: Krw;
}

const operation = 'inquire-account-balance';

/**
 * 투자계좌자산현황조회. The account's assets by kind. Live only. The container is documented with a capital
 * (`Output2`), and read without by the broker's own sample; both are read.
 */
export const inquireAccountBalance: KisOperation<(typeof fields)[number]['name'], KisAccountAssets, 'ONLY'> =
  defineOperation({
    name: operation,
    korean: '투자계좌자산현황조회',
    source: '국내주식 › 주문/계좌 › v1_국내주식-048',
    evidence: 'documentation',
    method: 'GET',
    path: '/uapi/domestic-stock/v1/trading/inquire-account-balance',
    operationId: { LIVE: { ONLY: 'CTRP6548R' }, PAPER: null },
    lane: 'RECONCILE',
    repeatable: true,
    request: fields,
    response: [
      { name: 'output2.tot_asst_amt', korean: '총자산금액', reading: 'STRICT' },
      { name: 'output2.nass_tot_amt', korean: '순자산총금액', reading: 'STRICT' },
      { name: 'output2.tot_dncl_amt', korean: '총예수금액', reading: 'STRICT' },
    ],
    parse: (body) => {
      const output = body['output2'] ?? body['Output2'];
      if (!isWireRow(output)) throw unexpectedField(operation, 'output2', 'an object', output);
      return {
        totalAssetsKrw: signedWonIn(output, 'tot_asst_amt', operation),
        netAssetsKrw: signedWonIn(output, 'nass_tot_amt', operation),
        depositKrw: signedWonIn(output, 'tot_dncl_amt', operation),
      };
    },
  });
