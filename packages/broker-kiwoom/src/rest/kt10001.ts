import { type NewOrderField, newOrderFields } from './kt10000.ts';
import { defineOperation, type KiwoomOperation, onBothServers } from './operation.ts';
import { type KiwoomOrderAnswer, orderAnswerFields, readOrderAnswer } from './order-answer.ts';

/** 주식 매도주문. Sells for cash. The same fields as a purchase: the side is the api-id and nothing else. */
export const kt10001: KiwoomOperation<NewOrderField, KiwoomOrderAnswer> = defineOperation({
  name: 'kt10001',
  korean: '주식 매도주문',
  source: '국내주식 › 주문 › kt10001',
  evidence: 'documentation',
  method: 'POST',
  path: '/api/dostk/ordr',
  operationId: onBothServers('kt10001'),
  lane: 'ORDER',
  repeatable: false,
  request: newOrderFields,
  response: orderAnswerFields,
  paged: false,
  parse: (body) => readOrderAnswer(body, 'kt10001'),
});
