import {
  type CancelResponse,
  type EpochMs,
  type ExecutionIntent,
  type ExecutionResponse,
  type IntentId,
  type Krw,
  type OrderContradiction,
  type OrderList,
  type OrderReference,
  type OrderSnapshot,
  type ReplaceResponse,
  type Shares,
  type Side,
  type SymbolCode,
} from '@qts/core';
import { type OrderNumbers } from './lineage.ts';
import { type BoundNumber, type FillIncrement, type OpenReplace, type TrackedOrder } from './tracked-order.ts';

/** What one read of the broker's list brought. */
export interface ListResult {
  readonly fills: readonly FillIncrement[];
  /** Rows of orders whose number is none of ours. Never adopted here: a stranger's order must not be canceled. */
  readonly unbound: readonly OrderSnapshot[];
  /** Orders of the list whose figures contradict themselves; a person has to look. */
  readonly contradicting: readonly {
    readonly intentId: IntentId;
    readonly contradictions: readonly OrderContradiction[];
  }[];
}

/** Every order of one account at one broker on one trading date, folded from commands, answers and lists. */
export interface OrderTracker {
  get(intentId: IntentId): TrackedOrder | undefined;
  findByReference(reference: Pick<OrderReference, 'tradingDate' | 'brokerOrderId'>): TrackedOrder | undefined;
  /** All orders, in the order in which they were begun. */
  list(): readonly TrackedOrder[];
  /** Whether an order of the symbol may or may not be live. */
  hasUnknown(symbol: SymbolCode): boolean;
  /** Orders handed to the broker; those that never left are not among them. */
  readonly sentCount: number;

  /** Orders of which something may still trade, unknown ones included. */
  openOrders(symbol: SymbolCode, side: Side): ReadonlySet<TrackedOrder>;
  readonly openOrdersTotal: number;
  /** Open buys at their worst price, won: of all symbols, or of one. */
  openBuyValueKrw(symbol?: SymbolCode): number;
  /** Shares that open sells hold back; those of an unknown sell count as gone. */
  openSellQuantity(symbol: SymbolCode): number;

  /** A place command is about to be sent. */
  beginPlace(intent: ExecutionIntent, worstPriceKrw: Krw, sentAtMs: EpochMs): void;
  /** What became of it. Said once more, a clear word ends an unknown one. */
  endPlace(intentId: IntentId, response: ExecutionResponse): void;
  /**
   * An unknown place command ended without an order: it was looked for and not found. Nothing of it counts any more; when
   * it turns up after all, {@link endPlace} with its number brings it back.
   */
  endAbsent(intentId: IntentId): void;
  /** A cancel is about to be sent; gives it an id. An order that is not ours may be canceled: nothing is kept then. */
  beginCancel(target: OrderReference): string;
  endCancel(target: OrderReference, commandId: string, response: CancelResponse): void;
  /**
   * The only open cancel of an order was looked for, and no figure shows it. When it is carried out after all, a list shows
   * that. Of several open ones nobody can say which came to nothing: they stay.
   */
  endCancelAbsent(target: OrderReference): void;
  /** Judges with shares of an order left out of every sum: what it would be to place them now. `judge` must not wait. */
  without<Result>(intentId: IntentId, quantity: Shares, judge: () => Result): Result;
  /** A replace is about to be sent: until its end is seen the order counts with the dearer of both terms. */
  beginReplace(intentId: IntentId, replace: Omit<OpenReplace, 'commandId' | 'number' | 'isUnknown'>): string;
  /** What became of it. An acceptance is a number; the end is seen when a list shows it. */
  endReplace(intentId: IntentId, commandId: string, response: ReplaceResponse): void;
  /** An unknown replace was looked for and not found. When it lands after all, a list binds it. */
  endReplaceAbsent(intentId: IntentId, commandId: string): void;
  /** The number that a command about `target` has to name now: its newest child, if a replace took all that was left. */
  newestReference(target: OrderReference): OrderReference;
  /** All that may still trade under a number of its own; the number last known when no list has shown the order. */
  workingReferences(intentId: IntentId): readonly OrderReference[];
  /** Tells of numbers that lists bind to orders of ours, when the list has been taken in. Not of restored ones. */
  watchNumbers(hear: (bound: BoundNumber) => void): void;
  /** An order of an earlier process, as its journal shows it. One that is known already stays as it is. */
  restore(order: RestoredOrder): void;
  /** Folds the broker's figures in. Repetition and order of arrival do not matter. */
  applyList(list: Pick<OrderList, 'orders' | 'readStartedAtMs'>): ListResult;
}

/** What an earlier process wrote down of an order. */
export interface RestoredOrder {
  readonly intent: ExecutionIntent;
  /** What a share of it can cost at most, won. */
  readonly worstPriceKrw: Krw;
  readonly sentAtMs: EpochMs;
  /** The answer to its intent, as recorded. */
  readonly answer: ExecutionResponse;
  /** It was looked for and not found; {@link OrderTracker.endPlace} with its number brings it back. */
  readonly isAbsent: boolean;
  /** Cumulative, of a list that was read from `asOfMs` on; absent: none was written down. */
  readonly figures?: Pick<
    OrderSnapshot,
    'filledQuantity' | 'filledAmountKrw' | 'canceledQuantity' | 'rejectedQuantity'
  > & { readonly expired: boolean; readonly asOfMs: EpochMs };
  /** Shares that the answer to a cancel said were canceled. */
  readonly confirmedCancelQuantity?: Shares;
  /** Its numbers, when a replace of it was about to leave. */
  readonly numbers?: OrderNumbers;
  /** A replace that the broker numbered, as of its answer; no list had to have shown it. */
  readonly acceptedReplace?: Omit<OpenReplace, 'commandId' | 'number' | 'isUnknown'> & {
    readonly response: Extract<ReplaceResponse, { outcome: 'ACCEPTED' }>;
  };
  /** A cancel left, and no figure shows it yet. */
  readonly hasPendingCancel: boolean;
}

export interface OrderTrackerSettings {
  /** Hears every fill once, in the order in which fills are seen. Usually a book's `applyFill`. */
  readonly onFill?: (fill: FillIncrement) => void;
  /**
   * Told whenever a list added to what is known of an order, before {@link onFill} is. Usually
   * {@link journalOrderFacts}, so that a restart knows it, too. Not called for what is restored.
   */
  readonly onFacts?: (order: TrackedOrder, asOfMs: EpochMs) => void;
  /**
   * When nothing of an order can trade any more, for certain; `undefined` when nobody knows. Usually
   * {@link orderEndsAtMs}. Without it no remainder that the broker still shows is ever taken for expired.
   */
  readonly endsAtMs?: (order: TrackedOrder) => EpochMs | undefined;
}
