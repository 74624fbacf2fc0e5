import { addCalendarDays } from '@qts/krx';
import { type InstrumentView } from '../../../exchange/contracts.ts';
import { weekdayOf } from '../../../kst.ts';
import { type DailyBar } from '../../../venue-settings.ts';
import { daysOf } from '../../daily-bars.ts';
import {
  fieldOf,
  refuseField,
  required,
  succeed,
  type KisContext,
  type KisOperation,
  type KisRow,
} from '../kis-operation.ts';
import { previousCloseKrw, priceChange, quotedInstrument, quoteFields } from '../kis-quote.ts';

/** Rows of one answer; no continuation (published). */
const rowsMax = 100;

const periods = ['D', 'W', 'M', 'Y'] as const;
type Period = (typeof periods)[number];

/** 국내주식기간별시세(일/주/월/년). Broker document: 국내주식 › 기본시세. */
export const inquireDailyItemchartprice: KisOperation = {
  name: 'inquire-daily-itemchartprice',
  method: 'GET',
  path: '/uapi/domestic-stock/v1/quotations/inquire-daily-itemchartprice',
  trIds: { LIVE: ['FHKST03010100'], PAPER: ['FHKST03010100'] },
  retiredTrIds: [],
  ledger: false,
  fields: [
    ...quoteFields,
    required('FID_INPUT_DATE_1', 10),
    required('FID_INPUT_DATE_2', 10),
    required('FID_PERIOD_DIV_CODE', 32, periods),
    required('FID_ORG_ADJ_PRC', 10, ['0', '1']),
  ],
  answer(call) {
    for (const name of ['FID_INPUT_DATE_1', 'FID_INPUT_DATE_2']) {
      if (!/^\d{8}$/.test(fieldOf(call, name))) return refuseField(name);
    }
    const found = quotedInstrument(call);
    if (found.kind !== 'FOUND') return found;
    const { view } = found;
    const days = daysOf(call.context.exchange, call.context.dailyHistory, view);
    const from = fieldOf(call, 'FID_INPUT_DATE_1');
    const to = fieldOf(call, 'FID_INPUT_DATE_2');
    const bars = groupByPeriod(days, fieldOf(call, 'FID_PERIOD_DIV_CODE') as Period);
    const rows = bars.map((bar, index) => barRow(bar, bars[index - 1]));
    const inRange = rows.filter(({ stck_bsop_date = '' }) => from <= stck_bsop_date && stck_bsop_date <= to);
    return succeed('QUOTE', {
      output1: headRow(call.context, view, days.filter((day) => day.date < call.context.exchange.tradingDate).at(-1)),
      output2: inRange.slice(-rowsMax).toReversed(),
    });
  },
};

/** Joins days to weeks, months or years; a bar has the date of its first day (assumed). */
function groupByPeriod(days: readonly DailyBar[], period: Period): readonly DailyBar[] {
  if (period === 'D') return days;
  const bars: { key: string; bar: DailyBar }[] = [];
  for (const day of days) {
    const key = periodKey(day.date, period);
    const last = bars.at(-1);
    if (last?.key !== key) {
      bars.push({ key, bar: day });
      continue;
    }
    last.bar = {
      ...last.bar,
      highKrw: Math.max(last.bar.highKrw, day.highKrw),
      lowKrw: Math.min(last.bar.lowKrw, day.lowKrw),
      closeKrw: day.closeKrw,
      volume: last.bar.volume + day.volume,
      turnoverKrw: last.bar.turnoverKrw + day.turnoverKrw,
    };
  }
  return bars.map(({ bar }) => bar);
}

function periodKey(date: string, period: Exclude<Period, 'D'>): string {
  switch (period) {
    case 'W':
      return addCalendarDays(date, -weekdayOf(date));
    case 'M':
      return date.slice(0, 7);
    case 'Y':
      return date.slice(0, 4);
  }
}

function barRow(bar: DailyBar, before: DailyBar | undefined): KisRow {
  const change = bar.closeKrw - (before?.closeKrw ?? bar.closeKrw);
  return {
    stck_bsop_date: bar.date.replaceAll('-', ''),
    stck_clpr: String(bar.closeKrw),
    stck_oprc: String(bar.openKrw),
    stck_hgpr: String(bar.highKrw),
    stck_lwpr: String(bar.lowKrw),
    acml_vol: String(bar.volume),
    acml_tr_pbmn: String(bar.turnoverKrw),
    flng_cls_code: '00',
    prtt_rate: '0.00',
    mod_yn: 'N',
    prdy_vrss_sign: change === 0 ? '3' : change > 0 ? '2' : '5',
    prdy_vrss: String(change),
    revl_issu_reas: '',
  };
}

function headRow(context: KisContext, view: InstrumentView, before: DailyBar | undefined): KisRow {
  const { instrument } = view;
  const change = priceChange(view, view.lastPriceKrw);
  const book = context.exchange.getBook(instrument.symbol);
  return {
    prdy_vrss: change.amount,
    prdy_vrss_sign: change.sign,
    prdy_ctrt: change.percent,
    stck_prdy_clpr: String(previousCloseKrw(view)),
    acml_vol: String(view.volume),
    acml_tr_pbmn: String(view.turnoverKrw),
    hts_kor_isnm: instrument.name,
    stck_prpr: String(view.lastPriceKrw),
    stck_shrn_iscd: instrument.symbol,
    prdy_vol: String(before?.volume ?? 0),
    stck_mxpr: String(view.upperLimitKrw),
    stck_llam: String(view.lowerLimitKrw),
    stck_oprc: String(view.openPriceKrw ?? 0),
    stck_hgpr: String(view.highPriceKrw ?? 0),
    stck_lwpr: String(view.lowPriceKrw ?? 0),
    stck_prdy_oprc: String(before?.openKrw ?? 0),
    stck_prdy_hgpr: String(before?.highKrw ?? 0),
    stck_prdy_lwpr: String(before?.lowKrw ?? 0),
    askp: String(book?.asks[0]?.priceKrw ?? 0),
    bidp: String(book?.bids[0]?.priceKrw ?? 0),
    prdy_vrss_vol: String(view.volume - (before?.volume ?? 0)),
    lstn_stcn: String(instrument.listedShares ?? 0),
    // Figures of the company, not modelled.
    vol_tnrt: '0.00',
    stck_fcam: '0',
    cpfn: '0',
    hts_avls: '0',
    per: '0.00',
    eps: '0.00',
    pbr: '0.00',
    itewhol_loan_rmnd_ratem: '0.00',
  };
}
