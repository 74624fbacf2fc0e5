import { type OrderType, type Side, type TimeInForce, type TradingSession, type Venue } from './order-terms.ts';
import { type EpochMs, type IntentId, type Krw, type Shares, type SymbolCode } from './values.ts';

/** What an intent asks for: an order of some type, or `NOOP`, deliberately nothing. */
export type IntentType = OrderType | 'NOOP';

/**
 * A broker-neutral wish to trade. Immutable. The initial contract kept a limit price in `metadata`; here it is a field,
 * and a price in `metadata` is refused.
 */
export interface ExecutionIntent {
  /** Unique id; becomes the client order id. The same id twice is one order. */
  readonly intentId: IntentId;
  readonly symbol: SymbolCode;
  readonly side: Side;
  /** Shares to trade: at least 1, or 0 for `NOOP`. */
  readonly quantity: Shares;
  readonly intentType: IntentType;
  /** Present exactly for `LIMIT`, `CONDITIONAL_LIMIT`, `STOP_LIMIT` and `AFTER_HOURS_SINGLE_PRICE`. Won per share, on the tick grid. */
  readonly limitPriceKrw?: Krw;
  /** Present exactly for `STOP_LIMIT`. */
  readonly stopPriceKrw?: Krw;
  /** Default `DAY`. */
  readonly timeInForce: TimeInForce;
  /** Default `KRX`. */
  readonly venue: Venue;
  /** Default `REGULAR`. */
  readonly session: TradingSession;
  readonly createdAtMs: EpochMs;
  /** After this instant the intent is stale and is denied, never sent. */
  readonly validUntilMs?: EpochMs;
  /** Strategy name, decision id and the like. Carried, never interpreted. */
  readonly metadata: Readonly<Record<string, string | number | boolean | null>>;
}

/**
 * An intent before it was checked: plain numbers and texts, as a strategy or a file gives them. Absent optional fields
 * become their defaults; nothing else is filled in or changed.
 */
export interface ExecutionIntentInput {
  readonly intentId: string;
  readonly symbol: string;
  readonly side: Side;
  readonly quantity: number;
  readonly intentType: IntentType;
  readonly limitPriceKrw?: number | undefined;
  readonly stopPriceKrw?: number | undefined;
  readonly timeInForce?: TimeInForce | undefined;
  readonly venue?: Venue | undefined;
  readonly session?: TradingSession | undefined;
  readonly createdAtMs: number;
  readonly validUntilMs?: number | undefined;
  readonly metadata?: ExecutionIntent['metadata'] | undefined;
}
