import { type OrderReference } from './order-reference.ts';
import { type BrokerOrderId, type EpochMs, type Krw, type Shares } from './values.ts';

/** What a broker's list says of one order at one moment. Figures are the broker's, cumulative, never guessed. */
export interface OrderSnapshot {
  readonly reference: OrderReference;
  /** `NEW` for an order, `REPLACE` or `CANCEL` for the row of a command that points at an original. */
  readonly kind: 'NEW' | 'REPLACE' | 'CANCEL';
  /** The order that this row replaces or cancels. */
  readonly originalBrokerOrderId?: BrokerOrderId;
  readonly orderedQuantity: Shares;
  /** Absent for types without a price. */
  readonly limitPriceKrw?: Krw;
  /** Executed quantity only: never inferred from the ordered one. */
  readonly filledQuantity: Shares;
  /** Sum of price × quantity over the fills, won. */
  readonly filledAmountKrw: Krw;
  readonly canceledQuantity: Shares;
  readonly rejectedQuantity: Shares;
  /** What the broker says is still working. */
  readonly leavesQuantity: Shares;
  readonly orderedAtMs: EpochMs;
  /** True when the broker's row says that it came through an API (KIS `ordr_empno` `OpnAPI`); absent when it does not say. */
  readonly viaApi?: boolean;
}

/** A list of orders. Only a complete one (all pages, all venues, no page failed) is evidence of absence. */
export interface OrderList {
  readonly orders: readonly OrderSnapshot[];
  readonly complete: boolean;
  /** When the first page was asked for: facts that arrived later are not a difference. */
  readonly readStartedAtMs: EpochMs;
}
