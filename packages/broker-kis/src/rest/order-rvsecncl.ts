import { defineOperation, type KisOperation } from './operation.ts';
import { type KisOrderAnswer, orderAnswerFields, readOrderAnswer } from './order-answer.ts';

const fields = [
  { name: 'CANO', korean: '종합계좌번호', lengthMax: 8, required: true },
  { name: 'ACNT_PRDT_CD', korean: '계좌상품코드', lengthMax: 2, required: true },
  { name: 'KRX_FWDG_ORD_ORGNO', korean: '한국거래소전송주문조직번호', lengthMax: 5, required: true },
  { name: 'ORGN_ODNO', korean: '원주문번호', lengthMax: 10, required: true },
  { name: 'ORD_DVSN', korean: '주문구분', lengthMax: 2, required: true },
  { name: 'RVSE_CNCL_DVSN_CD', korean: '정정취소구분코드', lengthMax: 2, required: true },
  { name: 'ORD_QTY', korean: '주문수량', lengthMax: 10, required: true },
  { name: 'ORD_UNPR', korean: '주문단가', lengthMax: 19, required: true },
  { name: 'QTY_ALL_ORD_YN', korean: '잔량전부주문여부', lengthMax: 1, required: true },
  { name: 'CNDT_PRIC', korean: '조건가격', lengthMax: 19, required: false },
  { name: 'EXCG_ID_DVSN_CD', korean: '거래소ID구분코드', lengthMax: 3, required: false },
] as const;

/** `RVSE_CNCL_DVSN_CD`: 정정 or 취소. */
export const replaceOrCancelCodes = { REPLACE: '01', CANCEL: '02' } as const;

/**
 * 주식주문(정정취소). Replaces or cancels what remains of an order.
 *
 * The answer carries a new number that points at the original (`orgn_odno`), and says that the command was sent, not
 * that anything was canceled: a fill may win the race. The venue is the original order's. `QTY_ALL_ORD_YN` `Y` takes
 * the whole remainder.
 */
export const orderRvsecncl: KisOperation<(typeof fields)[number]['name'], KisOrderAnswer, 'ONLY'> = defineOperation({
  name: 'order-rvsecncl',
  korean: '주식주문(정정취소)',
  source: '국내주식 › 주문/계좌 › v1_국내주식-003',
  evidence: 'captured live',
  method: 'POST',
  path: '/uapi/domestic-stock/v1/trading/order-rvsecncl',
  operationId: { LIVE: { ONLY: 'TTTC0013U' }, PAPER: { ONLY: 'VTTC0013U' } },
  lane: 'ORDER',
  repeatable: false,
  request: fields,
  response: orderAnswerFields,
  parse: (body) => readOrderAnswer(body, 'order-rvsecncl'),
});
