import { defineOperation, type KiwoomOperation, onBothServers } from './operation.ts';
import { changeAnswerFields, type KiwoomOrderAnswer, readOrderAnswer } from './order-answer.ts';

const fields = [
  { name: 'dmst_stex_tp', korean: '국내거래소구분', lengthMax: 3, required: true },
  { name: 'orig_ord_no', korean: '원주문번호', lengthMax: 7, required: true },
  { name: 'stk_cd', korean: '종목코드', lengthMax: 12, required: true },
  { name: 'cncl_qty', korean: '취소수량', lengthMax: 12, required: true },
] as const;

/**
 * 주식 취소주문. Cancels what remains of an order, or a part of it; `cncl_qty` `"0"` takes all. The answer carries a new
 * number and says that the cancel was taken, not that anything was canceled: a fill may win the race. It needs the
 * symbol and the venue of the original order. Its limit is its own, so no order ever stands before a cancel.
 */
export const kt10003: KiwoomOperation<(typeof fields)[number]['name'], KiwoomOrderAnswer> = defineOperation({
  name: 'kt10003',
  korean: '주식 취소주문',
  source: '국내주식 › 주문 › kt10003',
  evidence: 'documentation',
  method: 'POST',
  path: '/api/dostk/ordr',
  operationId: onBothServers('kt10003'),
  lane: 'RISK_CANCEL',
  repeatable: false,
  request: fields,
  response: changeAnswerFields,
  paged: false,
  parse: (body) => readOrderAnswer(body, 'kt10003'),
});
