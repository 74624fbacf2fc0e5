import {
  type AccountId,
  type AccountReader,
  type Clock,
  type Logger,
  type OrderAdapter,
  type OrderJournal,
  type OrderList,
  type SymbolCode,
  type TradingDate,
} from '@qts/core';
import { type Book } from '../orders/book.ts';
import { type OrderTracker } from '../orders/order-tracker-contract.ts';
import { type SafetyLayer } from '../safety/safety-layer.ts';
import { listReadTimeoutMs } from '../unknown/read-timeout.ts';
import { type CashAllowance } from './compare-account.ts';
import { type Difference } from './difference.ts';
import { type ExternalOrders } from './external-orders.ts';
import { type Restrict } from './restriction.ts';

/** The numbers of execution-safety 10.2, all design choices, ms. */
export interface ReconcilerTimings {
  /** Order list, while orders are open. Default 10,000. */
  readonly ordersOpenMs: number;
  /** Order list, while none is. Default 60,000. */
  readonly ordersIdleMs: number;
  /** Positions and cash. Default 60,000. */
  readonly accountMs: number;
  /** Positions and cash, after an order ended. Default 3,000: within 5 s, and after the broker booked it. */
  readonly afterEndMs: number;
  /** Between the reads that a difference has to survive. Default 2,000. */
  readonly againMs: number;
  /** A read that takes longer is given up. Default 30,000: {@link listReadTimeoutMs}. */
  readonly readTimeoutMs: number;
  /** How long after it was sent an order may be missing from a list. Default 10,000: KIS paper took up to 5.3 s. */
  readonly listLagMs: number;
  /** Between reads of single orders. Default 100. */
  readonly singleReadGapMs: number;
}

export const reconcilerTimingsDefault: ReconcilerTimings = {
  ...{ ordersOpenMs: 10_000, ordersIdleMs: 60_000, accountMs: 60_000, afterEndMs: 3_000 },
  ...{ againMs: 2_000, readTimeoutMs: listReadTimeoutMs, listLagMs: 10_000, singleReadGapMs: 100 },
};

/** Times of day in Korea at which everything is compared: before the open, after both exchanges' regular ends. */
export const fullComparisonTimes: readonly string[] = ['08:00', '15:35', '20:10'];

export interface ReconcilerSettings {
  readonly adapter: Pick<OrderAdapter, 'brokerId' | 'listOrders' | 'getOrder'>;
  readonly account: Pick<AccountReader, 'listPositions' | 'getCashBalance'>;
  readonly accountId: AccountId;
  readonly tradingDate: TradingDate;
  readonly clock: Clock;
  readonly tracker: OrderTracker;
  readonly book: Book;
  readonly journal: OrderJournal;
  readonly safety: SafetyLayer;
  /** Restricts trading; see {@link Restrict}. */
  readonly restrict: Restrict;
  readonly external: ExternalOrders;
  /** Told of every list: usually the resolver's `observeList`. */
  readonly onList?: (list: OrderList) => void;
  /** True: the owner declares that nobody else trades the account. Default false. */
  readonly exclusive?: boolean;
  /** Differences that an earlier process wrote down today: `differences` of the folded journal. */
  readonly knownDifferences?: ReadonlyMap<string, string>;
  readonly allowance?: Partial<CashAllowance>;
  readonly timings?: Partial<ReconcilerTimings>;
  readonly logger?: Logger;
}

/**
 * - `AGREED`: orders, positions and cash are what we have; external orders are counted.
 * - `DIFFERS`: they are not; what was to be done is done.
 * - `UNREADABLE`: the broker could not be read often enough; nothing is concluded.
 */
export type ReconciliationOutcome = 'AGREED' | 'DIFFERS' | 'UNREADABLE';

export interface ReconciliationReport {
  readonly reason: string;
  readonly outcome: ReconciliationOutcome;
  /** What stands between us and the broker, external orders included. */
  readonly differences: readonly Difference[];
  /** How often everything was read. */
  readonly reads: number;
}

/** Keeps orders, positions and cash equal to the broker's, or says that they are not. */
export interface Reconciler {
  /** Compares everything at once: at the start, after a gap, when somebody asks. Calls wait for each other. */
  reconcileNow(reason: string): Promise<ReconciliationReport>;
  /** Reads the order list once and takes it in, for a start that has to know orders before it can compare. */
  readOrders(reason: string): Promise<boolean>;
  /** An order ended: positions and cash are read within 5 s. */
  orderEnded(): void;
  /** Begins the loops. */
  start(): void;
  /** What the last reads showed and is judged. */
  readonly differences: readonly Difference[];
  /** Symbols whose comparison waits for an order without a clear outcome. */
  isUnclear(symbol: SymbolCode): boolean;
  /** Stops; leaves no timer. */
  close(): void;
}
