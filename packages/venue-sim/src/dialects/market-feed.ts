import { type Exchange, type VenuePhase, type VenueTrade } from '../exchange/contracts.ts';
import { type MarketRecorder } from './market-recorder.ts';
import { type TradeTally } from './trade-tally.ts';

/** A trade and the day up to it. */
export interface TradePrint {
  readonly trade: VenueTrade;
  readonly tally: TradeTally;
}

/** Who a feed is for. */
export interface FeedSink {
  wantsTrades(symbol: string): boolean;
  /** The issues whose books are wanted. */
  bookSymbols(): Iterable<string>;
  /** Trades of one issue that happened at one instant, in order. */
  onTrades(symbol: string, prints: readonly TradePrint[]): void;
  /** The time to look at the books that are wanted. */
  onBooksDue(): void;
  onPhase(phase: VenuePhase, atMs: number): void;
}

/** Trades leave a millisecond after they happened, so that those of one instant leave together (assumed). */
const tradeLatencyMs = 1;

/** How often books are looked at: brokers send a book when it has changed, and merge changes (how often is assumed). */
const bookPeriodMs = 200;

/** Market data as long as somebody listens. */
export interface MarketFeed {
  start(): void;
  stop(): void;
  /** Somebody wants a book now; without this nobody looks. */
  booksWanted(): void;
}

/** Makes a feed that is not running. */
export function createMarketFeed(exchange: Exchange, recorder: MarketRecorder, sink: FeedSink): MarketFeed {
  let unsubscribe: (() => void) | undefined;
  let prints = new Map<string, TradePrint[]>();
  let isLooking = false;
  const sendTrades = (): void => {
    const due = prints;
    prints = new Map();
    for (const [symbol, list] of due) sink.onTrades(symbol, list);
  };
  const look = (): void => {
    if (unsubscribe === undefined || isEmpty(sink.bookSymbols())) {
      isLooking = false;
      return;
    }
    sink.onBooksDue();
    exchange.schedule(exchange.nowMs + bookPeriodMs, look);
  };
  return {
    start() {
      unsubscribe ??= exchange.subscribe({
        onTrade(trade) {
          const { symbol } = trade;
          const tally = recorder.tally(symbol);
          if (tally === undefined || !sink.wantsTrades(symbol)) return;
          if (prints.size === 0) exchange.schedule(exchange.nowMs + tradeLatencyMs, sendTrades);
          const list = prints.get(symbol);
          if (list === undefined) prints.set(symbol, [{ trade, tally }]);
          else list.push({ trade, tally });
        },
        onPhase(phase, atMs) {
          sink.onPhase(phase, atMs);
        },
      });
    },
    stop() {
      unsubscribe?.();
      unsubscribe = undefined;
    },
    booksWanted() {
      if (isLooking) return;
      isLooking = true;
      exchange.schedule(exchange.nowMs + tradeLatencyMs, look);
    },
  };
}

function isEmpty(list: Iterable<string>): boolean {
  return list[Symbol.iterator]().next().done === true;
}
