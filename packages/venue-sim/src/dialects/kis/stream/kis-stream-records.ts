import { type BookLevel, type BookView, type InstrumentView, type VenuePhase } from '../../../exchange/contracts.ts';
import { kstDate8, kstInstant, kstTime6 } from '../../../kst.ts';
import { type TradePrint } from '../../market-feed.ts';
import { type TradeTally } from '../../trade-tally.ts';
import { kisPhaseCodes } from '../kis-phases.ts';
import { priceChange } from '../kis-quote.ts';
import { ratioText } from '../kis-text.ts';

/** A record by the names of its columns; what is not in it is empty. */
export type KisStreamRecord = Readonly<Record<string, string>>;

/** What is true of an issue while records of it are made. */
export interface KisQuoteState {
  readonly view: InstrumentView;
  readonly book: BookView;
  readonly atMs: number;
}

const levels = 10;

/** `MARKET_CLS_CODE`: 1 pre-market, 2 regular, 3 after-market, 5 closed (published). */
const marketClasses: Readonly<Record<VenuePhase, string>> = {
  CLOSED: '5',
  PRE_OPEN_CLOSING_PRICE: '1',
  OPENING_AUCTION: '1',
  CONTINUOUS: '2',
  CLOSING_AUCTION: '2',
  POST_CLOSE_CLOSING_PRICE: '5',
  AFTER_MARKET: '3',
};

/** `HOUR_CLS_CODE`: 0 regular, B expected before the open (published); that the closing auction is C is assumed. */
const hourClasses: Readonly<Record<VenuePhase, string>> = {
  CLOSED: '0',
  PRE_OPEN_CLOSING_PRICE: '0',
  OPENING_AUCTION: 'B',
  CONTINUOUS: '0',
  CLOSING_AUCTION: 'C',
  POST_CLOSE_CLOSING_PRICE: '0',
  AFTER_MARKET: '0',
};

/** `CCLD_DVSN`: who took. */
const auctionPrint = '3';
const takerCodes = { BUY: '1', SELL: '5' } as const;

function phaseOf({ view }: KisQuoteState): VenuePhase {
  return view.phases.at(-1) ?? 'CLOSED';
}

/** A trade as H0STCNT0 tells it. Books are as they stand when it is told. */
export function tradeRecord(state: KisQuoteState, { trade, tally }: TradePrint): KisStreamRecord {
  const { priceKrw, quantity, aggressor, atMs } = trade;
  return {
    ...dayFields(state, tally, priceKrw),
    STCK_CNTG_HOUR: kstTime6(atMs),
    CNTG_VOL: String(quantity),
    CCLD_DVSN: aggressor === undefined ? auctionPrint : takerCodes[aggressor],
    HOUR_CLS_CODE: hourClasses[phaseOf(state)],
  };
}

/** The match that an auction expects, as H0STANC0 tells it; `undefined` while there is none. */
export function expectedRecord(state: KisQuoteState, tally: TradeTally | undefined): KisStreamRecord | undefined {
  const { expectedPriceKrw, expectedQuantity = 0 } = state.book;
  if (expectedPriceKrw === undefined) return undefined;
  return {
    ...dayFields(state, tally ?? noTrades, expectedPriceKrw),
    STCK_CNTG_HOUR: kstTime6(state.atMs),
    CNTG_VOL: String(expectedQuantity),
    CCLD_DVSN: auctionPrint,
    HOUR_CLS_CODE: hourClasses[phaseOf(state)],
  };
}

