import {
  type BrokerOrderId,
  type EpochMs,
  type ExecutionIntent,
  type ExecutionResponse,
  type IntentId,
  type OrderList,
  type OrderNotice,
  type OrderResponse,
} from '@qts/core';
import { type UnknownPlace } from '../gateway/order-gateway-contract.ts';
import { type EscalationReason } from './evidence.ts';

/** What a person decided about an order that could not be resolved. Recorded with the name and the reason. */
export type EscalationDecision = {
  readonly intentId: IntentId;
  /** Name of the person. */
  readonly requestedBy: string;
  readonly reason: string;
} & ({ readonly end: 'ADOPT'; readonly brokerOrderId: BrokerOrderId } | { readonly end: 'ABSENT' });

/** An unknown order that is not resolved. */
export interface OpenUnknown {
  readonly intentId: IntentId;
  /** Present when a person has to decide. */
  readonly escalated?: EscalationReason;
}

/** Orders of an earlier process that were not resolved when it ended; the tracker holds them already. */
export interface RestoredUnknowns {
  /** Are read for, with the time that has passed. */
  readonly unknown: readonly (UnknownPlace & { readonly sinceMs: EpochMs })[];
  /** Wait for a person, as before: nothing is read and nothing is told again. */
  readonly escalated: readonly { readonly intent: ExecutionIntent; readonly reason: EscalationReason }[];
  /** Were not found, and are watched for again. */
  readonly watched: readonly ExecutionIntent[];
  /** Fail-safes in a row that unknown orders caused. When they alone stopped trading, it goes on as it would have. */
  readonly unknownOrdersInRow: number;
}

/** Finds out what became of orders whose answer was lost. Sends none again, ever. */
export interface UnknownResolver {
  /** Takes on an order that the tracker holds for unknown; the gateway's come by themselves. */
  begin(unknown: UnknownPlace): void;
  /** Takes on what an earlier process left. Call it once, after the gateway's `restore`. */
  restore(restored: RestoredUnknowns): void;
  /** What a broker answered after the command had been given up: the best evidence there is. */
  hearLateAnswer(response: OrderResponse): void;
  /**
   * A notice of an order whose number is none of ours (execution-safety 6.2, E2). When it could be an unknown order, the
   * list is read at once, and that order is not called absent any more. It binds nothing: only a row of the list does.
   */
  hearNotice(notice: OrderNotice): void;
  /** A list that somebody else read: orders that were called absent may be on it. */
  observeList(list: OrderList): void;
  /**
   * Ends an escalated order by a person's decision, or binds one that was called absent.
   *
   * @throws {ValidationError} (rejects) when no such order is open, no name or reason is given, or the number is not on
   *   the broker's list as an order of this symbol and side that is nobody's yet; nothing was changed then
   * The list is waited for and read again for up to a minute.
   *
   * @throws {BrokerError} (rejects) when the list cannot be read by then
   */
  decide(decision: EscalationDecision): Promise<ExecutionResponse>;
  /** Unknown orders that are not resolved, those that wait for a person included. */
  readonly open: readonly OpenUnknown[];
  /** Orders that were not found and are still watched for. */
  readonly watched: readonly IntentId[];
  /** Trading stopped for unknown orders alone, and will go on when they are resolved and all has been quiet. */
  readonly willRecover: boolean;
  /** Resolves when no order is being resolved. Those that wait for a person do not count. */
  settled(): Promise<void>;
  /** Stops reading and watching; leaves no timer. What is unresolved stays so in the journal. */
  close(): void;
}
