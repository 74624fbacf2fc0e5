import { type OrderNoticeDraft, redactText, strictText } from '@qts/broker-kit';
import {
  kstDate,
  type Krw,
  type NativeReason,
  type NoticedFill,
  type NoticedTotals,
  type OrderNoticeType,
  printable,
  type Shares,
  type Side,
  type StreamStamp,
} from '@qts/core';
import { orderIdOfOrdNo } from '../kiwoom-order-numbers.ts';
import { symbolOfStkCd } from '../kiwoom-symbols.ts';
import { isWireRow, type WireRow } from '../wire-fields.ts';
import { kiwoomNoticeStream } from './kiwoom-stream-table.ts';
import { timeOfDay } from './quote-events.ts';
import { midnightBefore } from './trading-midnight.ts';

/** A FID of a notice that is not what it should be, and which entry of the message it is in. */
export interface NoticeFault {
  readonly fault: string;
  readonly entry: number;
}

type Command = OrderNoticeDraft['command'];

/** FID 913; `확인` confirms the command that 905 names. The frames of `취소` and `거부` are the guide's: none was recorded. */
export const kiwoomOrderStates: Readonly<Record<string, OrderNoticeType | 'CONFIRMED'>> = {
  접수: 'ACCEPTED',
  체결: 'FILLED',
  확인: 'CONFIRMED',
  취소: 'EXPIRED',
  거부: 'REJECTED',
};

/** FID 905 without its sign. */
export const kiwoomOrderKinds: Readonly<Record<string, { readonly side: Side; readonly command: Command }>> = {
  매수: { side: 'BUY', command: 'NEW' },
  매도: { side: 'SELL', command: 'NEW' },
  매수정정: { side: 'BUY', command: 'REPLACE' },
  매도정정: { side: 'SELL', command: 'REPLACE' },
  매수취소: { side: 'BUY', command: 'CANCEL' },
  매도취소: { side: 'SELL', command: 'CANCEL' },
};

const confirmations: Readonly<Record<Command, OrderNoticeType>> = {
  NEW: 'ACCEPTED',
  REPLACE: 'REPLACED',
  CANCEL: 'CANCELED',
};
/** FID 907. */
const sides: Readonly<Record<string, Side>> = { '1': 'SELL', '2': 'BUY' };
/** FID 2134; `0` is 통합, which is no place. */
const noticeVenues: Readonly<Record<string, 'KRX' | 'NXT'>> = { '1': 'KRX', '2': 'NXT' };
/** The broker's own facts that are carried on: order type, business, credit, and whether SOR sent it. No account. */
const nativeFids = ['905', '906', '912', '913', '922', '2136'] as const;
/** Longest text of the broker that is carried on. */
const textLengthMax = 120;

/**
 * Reads the order notices of a `REAL` message. They carry the totals of the order, so each is proof of its own: filled is
 * 900 − 902, the amount so far 903, this fill 915 at 914 with the number 909. 910 and 911 are not read: their meaning for
 * an order of several fills is not settled.
 *
 * @param message one that was walked: it is sound JSON, if it is UTF-8.
 * @returns the notices, or what made one unreadable: then none of the message counts, and the reads decide.
 */
export function decodeNotices(message: Uint8Array, stamp: StreamStamp): readonly OrderNoticeDraft[] | NoticeFault {
  const notices: OrderNoticeDraft[] = [];
  const text = strictText(message);
  if (text === undefined) return { fault: 'UTF-8', entry: 0 };
  const parsed: unknown = JSON.parse(text);
  const data: unknown = isWireRow(parsed) ? parsed['data'] : undefined;
  for (const [entry, row] of (Array.isArray(data) ? (data as readonly unknown[]) : []).entries()) {
    if (!isWireRow(row) || row['type'] !== kiwoomNoticeStream.type) continue;
    const values = row['values'];
    const notice = isWireRow(values) ? decodeNotice(values, stamp) : 'values';
    if (typeof notice === 'string') return { fault: notice, entry };
    notices.push(notice);
  }
  return notices;
}