function dayFields(state: KisQuoteState, tally: TradeTally, priceKrw: number): KisStreamRecord {
  const { view, book } = state;
  const change = priceChange(view, priceKrw);
  const { BUY, SELL } = tally.takenBy;
  const phase = phaseOf(state);
  return {
    MKSC_SHRN_ISCD: view.instrument.symbol,
    STCK_PRPR: String(priceKrw),
    PRDY_VRSS_SIGN: change.sign,
    PRDY_VRSS: change.amount,
    PRDY_CTRT: change.percent,
    WGHN_AVRG_STCK_PRC: ratioText(tally.turnoverKrw, tally.volume, 2),
    STCK_OPRC: String(tally.openKrw),
    STCK_HGPR: String(tally.highKrw),
    STCK_LWPR: String(tally.lowKrw),
    ASKP1: String(book.asks[0]?.priceKrw ?? 0),
    BIDP1: String(book.bids[0]?.priceKrw ?? 0),
    ACML_VOL: String(tally.volume),
    ACML_TR_PBMN: String(tally.turnoverKrw),
    SELN_CNTG_CSNU: String(SELL.count),
    SHNU_CNTG_CSNU: String(BUY.count),
    NTBY_CNTG_CSNU: String(BUY.count - SELL.count),
    CTTR: ratioText(BUY.volume * 100, SELL.volume, 2),
    SELN_CNTG_SMTN: String(SELL.volume),
    SHNU_CNTG_SMTN: String(BUY.volume),
    SHNU_RATE: ratioText(BUY.volume, tally.volume, 2),
    PRDY_VOL_VRSS_ACML_VOL_RATE: '0.00',
    OPRC_HOUR: timeOf(tally.openAtMs),
    OPRC_VRSS_PRPR_SIGN: signOf(priceKrw - tally.openKrw),
    OPRC_VRSS_PRPR: String(priceKrw - tally.openKrw),
    HGPR_HOUR: timeOf(tally.highAtMs),
    HGPR_VRSS_PRPR_SIGN: signOf(priceKrw - tally.highKrw),
    HGPR_VRSS_PRPR: String(priceKrw - tally.highKrw),
    LWPR_HOUR: timeOf(tally.lowAtMs),
    LWPR_VRSS_PRPR_SIGN: signOf(priceKrw - tally.lowKrw),
    LWPR_VRSS_PRPR: String(priceKrw - tally.lowKrw),
    BSOP_DATE: kstDate8(state.atMs),
    NEW_MKOP_CLS_CODE: kisPhaseCodes[phase],
    TRHT_YN: view.instrument.halted === true ? 'Y' : 'N',
    ASKP_RSQN1: String(book.asks[0]?.quantity ?? 0),
    BIDP_RSQN1: String(book.bids[0]?.quantity ?? 0),
    TOTAL_ASKP_RSQN: String(book.totalAskQuantity),
    TOTAL_BIDP_RSQN: String(book.totalBidQuantity),
    VOL_TNRT: ratioText(tally.volume * 100, view.instrument.listedShares ?? 0, 2),
    PRDY_SMNS_HOUR_ACML_VOL: '0',
    PRDY_SMNS_HOUR_ACML_VOL_RATE: '0.00',
    VI_STND_PRC: String(tally.openKrw),
    MARKET_CLS_CODE: marketClasses[phase],
  };
}

const noTrades: TradeTally = {
  volume: 0,
  turnoverKrw: 0,
  openKrw: 0,
  highKrw: 0,
  lowKrw: 0,
  openAtMs: 0,
  highAtMs: 0,
  lowAtMs: 0,
  takenBy: { BUY: { count: 0, volume: 0 }, SELL: { count: 0, volume: 0 } },
};

function timeOf(atMs: number): string {
  return atMs === 0 ? '000000' : kstTime6(atMs);
}

/** Sign of a price against another of the day. */
function signOf(differenceKrw: number): string {
  if (differenceKrw === 0) return '3';
  return differenceKrw > 0 ? '2' : '5';
}

