import { type Krw, type Shares } from '@qts/core';
import { sharesIn, signedWonIn } from '../wire-fields.ts';
import { defineOperation, type KiwoomOperation, onBothServers } from './operation.ts';

const fields = [
  { name: 'io_amt', korean: '입출금액', lengthMax: 12, required: false },
  { name: 'stk_cd', korean: '종목번호', lengthMax: 12, required: true },
  { name: 'trde_tp', korean: '매매구분', lengthMax: 1, required: true },
  { name: 'trde_qty', korean: '매매수량', lengthMax: 10, required: false },
  { name: 'uv', korean: '매수가격', lengthMax: 10, required: true },
  { name: 'exp_buy_unp', korean: '예상매수단가', lengthMax: 10, required: false },
] as const;

/** `trde_tp` of this operation is the side; in orders the same field is the order type. */
export const orderPowerSideCodes = { SELL: '1', BUY: '2' } as const;

/** What can be bought at a margin of 100 %, so without a receivable (미수). */
export interface KiwoomOrderPowerAnswer {
  /** `profa_100ord_alow_amt`. */
  readonly amountKrw: Krw;
  /** `profa_100ord_alowq`, at the price of the question. */
  readonly quantity: Shares;
}

const operation = 'kt00010';

/**
 * 주문인출가능금액요청. What may be bought of one issue at one price. Of the lines for each margin rate only that of 100 %
 * is read: the others count on credit until settlement.
 */
export const kt00010: KiwoomOperation<(typeof fields)[number]['name'], KiwoomOrderPowerAnswer> = defineOperation({
  name: operation,
  korean: '주문인출가능금액요청',
  source: '국내주식 › 계좌 › kt00010',
  evidence: 'published example',
  method: 'POST',
  path: '/api/dostk/acnt',
  operationId: onBothServers(operation),
  lane: 'OTHER',
  repeatable: true,
  request: fields,
  response: [
    { name: 'profa_100ord_alow_amt', korean: '증거금100%주문가능금액', reading: 'STRICT' },
    { name: 'profa_100ord_alowq', korean: '증거금100%주문가능수량', reading: 'STRICT' },
  ],
  paged: false,
  parse: (body) => ({
    amountKrw: signedWonIn(body, 'profa_100ord_alow_amt', operation),
    quantity: sharesIn(body, 'profa_100ord_alowq', operation),
  }),
});
