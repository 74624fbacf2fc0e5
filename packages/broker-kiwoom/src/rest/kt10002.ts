import { defineOperation, type KiwoomOperation, onBothServers } from './operation.ts';
import { changeAnswerFields, type KiwoomOrderAnswer, readOrderAnswer } from './order-answer.ts';

const fields = [
  { name: 'dmst_stex_tp', korean: '국내거래소구분', lengthMax: 3, required: true },
  { name: 'orig_ord_no', korean: '원주문번호', lengthMax: 7, required: true },
  { name: 'stk_cd', korean: '종목코드', lengthMax: 12, required: true },
  { name: 'mdfy_qty', korean: '정정수량', lengthMax: 12, required: true },
  { name: 'mdfy_uv', korean: '정정단가', lengthMax: 12, required: true },
  { name: 'mdfy_cond_uv', korean: '정정조건단가', lengthMax: 12, required: false },
] as const;

/**
 * 주식 정정주문. Gives open shares another price, under a new number. It cannot raise the quantity (RC4042) and has no
 * field for the order type. The venue is the original order's: SOR as SOR, KRX as KRX (571412). `mdfy_qty` `"0"` takes
 * all that is open (a newer edition of the guide).
 */
export const kt10002: KiwoomOperation<(typeof fields)[number]['name'], KiwoomOrderAnswer> = defineOperation({
  name: 'kt10002',
  korean: '주식 정정주문',
  source: '국내주식 › 주문 › kt10002',
  evidence: 'documented sample',
  method: 'POST',
  path: '/api/dostk/ordr',
  operationId: onBothServers('kt10002'),
  lane: 'ORDER',
  repeatable: false,
  request: fields,
  response: changeAnswerFields,
  paged: false,
  parse: (body) => readOrderAnswer(body, 'kt10002'),
});
