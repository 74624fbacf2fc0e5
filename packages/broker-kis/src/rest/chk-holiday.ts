import { oneOfIn, rowsIn, textIn, type WireRow } from '../wire-fields.ts';
import { defineOperation, type KisOperation } from './operation.ts';

const fields = [
  { name: 'BASS_DT', korean: '기준일자', lengthMax: 8, required: true },
  { name: 'CTX_AREA_NK', korean: '연속조회키', lengthMax: 20, required: true },
  { name: 'CTX_AREA_FK', korean: '연속조회검색조건', lengthMax: 20, required: true },
] as const;

/** A calendar day of the exchange. */
export interface KisCalendarDay {
  /** `YYYYMMDD`. */
  readonly date: string;
  /** `opnd_yn` (개장일여부): the one flag that says whether orders are possible. */
  readonly open: boolean;
  /** `sttl_day_yn` (결제일여부). */
  readonly settlement: boolean;
}

const operation = 'chk-holiday';

function readDay(row: WireRow): KisCalendarDay {
  return {
    date: textIn(row, 'bass_dt', operation),
    open: oneOfIn(row, 'opnd_yn', ['Y', 'N'], operation) === 'Y',
    settlement: oneOfIn(row, 'sttl_day_yn', ['Y', 'N'], operation) === 'Y',
  };
}

/** 국내휴장일조회. Open days from a date on, 24 a page. Served by the ledger: once a day at most. Live only. */
export const chkHoliday: KisOperation<(typeof fields)[number]['name'], readonly KisCalendarDay[], 'ONLY'> =
  defineOperation({
    name: operation,
    korean: '국내휴장일조회',
    source: '국내주식 › 업종/기타 › 국내주식-040',
    evidence: 'captured live',
    method: 'GET',
    path: '/uapi/domestic-stock/v1/quotations/chk-holiday',
    operationId: { LIVE: { ONLY: 'CTCA0903R' }, PAPER: null },
    lane: 'OTHER',
    repeatable: true,
    request: fields,
    response: [
      { name: 'output.bass_dt', korean: '기준일자', reading: 'STRICT' },
      { name: 'output.opnd_yn', korean: '개장일여부', reading: 'STRICT' },
      { name: 'output.sttl_day_yn', korean: '결제일여부', reading: 'STRICT' },
    ],
    paging: {
      requestKeys: ['CTX_AREA_FK', 'CTX_AREA_NK'],
      answerKeys: ['ctx_area_fk', 'ctx_area_nk'],
      rowsPerPage: { LIVE: 24, PAPER: null },
    },
    parse: (body) => rowsIn(body, 'output', operation).map(readDay),
  });
