import { defineOperation, type KiwoomOperation, onBothServers } from './operation.ts';
import { type KiwoomOrderAnswer, orderAnswerFields, readOrderAnswer } from './order-answer.ts';

/** The fields of a new order. kt10001 has the same. */
export const newOrderFields = [
  { name: 'dmst_stex_tp', korean: '국내거래소구분', lengthMax: 3, required: true },
  { name: 'stk_cd', korean: '종목코드', lengthMax: 12, required: true },
  { name: 'ord_qty', korean: '주문수량', lengthMax: 12, required: true },
  { name: 'ord_uv', korean: '주문단가', lengthMax: 12, required: false },
  { name: 'trde_tp', korean: '매매구분', lengthMax: 2, required: true },
  { name: 'cond_uv', korean: '조건단가', lengthMax: 12, required: false },
] as const;

export type NewOrderField = (typeof newOrderFields)[number]['name'];

/**
 * 주식 매수주문. Buys for cash.
 *
 * `ord_uv` is empty for a type without a price. No field names the account (the token does) and none is ours to choose:
 * there is no client order id and no duplicate check, so the same body twice is two orders.
 */
export const kt10000: KiwoomOperation<NewOrderField, KiwoomOrderAnswer> = defineOperation({
  name: 'kt10000',
  korean: '주식 매수주문',
  source: '국내주식 › 주문 › kt10000',
  evidence: 'captured on the mock server',
  method: 'POST',
  path: '/api/dostk/ordr',
  operationId: onBothServers('kt10000'),
  lane: 'ORDER',
  repeatable: false,
  request: newOrderFields,
  response: orderAnswerFields,
  paged: false,
  parse: (body) => readOrderAnswer(body, 'kt10000'),
});
