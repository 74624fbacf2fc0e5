import { type Venue } from '../order-terms.ts';
import { type SymbolCode } from '../values.ts';
import { type MarketEvent } from './market-events.ts';
import { type OrderEvent } from './order-notice.ts';
import { type StreamControl } from './stream-control.ts';

/** What a market data subscription asks for. */
export const marketChannels = ['TRADES', 'BOOK', 'EXPECTED_MATCH', 'MARKET_STATUS'] as const;
export type MarketChannel = (typeof marketChannels)[number];

/** One subscription. `venue` defaults to KRX; `SOR` is the consolidated feed (통합). */
export type MarketSubscription =
  | { readonly channel: 'TRADES' | 'BOOK' | 'EXPECTED_MATCH'; readonly symbol: SymbolCode; readonly venue?: Venue }
  | {
      readonly channel: 'MARKET_STATUS';
      /** Absent: the market as a whole, where the broker offers it (Kiwoom); KIS wants a symbol. */
      readonly symbol?: SymbolCode;
      readonly venue?: Venue;
    };

/** What happens when the reader is slower than the wire. */
export const overflowPolicies = ['NEVER_DROP', 'CONFLATE_PER_SYMBOL'] as const;
/**
 * `NEVER_DROP`: everything waits, whatever it costs. `CONFLATE_PER_SYMBOL`: when the queue is full the newest event of a
 * kind and symbol takes the place of the waiting one; control events always wait.
 */
export type OverflowPolicy = (typeof overflowPolicies)[number];

export interface StreamOptions {
  /** Ends the stream: the iterator finishes, the subscriptions are given back. */
  readonly signal?: AbortSignal;
}

/** How a stream is doing. */
export interface StreamFigures {
  readonly received: number;
  readonly delivered: number;
  readonly queued: number;
  readonly conflated: number;
  /** Age of the event that waits longest, ms; 0 when none waits. */
  readonly lagMs: number;
}

/**
 * Events in order. Two forms of reading: the async iterator (one reader; events wait for it), or listeners by kind
 * (called at once, in the turn of receipt). A stream that has a listener and no iterator queues nothing.
 */
export interface EventStream<Event extends { readonly kind: string }> extends AsyncIterable<Event> {
  readonly overflow: OverflowPolicy;
  /**
   * Calls `listener` for each event of a kind. Answers the function that ends it. What a listener throws goes to the log
   * and to nobody else.
   */
  on<Kind extends Event['kind']>(
    kind: Kind,
    listener: (event: Extract<Event, { readonly kind: Kind }>) => void,
  ): () => void;
  figures(): StreamFigures;
  /** Gives the subscriptions back; the iterator ends when what waits was read. Safe to call twice. */
  close(): Promise<void>;
}

/** Live market data of one broker. Errors of a subscription are events; they never end the others. */
export interface MarketDataStream {
  readonly brokerId: string;
  /**
   * Opens a stream; connects when it is the first. A subscription that another stream has is shared and costs nothing.
   *
   * @throws {ValidationError} for a channel, symbol or venue that this broker cannot serve. Nothing was subscribed.
   */
  open(subscriptions: readonly MarketSubscription[], options?: StreamOptions): EventStream<MarketEvent | StreamControl>;
}

/** Live notices of one account's orders, with the reads that make them whole. */
export interface OrderStream {
  readonly brokerId: string;
  /** Opens a stream; connects when it is the first. Begins with a read of the day's orders. */
  open(options?: StreamOptions): EventStream<OrderEvent | StreamControl>;
}
