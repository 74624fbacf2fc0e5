import { type MarketEvent, type StreamStamp, type SymbolCode, type Venue } from '@qts/core';
import { readQuoteCode } from '../kiwoom-symbols.ts';
import { entryItem, entryType, isScanned, scanFrame } from './frame-scan.ts';
import { kiwoomNoticeStream } from './kiwoom-stream-table.ts';
import {
  readBook,
  type ReadEntry,
  readExpectedMatch,
  readInterruption,
  readMarketClock,
  readTrade,
  type TextReport,
} from './quote-events.ts';

const readers: ReadonlyMap<string, ReadEntry> = new Map([
  ['0B', readTrade],
  ['0D', readBook],
  ['0H', readExpectedMatch],
  ['1h', readInterruption],
  ['0s', readMarketClock],
]);

/** Where decoded quotes go, and what is found wrong with messages. */
export interface QuoteSink extends TextReport {
  /** Whether anybody wants an item of a type: what nobody wants is not decoded. */
  wants(type: string, item: string): boolean;
  deliver(event: MarketEvent): void;
  /** A type that is not registered by us. */
  typeUnknown(type: string): void;
  /** A FID that an event needs is missing or not what it should be: the entry was dropped. */
  entryWrong(type: string, fid: string): void;
}

/** What an item says. Few items come over and over. */
interface KnownItem {
  readonly symbol: SymbolCode | undefined;
  readonly venue: Venue;
}
const knownItems = new Map<string, KnownItem>();
/** More items than a session has registrations is no market. */
const knownItemsMax = 4_096;

/**
 * Decodes the entries of a `REAL` message, in order; own order notices are left to `decodeNotices`. Never throws.
 *
 * @returns whether there are order notices among them.
 */
export function decodeQuotes(message: Uint8Array, entries: number, stamp: StreamStamp, sink: QuoteSink): boolean {
  let hasNotices = false;
  for (let entry = 0; entry < entries; entry += 1) {
    // A listener of the entry before may have scanned another message.
    if (entry > 0 && !isScanned(message)) scanFrame(message);
    const type = entryType(entry);
    if (type === kiwoomNoticeStream.type) {
      hasNotices = true;
      continue;
    }
    const read = readers.get(type);
    if (read === undefined) {
      sink.typeUnknown(type);
      continue;
    }
    const item = entryItem(entry);
    if (!sink.wants(type, item)) continue;
    const { symbol, venue } = readItem(item);
    const event = read(message, entry, symbol, venue, stamp, sink);
    if (typeof event === 'string') sink.entryWrong(type, event);
    else sink.deliver(event);
  }
  return hasNotices;
}

function readItem(item: string): KnownItem {
  const known = knownItems.get(item);
  if (known !== undefined) return known;
  const read = readQuoteCode(item) ?? { symbol: undefined, venue: 'KRX' as const };
  if (knownItems.size < knownItemsMax) knownItems.set(item, read);
  return read;
}
