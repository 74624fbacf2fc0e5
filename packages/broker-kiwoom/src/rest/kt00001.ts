import { type Krw } from '@qts/core';
import { signedWonIn } from '../wire-fields.ts';
import { defineOperation, type KiwoomOperation, onBothServers } from './operation.ts';

const fields = [{ name: 'qry_tp', korean: '조회구분', lengthMax: 1, required: true }] as const;

/** `qry_tp`: with what is expected to settle (추정조회), or as booked (일반조회). */
export const depositQueryCodes = { ESTIMATED: '3', BOOKED: '2' } as const;

/** Cash of the account by the day it settles, and what of it may be used. Won; what settles may be negative. */
export interface KiwoomDepositAnswer {
  /** `entr`, D+0. */
  readonly depositKrw: Krw;
  /** `d1_entra`, D+1. */
  readonly nextDayKrw: Krw;
  /** `d2_entra`, D+2. */
  readonly settledKrw: Krw;
  /** `ord_alow_amt`. */
  readonly orderableKrw: Krw;
  /** `pymn_alow_amt`. */
  readonly withdrawableKrw: Krw;
}

const operation = 'kt00001';

/** 예수금상세현황요청. The account's cash. */
export const kt00001: KiwoomOperation<(typeof fields)[number]['name'], KiwoomDepositAnswer> = defineOperation({
  name: operation,
  korean: '예수금상세현황요청',
  source: '국내주식 › 계좌 › kt00001',
  evidence: 'published example',
  method: 'POST',
  path: '/api/dostk/acnt',
  operationId: onBothServers(operation),
  lane: 'RECONCILE',
  repeatable: true,
  request: fields,
  response: [
    { name: 'entr', korean: '예수금', reading: 'STRICT' },
    { name: 'd1_entra', korean: 'd+1추정예수금', reading: 'STRICT' },
    { name: 'd2_entra', korean: 'd+2추정예수금', reading: 'STRICT' },
    { name: 'ord_alow_amt', korean: '주문가능금액', reading: 'STRICT' },
    { name: 'pymn_alow_amt', korean: '출금가능금액', reading: 'STRICT' },
  ],
  paged: false,
  parse: (body) => ({
    depositKrw: signedWonIn(body, 'entr', operation),
    nextDayKrw: signedWonIn(body, 'd1_entra', operation),
    settledKrw: signedWonIn(body, 'd2_entra', operation),
    orderableKrw: signedWonIn(body, 'ord_alow_amt', operation),
    withdrawableKrw: signedWonIn(body, 'pymn_alow_amt', operation),
  }),
});
