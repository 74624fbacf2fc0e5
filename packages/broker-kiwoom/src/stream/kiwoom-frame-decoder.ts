import { type MarketStreamHub, type OrderNoticeDraft, type OrderStreamHub } from '@qts/broker-kit';
import { type MarketEvent, type StreamStamp } from '@qts/core';
import { decodeNotices } from './decode-notices.ts';
import { decodeQuotes, type QuoteSink } from './decode-quotes.ts';
import { type KiwoomFrameSink } from './kiwoom-stream-protocol.ts';
import { kiwoomNoticeStream, kiwoomQuoteStreams } from './kiwoom-stream-table.ts';

/** Where decoded messages go. */
export interface KiwoomDecoderTargets {
  readonly market: Pick<MarketStreamHub, 'route' | 'drift'>;
  readonly orders: Pick<OrderStreamHub, 'notice' | 'unreadable'>;
}

const textNews = 'A text is no UTF-8: the rest of the entry counts. Report the FID.';
const entryNews = 'The entry was dropped. Quotes by REST are not concerned; update QTS, or report the FID.';

/** Turns messages into events of the streams that want them. */
export function createKiwoomFrameDecoder({ market, orders }: KiwoomDecoderTargets): KiwoomFrameSink {
  let route: ReturnType<MarketStreamHub['route']>;
  /** Registration keys by type and item: to build one for each entry would cost more than to read it. */
  const keys: ReadonlyMap<string, Map<string, string>> = new Map(
    kiwoomQuoteStreams.map(({ type }) => [type, new Map<string, string>()]),
  );
  const fills = createFillMemory();

  const sink: QuoteSink = {
    wants(type, item) {
      const ofType = keys.get(type);
      const known = ofType?.get(item);
      const key = known ?? keyOf(type, item);
      route = market.route(key);
      if (route !== undefined && known === undefined) ofType?.set(item, key);
      return route !== undefined;
    },
    deliver(event: MarketEvent) {
      route?.deliver(event);
    },
    typeUnknown(type) {
      market.drift('', 'TYPE_UNKNOWN', { length: type.length }, 'A type that nobody asked for. Report it.');
    },
    entryWrong(type, fid) {
      market.drift(type, 'FID_NOT_READABLE', { type, fid }, entryNews);
    },
    textUnreadable(type, fid) {
      market.drift(type, 'TEXT_NOT_UTF8', { type, fid }, textNews);
    },
  };

  function notices(message: Uint8Array, stamp: StreamStamp): void {
    const found = decodeNotices(message, stamp);
    if ('fault' in found) {
      const { fault, entry } = found;
      orders.unreadable('NOTICE_NOT_READABLE', { type: kiwoomNoticeStream.type, fid: fault, entry }, false);
      return;
    }
    for (const notice of found) {
      // The same number with another content is no repeat and no news: the reads decide (execution-safety 7).
      if (fills.contradicts(notice)) orders.unreadable('FILL_NUMBER_REUSED', { fid: '909' }, false);
      else orders.notice(notice);
    }
  }

  return {
    entries(message, entries, stamp) {
      if (decodeQuotes(message, entries, stamp, sink)) notices(message, stamp);
    },
    unreadable() {
      // What it was cannot be known; a notice may have been lost in it.
      market.drift('', 'MESSAGE_NOT_READABLE', {}, 'The message was dropped. Report it when it happens again.');
      orders.unreadable('MESSAGE_NOT_READABLE', {}, false);
    },
  };
}

/** The key of a registration: `0B 005930_AL`; types without an item have none. */
export function keyOf(type: string, item: string): string {
  return item === '' ? type : `${type} ${item}`;
}

interface FillMemory {
  /** Remembers a fill by day, order and number; says whether that number was told with another content before. */
  contradicts(notice: OrderNoticeDraft): boolean;
}

function createFillMemory(): FillMemory {
  let day = '';
  const contents = new Map<string, string>();
  return {
    contradicts({ tradingDate, brokerOrderId, fill }) {
      if (fill === undefined) return false;
      // Numbers restart every day.
      if (tradingDate !== day) contents.clear();
      day = tradingDate;
      const key = `${brokerOrderId} ${fill.fillId ?? ''}`;
      const content = `${fill.quantity} ${fill.priceKrw}`;
      const before = contents.get(key);
      if (before === undefined) contents.set(key, content);
      return before !== undefined && before !== content;
    },
  };
}
