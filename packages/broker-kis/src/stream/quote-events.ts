import { replacementCharacter } from '@qts/broker-kit';
import {
  type BookUpdate,
  type ExpectedMatch,
  type Krw,
  type MarketEvent,
  type MarketPhase,
  type MarketStatus,
  type PriceLevel,
  type Shares,
  type StreamStamp,
  type SymbolCode,
  type Trade,
  type Venue,
} from '@qts/core';
import { fieldCode, fieldText, fieldTimeMs, fieldUnsigned, fieldWon } from './frame-scan.ts';
import { midnightBefore, midnightOf } from './trading-midnight.ts';

/** Hears of texts that are no UTF-8. */
export interface TextReport {
  /** The record was read without it. */
  textUnreadable(column: string, width: number): void;
}

/**
 * One record as an event. The scan has been done; `first` is the record's first field, `width` how many it has. Answers
 * the name of the column that is not what it should be: such a record is dropped, and told.
 */
export type ReadRecord = (
  frame: Uint8Array,
  first: number,
  width: number,
  venue: Venue,
  symbol: SymbolCode,
  stamp: StreamStamp,
  report: TextReport,
) => MarketEvent | string;

/**
 * A trade, with the frame it came in: what nobody reads is not made a value. `readKisTradeColumns` reads the rest. Who keeps
 * the trade keeps the frame, and what came with it in one read of the socket (docs/decisions/0013).
 */
export interface KisTrade extends Trade {
  readonly frame: Uint8Array;
  /** The first field of the record among those of the frame, and how many it has. */
  readonly recordFirst: number;
  readonly recordWidth: number;
}

const buyAggressor = 0x31;
const sellAggressor = 0x35;
const yes = 0x59;
const regularHours = 0x30;

/** `H0STCNT0` and its siblings: symbol 0, time 1, price 2, quantity 12, volume 13, aggressor 21, date 33, halt 35. */
export const readTrade: ReadRecord = (frame, first, width, venue, symbol, stamp): KisTrade | string => {
  const priceKrw = fieldWon(first + 2);
  if (!(priceKrw > 0)) return 'STCK_PRPR';
  const quantity = fieldUnsigned(first + 12);
  if (!(quantity >= 0)) return 'CNTG_VOL';
  const accumulatedVolume = fieldUnsigned(first + 13);
  if (!(accumulatedVolume >= quantity)) return 'ACML_VOL';
  const timeMs = fieldTimeMs(first + 1);
  if (!(timeMs >= 0)) return 'STCK_CNTG_HOUR';
  const midnightMs = midnightOf(fieldUnsigned(first + 33));
  if (!(midnightMs > 0)) return 'BSOP_DATE';
  const side = fieldCode(first + 21);
  const trade: { -readonly [Key in keyof KisTrade]: KisTrade[Key] } = {
    kind: 'trade',
    symbol,
    venue,
    priceKrw: priceKrw as Krw,
    quantity: quantity as Shares,
    accumulatedVolume: accumulatedVolume as Shares,
    halted: fieldCode(first + 35) === yes,
    exchangeAtMs: midnightMs + timeMs,
    receivedMonotonicMs: stamp.receivedMonotonicMs,
    receivedAtMs: stamp.receivedAtMs,
    frame,
    recordFirst: first,
    recordWidth: width,
  };
  if (side === buyAggressor) trade.aggressor = 'BUY';
  else if (side === sellAggressor) trade.aggressor = 'SELL';
  return trade;
};

const levels = 10;

/** `H0STASP0` and its siblings: asks 3–12, bids 13–22, their quantities 23–32 and 33–42, expected match 47 and 48. */
export const readBook: ReadRecord = (_frame, first, _width, venue, symbol, stamp): BookUpdate | string => {
  const timeMs = fieldTimeMs(first + 1);
  if (!(timeMs >= 0)) return 'BSOP_HOUR';
  const asks = readLevels(first + 3, first + 23);
  if (asks === undefined) return 'ASKP';
  const bids = readLevels(first + 13, first + 33);
  if (bids === undefined) return 'BIDP';
  const accumulatedVolume = fieldUnsigned(first + 53);
  if (!(accumulatedVolume >= 0)) return 'ACML_VOL';
  const expected = fieldCode(first + 2) === regularHours ? 0 : fieldWon(first + 47);
  return {
    kind: 'book',
    symbol,
    venue,
    asks,
    bids,
    ...(expected > 0
      ? { expectedPriceKrw: expected as Krw, expectedQuantity: (fieldUnsigned(first + 48) || 0) as Shares }
      : {}),
    accumulatedVolume: accumulatedVolume as Shares,
    exchangeAtMs: midnightBefore(stamp.receivedAtMs) + timeMs,
    receivedMonotonicMs: stamp.receivedMonotonicMs,
    receivedAtMs: stamp.receivedAtMs,
  };
};

