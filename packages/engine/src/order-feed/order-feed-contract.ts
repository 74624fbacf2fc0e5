import { type Clock, type Logger, type OrderStream, type Shares, type Side, type SymbolCode } from '@qts/core';
import { type OrderGateway } from '../gateway/order-gateway-contract.ts';
import { type TradingStates } from '../guards/trading-state.ts';
import { type OrderTracker } from '../orders/order-tracker-contract.ts';
import { type ExternalOrders } from '../reconciliation/external-orders.ts';
import { type Reconciler } from '../reconciliation/reconciler-contract.ts';
import { type UnknownResolver } from '../unknown/resolver-contract.ts';

export interface OrderFeedSettings {
  /** Notices of the account and the reads behind them. */
  readonly stream: OrderStream;
  readonly tracker: Pick<OrderTracker, 'findByReference' | 'applyList' | 'hasUnknown'>;
  /** Tells of answers: a notice may be faster than the answer that names its number. */
  readonly gateway: Pick<OrderGateway, 'watch'>;
  readonly resolver: Pick<UnknownResolver, 'hearNotice'>;
  readonly reconciler: Pick<Reconciler, 'reconcileNow' | 'isUnclear' | 'orderEnded'>;
  /** What reads have shown of orders that are not ours. */
  readonly external: Pick<ExternalOrders, 'rows'>;
  readonly states: Pick<TradingStates, 'restrictAs' | 'lift'>;
  readonly clock: Clock;
  readonly logger?: Logger;
}

/**
 * - `CONNECTING`: nothing has come yet.
 * - `LIVE`: notices come, and a read stands behind everything before them.
 * - `STALE`: something may have been missed; trading is `REDUCE_ONLY` until it was read.
 * - `READS_ONLY`: the broker refuses notices; orders are read every few seconds, as without a stream.
 * - `ENDED`: the stream is over.
 */
export type OrderFeedState = 'CONNECTING' | 'LIVE' | 'STALE' | 'READS_ONLY' | 'ENDED';

/** What a feed has heard, for reports. */
export interface OrderFeedFigures {
  readonly notices: number;
  readonly states: number;
  readonly gaps: number;
  readonly drifts: number;
  /** Full comparisons that the stream asked for. */
  readonly reconciliations: number;
  /** Notices that wait for a number, or for the start. */
  readonly held: number;
}

/**
 * Fills that notices told and no read has shown yet: they make less possible, never more. An order of ours counts whole
 * while it is open, so only what goes beyond it is added; what a stranger filled is added until the external orders have it.
 */
export interface ProvisionalExposure {
  /** Shares noticed and not read yet, of every order of the symbol. */
  quantity(symbol: SymbolCode, side: Side): Shares;
  /** What such buys may have cost beyond what open orders count, won: of all symbols, or of one. */
  openBuyValueKrw(symbol?: SymbolCode): number;
  /** Shares that such sales may have taken beyond what open orders hold back. */
  openSellQuantity(symbol: SymbolCode): number;
}

/**
 * Takes in an order stream together with the lists of the reconciler (execution-safety 7 and 15).
 *
 * ```
 * order-state ─► tracker: cumulative maximum, so every fill once
 * order-notice ─┬─ number of ours ──────────► provisional until a read shows it
 *               ├─ a POST or an unknown order is open ─► held (1,000 of them, 30 s), told to the resolver (E2)
 *               └─ nobody's ────────────────► provisional, and everything is compared
 * connection-lost, gap ─► REDUCE_ONLY, everything compared ─► lifted when the hole was read
 * drift, stale ─► everything compared        slow-consumer ─► REDUCE_ONLY until it has caught up
 * ```
 */
export interface OrderFeed {
  /** Opens the stream. What comes is held until {@link release}: a start has to agree with the broker first. */
  start(): void;
  /** The start has agreed: takes in what was held, in its order, and from then on everything at once. */
  release(): void;
  readonly state: OrderFeedState;
  /** For the pre-trade checks. */
  readonly provisional: ProvisionalExposure;
  figures(): OrderFeedFigures;
  /** Resolves when no comparison that the stream asked for is under way. */
  settled(): Promise<void>;
  /** Gives the subscription back; leaves no timer. A comparison that is under way is the reconciler's to end. */
  close(): Promise<void>;
}
