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
import { lossyText, replacementCharacter } from '@qts/broker-kit';
import { isWireRow } from '../wire-fields.ts';
import { fidMagnitude, fidSign, fidTimeMs, fidUnsigned, hasFid } from './frame-scan.ts';
import { midnightBefore } from './trading-midnight.ts';

/** Hears of texts that are no UTF-8. */
export interface TextReport {
  /** The entry was read without it. */
  textUnreadable(type: string, fid: string): void;
}

/**
 * One entry as an event. The scan has been done. Answers the FID that is missing or not what it should be: such an entry
 * is dropped, and told.
 */
export type ReadEntry = (
  message: Uint8Array,
  entry: number,
  symbol: SymbolCode | undefined,
  venue: Venue,
  stamp: StreamStamp,
  report: TextReport,
) => MarketEvent | string;

/**
 * A trade, with the message it came in: what nobody reads is not made a value. `readKiwoomTradeColumns` reads the rest. Who
 * keeps the trade keeps the message, and what came with it in one read of the socket (docs/decisions/0013).
 */
export interface KiwoomStreamTrade extends Trade {
  readonly frame: Uint8Array;
  /** Which entry of the message it is. */
  readonly entry: number;
}

/**
 * `0B`: time 20, price 10, quantity 15, volume 13. The sign of 10 is its direction against the previous close, that of 15
 * the aggressor. An entry may stand for several trades; the volume tells.
 */
export const readTrade: ReadEntry = (message, entry, symbol, venue, stamp): KiwoomStreamTrade | string => {
  const priceKrw = fidMagnitude(entry, 10);
  if (!(priceKrw > 0)) return '10';
  const quantity = fidMagnitude(entry, 15);
  if (!(quantity >= 0)) return '15';
  const accumulatedVolume = fidUnsigned(entry, 13);
  if (!(accumulatedVolume >= quantity)) return '13';
  const timeMs = fidTimeMs(entry, 20);
  if (!(timeMs >= 0)) return '20';
  if (symbol === undefined) return 'item';
  const trade: { -readonly [Key in keyof KiwoomStreamTrade]: KiwoomStreamTrade[Key] } = {
    kind: 'trade',
    symbol,
    venue,
    priceKrw: priceKrw as Krw,
    quantity: quantity as Shares,
    accumulatedVolume: accumulatedVolume as Shares,
    exchangeAtMs: midnightBefore(stamp.receivedAtMs) + timeMs,
    receivedMonotonicMs: stamp.receivedMonotonicMs,
    receivedAtMs: stamp.receivedAtMs,
    frame: message,
    entry,
  };
  const side = fidSign(entry, 15);
  if (side > 0) trade.aggressor = 'BUY';
  else if (side < 0) trade.aggressor = 'SELL';
  return trade;
};

const levels = 10;

/** `0D`: asks 41–50 with 61–70, bids 51–60 with 71–80; the expected match in 291 and 292, zero outside auctions. */
export const readBook: ReadEntry = (_message, entry, symbol, venue, stamp): BookUpdate | string => {
  const timeMs = fidTimeMs(entry, 21);
  if (!(timeMs >= 0)) return '21';
  const asks = readLevels(entry, 41, 61);
  if (typeof asks === 'string') return asks;
  const bids = readLevels(entry, 51, 71);
  if (typeof bids === 'string') return bids;
  if (symbol === undefined) return 'item';
  const volume = fidUnsigned(entry, 13);
  const expected = fidMagnitude(entry, 291);
  return {
    kind: 'book',
    symbol,
    venue,
    asks,
    bids,
    ...(expected > 0
      ? { expectedPriceKrw: expected as Krw, expectedQuantity: (fidMagnitude(entry, 292) || 0) as Shares }
      : {}),
    ...(volume >= 0 ? { accumulatedVolume: volume as Shares } : {}),
    exchangeAtMs: midnightBefore(stamp.receivedAtMs) + timeMs,
    receivedMonotonicMs: stamp.receivedMonotonicMs,
    receivedAtMs: stamp.receivedAtMs,
  };
};

