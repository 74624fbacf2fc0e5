import { type Shares } from '@qts/core';
import { isWireRow, sharesIn, unexpectedField } from '../wire-fields.ts';
import { defineOperation, type KisOperation } from './operation.ts';

const fields = [
  { name: 'CANO', korean: '종합계좌번호', lengthMax: 8, required: true },
  { name: 'ACNT_PRDT_CD', korean: '계좌상품코드', lengthMax: 2, required: true },
  { name: 'PDNO', korean: '종목번호', lengthMax: 12, required: true },
] as const;

const operation = 'inquire-psbl-sell';

/**
 * 매도가능수량조회. How much of one holding may be sold now. Live only; on paper `inquire-balance` tells. The container
 * is documented as `output1` and captured as `output`; both are read.
 */
export const inquirePsblSell: KisOperation<
  (typeof fields)[number]['name'],
  { readonly sellableQuantity: Shares },
  'ONLY'
> = defineOperation({
  name: operation,
  korean: '매도가능수량조회',
  source: '국내주식 › 주문/계좌 › 국내주식-165',
  evidence: 'captured live',
  method: 'GET',
  path: '/uapi/domestic-stock/v1/trading/inquire-psbl-sell',
  operationId: { LIVE: { ONLY: 'TTTC8408R' }, PAPER: null },
  lane: 'OTHER',
  repeatable: true,
  request: fields,
  response: [{ name: 'output.ord_psbl_qty', korean: '주문가능수량', reading: 'STRICT' }],
  parse: (body) => {
    const output = body['output'] ?? body['output1'];
    if (!isWireRow(output)) throw unexpectedField(operation, 'output', 'an object', output);
    return { sellableQuantity: sharesIn(output, 'ord_psbl_qty', operation) };
  },
});