/** The book as H0STASP0 tells it. Changes against the book before are not modelled. */
export function bookRecord(state: KisQuoteState, volume: number): KisStreamRecord {
  const { view, book, atMs } = state;
  const { expectedPriceKrw, expectedQuantity = 0 } = book;
  const change =
    expectedPriceKrw === undefined ? { amount: '0', sign: '3', percent: '0.00' } : priceChange(view, expectedPriceKrw);
  const phase = phaseOf(state);
  return {
    ...zeros,
    MKSC_SHRN_ISCD: view.instrument.symbol,
    BSOP_HOUR: kstTime6(atMs),
    HOUR_CLS_CODE: hourClasses[phase],
    ...numbered('ASKP', book.asks, (level) => level.priceKrw),
    ...numbered('BIDP', book.bids, (level) => level.priceKrw),
    ...numbered('ASKP_RSQN', book.asks, (level) => level.quantity),
    ...numbered('BIDP_RSQN', book.bids, (level) => level.quantity),
    TOTAL_ASKP_RSQN: String(book.totalAskQuantity),
    TOTAL_BIDP_RSQN: String(book.totalBidQuantity),
    ANTC_CNPR: String(expectedPriceKrw ?? 0),
    ANTC_CNQN: String(expectedQuantity),
    ANTC_VOL: String(expectedQuantity),
    ANTC_CNTG_VRSS: change.amount,
    ANTC_CNTG_VRSS_SIGN: change.sign,
    ANTC_CNTG_PRDY_CTRT: change.percent,
    ACML_VOL: String(volume),
    MARKET_CLS_CODE: marketClasses[phase],
    ANTC_EXCH_CLS_CODE: '1',
  };
}

/** After-hours totals, changes and midpoints, which the venue does not have. */
const zeros: KisStreamRecord = {
  OVTM_TOTAL_ASKP_RSQN: '0',
  OVTM_TOTAL_BIDP_RSQN: '0',
  TOTAL_ASKP_RSQN_ICDC: '0',
  TOTAL_BIDP_RSQN_ICDC: '0',
  OVTM_TOTAL_ASKP_ICDC: '0',
  OVTM_TOTAL_BIDP_ICDC: '0',
  STCK_DEAL_CLS_CODE: '0',
  KMID_PRC: '0',
  KMID_TOTAL_RSQN: '0',
  KMID_CLS_CODE: '0',
  NMID_PRC: '0',
  NMID_TOTAL_RSQN: '0',
  NMID_CLS_CODE: '0',
};

function numbered(name: string, rows: readonly BookLevel[], of: (level: BookLevel) => number): KisStreamRecord {
  const record: Record<string, string> = {};
  for (let index = 0; index < levels; index += 1) {
    const level = rows[index];
    record[`${name}${index + 1}`] = String(level === undefined ? 0 : of(level));
  }
  return record;
}

/** `MKOP_CLS_CODE` of phases (published). The after-market has none, so nothing is told of it. */
const operationCodes: Readonly<Partial<Record<VenuePhase, string>>> = {
  PRE_OPEN_CLOSING_PRICE: '130',
  OPENING_AUCTION: '110',
  CONTINUOUS: '112',
  CLOSING_AUCTION: '121',
  POST_CLOSE_CLOSING_PRICE: '140',
  CLOSED: '129',
};

/** A change of phase as H0STMKO0 tells it; `undefined` when no code is known for it. */
export function marketOperationRecord(
  view: InstrumentView,
  tradingDate: string,
  phase: VenuePhase,
  atMs: number,
): KisStreamRecord | undefined {
  const code = operationCodes[phase];
  // 129 says that the regular market has closed; of the end of the after-market nothing is known.
  if (code === undefined || (phase === 'CLOSED' && atMs >= kstInstant(tradingDate, '16:00'))) return undefined;
  const halted = view.instrument.halted === true;
  return {
    MKSC_SHRN_ISCD: view.instrument.symbol,
    TRHT_YN: halted ? 'Y' : 'N',
    TR_SUSP_REAS_CNTT: '(null)',
    MKOP_CLS_CODE: code,
    ISCD_STAT_CLS_CODE: halted ? '58' : '00',
    VI_CLS_CODE: 'N',
    OVTM_VI_CLS_CODE: 'N',
  };
}
