import { type Krw, type Shares } from '@qts/core';
import { matchingIn, priceIn, rowsIn, sharesIn, type WireRow, wonIn } from '../wire-fields.ts';
import { defineOperation, type KiwoomOperation, onBothServers } from './operation.ts';

const fields = [
  { name: 'stk_cd', korean: '종목코드', lengthMax: 20, required: true },
  { name: 'base_dt', korean: '기준일자', lengthMax: 8, required: true },
  { name: 'upd_stkpc_tp', korean: '수정주가구분', lengthMax: 1, required: true },
] as const;

/** A day of an issue. */
export interface KiwoomDailyBar {
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly openKrw: Krw;
  readonly highKrw: Krw;
  readonly lowKrw: Krw;
  readonly closeKrw: Krw;
  readonly volume: Shares;
  /** `trde_prica` counts in millions of won, cut off: this is that figure in won, so up to a million too low. */
  readonly turnoverKrw: Krw;
}

const wonPerMillion = 1_000_000;
const list = 'stk_dt_pole_chart_qry';
const operation = 'ka10081';

function readBar(row: WireRow): KiwoomDailyBar {
  return {
    date: matchingIn(row, 'dt', /^\d{8}$/, 'a date', operation),
    openKrw: priceIn(row, 'open_pric', operation),
    highKrw: priceIn(row, 'high_pric', operation),
    lowKrw: priceIn(row, 'low_pric', operation),
    closeKrw: priceIn(row, 'cur_prc', operation),
    volume: sharesIn(row, 'trde_qty', operation),
    turnoverKrw: (wonIn(row, 'trde_prica', operation) * wonPerMillion) as Krw,
  };
}

/**
 * 주식일봉차트조회요청. Days up to `base_dt`, newest first; 600 rows a page are reported. The guide's example has no signs
 * here, unlike the minutes; a sign would be the direction. Rows without a date are padding and left out.
 */
export const ka10081: KiwoomOperation<(typeof fields)[number]['name'], readonly KiwoomDailyBar[]> = defineOperation({
  name: operation,
  korean: '주식일봉차트조회요청',
  source: '국내주식 › 차트 › ka10081',
  evidence: 'published example',
  method: 'POST',
  path: '/api/dostk/chart',
  operationId: onBothServers(operation),
  lane: 'OTHER',
  repeatable: true,
  request: fields,
  response: [
    { name: `${list}.dt`, korean: '일자', reading: 'STRICT' },
    { name: `${list}.open_pric`, korean: '시가', reading: 'STRICT' },
    { name: `${list}.high_pric`, korean: '고가', reading: 'STRICT' },
    { name: `${list}.low_pric`, korean: '저가', reading: 'STRICT' },
    { name: `${list}.cur_prc`, korean: '현재가', reading: 'STRICT' },
    { name: `${list}.trde_qty`, korean: '거래량', reading: 'STRICT' },
    { name: `${list}.trde_prica`, korean: '거래대금', reading: 'STRICT' },
  ],
  paged: true,
  emptyAnswer: { [list]: [] },
  parse: (body) =>
    rowsIn(body, list, operation)
      .filter((row) => row['dt'] !== '')
      .map(readBar),
});
