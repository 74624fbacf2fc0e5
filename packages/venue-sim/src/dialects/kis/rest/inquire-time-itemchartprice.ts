import { type InstrumentView } from '../../../exchange/contracts.ts';
import { kstDate8, kstInstant, kstTime6 } from '../../../kst.ts';
import { type MinuteBar } from '../../market-recorder.ts';
import { fieldOf, refuseField, required, succeed, type KisOperation, type KisRow } from '../kis-operation.ts';
import { previousCloseKrw, priceChange, quotedInstrument, quoteFields } from '../kis-quote.ts';

/** Rows of one answer; no continuation (published). */
const rowsMax = 30;

const minuteMs = 60_000;

/** 주식당일분봉조회. Broker document: 국내주식 › 기본시세. */
export const inquireTimeItemchartprice: KisOperation = {
  name: 'inquire-time-itemchartprice',
  method: 'GET',
  path: '/uapi/domestic-stock/v1/quotations/inquire-time-itemchartprice',
  trIds: { LIVE: ['FHKST03010200'], PAPER: ['FHKST03010200'] },
  retiredTrIds: [],
  ledger: false,
  fields: [
    ...quoteFields,
    required('FID_INPUT_HOUR_1', 10),
    required('FID_PW_DATA_INCU_YN', 2, ['Y', 'N']),
    // Must be there, empty: without it the answer is a refusal (published).
    required('FID_ETC_CLS_CODE', 2),
  ],
  answer(call) {
    const { exchange, market } = call.context;
    const hour = fieldOf(call, 'FID_INPUT_HOUR_1');
    const atMs = /^([01]\d|2[0-3])([0-5]\d){2}$/.test(hour)
      ? kstInstant(exchange.tradingDate, `${hour.slice(0, 2)}:${hour.slice(2, 4)}:${hour.slice(4)}`)
      : undefined;
    if (atMs === undefined) return refuseField('FID_INPUT_HOUR_1');
    const found = quotedInstrument(call);
    if (found.kind !== 'FOUND') return found;
    const bars = market.minuteBars(found.view.instrument.symbol);
    return succeed('QUOTE', { output1: headRow(found.view), output2: minuteRows(bars, atMs, call.nowMs) });
  },
};

function headRow(view: InstrumentView): KisRow {
  const change = priceChange(view, view.lastPriceKrw);
  return {
    prdy_vrss: change.amount,
    prdy_vrss_sign: change.sign,
    prdy_ctrt: change.percent,
    stck_prdy_clpr: String(previousCloseKrw(view)),
    acml_vol: String(view.volume),
    acml_tr_pbmn: String(view.turnoverKrw),
    hts_kor_isnm: view.instrument.name,
    stck_prpr: String(view.lastPriceKrw),
  };
}

/**
 * Minutes back from `atMs`, newest first, none before the first trade of the day. A minute without a trade stands at the
 * price before it; minutes of the future are made up at the current price; the running minute shows the volume of the
 * one before until its first trade (all three published).
 */
function minuteRows(bars: readonly MinuteBar[], atMs: number, nowMs: number): readonly KisRow[] {
  const byStart = new Map(bars.map((bar) => [bar.startMs, bar]));
  const firstMs = bars[0]?.startMs;
  const rows: KisRow[] = [];
  if (firstMs === undefined) return rows;
  const runningMs = nowMs - (nowMs % minuteMs);
  for (let startMs = atMs - (atMs % minuteMs); startMs >= firstMs && rows.length < rowsMax; startMs -= minuteMs) {
    const bar = byStart.get(startMs);
    const before = bar ?? bars.findLast((each) => each.startMs < startMs);
    if (before === undefined) break;
    const quietVolume = startMs === runningMs ? (byStart.get(startMs - minuteMs)?.volume ?? 0) : 0;
    rows.push(minuteRow(startMs, bar ?? flat(before), bar?.volume ?? quietVolume));
  }
  return rows;
}

function flat({ closeKrw, ...bar }: MinuteBar): MinuteBar {
  return { ...bar, openKrw: closeKrw, highKrw: closeKrw, lowKrw: closeKrw, closeKrw };
}

function minuteRow(startMs: number, bar: MinuteBar, volume: number): KisRow {
  return {
    stck_bsop_date: kstDate8(startMs),
    stck_cntg_hour: kstTime6(startMs),
    stck_prpr: String(bar.closeKrw),
    stck_oprc: String(bar.openKrw),
    stck_hgpr: String(bar.highKrw),
    stck_lwpr: String(bar.lowKrw),
    cntg_vol: String(volume),
    acml_tr_pbmn: String(bar.dayTurnoverKrw),
  };
}
