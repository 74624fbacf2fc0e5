import { objectIn, oneOfIn, textIn, type WireRow } from '../wire-fields.ts';
import { defineOperation, type KisOperation } from './operation.ts';

const fields = [
  { name: 'PRDT_TYPE_CD', korean: '상품유형코드', lengthMax: 3, required: true },
  { name: 'PDNO', korean: '상품번호', lengthMax: 12, required: true },
] as const;

/** What the master record says of an issue. */
export interface KisStockInfo {
  readonly pdno: string;
  readonly name: string;
  /** `tr_stop_yn` (거래정지여부). */
  readonly halted: boolean;
  /** `admn_item_yn` (관리종목여부). */
  readonly administrative: boolean;
  /** `cptt_trad_tr_psbl_yn` (NXT 거래종목여부). */
  readonly tradedOnNxt: boolean;
  /** `nxt_tr_stop_yn` (NXT 거래정지여부). */
  readonly haltedOnNxt: boolean;
}

const operation = 'search-stock-info';

function flagIn(row: WireRow, field: string): boolean {
  return oneOfIn(row, field, ['Y', 'N'], operation) === 'Y';
}

/** 주식기본조회. The master record of an issue; `PRDT_TYPE_CD` of a domestic stock is `300`. Live only. */
export const searchStockInfo: KisOperation<(typeof fields)[number]['name'], KisStockInfo, 'ONLY'> = defineOperation({
  name: operation,
  korean: '주식기본조회',
  source: '국내주식 › 종목정보 › v1_국내주식-067',
  evidence: 'documentation',
  method: 'GET',
  path: '/uapi/domestic-stock/v1/quotations/search-stock-info',
  operationId: { LIVE: { ONLY: 'CTPF1002R' }, PAPER: null },
  lane: 'OTHER',
  repeatable: true,
  request: fields,
  response: [
    { name: 'output.pdno', korean: '상품번호', reading: 'STRICT' },
    { name: 'output.prdt_name', korean: '상품명', reading: 'STRICT' },
    { name: 'output.tr_stop_yn', korean: '거래정지여부', reading: 'STRICT' },
    { name: 'output.admn_item_yn', korean: '관리종목여부', reading: 'STRICT' },
    { name: 'output.cptt_trad_tr_psbl_yn', korean: 'NXT 거래종목여부', reading: 'STRICT' },
    { name: 'output.nxt_tr_stop_yn', korean: 'NXT 거래정지여부', reading: 'STRICT' },
  ],
  parse: (body) => {
    const output = objectIn(body, 'output', operation);
    return {
      pdno: textIn(output, 'pdno', operation),
      name: textIn(output, 'prdt_name', operation),
      halted: flagIn(output, 'tr_stop_yn'),
      administrative: flagIn(output, 'admn_item_yn'),
      tradedOnNxt: flagIn(output, 'cptt_trad_tr_psbl_yn'),
      haltedOnNxt: flagIn(output, 'nxt_tr_stop_yn'),
    };
  },
});