function readLevels(prices: number, quantities: number): readonly PriceLevel[] | undefined {
  const found: PriceLevel[] = [];
  for (let level = 0; level < levels; level += 1) {
    const priceKrw = fieldWon(prices + level);
    const quantity = fieldUnsigned(quantities + level);
    if (!(priceKrw >= 0 && quantity >= 0)) return undefined;
    // A price of zero is how KIS says that there is no such level.
    if (priceKrw > 0) found.push({ priceKrw: priceKrw as Krw, quantity: quantity as Shares });
  }
  return found;
}

/** `H0STANC0`: laid out as trades are; price and quantity are those of the expected match. */
export const readExpectedMatch: ReadRecord = (_frame, first, _width, venue, symbol, stamp): ExpectedMatch | string => {
  const priceKrw = fieldWon(first + 2);
  if (!(priceKrw >= 0)) return 'STCK_PRPR';
  const quantity = fieldUnsigned(first + 12);
  if (!(quantity >= 0)) return 'CNTG_VOL';
  const timeMs = fieldTimeMs(first + 1);
  if (!(timeMs >= 0)) return 'STCK_CNTG_HOUR';
  const midnightMs = midnightOf(fieldUnsigned(first + 33));
  if (!(midnightMs > 0)) return 'BSOP_DATE';
  return {
    kind: 'expected-match',
    symbol,
    venue,
    priceKrw: priceKrw as Krw,
    quantity: quantity as Shares,
    exchangeAtMs: midnightMs + timeMs,
    receivedMonotonicMs: stamp.receivedMonotonicMs,
    receivedAtMs: stamp.receivedAtMs,
  };
};

/** `MKOP_CLS_CODE` to phases. Codes that announce minutes before something, and codes nobody has documented, are not here. */
export const kisMarketPhases: Readonly<Record<string, MarketPhase>> = {
  '110': 'OPENING_AUCTION_STARTED',
  '112': 'MARKET_OPENED',
  '121': 'CLOSING_AUCTION_STARTED',
  '129': 'MARKET_CLOSED',
  '130': 'CLOSING_PRICE_SESSION_STARTED',
  '139': 'CLOSING_PRICE_SESSION_ENDED',
  '140': 'CLOSING_PRICE_SESSION_STARTED',
  '149': 'CLOSING_PRICE_SESSION_ENDED',
  '164': 'MARKET_HALTED',
  '174': 'CIRCUIT_BREAKER_STARTED',
  '175': 'CIRCUIT_BREAKER_ENDED',
  '387': 'SIDECAR_STARTED',
  '388': 'SIDECAR_ENDED',
  '397': 'SIDECAR_STARTED',
  '398': 'SIDECAR_ENDED',
};

const statusColumns = [
  'MKSC_SHRN_ISCD',
  'TRHT_YN',
  'TR_SUSP_REAS_CNTT',
  'MKOP_CLS_CODE',
  'ANTC_MKOP_CLS_CODE',
  'MRKT_TRTM_CLS_CODE',
  'DIVI_APP_CLS_CODE',
  'ISCD_STAT_CLS_CODE',
  'VI_CLS_CODE',
  'OVTM_VI_CLS_CODE',
  'EXCH_CLS_CODE',
] as const;

/** `H0STMKO0`: halts, volatility interruptions and phases. It tells no time. */
export const readMarketStatus: ReadRecord = (
  _frame,
  first,
  width,
  venue,
  symbol,
  stamp,
  report,
): MarketStatus | string => {
  const native: Record<string, string> = {};
  for (let column = 1; column < Math.min(width, statusColumns.length); column += 1) {
    const value = fieldText(first + column);
    const name = statusColumns[column] ?? '';
    if (value.includes(replacementCharacter)) report.textUnreadable(name, width);
    else if (value !== '' && value !== '(null)') native[name] = value;
  }
  const halted = native['TRHT_YN'];
  if (halted !== 'Y' && halted !== 'N') return 'TRHT_YN';
  const interruption = native['VI_CLS_CODE'];
  const phase = kisMarketPhases[native['MKOP_CLS_CODE'] ?? ''];
  return {
    kind: 'market-status',
    symbol,
    venue,
    halted: halted === 'Y',
    ...(interruption === 'Y' || interruption === 'N' ? { viActive: interruption === 'Y' } : {}),
    ...(phase === undefined ? {} : { phase }),
    native,
    receivedMonotonicMs: stamp.receivedMonotonicMs,
    receivedAtMs: stamp.receivedAtMs,
  };
};
