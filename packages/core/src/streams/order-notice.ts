import { type NativeReason } from '../order-response.ts';
import { type OrderSnapshot } from '../order-snapshot.ts';
import { type Side } from '../order-terms.ts';
import {
  type BrokerOrderId,
  type EpochMs,
  type Krw,
  type Shares,
  type SymbolCode,
  type TradingDate,
} from '../values.ts';
import { type ExchangeStamp, type StreamStamp } from './stream-stamp.ts';

/**
 * What a notice says happened. `ACCEPTED` received · `REPLACED`, `CANCELED` confirmed · `FILLED` one execution ·
 * `REJECTED` refused · `EXPIRED` the exchange ended the rest (IOC, FOK).
 */
export const orderNoticeTypes = ['ACCEPTED', 'REPLACED', 'CANCELED', 'FILLED', 'REJECTED', 'EXPIRED'] as const;
export type OrderNoticeType = (typeof orderNoticeTypes)[number];

/** One execution as a notice tells it. */
export interface NoticedFill {
  readonly quantity: Shares;
  readonly priceKrw: Krw;
  /** The broker's own number of the fill, unique with date and order number (Kiwoom FID 909). KIS has none. */
  readonly fillId?: string;
}

/** Totals that the wire itself carries (Kiwoom). */
export interface NoticedTotals {
  readonly filledQuantity: Shares;
  readonly filledAmountKrw?: Krw;
  readonly leavesQuantity: Shares;
}

/**
 * A notice of an own order (체결통보). A hint, quick and sometimes wrong: it may come twice, late, out of order or never.
 * The {@link OrderState} that follows is what counts (execution-safety 7).
 */
export interface OrderNotice extends ExchangeStamp {
  readonly kind: 'order-notice';
  readonly brokerId: string;
  readonly type: OrderNoticeType;
  /** Which command the notice is about. */
  readonly command: 'NEW' | 'REPLACE' | 'CANCEL';
  readonly tradingDate: TradingDate;
  readonly brokerOrderId: BrokerOrderId;
  readonly originalBrokerOrderId?: BrokerOrderId;
  readonly symbol: SymbolCode;
  readonly side: Side;
  /** The venue that acted, where it is told: a SOR order fills on KRX and on NXT. */
  readonly venue?: 'KRX' | 'NXT';
  readonly orderedQuantity?: Shares;
  /** Absent for orders without a price, and where it is not told. */
  readonly limitPriceKrw?: Krw;
  /** With `FILLED`: this execution. */
  readonly fill?: NoticedFill;
  readonly totals?: NoticedTotals;
  /**
   * What the figures prove. `PROVISIONAL`: one execution without identity or total, to be confirmed by a read (KIS).
   * `CUMULATIVE`: the notice carries the order's totals.
   */
  readonly proof: 'PROVISIONAL' | 'CUMULATIVE';
  /**
   * Shares of this order that notices have told and no read has confirmed, this notice included. On top of the last
   * {@link OrderState}. Use it to allow less, never to allow more.
   */
  readonly provisionalQuantity: Shares;
  readonly reason?: NativeReason;
  /** The broker's own facts under its own names (branch, order type code). Never a secret, never an account number. */
  readonly native: Readonly<Record<string, string>>;
}

/** An order as the broker's list told it: cumulative, and the truth beside any notice. */
export interface OrderState extends StreamStamp {
  readonly kind: 'order-state';
  readonly brokerId: string;
  readonly snapshot: OrderSnapshot;
  /** When the list was asked for. What was noticed later may not be in it. */
  readonly readStartedAtMs: EpochMs;
  /** Shares that were noticed and are not in the snapshot yet. */
  readonly provisionalQuantity: Shares;
}

/** Data of an order stream. Control events come between them. */
export type OrderEvent = OrderNotice | OrderState;
