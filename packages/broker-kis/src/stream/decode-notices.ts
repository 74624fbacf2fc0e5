import { type OrderNoticeDraft } from '@qts/broker-kit';
import {
  kstDate,
  kstEpochMs,
  type Krw,
  type OrderNoticeType,
  type Shares,
  type Side,
  type StreamStamp,
  timeOfDayMs,
} from '@qts/core';
import { colonTime } from '../kis-order-snapshots.ts';
import { orderIdOfOdno } from '../kis-order-numbers.ts';
import { symbolOfPdno } from '../kis-symbols.ts';

/** Where the columns are that differ between layouts (kis.md 5.5). */
interface NoticeLayout {
  /** `ORD_EXG_GB`; the old layouts have none. */
  readonly venue?: number;
  /** `ODER_PRC`; absent from a record that was cut before it. */
  readonly price?: number;
}

/**
 * Layouts by width: 26 since about March 2025; 23 before, and on paper still; 22 the same without the last, empty field.
 * A notice of any other width is not guessed at.
 */
const layouts: Readonly<Record<number, NoticeLayout>> = { 22: {}, 23: { price: 22 }, 26: { venue: 19, price: 25 } };

/** Widths of notices that are read. */
export const kisNoticeWidths: readonly number[] = Object.keys(layouts).map(Number);

/** A field of a notice that is not what it should be, or the width. */
export interface NoticeFault {
  readonly fault: string;
  readonly width: number;
}

const sides: Readonly<Record<string, Side>> = { '01': 'SELL', '02': 'BUY' };
const commands: Readonly<Record<string, OrderNoticeDraft['command']>> = { '0': 'NEW', '1': 'REPLACE', '2': 'CANCEL' };
/** `ORD_EXG_GB`: 3 and 4 are orders that smart routing sent on. */
const noticeVenues: Readonly<Record<string, 'KRX' | 'NXT'>> = { '1': 'KRX', '2': 'NXT', '3': 'KRX', '4': 'NXT' };
/** `RFUS_YN`, `CNTG_YN` and `ACPT_YN` to what happened; a confirmation (2) is of the command that `RCTF_CLS` names. */
const noticeTypes: Readonly<Record<string, OrderNoticeType>> = {
  '0 1 1': 'ACCEPTED',
  '0 1 3': 'EXPIRED',
  '0 2 1': 'FILLED',
  '0 2 2': 'FILLED',
  '1 1 1': 'REJECTED',
  '1 1 2': 'REJECTED',
  '1 1 3': 'REJECTED',
};
const confirmations: Readonly<Record<OrderNoticeDraft['command'], OrderNoticeType>> = {
  NEW: 'ACCEPTED',
  REPLACE: 'REPLACED',
  CANCEL: 'CANCELED',
};

/**
 * Reads the records of a decrypted notice, those of `account` only: a login id's notices are of all its accounts.
 *
 * @param account account number and product code, ten digits.
 * @returns the notices, or what made one unreadable: then none of the frame counts, and the reads decide.
 */
export function decodeNotices(
  plain: string,
  count: number,
  account: string,
  stamp: StreamStamp,
): readonly OrderNoticeDraft[] | NoticeFault {
  const fields = plain.split('^');
  const width = fields.length / count;
  const layout = layouts[width];
  if (layout === undefined) return { fault: 'WIDTH', width: fields.length };
  const notices: OrderNoticeDraft[] = [];
  for (let first = 0; first < fields.length; first += width) {
    const record = fields.slice(first, first + width);
    if (record[1]?.trim() !== account) continue;
    const notice = decodeNotice(record, layout, stamp);
    if (typeof notice === 'string') return { fault: notice, width };
    notices.push(notice);
  }
  return notices;
}

function decodeNotice(record: readonly string[], layout: NoticeLayout, stamp: StreamStamp): OrderNoticeDraft | string {
  const at = (column: number): string => record[column] ?? '';
  const brokerOrderId = orderIdOfOdno(at(2));
  if (brokerOrderId === undefined) return 'ODER_NO';
  const side = sides[at(4)];
  if (side === undefined) return 'SELN_BYOV_CLS';
  const command = commands[at(5)];
  if (command === undefined) return 'RCTF_CLS';
  const symbol = symbolOfPdno(at(8).trim());
  if (symbol === undefined) return 'STCK_SHRN_ISCD';
  const flags = `${at(12)} ${at(13)} ${at(14)}`;
  const type = flags === '0 1 2' ? confirmations[command] : noticeTypes[flags];
  if (type === undefined) return 'RFUS_YN, CNTG_YN, ACPT_YN';
  const exchangeAtMs = timeOf(at(11), stamp);
  if (exchangeAtMs === undefined) return 'STCK_CNTG_HOUR';
  const ordered = readPadded(at(16));
  if (ordered === undefined) return 'ODER_QTY';
  const quantity = readPadded(at(9));
  const price = readPadded(at(10));
  if (type === 'FILLED' && (quantity === undefined || quantity === 0)) return 'CNTG_QTY';
  if (type === 'FILLED' && (price === undefined || price === 0)) return 'CNTG_UNPR';
  const original = orderIdOfOdno(at(3));
  const limit = layout.price === undefined ? undefined : readPadded(at(layout.price));
  const venue = layout.venue === undefined ? undefined : noticeVenues[at(layout.venue)];
  return {
    kind: 'order-notice',
    brokerId: 'kis',
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
    ...(type === 'FILLED' ? { fill: { quantity: quantity as Shares, priceKrw: price as Krw } } : {}),
    proof: 'PROVISIONAL',
    native: { BRNC_NO: at(15), ODER_KIND: at(6), ODER_COND: at(7) },
    exchangeAtMs,
    ...stamp,
  };
}

/** Digits padded with zeros or spaces. */
function readPadded(text: string): number | undefined {
  const bare = text.trim();
  return /^[0-9]{1,15}$/.test(bare) ? Number(bare) : undefined;
}

/** The time of a notice; it tells no date: that of its receipt. */
function timeOf(text: string, stamp: StreamStamp): number | undefined {
  if (!/^(?:[01]\d|2[0-3])[0-5]\d[0-5]\d$/.test(text)) return undefined;
  return kstEpochMs(kstDate(stamp.receivedAtMs), timeOfDayMs(colonTime(text)));
}
