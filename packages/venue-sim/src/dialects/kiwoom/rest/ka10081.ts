import { daysOf } from '../../daily-bars.ts';
import { type DailyBar } from '../../../venue-settings.ts';
import {
  chartPath,
  fieldOf,
  messages,
  refuseField,
  required,
  requiredNumber,
  type KiwoomOperation,
  type KiwoomRow,
} from '../kiwoom-operation.ts';
import { pageOf } from '../kiwoom-paging.ts';
import { previousCloseKrw } from '../kiwoom-quote.ts';
import { bareCode, quotedIssue } from '../kiwoom-symbols.ts';
import { signed, signedPercent } from '../kiwoom-text.ts';

/** Rows on a page (measured). */
const pageRows = 600;
const millionKrw = 1_000_000;

/** 주식일봉차트조회요청: days up to a date, newest first. */
export const ka10081: KiwoomOperation = {
  apiId: 'ka10081',
  path: chartPath,
  fields: [required('stk_cd', 20), requiredNumber('base_dt', 8), required('upd_stkpc_tp', 1, ['0', '1'])],
  answer(call) {
    const baseDate = fieldOf(call, 'base_dt');
    if (baseDate.length !== 8) return refuseField('base_dt');
    const found = quotedIssue(call);
    if (found.kind !== 'FOUND') return found;
    const { view } = found;
    const { exchange, dailyHistory } = call.context;
    const days = daysOf(exchange, dailyHistory, view);
    const { listedShares = 0 } = view.instrument;
    const rows = days
      .map((day, index) => {
        const isToday = day.date === exchange.tradingDate;
        const beforeKrw = days[index - 1]?.closeKrw ?? (isToday ? previousCloseKrw(view) : day.closeKrw);
        return dayRow(day, beforeKrw, listedShares);
      })
      .filter(({ dt = '' }) => dt <= baseDate)
      .toReversed();
    const page = pageOf(call, rows, pageRows);
    return {
      kind: 'SUCCESS',
      body: { stk_cd: bareCode(view.instrument), stk_dt_pole_chart_qry: page.rows },
      message: messages.usual,
      ...page.next,
    };
  },
};

function dayRow(day: DailyBar, beforeKrw: number, listedShares: number): KiwoomRow {
  const changeKrw = day.closeKrw - beforeKrw;
  return {
    cur_prc: String(day.closeKrw),
    trde_qty: String(day.volume),
    trde_prica: String(Math.floor(day.turnoverKrw / millionKrw)),
    dt: day.date.replaceAll('-', ''),
    open_pric: String(day.openKrw),
    high_pric: String(day.highKrw),
    low_pric: String(day.lowKrw),
    pred_pre: signed(changeKrw),
    // The day's limits are not kept: a day at its limit shows as up or down.
    pred_pre_sig: changeKrw === 0 ? '3' : changeKrw > 0 ? '2' : '5',
    trde_tern_rt: signedPercent(day.volume, listedShares),
  };
}
