import { type FailsafeCode } from '@qts/failsafe-codes';
import { type BrokerCapabilities } from './broker-capabilities.ts';
import { type CancelRequest, type OrderRequest, type ReplaceRequest } from './order-request.ts';
import { type OrderReference } from './order-reference.ts';
import { type CancelResponse, type OrderResponse, type ReplaceResponse } from './order-response.ts';
import { type OrderList, type OrderSnapshot } from './order-snapshot.ts';
import { type Side, type Venue } from './order-terms.ts';
import { type SymbolCode, type TradingDate } from './values.ts';

/** Options of every call that may wait. */
export interface CallOptions {
  /** Aborting before the first byte leaves gives `NOT_SENT`; after it, an order command is `UNKNOWN`. */
  readonly signal?: AbortSignal;
  /** Epoch ms after which waiting for a permit is pointless: the command becomes `NOT_SENT`. */
  readonly deadlineMs?: number;
  /**
   * Asked once more when an order command is about to leave, after every wait for a token, a permit or a connection.
   * A code keeps the command here: it becomes `NOT_SENT` with that code. Cancels and reads are not asked.
   */
  readonly refuseSend?: () => FailsafeCode | undefined;
}

/** Which orders to list. Absent filters mean "all". */
export interface OrderListQuery {
  readonly tradingDate: TradingDate;
  readonly symbol?: SymbolCode;
  readonly side?: Side;
  readonly venue?: Venue;
  /** `OPEN`: only what still has a remainder. */
  readonly state?: 'ALL' | 'OPEN';
}

/**
 * Speaks orders with one broker. Converts and sends; holds no policy and judges nothing.
 * An order adapter never retries a command: one call of `placeOrder` is at most one POST.
 * The methods do not throw for what the broker or the network did; they throw for misuse only
 * (reads throw {@link BrokerError} when they cannot answer).
 */
export interface OrderAdapter {
  /** `kis`, `kiwoom`, … */
  readonly brokerId: string;
  readonly displayName: string;
  readonly capabilities: BrokerCapabilities;
  placeOrder(request: OrderRequest, options?: CallOptions): Promise<OrderResponse>;
  replaceOrder(request: ReplaceRequest, options?: CallOptions): Promise<ReplaceResponse>;
  cancelOrder(request: CancelRequest, options?: CallOptions): Promise<CancelResponse>;
  /** The broker's present word on one order, or `undefined` when a complete list does not have it. */
  getOrder(reference: OrderReference, options?: CallOptions): Promise<OrderSnapshot | undefined>;
  listOrders(query: OrderListQuery, options?: CallOptions): Promise<OrderList>;
  /**
   * What the broker's clock is ahead of ours, ms, as its answers show; negative: behind. `undefined` while too few were
   * heard. Absent: the broker tells no time.
   */
  clockAheadMs?(): number | undefined;
}
