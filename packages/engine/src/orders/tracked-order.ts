import {
  type BrokerOrderId,
  type EpochMs,
  type ExecutionIntent,
  type IntentId,
  type Krw,
  type OrderFacts,
  type OrderReference,
  type OrderStatus,
  type OrderType,
  type Shares,
  type Side,
  type SymbolCode,
} from '@qts/core';
import { type OrderNumbers } from './lineage.ts';

/** One order as we know it: what was asked, and what the evidence says of it. A live view: read it, never write it. */
export interface TrackedOrder {
  readonly intentId: IntentId;
  readonly intent: ExecutionIntent;
  /** The broker's number and what belongs to it; `undefined` until the broker gave one. After a replace the newest one. */
  readonly reference: OrderReference | undefined;
  readonly facts: OrderFacts;
  /** Computed from the facts, never assigned. */
  readonly status: OrderStatus;
  /** What may still trade. */
  readonly leavesQuantity: Shares;
  /** The outcome of a command is unknown, or the broker's figures contradict each other. */
  readonly needsReconciliation: boolean;
  /** The price it is bound to; `undefined` when it may trade at any. While a replace is open the bolder of both. */
  readonly limitPriceKrw: Krw | undefined;
  /** What a share of it can cost at most, won. While a replace is open the dearer of both. */
  readonly worstPriceKrw: Krw;
  readonly sentAtMs: EpochMs;
  /** What is known of its numbers, once a replace of it was about to leave. */
  readonly numbers?: OrderNumbers | undefined;
  /** A replace of which nobody has seen the end. */
  readonly openReplace: OpenReplace | undefined;
}

/** A replace that left, or is about to. */
export interface OpenReplace {
  readonly commandId: string;
  /** The number that it was to replace. */
  readonly target: OrderReference;
  /** Shares that it takes, and whether those are all that were left. */
  readonly quantity: Shares;
  readonly takesAll: boolean;
  /** What it asks for; `limitPriceKrw` is `undefined` when it may trade at any price. */
  readonly orderType: OrderType;
  readonly limitPriceKrw: Krw | undefined;
  readonly worstPriceKrw: Krw;
  /** The number that the broker gave it; no list has shown it yet. */
  readonly number: BrokerOrderId | undefined;
  readonly isUnknown: boolean;
}

/** A number that a list showed a replace to have given an order of ours, before any answer had named it. */
export interface BoundNumber {
  readonly order: TrackedOrder;
  readonly reference: OrderReference;
  /** A replace of the same number had been looked for and not found. */
  readonly wasAbsent: boolean;
  /** A replace of the order was open, so that somebody looks for its end. */
  readonly wasAwaited: boolean;
}

/** What one look at the broker's figures added to an order. */
export interface FillIncrement {
  readonly intentId: IntentId;
  readonly symbol: SymbolCode;
  readonly side: Side;
  /** Added since the last look. 0 when only the price of earlier fills became known. */
  readonly quantity: number;
  readonly amountKrw: number;
  /** Since the order began. */
  readonly filledQuantity: number;
  readonly filledAmountKrw: number;
}
