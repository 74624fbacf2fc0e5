import { addCalendarDays, isCalendarDate, krxCalendar } from '@qts/krx';
import { weekdayOf } from '../../../kst.ts';
import { continuationOf } from '../kis-paging.ts';
import { fieldOf, refuseField, required, type KisOperation, type KisRow } from '../kis-operation.ts';

/** Calendar days on a page (captured). */
const daysOnPage = 24;
const cursorWidth = 20;

/** 국내휴장일조회, live only. Broker document: 국내주식 › 업종/기타. */
export const chkHoliday: KisOperation = {
  name: 'chk-holiday',
  method: 'GET',
  path: '/uapi/domestic-stock/v1/quotations/chk-holiday',
  trIds: { LIVE: ['CTCA0903R'], PAPER: [] },
  retiredTrIds: [],
  ledger: true,
  fields: [required('BASS_DT', 8), required('CTX_AREA_NK', 20), required('CTX_AREA_FK', 20)],
  answer(call) {
    // The cursor is the last day that was given (captured).
    const last = fieldOf(call, 'CTX_AREA_NK').trim();
    const first = call.continues ? toDate(last) : toDate(fieldOf(call, 'BASS_DT'));
    if (first === undefined) return refuseField(call.continues ? 'CTX_AREA_NK' : 'BASS_DT');
    const rows = calendarRows(call.continues ? addCalendarDays(first, 1) : first);
    const more = rows.length === daysOnPage;
    return {
      kind: 'SUCCESS',
      success: more ? 'MORE_PAGES' : rows.length === 0 ? 'NO_ROWS' : 'LAST_PAGE',
      containers: {
        ctx_area_nk: (more ? (rows.at(-1)?.['bass_dt'] ?? '') : '').padEnd(cursorWidth),
        ctx_area_fk: (rows[0]?.['bass_dt'] ?? '').padEnd(cursorWidth),
        output: rows,
      },
      continuation: continuationOf(call.continues, more),
    };
  },
};

function toDate(date8: string): string | undefined {
  if (!/^\d{8}$/.test(date8)) return undefined;
  const date = `${date8.slice(0, 4)}-${date8.slice(4, 6)}-${date8.slice(6)}`;
  return isCalendarDate(date) ? date : undefined;
}

/** A page of days from `first` on, as far as the calendar reaches. */
function calendarRows(first: string): readonly KisRow[] {
  const rows: KisRow[] = [];
  for (let date = first; rows.length < daysOnPage; date = addCalendarDays(date, 1)) {
    const day = krxCalendar.tradingDay(date);
    if (day.status === 'UNKNOWN') break;
    const weekday = weekdayOf(date);
    const open = day.status === 'OPEN';
    const banksOpen = open || isYearEndClosure(date, weekday);
    rows.push({
      bass_dt: date.replaceAll('-', ''),
      wday_dvsn_cd: String(weekday + 1).padStart(2, '0'),
      bzdy_yn: flag(banksOpen),
      // Captured with Y on a Saturday; N on Sundays and holidays is assumed.
      tr_day_yn: flag(banksOpen || weekday === 6),
      opnd_yn: flag(open),
      sttl_day_yn: flag(open),
    });
  }
  return rows;
}

/** Banks work on the last weekday of the year, on which the exchange is closed. */
function isYearEndClosure(date: string, weekday: number): boolean {
  return date.slice(5) >= '12-29' && weekday >= 1 && weekday <= 5;
}

function flag(yes: boolean): string {
  return yes ? 'Y' : 'N';
}