function decodeNotice(values: WireRow, stamp: StreamStamp): OrderNoticeDraft | string {
  const textOf = (fid: string): string => {
    const value = values[fid];
    return typeof value === 'string' ? value.trim() : '';
  };
  const brokerOrderId = orderIdOfOrdNo(textOf('9203'));
  if (brokerOrderId === undefined) return '9203';
  const kind = lookUp(kiwoomOrderKinds, textOf('905').replace(/^[+-]/, ''));
  if (kind === undefined) return '905';
  const side = lookUp(sides, textOf('907'));
  if (side !== kind.side) return '907';
  const symbol = symbolOfStkCd(textOf('9001'));
  if (symbol === undefined) return '9001';
  const state = lookUp(kiwoomOrderStates, textOf('913'));
  if (state === undefined) return '913';
  const timeMs = timeOfDay(textOf('908'));
  if (timeMs === undefined) return '908';
  const ordered = whole(textOf('900'));
  if (ordered === undefined || ordered === 0) return '900';
  const reason = reasonOf(textOf('919'));
  if (reason !== undefined && state !== 'ACCEPTED' && state !== 'REJECTED') return '919';
  const { command } = kind;
  const type = reason !== undefined ? 'REJECTED' : state === 'CONFIRMED' ? confirmations[command] : state;
  if (type === 'FILLED' && command === 'CANCEL') return '913';
  const figures = type === 'FILLED' || (type === 'ACCEPTED' && command === 'NEW') ? readFigures(textOf, ordered) : {};
  if (typeof figures === 'string') return figures;
  if (type === 'FILLED' && figures.fill === undefined) return '909';
  if (type === 'ACCEPTED' && figures.fill !== undefined) return '913';
  const original = orderIdOfOrdNo(textOf('904'));
  if (original === undefined && command !== 'NEW') return '904';
  const limit = whole(textOf('901').replace(/^[+-]/, ''));
  const venue = lookUp(noticeVenues, textOf('2134'));
  return {
    kind: 'order-notice',
    brokerId: 'kiwoom',
    type,
    command,
    tradingDate: kstDate(stamp.receivedAtMs),
    brokerOrderId,
    ...(original === undefined ? {} : { originalBrokerOrderId: original }),
    symbol,
    side,
    ...(venue === undefined ? {} : { venue }),
    orderedQuantity: ordered as Shares,
    ...(limit === undefined || limit === 0 ? {} : { limitPriceKrw: limit as Krw }),
    ...figures,
    proof: figures.totals === undefined ? 'PROVISIONAL' : 'CUMULATIVE',
    ...(reason === undefined ? {} : { reason }),
    native: nativeOf(textOf),
    exchangeAtMs: midnightBefore(stamp.receivedAtMs) + timeMs,
    ...stamp,
  };
}

interface Figures {
  readonly fill?: NoticedFill;
  readonly totals?: NoticedTotals;
}

/** This fill and the totals of the order; the FID that contradicts the others, when one does. */
function readFigures(textOf: (fid: string) => string, ordered: number): Figures | string {
  const leaves = whole(textOf('902'));
  if (leaves === undefined || leaves > ordered) return '902';
  const amount = whole(textOf('903'));
  if (amount === undefined) return '903';
  const filled = ordered - leaves;
  if (filled > 0 !== amount > 0) return '903';
  const totals: NoticedTotals = {
    filledQuantity: filled as Shares,
    filledAmountKrw: amount as Krw,
    leavesQuantity: leaves as Shares,
  };
  const fillId = textOf('909');
  if (fillId === '') return { totals };
  if (!/^[0-9]{1,15}$/.test(fillId)) return '909';
  const price = whole(textOf('914').replace(/^[+-]/, ''));
  if (price === undefined || price === 0) return '914';
  const quantity = whole(textOf('915'));
  if (quantity === undefined || quantity === 0 || quantity > filled) return '915';
  // The amount so far has this fill in it; it is this fill when there was none before.
  const own = price * quantity;
  if (amount < own || (filled === quantity && amount !== own)) return '903';
  return { fill: { quantity: quantity as Shares, priceKrw: price as Krw, fillId }, totals };
}

/** FID 919: `0` or nothing, or `code:text`. */
function reasonOf(text: string): NativeReason | undefined {
  if (text === '' || text === '0') return undefined;
  const colon = text.indexOf(':');
  const code = colon < 0 ? text : text.slice(0, colon);
  return { code: carried(code), message: colon < 0 ? '' : carried(text.slice(colon + 1)) };
}

function nativeOf(textOf: (fid: string) => string): Readonly<Record<string, string>> {
  const native: Record<string, string> = {};
  for (const fid of nativeFids) {
    const text = textOf(fid);
    if (text !== '') native[fid] = carried(text);
  }
  return native;
}

function carried(text: string): string {
  return redactText(printable(text).slice(0, textLengthMax));
}

/** Digits, padded or not. */
function whole(text: string): number | undefined {
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined;
}

function lookUp<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
