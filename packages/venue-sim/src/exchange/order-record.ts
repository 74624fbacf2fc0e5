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

/** What an order of an account costs and holds back, in won. */
export interface OrderCosts {
  /** The dearest price at which a buy can trade; 0 for sells. */
  readonly reservePriceKrw: number;
  /** Cash that its remainder holds back. */
  reservedKrw: number;
  /** Charged so far, on the cumulative amount. */
  feeKrw: number;
  taxKrw: number;
}

/**
 * A {@link VenueOrder} as the exchange writes it. Orders are what a busy day makes most of, so they are small and of one
 * shape: what only accounts need stands apart, and what changes together lies together.
 */
export class OrderRecord implements VenueOrder {
  readonly accountId: string | undefined;
  readonly symbol: string;
  readonly side: Side;
  readonly session: TradingSession;
  leavesQuantity: number;
  filledQuantity = 0;
  filledAmountKrw = 0;
  canceledQuantity = 0;
  /** Where it waits in its book, or {@link notWaiting}. */
  slot: number = notWaiting;
  readonly orderNumber: number;
  expired = false;
  readonly costs: OrderCosts | undefined;
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  readonly limitPriceKrw: number;
  readonly quantity: number;
  readonly kind: VenueOrder['kind'];
  readonly originalOrderNumber: number | undefined;
  readonly enteredAtMs: number;
  /** No order of this venue has one: stop limits are not modelled. */
  readonly stopPriceKrw: number = 0;
  rejectedQuantity = 0;

  constructor(
    orderNumber: number,
    kind: VenueOrder['kind'],
    originalOrderNumber: number | undefined,
    terms: EnteredTerms,
    quantity: number,
    prices: EntryPrices,
    enteredAtMs: number,
  ) {
    this.accountId = terms.accountId;
    this.symbol = terms.symbol;
    this.side = terms.side;
    this.session = terms.session;
    this.leavesQuantity = quantity;
    this.orderNumber = orderNumber;
    this.costs =
      terms.accountId === undefined
        ? undefined
        : { reservePriceKrw: prices.reservePriceKrw, reservedKrw: 0, feeKrw: 0, taxKrw: 0 };
    this.orderType = terms.orderType;
    this.timeInForce = terms.timeInForce;
    this.limitPriceKrw = prices.limitPriceKrw;
    this.quantity = quantity;
    this.kind = kind;
    this.originalOrderNumber = originalOrderNumber;
    this.enteredAtMs = enteredAtMs;
  }
}
