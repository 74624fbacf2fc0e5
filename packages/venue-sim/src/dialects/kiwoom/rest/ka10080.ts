import { type InstrumentView } from '../../../exchange/contracts.ts';
import { kstDate8 } from '../../../kst.ts';
import { type MinuteBar } from '../../market-recorder.ts';
import {
  chartPath,
  fieldOf,
  messages,
  optionalNumber,
  required,
  type KiwoomOperation,
  type KiwoomRow,
} from '../kiwoom-operation.ts';
import { pageOf } from '../kiwoom-paging.ts';
import { previousCloseKrw, priceChange } from '../kiwoom-quote.ts';
import { bareCode, quotedIssue } from '../kiwoom-symbols.ts';
import { directedPrice, kstDateTime14 } from '../kiwoom-text.ts';

const minuteMs = 60_000;
/** Rows on a page (measured). */
const pageRows = 900;
const scopes = ['1', '3', '5', '10', '15', '30', '45', '60'];

/**
 * 주식분봉차트조회요청, newest first. Minutes without a trade are left out, and a bar has the time at which it begins (both
 * assumed). The venue has the minutes of its own day alone.
 */
export const ka10080: KiwoomOperation = {
  apiId: 'ka10080',
  path: chartPath,
  fields: [
    required('stk_cd', 20),
    required('tic_scope', 2, scopes),
    required('upd_stkpc_tp', 1, ['0', '1']),
    optionalNumber('base_dt', 8),
  ],
  answer(call) {
    const found = quotedIssue(call);
    if (found.kind !== 'FOUND') return found;
    const { view } = found;
    const baseDate = fieldOf(call, 'base_dt');
    const isLater = baseDate === '' || baseDate >= kstDate8(call.nowMs);
    const minutes = isLater ? call.context.market.minuteBars(view.instrument.symbol) : [];
    const bars = join(minutes, Number(fieldOf(call, 'tic_scope')));
    const page = pageOf(call, bars.map((bar) => barRow(bar, view)).toReversed(), pageRows);
    return {
      kind: 'SUCCESS',
      body: { stk_cd: bareCode(view.instrument), stk_min_pole_chart_qry: page.rows },
      message: messages.usual,
      ...page.next,
    };
  },
};

interface JoinedBar extends MinuteBar {
  readonly dayVolume: number;
}

/** Joins minutes to bars of `scope` minutes, oldest first. */
function join(minutes: readonly MinuteBar[], scope: number): readonly JoinedBar[] {
  const bars: JoinedBar[] = [];
  let dayVolume = 0;
  for (const minute of minutes) {
    dayVolume += minute.volume;
    const startMs = minute.startMs - (minute.startMs % (scope * minuteMs));
    const last = bars.at(-1);
    if (last?.startMs !== startMs) {
      bars.push({ ...minute, startMs, dayVolume });
      continue;
    }
    bars[bars.length - 1] = {
      ...minute,
      startMs,
      openKrw: last.openKrw,
      highKrw: Math.max(last.highKrw, minute.highKrw),
      lowKrw: Math.min(last.lowKrw, minute.lowKrw),
      volume: last.volume + minute.volume,
      dayVolume,
    };
  }
  return bars;
}

/** Minute bars carry direction signs, daily ones do not (captured). */
function barRow(bar: JoinedBar, view: InstrumentView): KiwoomRow {
  const price = (priceKrw: number): string => directedPrice(priceKrw, previousCloseKrw(view));
  const change = priceChange(view, bar.closeKrw);
  return {
    cur_prc: price(bar.closeKrw),
    trde_qty: String(bar.volume),
    cntr_tm: kstDateTime14(bar.startMs),
    open_pric: price(bar.openKrw),
    high_pric: price(bar.highKrw),
    low_pric: price(bar.lowKrw),
    acc_trde_qty: String(bar.dayVolume),
    pred_pre: change.amount,
    pred_pre_sig: change.code,
  };
}