function readLevels(entry: number, prices: number, quantities: number): readonly PriceLevel[] | string {
  const found: PriceLevel[] = [];
  for (let level = 0; level < levels; level += 1) {
    // The best level is always told, be it with zeros; of the others each may be left out.
    if (level > 0 && !hasFid(entry, prices + level)) continue;
    const priceKrw = fidMagnitude(entry, prices + level);
    if (!(priceKrw >= 0)) return String(prices + level);
    // A price of zero is how Kiwoom says that there is no such level.
    if (priceKrw === 0) continue;
    const quantity = fidUnsigned(entry, quantities + level);
    if (!(quantity >= 0)) return String(quantities + level);
    found.push({ priceKrw: priceKrw as Krw, quantity: quantity as Shares });
  }
  return found;
}

/** `0H`: time 20, price 10, quantity 15 of what the auction would match. */
export const readExpectedMatch: ReadEntry = (_message, entry, symbol, venue, stamp): ExpectedMatch | string => {
  const priceKrw = fidMagnitude(entry, 10);
  if (!(priceKrw >= 0)) return '10';
  const quantity = fidMagnitude(entry, 15);
  if (!(quantity >= 0)) return '15';
  const timeMs = fidTimeMs(entry, 20);
  if (!(timeMs >= 0)) return '20';
  if (symbol === undefined) return 'item';
  return {
    kind: 'expected-match',
    symbol,
    venue,
    priceKrw: priceKrw as Krw,
    quantity: quantity as Shares,
    exchangeAtMs: midnightBefore(stamp.receivedAtMs) + timeMs,
    receivedMonotonicMs: stamp.receivedMonotonicMs,
    receivedAtMs: stamp.receivedAtMs,
  };
};

/** What a code of FID 215 says. */
interface SessionCode {
  readonly korean: string;
  readonly venue: 'KRX' | 'NXT';
  /** Absent where no phase of ours says the same: the code is in `native` all the same. */
  readonly phase?: MarketPhase;
}

/**
 * FID 215 (guide). Case matters. `0` and `2` count down within the auctions that they speak of, so they say that these
 * have begun (assumed); `e`, `f`, `o` and `s` are about derivatives.
 */
export const kiwoomSessionCodes: Readonly<Record<string, SessionCode>> = {
  '0': { korean: '장시작전 알림', venue: 'KRX', phase: 'OPENING_AUCTION_STARTED' },
  '3': { korean: '장시작', venue: 'KRX', phase: 'MARKET_OPENED' },
  '2': { korean: '장마감 알림', venue: 'KRX', phase: 'CLOSING_AUCTION_STARTED' },
  '4': { korean: '장마감', venue: 'KRX', phase: 'MARKET_CLOSED' },
  '8': { korean: '정규장마감', venue: 'KRX' },
  '9': { korean: '전체장마감', venue: 'KRX' },
  a: { korean: '시간외 종가매매 시작', venue: 'KRX', phase: 'CLOSING_PRICE_SESSION_STARTED' },
  b: { korean: '시간외 종가매매 종료', venue: 'KRX', phase: 'CLOSING_PRICE_SESSION_ENDED' },
  c: { korean: '시간외 단일가 시작', venue: 'KRX' },
  d: { korean: '시간외 단일가 종료', venue: 'KRX' },
  e: { korean: '선옵 장마감전 동시호가 종료', venue: 'KRX' },
  f: { korean: '선물옵션 장운영시간 알림', venue: 'KRX' },
  o: { korean: '선옵 장시작', venue: 'KRX' },
  s: { korean: '선옵 장마감전 동시호가 시작', venue: 'KRX' },
  P: { korean: 'NXT 프리마켓 시작', venue: 'NXT' },
  Q: { korean: 'NXT 프리마켓 종료', venue: 'NXT' },
  R: { korean: 'NXT 메인마켓 시작', venue: 'NXT', phase: 'MARKET_OPENED' },
  S: { korean: 'NXT 메인마켓 종료', venue: 'NXT' },
  T: { korean: 'NXT 에프터마켓 단일가 시작', venue: 'NXT' },
  U: { korean: 'NXT 에프터마켓 시작', venue: 'NXT' },
  V: { korean: 'NXT 에프터마켓 종료', venue: 'NXT', phase: 'MARKET_CLOSED' },
};

