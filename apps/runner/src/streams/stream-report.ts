import { type OrderFeedFigures } from '@qts/engine';
import { type StreamFigures } from './stream-figures.ts';
import { type StreamedQuoteFigures } from './streamed-quotes.ts';

/** What a day's streams told and what was done about it. */
export interface StreamReport extends StreamFigures {
  /** Streams and symbols of which something was missed that nobody has read: empty at the end of a whole day. */
  readonly unrepaired: readonly string[];
  readonly quotes: StreamedQuoteFigures;
  /** Full comparisons with the broker's lists that the order stream asked for. */
  readonly comparisons: number;
}

/** Puts the parts together. */
export function makeStreamReport(
  counted: StreamFigures,
  quotes: StreamedQuoteFigures,
  feed: Pick<OrderFeedFigures, 'reconciliations'> | undefined,
  unrepaired: readonly string[],
): StreamReport {
  return { ...counted, unrepaired, quotes, comparisons: feed?.reconciliations ?? 0 };
}
