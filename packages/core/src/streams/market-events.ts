import { type Side, type Venue } from '../order-terms.ts';
import { type PriceLevel, type Quote } from '../quote-reader.ts';
import { type Krw, type Shares, type SymbolCode } from '../values.ts';
import { type ExchangeStamp, type StreamStamp } from './stream-stamp.ts';

/** A trade of the market (체결). Prices and quantities were checked: whole won, whole shares. */
export interface Trade extends ExchangeStamp {
  readonly kind: 'trade';
  readonly symbol: SymbolCode;
  /** The feed it came from; `SOR` is the consolidated one (통합). */
  readonly venue: Venue;
  readonly priceKrw: Krw;
  /** Shares of this trade. A broker may merge several trades into one record under load. */
  readonly quantity: Shares;
  /** Who crossed the book. Absent for auctions, and where the broker does not say. */
  readonly aggressor?: Side;
  /** Volume of the day so far, this trade included: what shows a hole. */
  readonly accumulatedVolume?: Shares;
  /** True when the record says that trading of the issue is halted. */
  readonly halted?: boolean;
}

/** The order book (호가), whole, best level first. Levels without a price are left out. */
export interface BookUpdate extends ExchangeStamp {
  readonly kind: 'book';
  readonly symbol: SymbolCode;
  readonly venue: Venue;
  readonly asks: readonly PriceLevel[];
  readonly bids: readonly PriceLevel[];
  /** During an auction: what would match now. */
  readonly expectedPriceKrw?: Krw;
  readonly expectedQuantity?: Shares;
  readonly accumulatedVolume?: Shares;
}

/** What an auction would match now (예상체결). */
export interface ExpectedMatch extends ExchangeStamp {
  readonly kind: 'expected-match';
  readonly symbol: SymbolCode;
  readonly venue: Venue;
  readonly priceKrw: Krw;
  readonly quantity: Shares;
}

/** What happens to trading, of one issue or of the market. */
export const marketPhases = [
  'OPENING_AUCTION_STARTED',
  'MARKET_OPENED',
  'CLOSING_AUCTION_STARTED',
  'MARKET_CLOSED',
  'CLOSING_PRICE_SESSION_STARTED',
  'CLOSING_PRICE_SESSION_ENDED',
  'MARKET_HALTED',
  'CIRCUIT_BREAKER_STARTED',
  'CIRCUIT_BREAKER_ENDED',
  'SIDECAR_STARTED',
  'SIDECAR_ENDED',
] as const;
export type MarketPhase = (typeof marketPhases)[number];

/** News of trading itself: halts, volatility interruptions, phases (장운영). Absent fields were not told. */
export interface MarketStatus extends ExchangeStamp {
  readonly kind: 'market-status';
  /** Absent: the market as a whole. */
  readonly symbol?: SymbolCode;
  readonly venue: Venue;
  readonly halted?: boolean;
  /** A volatility interruption (변동성완화장치) is on. */
  readonly viActive?: boolean;
  readonly phase?: MarketPhase;
  /** The broker's own codes under its own names. Codes that nobody has documented are here and nowhere else. */
  readonly native: Readonly<Record<string, string>>;
}

/** A quote that was read by REST because the stream had a hole or was silent. */
export interface QuoteRead extends StreamStamp {
  readonly kind: 'quote-read';
  readonly symbol: SymbolCode;
  readonly venue: Venue;
  readonly quote: Quote;
}

/** Data of a market data stream. Control events come between them. */
export type MarketEvent = Trade | BookUpdate | ExpectedMatch | MarketStatus | QuoteRead;
