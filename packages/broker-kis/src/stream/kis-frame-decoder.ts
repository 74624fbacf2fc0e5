import { type MarketStreamHub, type OrderStreamHub } from '@qts/broker-kit';
import { type MarketEvent, type StreamStamp } from '@qts/core';
import { decodeNotices } from './decode-notices.ts';
import { decodeQuotes, type QuoteSink } from './decode-quotes.ts';
import { type FrameHead } from './frame-scan.ts';
import { type KisFrameSink } from './kis-stream-protocol.ts';
import { kisQuoteStreams, type KisQuoteStream } from './kis-stream-table.ts';
import { decryptNotice, type NoticeKeys } from './notice-cipher.ts';

/** Where decoded frames go. */
export interface KisDecoderTargets {
  readonly market: Pick<MarketStreamHub, 'route' | 'drift'>;
  readonly orders: Pick<OrderStreamHub, 'notice' | 'unreadable'>;
  /** Account number and product code, ten digits; asked for only when a notice comes. */
  readonly account: () => string;
}

const widthNews =
  'KIS changed the record. Columns are appended as a rule, so it is read by position; update when you can.';
const textNews = 'A text is no UTF-8: the rest of the record counts. Report the column.';
const recordNews = 'The record was dropped. Quotes by REST are not concerned; update QTS, or report the column.';

/** Turns frames into events of the streams that want them. */
export function createKisFrameDecoder({ market, orders, account }: KisDecoderTargets): KisFrameSink {
  const streams = new Map(kisQuoteStreams.map((stream) => [stream.trId, { stream, sink: sinkOf(stream) }]));
  const keysOf = new Map<string, NoticeKeys>();

  function sinkOf({ trId }: KisQuoteStream): QuoteSink {
    let route: ReturnType<MarketStreamHub['route']>;
    /** Registration keys by symbol: to build one for each record would cost more than to read it. */
    const keys = new Map<string, string>();
    return {
      wants(symbol) {
        const key = keys.get(symbol) ?? `${trId} ${symbol}`;
        route = market.route(key);
        if (route !== undefined && !keys.has(symbol)) keys.set(symbol, key);
        return route !== undefined;
      },
      deliver(event: MarketEvent) {
        route?.deliver(event);
      },
      widthUnknown(width) {
        market.drift(trId, 'WIDTH_UNKNOWN', { stream: trId, width }, widthNews);
      },
      countWrong(fields, count) {
        market.drift(trId, 'COUNT_WRONG', { stream: trId, fields, count }, recordNews);
      },
      recordWrong(column, width) {
        market.drift(trId, 'COLUMN_NOT_READABLE', { stream: trId, column, width }, recordNews);
      },
      textUnreadable(column, width) {
        market.drift(trId, 'TEXT_NOT_UTF8', { stream: trId, column, width }, textNews);
      },
    };
  }

  function plainNotices(frame: Uint8Array, head: FrameHead): string | undefined {
    const keys = keysOf.get(head.trId);
    return head.encrypted && keys !== undefined ? decryptNotice(asciiText(frame, head.body), keys) : undefined;
  }

  return {
    quotes(frame: Uint8Array, head: FrameHead, stamp: StreamStamp) {
      const target = streams.get(head.trId);
      if (target === undefined || head.encrypted) {
        market.drift('', 'STREAM_UNKNOWN', { stream: head.trId }, 'A stream that nobody asked for. Report it.');
        return;
      }
      decodeQuotes(target.stream, frame, head, stamp, target.sink);
    },
    notices(frame: Uint8Array, head: FrameHead, stamp: StreamStamp) {
      const plain = plainNotices(frame, head);
      if (plain === undefined) {
        orders.unreadable('NOTICE_NOT_DECRYPTED', { stream: head.trId, length: frame.length - head.body }, true);
        return;
      }
      const notices = decodeNotices(plain, head.count, account(), stamp);
      if ('fault' in notices) {
        const { fault, width } = notices;
        orders.unreadable('NOTICE_NOT_READABLE', { stream: head.trId, column: fault, width, count: head.count }, false);
        return;
      }
      for (const notice of notices) orders.notice(notice);
    },
    keys(trId, keys) {
      keysOf.set(trId, keys);
    },
    unreadable() {
      // What it was cannot be known; a notice may have been lost in it.
      market.drift('', 'MESSAGE_NOT_READABLE', {}, 'The message was dropped. Report it when it happens again.');
      orders.unreadable('MESSAGE_NOT_READABLE', {}, false);
    },
  };
}

/** What is left of a frame as text: base64 is ASCII, and anything else is not to be decrypted. */
function asciiText(frame: Uint8Array, from: number): string {
  return Buffer.from(frame.buffer, frame.byteOffset + from, frame.length - from).toString('latin1');
}
