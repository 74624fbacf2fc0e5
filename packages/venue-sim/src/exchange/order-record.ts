import { type OrderType, type Side, type TimeInForce, type TradingSession } from '@qts/krx';
import { type NewOrder, type VenueOrder } from './contracts.ts';

/** What an order says of itself at entry. A cancel takes over what the order it cancels said. */
export type EnteredTerms = Pick<NewOrder, 'symbol' | 'side' | 'orderType' | 'timeInForce' | 'session'> & {
  readonly accountId?: string | undefined;
};

/** What admission found out about an order. */
export interface EntryPrices {
  /** The price it works at, or 0. */
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

  constructor(
    orderNumber: number,
    kind: VenueOrder['kind'],
    originalOrderNumber: number | undefined,
    terms: EnteredTerms,
    quantity: number,
    prices: EntryPrices,
    enteredAtMs: number,
  ) {
    this.orderNumber = orderNumber;
    this.kind = kind;
    this.originalOrderNumber = originalOrderNumber;
    this.accountId = terms.accountId;
    this.symbol = terms.symbol;
    this.side = terms.side;
    this.orderType = terms.orderType;
    this.timeInForce = terms.timeInForce;
    this.session = terms.session;
    this.quantity = quantity;
    this.limitPriceKrw = prices.limitPriceKrw;
    this.reservePriceKrw = prices.reservePriceKrw;
    this.enteredAtMs = enteredAtMs;
    this.leavesQuantity = quantity;
  }
}
