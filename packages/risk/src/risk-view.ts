import {
  type EpochMs,
  type OrderType,
  type Quote,
  type Side,
  type SymbolCode,
  type TimeInForce,
  type Venue,
} from '@qts/core';
import {
  type AllowedOrderTerms,
  type Denied,
  type ListedMarket,
  type ProductClass,
  type SessionDay,
  type SymbolCondition,
  type TickTable,
  type TradingWindow,
} from '@qts/krx';

/** What the symbol master of the day says of an issue. What it does not say is not assumed. */
export interface InstrumentFacts {
  readonly symbol: SymbolCode;
  readonly market: ListedMarket;
  readonly productClass: ProductClass;
  /** Conditions of special windows that the master confirms. One that is missing shuts the windows that ask for it. */
  readonly conditions: readonly SymbolCondition[];
  /** Multiple of a leveraged or inverse product, without its sign. Default 1. */
  readonly leverage?: number;
  readonly listedShares?: number;
  readonly marketCapKrw?: number;
}

/** The market as it is known now. Read on the way of an order: answers must be at hand. */
export interface MarketView {
  readonly tradingDate: string;
  /** The windows of a venue today, or why there are none. */
  sessionDay(venue: Venue): SessionDay | Denied;
  instrument(symbol: SymbolCode): InstrumentFacts | undefined;
  /** Whether a window takes a type and condition for an issue. */
  terms(
    window: TradingWindow,
    orderType: OrderType,
    timeInForce: TimeInForce,
    instrument: InstrumentFacts,
  ): AllowedOrderTerms | Denied;
  ticks(instrument: InstrumentFacts): TickTable;
  /** The newest quote, with the broker's base and daily limits. */
  quote(symbol: SymbolCode): Quote | undefined;
  /** Whether the limits of a quote are those that the exchange's formula gives for its base. */
  limitsAgree(instrument: InstrumentFacts, quote: Quote): boolean;
}

/** An order of ours that may still trade. */
export interface OpenOrderView {
  /** The price it is bound to; `undefined` when it may trade at any. */
  readonly limitPriceKrw: number | undefined;
}

/** The account at one broker, open and unknown orders counted at their worst. Read on the way of an order. */
export interface AccountView {
  /** Cash that no open buy holds back, won. */
  readonly orderableCashKrw: number;
  /** Shares that no open sell holds back. Shares at another broker do not count. */
  sellableQuantity(symbol: SymbolCode): number;
  openOrders(symbol: SymbolCode, side: Side): ReadonlySet<OpenOrderView>;
  readonly openOrdersTotal: number;
  readonly ordersToday: number;
  /** Cash and positions at last prices, won. */
  readonly equityKrw: number;
  /** The same when the day began. */
  readonly openingEquityKrw: number;
  /** Positions at last prices and open buys at worst price, won. */
  readonly exposureKrw: number;
  symbolExposureKrw(symbol: SymbolCode): number;
}

/** All that the checks look at. */
export interface RiskView {
  readonly nowMs: EpochMs;
  /** What the clock that opens and closes sessions may be ahead of ours, ms; negative: behind. Default: nothing. */
  readonly clockAhead?: { readonly leastMs: number; readonly mostMs: number };
  readonly market: MarketView;
  readonly account: AccountView;
}
