import { defineOperation, type KisOperation } from './operation.ts';
import { type KisOrderAnswer, orderAnswerFields, readOrderAnswer } from './order-answer.ts';

const fields = [
  { name: 'CANO', korean: '종합계좌번호', lengthMax: 8, required: true },
  { name: 'ACNT_PRDT_CD', korean: '계좌상품코드', lengthMax: 2, required: true },
  { name: 'PDNO', korean: '상품번호', lengthMax: 12, required: true },
  { name: 'SLL_TYPE', korean: '매도유형', lengthMax: 2, required: false },
  { name: 'ORD_DVSN', korean: '주문구분', lengthMax: 2, required: true },
  { name: 'ORD_QTY', korean: '주문수량', lengthMax: 10, required: true },
  { name: 'ORD_UNPR', korean: '주문단가', lengthMax: 19, required: true },
  { name: 'CNDT_PRIC', korean: '조건가격', lengthMax: 19, required: false },
  { name: 'EXCG_ID_DVSN_CD', korean: '거래소ID구분코드', lengthMax: 3, required: false },
] as const;

/**
 * 주식주문(현금). Places a cash order.
 *
 * The side is carried by the TR id and by nothing else. `ORD_UNPR` is `"0"` for a type without a price. Optional fields
 * go out empty: leaving `CNDT_PRIC` out of sells was answered with `IGW00007`. There is no client order id and no
 * duplicate check: the same body twice is two orders.
 */
export const orderCash: KisOperation<(typeof fields)[number]['name'], KisOrderAnswer, 'BUY' | 'SELL'> = defineOperation(
  {
    name: 'order-cash',
    korean: '주식주문(현금)',
    source: '국내주식 › 주문/계좌 › v1_국내주식-001',
    evidence: 'captured live',
    method: 'POST',
    path: '/uapi/domestic-stock/v1/trading/order-cash',
    operationId: {
      LIVE: { BUY: 'TTTC0012U', SELL: 'TTTC0011U' },
      PAPER: { BUY: 'VTTC0012U', SELL: 'VTTC0011U' },
    },
    lane: 'ORDER',
    repeatable: false,
    request: fields,
    response: orderAnswerFields,
    parse: (body) => readOrderAnswer(body, 'order-cash'),
  },
);
