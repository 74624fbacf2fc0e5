import { type OrderReference } from './order-reference.ts';
import { type OrderType, type Side, type TimeInForce, type TradingSession, type Venue } from './order-terms.ts';
import { type ClientOrderId, type Krw, type Shares, type SymbolCode } from './values.ts';

/** A broker-neutral order, ready for an adapter. Immutable and already validated. */
export interface OrderRequest {
  readonly clientOrderId: ClientOrderId;
  readonly symbol: SymbolCode;
  readonly side: Side;
  /** At least 1. */
  readonly quantity: Shares;
  readonly orderType: OrderType;
  readonly limitPriceKrw?: Krw;
  readonly stopPriceKrw?: Krw;
  readonly timeInForce: TimeInForce;
  readonly venue: Venue;
  readonly session: TradingSession;
  /** True: nothing is sent; the answer is a virtual acceptance that says so. */
  readonly dryRun: boolean;
}

/** An order request before it was checked. `dryRun` defaults to true: who wants an order to leave has to say so. */
export interface OrderRequestInput {
  readonly clientOrderId: string;
  readonly symbol: string;
  readonly side: Side;
  readonly quantity: number;
  readonly orderType: OrderType;
  readonly limitPriceKrw?: number | undefined;
  readonly stopPriceKrw?: number | undefined;
  readonly timeInForce?: TimeInForce | undefined;
  readonly venue?: Venue | undefined;
  readonly session?: TradingSession | undefined;
  readonly dryRun?: boolean | undefined;
}

/** Changes the price, the quantity or the type of what remains of an order (정정). The broker gives it a new number. */
export interface ReplaceRequest {
  readonly clientOrderId: ClientOrderId;
  readonly target: OrderReference;
  /** What the rest becomes: at most the remaining quantity. Absent: all that remains. */
  readonly quantity?: Shares;
  readonly orderType: OrderType;
  readonly limitPriceKrw?: Krw;
  readonly timeInForce: TimeInForce;
  readonly session: TradingSession;
  readonly dryRun: boolean;
}

/** Cancels what remains of an order, or a part of it (취소). */
export interface CancelRequest {
  readonly target: OrderReference;
  /** Absent: all that remains. */
  readonly quantity?: Shares;
  readonly dryRun: boolean;
}
