import { type Krw, type Shares } from '@qts/core';
import { rowsIn, sharesIn, textIn, type WireRow, wonIn } from '../wire-fields.ts';
import { defineOperation, type KisOperation } from './operation.ts';

const fields = [
  { name: 'FID_COND_MRKT_DIV_CODE', korean: '조건 시장 분류 코드', lengthMax: 2, required: true },
  { name: 'FID_INPUT_ISCD', korean: '입력 종목코드', lengthMax: 12, required: true },
  { name: 'FID_INPUT_HOUR_1', korean: '입력 시간1', lengthMax: 10, required: true },
  { name: 'FID_PW_DATA_INCU_YN', korean: '과거 데이터 포함 여부', lengthMax: 2, required: true },
  { name: 'FID_ETC_CLS_CODE', korean: '기타 구분 코드', lengthMax: 2, required: true },
] as const;

/** Rows of one answer. There is no continuation: the time is moved back. */
export const minuteChartRowsMax = 30;

/** A minute of an issue. */
export interface KisMinuteBar {
  /** `YYYYMMDD`. */
  readonly date: string;
  /** `HHMMSS`: the minute. */
  readonly time: string;
  readonly openKrw: Krw;
  readonly highKrw: Krw;
  readonly lowKrw: Krw;
  readonly closeKrw: Krw;
  readonly volume: Shares;
}

const operation = 'inquire-time-itemchartprice';

function readBar(row: WireRow): KisMinuteBar {
  return {
    date: textIn(row, 'stck_bsop_date', operation),
    time: textIn(row, 'stck_cntg_hour', operation),
    openKrw: wonIn(row, 'stck_oprc', operation),
    highKrw: wonIn(row, 'stck_hgpr', operation),
    lowKrw: wonIn(row, 'stck_lwpr', operation),
    closeKrw: wonIn(row, 'stck_prpr', operation),
    volume: sharesIn(row, 'cntg_vol', operation),
  };
}

/**
 * 주식당일분봉조회. Minutes of today, newest first, at most 30 back from a time. A time that lies ahead gives made-up
 * rows at the present price, so nobody asks for one; `FID_ETC_CLS_CODE` must be there, though empty.
 */
export const inquireTimeItemchartprice: KisOperation<(typeof fields)[number]['name'], readonly KisMinuteBar[], 'ONLY'> =
  defineOperation({
    name: operation,
    korean: '주식당일분봉조회',
    source: '국내주식 › 기본시세 › v1_국내주식-022',
    evidence: 'documentation',
    method: 'GET',
    path: '/uapi/domestic-stock/v1/quotations/inquire-time-itemchartprice',
    operationId: { LIVE: { ONLY: 'FHKST03010200' }, PAPER: { ONLY: 'FHKST03010200' } },
    lane: 'OTHER',
    repeatable: true,
    request: fields,
    response: [
      { name: 'output2.stck_bsop_date', korean: '주식 영업일자', reading: 'STRICT' },
      { name: 'output2.stck_cntg_hour', korean: '주식 체결시간', reading: 'STRICT' },
      { name: 'output2.stck_oprc', korean: '주식 시가', reading: 'STRICT' },
      { name: 'output2.stck_hgpr', korean: '주식 최고가', reading: 'STRICT' },
      { name: 'output2.stck_lwpr', korean: '주식 최저가', reading: 'STRICT' },
      { name: 'output2.stck_prpr', korean: '주식 현재가', reading: 'STRICT' },
      { name: 'output2.cntg_vol', korean: '체결 거래량', reading: 'STRICT' },
    ],
    parse: (body) => rowsIn(body, 'output2', operation).map(readBar),
  });