/** FIDs that a status carries on under their own numbers. */
const sessionFids = ['215', '20', '214'] as const;
const interruptionFids = [
  ...['9068', '9008', '9075', '1221', '1223', '1224', '1225', '1236', '1237'],
  ...['1238', '1239', '1489', '1490', '9069', '1279'],
] as const;

/** `0s`: the clock of the market, for both venues. */
export const readMarketClock: ReadEntry = (message, entry, _symbol, _venue, stamp, report): MarketStatus | string => {
  const values = entryValues(message, entry);
  const code = values['215'];
  if (typeof code !== 'string' || code === '') return '215';
  const timeMs = timeOfDay(values['20']);
  if (timeMs === undefined) return '20';
  const known = Object.hasOwn(kiwoomSessionCodes, code) ? kiwoomSessionCodes[code] : undefined;
  return {
    kind: 'market-status',
    venue: known?.venue ?? 'KRX',
    ...(known?.phase === undefined ? {} : { phase: known.phase }),
    native: nativeOf('0s', values, sessionFids, report),
    exchangeAtMs: midnightBefore(stamp.receivedAtMs) + timeMs,
    receivedMonotonicMs: stamp.receivedMonotonicMs,
    receivedAtMs: stamp.receivedAtMs,
  };
};

/** A release that lies so little ahead of our clock has happened: clocks differ, ms. */
const clockToleranceMs = 10_000;

/**
 * `1h`: a volatility interruption begins at 1223 and ends at 1224. The codes of 9068 are not published, so the times say
 * whether it is on (assumed): it is, until a release that is told has passed.
 */
export const readInterruption: ReadEntry = (message, entry, symbol, venue, stamp, report): MarketStatus | string => {
  const values = entryValues(message, entry);
  const began = timeOfDay(values['1223']);
  if (began === undefined) return '1223';
  if (symbol === undefined) return 'item';
  const midnightMs = midnightBefore(stamp.receivedAtMs);
  const release = timeOfDay(values['1224']);
  const isOver =
    release !== undefined && release >= began && midnightMs + release <= stamp.receivedAtMs + clockToleranceMs;
  return {
    kind: 'market-status',
    symbol,
    venue,
    viActive: !isOver,
    native: nativeOf('1h', values, interruptionFids, report),
    exchangeAtMs: midnightMs + (isOver ? release : began),
    receivedMonotonicMs: stamp.receivedMonotonicMs,
    receivedAtMs: stamp.receivedAtMs,
  };
};

/**
 * All values of an entry, for types that come seldom. The message was walked before: it is sound. What is no UTF-8 in a text
 * is marked by U+FFFD.
 */
export function entryValues(message: Uint8Array, entry: number): Readonly<Record<string, unknown>> {
  const parsed: unknown = JSON.parse(lossyText(message));
  const data: unknown = isWireRow(parsed) ? parsed['data'] : undefined;
  const row: unknown = Array.isArray(data) ? (data as readonly unknown[])[entry] : undefined;
  const values = isWireRow(row) ? row['values'] : undefined;
  return isWireRow(values) ? values : {};
}

/** `HHmmss` as milliseconds since midnight. */
export function timeOfDay(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^(?:[01]\d|2[0-3])[0-5]\d[0-5]\d$/.test(value)) return undefined;
  const clock = Number(value);
  return (Math.floor(clock / 10_000) * 3_600 + (Math.floor(clock / 100) % 100) * 60 + (clock % 100)) * 1_000;
}

function nativeOf(
  type: string,
  values: Readonly<Record<string, unknown>>,
  fids: readonly string[],
  report: TextReport,
): Readonly<Record<string, string>> {
  const native: Record<string, string> = {};
  for (const fid of fids) {
    const value = values[fid];
    if (typeof value !== 'string' || value === '') continue;
    if (value.includes(replacementCharacter)) report.textUnreadable(type, fid);
    else native[fid] = value;
  }
  return native;
}
