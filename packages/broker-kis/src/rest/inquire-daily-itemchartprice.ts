import { type Krw, type Shares } from '@qts/core';
import { rowsIn, sharesIn, textIn, type WireRow, wonIn } from '../wire-fields.ts';
import { defineOperation, type KisOperation } from './operation.ts';

const fields = [
  { name: 'FID_COND_MRKT_DIV_CODE', korean: '조건 시장 분류 코드', lengthMax: 2, required: true },
  { name: 'FID_INPUT_ISCD', korean: '입력 종목코드', lengthMax: 12, required: true },
  { name: 'FID_INPUT_DATE_1', korean: '조회 시작일자', lengthMax: 10, required: true },
  { name: 'FID_INPUT_DATE_2', korean: '조회 종료일자', lengthMax: 10, required: true },
  { name: 'FID_PERIOD_DIV_CODE', korean: '기간분류코드', lengthMax: 32, required: true },
  { name: 'FID_ORG_ADJ_PRC', korean: '수정주가 원주가 가격 여부', lengthMax: 10, required: true },
] as const;

/** `FID_PERIOD_DIV_CODE`. */
export const chartPeriodCodes = { DAY: 'D', WEEK: 'W', MONTH: 'M', YEAR: 'Y' } as const;
/**
 * `FID_ORG_ADJ_PRC` of this operation: `0` is adjusted, `1` as traded. In `inquire-daily-price` (FHKST01010400) the same
 * field means the opposite.
 */
export const chartPriceCodes = { ADJUSTED: '0', AS_TRADED: '1' } as const;
/** Rows of one answer. There is no continuation: the end date is moved back. */
export const dailyChartRowsMax = 100;

/** A day (week, month, year) of an issue. */
export interface KisDailyBar {
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly openKrw: Krw;
  readonly highKrw: Krw;
  readonly lowKrw: Krw;
  readonly closeKrw: Krw;
  readonly volume: Shares;
}

const operation = 'inquire-daily-itemchartprice';

function readBar(row: WireRow): KisDailyBar {
  return {
    date: textIn(row, 'stck_bsop_date', operation),
    openKrw: wonIn(row, 'stck_oprc', operation),
    highKrw: wonIn(row, 'stck_hgpr', operation),
    lowKrw: wonIn(row, 'stck_lwpr', operation),
    closeKrw: wonIn(row, 'stck_clpr', operation),
    volume: sharesIn(row, 'acml_vol', operation),
  };
}

/** 국내주식기간별시세(일/주/월/년). Bars, newest first, at most 100. Rows without a date are padding and left out. */
export const inquireDailyItemchartprice: KisOperation<(typeof fields)[number]['name'], readonly KisDailyBar[], 'ONLY'> =
  defineOperation({
    name: operation,
    korean: '국내주식기간별시세(일/주/월/년)',
    source: '국내주식 › 기본시세 › v1_국내주식-016',
    evidence: 'documentation',
    method: 'GET',
    path: '/uapi/domestic-stock/v1/quotations/inquire-daily-itemchartprice',
    operationId: { LIVE: { ONLY: 'FHKST03010100' }, PAPER: { ONLY: 'FHKST03010100' } },
    lane: 'OTHER',
    repeatable: true,
    request: fields,
    response: [
      { name: 'output2.stck_bsop_date', korean: '주식 영업 일자', reading: 'STRICT' },
      { name: 'output2.stck_oprc', korean: '주식 시가', reading: 'STRICT' },
      { name: 'output2.stck_hgpr', korean: '주식 최고가', reading: 'STRICT' },
      { name: 'output2.stck_lwpr', korean: '주식 최저가', reading: 'STRICT' },
      { name: 'output2.stck_clpr', korean: '주식 종가', reading: 'STRICT' },
      { name: 'output2.acml_vol', korean: '누적 거래량', reading: 'STRICT' },
    ],
    parse: (body) =>
      rowsIn(body, 'output2', operation)
        .filter((row) => row['stck_bsop_date'] !== undefined && row['stck_bsop_date'] !== '')
        .map(readBar),
  });
