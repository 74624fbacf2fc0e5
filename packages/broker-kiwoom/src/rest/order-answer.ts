import { unexpectedField, type WireRow } from '../wire-fields.ts';
import { type KiwoomResponseField } from './operation.ts';

/** What kt10000 to kt10003 answer: the order's number. */
export interface KiwoomOrderAnswer {
  /** `ord_no`: seven digits as a rule. Checked by whoever turns it into an id. */
  readonly ordNo: string;
  /** `base_orig_ord_no`: the first order of a chain of replaces and cancels; empty for a new order. */
  readonly baseOrdNo: string;
}

/** The fields of the answer, for the catalogue. */
export const orderAnswerFields: readonly KiwoomResponseField[] = [
  { name: 'ord_no', korean: '주문번호', reading: 'STRICT' },
];

/** The fields of the answer to a replace or a cancel, for the catalogue. */
export const changeAnswerFields: readonly KiwoomResponseField[] = [
  ...orderAnswerFields,
  { name: 'base_orig_ord_no', korean: '모주문번호', reading: 'TOLERANT' },
];

/** Reads the answer of an order command. Without a number this is no acceptance, so it throws. */
export function readOrderAnswer(body: WireRow, operation: string): KiwoomOrderAnswer {
  const ordNo = body['ord_no'];
  if (typeof ordNo !== 'string') throw unexpectedField(operation, 'ord_no', 'an order number', ordNo);
  const baseOrdNo = body['base_orig_ord_no'];
  return { ordNo, baseOrdNo: typeof baseOrdNo === 'string' ? baseOrdNo.trim() : '' };
}
