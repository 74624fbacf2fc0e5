import {
  type AccountId,
  type BrokerEngine,
  type CallOptions,
  type CancelRequest,
  type CancelResponse,
  type ClientOrderId,
  type Clock,
  type EpochMs,
  type ExecutionIntent,
  type ExecutionResponse,
  type FailsafeCode,
  type IntentId,
  type Logger,
  type NativeReason,
  type OrderJournal,
  type OrderReference,
  type TradingDate,
} from '@qts/core';
import { type RiskDecision } from '@qts/risk';
import { type OrderTracker } from '../orders/order-tracker-contract.ts';
import { type TrackedOrder } from '../orders/tracked-order.ts';
import { type FoldedOrder } from '../recovery/folded-journal.ts';
import { type OrderFailurePolicy } from '../safety/order-failure.ts';
import { type SafetyLayer } from '../safety/safety-layer.ts';
import { type ReplaceAdmissionCheck } from './replace-orders.ts';

/** Why an order is refused here. */
export interface Denial {
  readonly code: FailsafeCode;
  /** Ends a sentence that begins with "denied:". */
  readonly why: string;
}

/** Judges an order at an instant, before anything of it is written or sent. Must not wait. */
export type PreTradeCheck = (intent: ExecutionIntent, nowMs: EpochMs) => RiskDecision;

/** Why no order may leave now; `undefined`: it may. Must not wait, and is asked on the way of every order. */
export type AdmissionCheck = (intent: ExecutionIntent) => Denial | undefined;

export interface OrderGatewaySettings {
  /** Where orders go: what {@link createBrokerForExecution} returned. */
  readonly broker: BrokerEngine;
  /** Label of the account behind the broker; never its number. */
  readonly accountId: AccountId;
  readonly clock: Clock;
  readonly journal: OrderJournal;
  readonly safety: SafetyLayer;
  readonly tracker: OrderTracker;
  readonly checkOrder: PreTradeCheck;
  /** Asked with every other reason to refuse, before an order is judged and again before it leaves. */
  readonly admit?: AdmissionCheck;
  /** The same of replaces: usually `refuseReplace` of the trading states. */
  readonly admitReplace?: ReplaceAdmissionCheck;
  /** When a cancel that its session refused can be sent again; `undefined`: nobody knows. Usually {@link cancelWindowOpensAtMs}. */
  readonly cancelWindow?: (order: TrackedOrder, nowMs: EpochMs) => EpochMs | undefined;
  /**
   * The one date that this gateway serves: intents made earlier are denied as stale, because what became of them is
   * not remembered, and every intent is once the date is over in Korea. Absent: an intent's own life alone counts.
   */
  readonly tradingDate?: TradingDate;
  /** When the outcome of an order is on disk. Default `BEFORE_TOLD`. */
  readonly outcomeRecord?: OutcomeRecord;
  /** Which safety event each kind of failed order is. */
  readonly failurePolicy?: OrderFailurePolicy;
  readonly logger?: Logger;
}

/**
 * - `BEFORE_TOLD`: the outcome of an order is on disk before anybody hears it (execution-safety 4).
 * - `GROUPED`: it goes to disk with the next group. A power cut in between makes an answered order unknown again: the next
 *   start finds it on the list, and sends nothing twice; a dead process alone loses nothing.
 */
export type OutcomeRecord = 'BEFORE_TOLD' | 'GROUPED';

/** An order of which nobody knows whether the broker has it. */
export interface UnknownPlace {
  readonly intent: ExecutionIntent;
  /** The safety code under which it failed. */
  readonly code: FailsafeCode;
  /** The broker's refusal, if it made one that a read has to confirm. */
  readonly refusal?: NativeReason;
  /** Since when nobody knows, of an order of an earlier process; absent: since now. */
  readonly sinceMs?: EpochMs;
}

/** A replace of which nobody knows whether the broker has it. */
export interface UnknownReplace {
  readonly intentId: IntentId;
  /** The tracker's id of the command. */
  readonly commandId: string;
  /** The caller's id of it, under which it is journalled. */
  readonly clientOrderId: ClientOrderId;
  /** The number that was to be replaced. */
  readonly target: OrderReference;
}

/** Hears of answers, and of commands without a clear outcome, after the caller's answer is on disk and its safety record is made. */
export interface UnknownWatcher {
  placeUnknown?(unknown: UnknownPlace): void;
  /** The order is still there as far as anybody knows. Only of orders of ours. */
  cancelUnknown?(request: CancelRequest): void;
  /** Not in a window that takes cancels; `opensAtMs`: the next one, where it is known. Only of orders of ours. */
  cancelRefusedBySession?(request: CancelRequest, opensAtMs: EpochMs | undefined): void;
  /** Nobody knows whether the order was replaced. */
  replaceUnknown?(unknown: UnknownReplace): void;
  /** What became of such a replace is known now. */
  replaceSettled?(intentId: IntentId): void;
  /** An order was answered for, and the answer is on disk. */
  placeAnswered?(intent: ExecutionIntent, response: ExecutionResponse): void;
  /** An order whose outcome was unknown has an end, or a person has to decide. */
  placeSettled?(response: ExecutionResponse): void;
}

/** The one door through which orders leave: at most one live order per intent, whatever is asked how often. */
export interface OrderGateway extends BrokerEngine {
  /** What became of an intent, or will: the same promise for everybody who asks, until {@link settle} says more. */
  find(intentId: IntentId): Promise<ExecutionResponse> | undefined;
  /**
   * What became of an order whose outcome was unknown: from now on the answer to its intent. For the resolver, which has
   * journalled it.
   */
  settle(response: ExecutionResponse): void;
  /** A replace whose outcome was unknown has an end: watchers hear it. For who looks for it, which has journalled it. */
  settleReplace(intentId: IntentId): void;
  watch(watcher: UnknownWatcher): void;
  /** Whether somebody canceled all of an order, and nobody changed it since: what lands of it must not rest. */
  isUnwanted(intentId: IntentId): boolean;
  /**
   * Cancels what remains of an order of ours under all its numbers, whichever of them is named: a replace of a part leaves it
   * more than one. With a quantity, and of an order that is not ours, the named number alone. Of several answers the one
   * that leaves most open is given.
   */
  cancelOrder(request: CancelRequest, options?: CallOptions): Promise<CancelResponse>;
  /**
   * Cancels whatever is left of an order of ours, under all its numbers. One without a number yet is canceled as soon as
   * it has one: an order that has not left does not leave any more; one whose answer was lost is canceled when it is found.
   */
  cancelIntent(intentId: IntentId, options?: CallOptions): Promise<CancelResponse>;
  /**
   * Takes on what an earlier process wrote down: every intent is answered as it was, none is ever sent again, and the
   * tracker holds its order. What the process before did not come to say is said now: an intent that never left is
   * denied, and a failed order makes its one safety record. Call it once, before the first order.
   */
  restore(orders: Iterable<FoldedOrder>): void;
}
