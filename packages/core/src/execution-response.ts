import { type FailsafeCode } from '@qts/failsafe-codes';
import { type CommandOutcome } from './command-outcome.ts';
import { type OrderReference } from './order-reference.ts';
import { type GuardEffect, type NativeReason } from './order-response.ts';
import { type OrderStatus } from './order-status.ts';
import { type BrokerOrderId, type EpochMs, type IntentId } from './values.ts';

/** What became of an intent. Acceptance is not execution: an accepted order is queued. */
export interface ExecutionResponse {
  readonly intentId: IntentId;
  /** Derived: `outcome === 'ACCEPTED'`. Who sees `false` must look at `outcome`: `UNKNOWN` means "may be live". */
  readonly accepted: boolean;
  readonly outcome: CommandOutcome;
  /** Engine or broker id: `kis`, `kiwoom`, `noop-broker`, `mock-broker`, `failsafe`. */
  readonly broker: string;
  /** For people; carries the broker order id when it is known. */
  readonly message: string;
  readonly timestampMs: EpochMs;
  /** The safety code of an order that failed; exactly one for every failed order. */
  readonly code?: FailsafeCode;
  readonly brokerOrderId?: BrokerOrderId;
  readonly reference?: OrderReference;
  readonly status?: OrderStatus;
  /** With `UNKNOWN` only: the broker's refusal, which counts when a complete order list does not show the order. */
  readonly refusal?: NativeReason;
  /** What the failure guard makes of it; absent: the outcome decides. */
  readonly guard?: GuardEffect;
  /** True when nothing was sent because the request was a dry run. */
  readonly dryRun?: boolean;
}
