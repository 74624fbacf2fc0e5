import { type Krw, type Shares } from '@qts/core';
import { oneOfIn, rowsIn, sharesIn, textIn, type WireRow, wonIn } from '../wire-fields.ts';
import { sideCodes } from './inquire-daily-ccld.ts';
import { defineOperation, type KisOperation, pagingKeys100 } from './operation.ts';

const fields = [
  { name: 'CANO', korean: '종합계좌번호', lengthMax: 8, required: true },
  { name: 'ACNT_PRDT_CD', korean: '계좌상품코드', lengthMax: 2, required: true },
  { name: 'CTX_AREA_FK100', korean: '연속조회검색조건100', lengthMax: 100, required: true },
  { name: 'CTX_AREA_NK100', korean: '연속조회키100', lengthMax: 100, required: true },
  { name: 'INQR_DVSN_1', korean: '조회구분1', lengthMax: 1, required: true },
  { name: 'INQR_DVSN_2', korean: '조회구분2', lengthMax: 1, required: true },
] as const;

/** An open order that can still be replaced or canceled, as the broker sees it. */
export interface KisCancelableOrder {
  readonly branch: string;
  readonly odno: string;
  readonly originalOdno: string;
  readonly side: 'BUY' | 'SELL';
  readonly pdno: string;
  readonly orderDivision: string;
  readonly venue: 'KRX' | 'NXT' | 'SOR';
  readonly orderedQuantity: Shares;
  readonly priceKrw: Krw;
  readonly filledQuantity: Shares;
  readonly filledAmountKrw: Krw;
  /** `psbl_qty`. More than zero does not prove that a cancel still arrives in time. */
  readonly cancelableQuantity: Shares;
}

const operation = 'inquire-psbl-rvsecncl';

function readRow(row: WireRow): KisCancelableOrder {
  const side = oneOfIn(row, 'sll_buy_dvsn_cd', [sideCodes.SELL, sideCodes.BUY], operation);
  return {
    branch: textIn(row, 'ord_gno_brno', operation).trim(),
    odno: textIn(row, 'odno', operation),
    originalOdno: textIn(row, 'orgn_odno', operation),
    side: side === sideCodes.SELL ? 'SELL' : 'BUY',
    pdno: textIn(row, 'pdno', operation),
    orderDivision: textIn(row, 'ord_dvsn_cd', operation),
    venue: oneOfIn(row, 'excg_id_dvsn_cd', ['KRX', 'NXT', 'SOR'], operation),
    orderedQuantity: sharesIn(row, 'ord_qty', operation),
    priceKrw: wonIn(row, 'ord_unpr', operation),
    filledQuantity: sharesIn(row, 'tot_ccld_qty', operation),
    filledAmountKrw: wonIn(row, 'tot_ccld_amt', operation),
    cancelableQuantity: sharesIn(row, 'psbl_qty', operation),
  };
}

/**
 * 주식정정취소가능주문조회. Open orders that can be replaced or canceled. Live only: on paper the list of the day with
 * its remaining quantities takes its place. Without both `INQR_DVSN` fields the answer is `APBK1227`.
 */
export const inquirePsblRvsecncl: KisOperation<(typeof fields)[number]['name'], readonly KisCancelableOrder[], 'ONLY'> =
  defineOperation({
    name: operation,
    korean: '주식정정취소가능주문조회',
    source: '국내주식 › 주문/계좌 › v1_국내주식-004',
    evidence: 'captured live',
    method: 'GET',
    path: '/uapi/domestic-stock/v1/trading/inquire-psbl-rvsecncl',
    operationId: { LIVE: { ONLY: 'TTTC0084R' }, PAPER: null },
    lane: 'ORDER_READ',
    repeatable: true,
    request: fields,
    response: [
      { name: 'output.ord_gno_brno', korean: '주문채번지점번호', reading: 'STRICT' },
      { name: 'output.odno', korean: '주문번호', reading: 'STRICT' },
      { name: 'output.orgn_odno', korean: '원주문번호', reading: 'STRICT' },
      { name: 'output.sll_buy_dvsn_cd', korean: '매도매수구분코드', reading: 'STRICT' },
      { name: 'output.pdno', korean: '상품번호', reading: 'STRICT' },
      { name: 'output.ord_dvsn_cd', korean: '주문구분코드', reading: 'STRICT' },
      { name: 'output.excg_id_dvsn_cd', korean: '거래소ID구분코드', reading: 'STRICT' },
      { name: 'output.ord_qty', korean: '주문수량', reading: 'STRICT' },
      { name: 'output.ord_unpr', korean: '주문단가', reading: 'STRICT' },
      { name: 'output.tot_ccld_qty', korean: '총체결수량', reading: 'STRICT' },
      { name: 'output.tot_ccld_amt', korean: '총체결금액', reading: 'STRICT' },
      { name: 'output.psbl_qty', korean: '가능수량', reading: 'STRICT' },
    ],
    paging: { ...pagingKeys100, rowsPerPage: { LIVE: 50, PAPER: null } },
    parse: (body) => rowsIn(body, 'output', operation).map(readRow),
  });
