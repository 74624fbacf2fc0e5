import { type Krw } from '@qts/core';
import { signedWonIn } from '../wire-fields.ts';
import { defineOperation, type KiwoomOperation, onBothServers } from './operation.ts';

const fields = [
  { name: 'qry_tp', korean: '상장폐지조회구분', lengthMax: 1, required: true },
  { name: 'dmst_stex_tp', korean: '국내거래소구분', lengthMax: 6, required: true },
] as const;

/** What the whole account is worth. */
export interface KiwoomAccountAssets {
  /** `aset_evlt_amt` (예탁자산평가액): cash and securities. */
  readonly totalAssetsKrw: Krw;
  /** `prsm_dpst_aset_amt` (추정예탁자산): after what is expected to settle. */
  readonly netAssetsKrw: Krw;
  /** `entr`. */
  readonly depositKrw: Krw;
}

const operation = 'kt00004';

/** 계좌평가현황요청. What no other query tells: the worth of the whole account. Its list of holdings is that of kt00018. */
export const kt00004: KiwoomOperation<(typeof fields)[number]['name'], KiwoomAccountAssets> = defineOperation({
  name: operation,
  korean: '계좌평가현황요청',
  source: '국내주식 › 계좌 › kt00004',
  evidence: 'documentation',
  method: 'POST',
  path: '/api/dostk/acnt',
  operationId: onBothServers(operation),
  lane: 'RECONCILE',
  repeatable: true,
  request: fields,
  response: [
    { name: 'aset_evlt_amt', korean: '예탁자산평가액', reading: 'STRICT' },
    { name: 'prsm_dpst_aset_amt', korean: '추정예탁자산', reading: 'STRICT' },
    { name: 'entr', korean: '예수금', reading: 'STRICT' },
  ],
  paged: false,
  parse: (body) => ({
    totalAssetsKrw: signedWonIn(body, 'aset_evlt_amt', operation),
    netAssetsKrw: signedWonIn(body, 'prsm_dpst_aset_amt', operation),
    depositKrw: signedWonIn(body, 'entr', operation),
  }),
});
