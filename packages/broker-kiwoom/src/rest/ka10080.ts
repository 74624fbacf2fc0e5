import { type Krw, type Shares } from '@qts/core';
import { matchingIn, priceIn, rowsIn, sharesIn, type WireRow } from '../wire-fields.ts';
import { defineOperation, type KiwoomOperation, onBothServers } from './operation.ts';

const fields = [
  { name: 'stk_cd', korean: '종목코드', lengthMax: 20, required: true },
  { name: 'tic_scope', korean: '틱범위', lengthMax: 2, required: true },
  { name: 'upd_stkpc_tp', korean: '수정주가구분', lengthMax: 1, required: true },
] as const;

/** `tic_scope`: minutes of a bar. 3, 5, 10, 15, 30, 45 and 60 are offered too. */
export const minuteScopes = { ONE: '1' } as const;
/** `upd_stkpc_tp` of all charts. KIS numbers the same choice the other way round. */
export const chartPriceCodes = { ADJUSTED: '1', AS_TRADED: '0' } as const;

/** A minute of an issue. */
export interface KiwoomMinuteBar {
  /** `YYYYMMDD`. */
  readonly date: string;
  /** `HHMMSS`: assumed to be the instant at which the minute begins. */
  readonly time: string;
  readonly openKrw: Krw;
  readonly highKrw: Krw;
  readonly lowKrw: Krw;
  readonly closeKrw: Krw;
  readonly volume: Shares;
}

const stampShape = /^\d{8}(?:[01]\d|2[0-3])[0-5]\d[0-5]\d$/;
const list = 'stk_min_pole_chart_qry';
const operation = 'ka10080';

function readBar(row: WireRow): KiwoomMinuteBar {
  const stamp = matchingIn(row, 'cntr_tm', stampShape, 'a date and a time', operation);
  return {
    date: stamp.slice(0, 8),
    time: stamp.slice(8),
    openKrw: priceIn(row, 'open_pric', operation),
    highKrw: priceIn(row, 'high_pric', operation),
    lowKrw: priceIn(row, 'low_pric', operation),
    closeKrw: priceIn(row, 'cur_prc', operation),
    volume: sharesIn(row, 'trde_qty', operation),
  };
}

/**
 * 주식분봉차트조회요청. Minutes, newest first, running back over the days: 900 rows a page are reported, more than two
 * days of KRX. All four prices carry the sign of the direction. Rows without a time are padding and left out.
 */
export const ka10080: KiwoomOperation<(typeof fields)[number]['name'], readonly KiwoomMinuteBar[]> = defineOperation({
  name: operation,
  korean: '주식분봉차트조회요청',
  source: '국내주식 › 차트 › ka10080',
  evidence: 'published example',
  method: 'POST',
  path: '/api/dostk/chart',
  operationId: onBothServers(operation),
  lane: 'OTHER',
  repeatable: true,
  request: fields,
  response: [
    { name: `${list}.cntr_tm`, korean: '체결시간', reading: 'STRICT' },
    { name: `${list}.open_pric`, korean: '시가', reading: 'STRICT' },
    { name: `${list}.high_pric`, korean: '고가', reading: 'STRICT' },
    { name: `${list}.low_pric`, korean: '저가', reading: 'STRICT' },
    { name: `${list}.cur_prc`, korean: '현재가', reading: 'STRICT' },
    { name: `${list}.trde_qty`, korean: '거래량', reading: 'STRICT' },
  ],
  paged: true,
  emptyAnswer: { [list]: [] },
  parse: (body) =>
    rowsIn(body, list, operation)
      .filter((row) => row['cntr_tm'] !== '')
      .map(readBar),
});
