import { type MarketEvent, type StreamStamp, type SymbolCode } from '@qts/core';
import { fieldText, type FrameHead, isScanned, scanFields } from './frame-scan.ts';
import { type KisQuoteStream } from './kis-stream-table.ts';
import {
  readBook,
  readExpectedMatch,
  readMarketStatus,
  readTrade,
  type ReadRecord,
  type TextReport,
} from './quote-events.ts';

const readers: Readonly<Record<KisQuoteStream['channel'], ReadRecord>> = {
  TRADES: readTrade,
  BOOK: readBook,
  EXPECTED_MATCH: readExpectedMatch,
  MARKET_STATUS: readMarketStatus,
};

/** Where decoded quotes go, and what is found wrong with frames. */
export interface QuoteSink extends TextReport {
  /** Whether anybody wants a symbol of this stream: what nobody wants is not decoded. */
  wants(symbol: string): boolean;
  deliver(event: MarketEvent): void;
  /** Another width than any known one: the records were read by position all the same. */
  widthUnknown(width: number): void;
  /** The fields are not `count` records: the frame was dropped. */
  countWrong(fields: number, count: number): void;
  /** Too few fields for an event, or a column that is not what it should be: the record was dropped. */
  recordWrong(column: string, width: number): void;
}

/** Decodes the records of a frame of quotes, in order. Never throws. */
export function decodeQuotes(
  stream: KisQuoteStream,
  frame: Uint8Array,
  head: FrameHead,
  stamp: StreamStamp,
  sink: QuoteSink,
): void {
  const fields = scanFields(frame, head.body);
  const width = fields / head.count;
  if (fields === 0 || !Number.isInteger(width)) {
    sink.countWrong(fields, head.count);
    return;
  }
  if (!stream.widths.includes(width)) {
    if (width < stream.widthMin) {
      sink.recordWrong('RECORD', width);
      return;
    }
    sink.widthUnknown(width);
  }
  const read = readers[stream.channel];
  for (let first = 0; first < fields; first += width) {
    // A listener of the record before may have scanned another frame.
    if (first > 0 && !isScanned(frame)) scanFields(frame, head.body);
    const symbol = fieldText(first);
    if (!sink.wants(symbol)) continue;
    const event = read(frame, first, width, stream.venue, symbol as SymbolCode, stamp, sink);
    if (typeof event === 'string') sink.recordWrong(event, width);
    else sink.deliver(event);
  }
}
