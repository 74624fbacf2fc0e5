/**
 * Value types. Money and quantity are branded safe integers (won, shares): a number that was not checked
 * cannot be passed where a checked one is wanted. Averages and rates are derived where they are shown, never stored.
 */

declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** Korean won. A safe integer; never negative unless a field says so. */
export type Krw = Branded<number, 'Krw'>;
/** A number of shares: a safe integer, zero or more. */
export type Shares = Branded<number, 'Shares'>;
/** Six-character short code of a KRX issue (종목코드); seven with a leading `Q` for an ETN. */
export type SymbolCode = Branded<string, 'SymbolCode'>;
/** Our id of one wish to trade. Unique for ever. */
export type IntentId = Branded<string, 'IntentId'>;
/** Our id of an order: the intent's id. Neither broker carries it on the wire. */
export type ClientOrderId = Branded<string, 'ClientOrderId'>;
/** The broker's order number, as compared: without padding. Unique per account, branch and trading date only. */
export type BrokerOrderId = Branded<string, 'BrokerOrderId'>;
/** A label of an account that is safe to print. Never the account number. */
export type AccountId = Branded<string, 'AccountId'>;
/** `YYYY-MM-DD` in Korea. Always explicit, never derived from "now" inside logic. */
export type TradingDate = Branded<string, 'TradingDate'>;
/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;
