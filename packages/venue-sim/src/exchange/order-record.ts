import { type OrderType, type Side, type TimeInForce, type TradingSession } from '@qts/krx';
import { type VenueOrder } from './contracts.ts';

/** What an order, a replace or a cancel is made of at entry. */
export interface OrderEntry {
  readonly kind: VenueOrder['kind'];
  readonly originalOrderNumber: number | undefined;
  readonly accountId: string | undefined;
  readonly symbol: string;
  readonly side: Side;
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  readonly session: TradingSession;
  readonly quantity: number;
  readonly limitPriceKrw: number;
  /** The dearest price at which a buy can trade: what cash is held back at. 0 for sells. */
  readonly reservePriceKrw: number;
}

/** No slot: the order does not wait in a book. */
export const notWaiting = -1;

/** A {@link VenueOrder} as the exchange writes it. One class with every field set from the start keeps it fast. */
export class OrderRecord implements VenueOrder {
  readonly orderNumber: number;
  readonly kind: VenueOrder['kind'];
  readonly originalOrderNumber: number | undefined;
  readonly accountId: string | undefined;
  readonly symbol: string;
  readonly side: Side;
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  readonly session: TradingSession;
  readonly quantity: number;
  readonly limitPriceKrw: number;
  /** No order of this venue has one: stop limits are not modelled. */
  readonly stopPriceKrw: number = 0;
  readonly enteredAtMs: number;
  filledQuantity = 0;
  filledAmountKrw = 0;
  canceledQuantity = 0;
  readonly rejectedQuantity: number = 0;
  expired = false;
  leavesQuantity: number;
  /** Fee and taxes charged so far, on the cumulative amount. */
  feeKrw = 0;
  taxKrw = 0;
  readonly reservePriceKrw: number;
  /** Cash that it holds back for its remainder (buys). */
  reservedKrw = 0;
  /** Where it waits in its book, or {@link notWaiting}. */
  slot: number = notWaiting;

  constructor(orderNumber: number, entry: OrderEntry, enteredAtMs: number) {
    this.orderNumber = orderNumber;
    this.kind = entry.kind;
    this.originalOrderNumber = entry.originalOrderNumber;
    this.accountId = entry.accountId;
    this.symbol = entry.symbol;
    this.side = entry.side;
    this.orderType = entry.orderType;
    this.timeInForce = entry.timeInForce;
    this.session = entry.session;
    this.quantity = entry.quantity;
    this.limitPriceKrw = entry.limitPriceKrw;
    this.reservePriceKrw = entry.reservePriceKrw;
    this.enteredAtMs = enteredAtMs;
    this.leavesQuantity = entry.quantity;
  }
}
