import { isWireRow, unexpectedField, type WireRow } from '../wire-fields.ts';

/** What `order-cash` and `order-rvsecncl` answer: the order's number and where it is kept. */
export interface KisOrderAnswer {
  /** `ODNO`: ten digits as a rule. Checked by whoever turns it into an id. */
  readonly odno: string;
  /** `KRX_FWDG_ORD_ORGNO`: the branch, which a cancel wants again; empty when absent (the order list has it too). */
  readonly branch: string;
  /** `ORD_TMD`: `HHMMSS`, Korean time; empty when absent. */
  readonly orderTime: string;
}

/** The fields of the answer, for the catalogue. */
export const orderAnswerFields = [
  { name: 'output.ODNO', korean: '주문번호', reading: 'STRICT' },
  { name: 'output.KRX_FWDG_ORD_ORGNO', korean: '한국거래소전송주문조직번호', reading: 'TOLERANT' },
  { name: 'output.ORD_TMD', korean: '주문시각', reading: 'TOLERANT' },
] as const;

/**
 * Reads the answer of an order command. The keys are documented in lower case for `order-rvsecncl` and were captured in
 * upper case; both are read. Without a number this is no acceptance, so it throws; a number without a branch is still
 * the best evidence there is, so it passes.
 */
export function readOrderAnswer(body: WireRow, operation: string): KisOrderAnswer {
  const output = body['output'];
  if (!isWireRow(output)) throw unexpectedField(operation, 'output', 'an object', output);
  const odno = output['ODNO'] ?? output['odno'];
  if (typeof odno !== 'string') throw unexpectedField(operation, 'output.ODNO', 'an order number', odno);
  const branch = output['KRX_FWDG_ORD_ORGNO'] ?? output['krx_fwdg_ord_orgno'];
  const orderTime = output['ORD_TMD'] ?? output['ord_tmd'];
  return {
    odno,
    branch: typeof branch === 'string' ? branch.trim() : '',
    orderTime: typeof orderTime === 'string' ? orderTime : '',
  };
}
