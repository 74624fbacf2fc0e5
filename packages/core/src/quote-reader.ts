import { type CallOptions } from './order-adapter.ts';
import { type Venue } from './order-terms.ts';
import { type EpochMs, type Krw, type Shares, type SymbolCode, type TradingDate } from './values.ts';

/** The present price of an issue, with the broker's own tick and daily limits where it gives them. */
export interface Quote {
  readonly symbol: SymbolCode;
  readonly lastPriceKrw: Krw;
  readonly openPriceKrw?: Krw;
  readonly highPriceKrw?: Krw;
  readonly lowPriceKrw?: Krw;
  /** Base of the daily limits (기준가). */
  readonly basePriceKrw: Krw;
  readonly upperLimitKrw: Krw;
  readonly lowerLimitKrw: Krw;
  /** Tick at the present price (호가단위). */
  readonly tickKrw: Krw;
  readonly volume: Shares;
  readonly halted: boolean;
  readonly readAtMs: EpochMs;
}

export interface PriceLevel {
  readonly priceKrw: Krw;
  readonly quantity: Shares;
}

/** The book, best level first. During an auction the expected price and quantity are given. */
export interface OrderBookSnapshot {
  readonly symbol: SymbolCode;
  readonly asks: readonly PriceLevel[];
  readonly bids: readonly PriceLevel[];
  readonly expectedPriceKrw?: Krw;
  readonly expectedQuantity?: Shares;
  readonly readAtMs: EpochMs;
}

/** One bar. `startMs` is the instant it begins. */
export interface Bar {
  readonly startMs: EpochMs;
  readonly tradingDate: TradingDate;
  readonly openKrw: Krw;
  readonly highKrw: Krw;
  readonly lowKrw: Krw;
  readonly closeKrw: Krw;
  readonly volume: Shares;
}

/** Reads market data by REST. Throws {@link BrokerError} when it cannot answer. */
export interface QuoteReader {
  readonly brokerId: string;
  getQuote(query: { readonly symbol: SymbolCode; readonly venue?: Venue }, options?: CallOptions): Promise<Quote>;
  getOrderBook(
    query: { readonly symbol: SymbolCode; readonly venue?: Venue },
    options?: CallOptions,
  ): Promise<OrderBookSnapshot>;
  listDailyBars(
    query: { readonly symbol: SymbolCode; readonly from: TradingDate; readonly to: TradingDate },
    options?: CallOptions,
  ): Promise<readonly Bar[]>;
  /**
   * Minute bars of today that are over, oldest first, begun at `untilMs` at the latest. The running minute is left out,
   * whatever `untilMs` says: KIS shows it with the volume of the minute before until its first trade (published), and no
   * figure of either broker says that it is whole. Its price is `getQuote`’s. A minute without a trade may be left
   * out, or be there with volume 0.
   */
  listMinuteBars(
    query: { readonly symbol: SymbolCode; readonly untilMs: EpochMs },
    options?: CallOptions,
  ): Promise<readonly Bar[]>;
}
