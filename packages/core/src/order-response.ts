import { type FailsafeCode } from '@qts/failsafe-codes';
import { type CancelOutcome } from './command-outcome.ts';
import { type BrokerError } from './errors.ts';
import { type OrderReference } from './order-reference.ts';
import { type BrokerOrderId, type ClientOrderId, type EpochMs, type Shares } from './values.ts';

/** Why the broker said no, in the broker's own words: trimmed, and free of secrets. */
export interface NativeReason {
  readonly code: string;
  readonly message: string;
}

/**
 * What a failure guard makes of one failed order command (execution-safety 11, column Guard). The adapter knows it from
 * the broker's own word; without it the outcome decides.
 *
 * - `COUNT`: counts. - `IGNORE`: does not count (a rate refusal: the limiter slows down). - `FORGIVE_ONCE`: the second in a row
 *   counts (a token). - `TRIP`: trips at once, a person is needed (credentials, an answer that contradicts itself).
 */
export const guardEffects = ['COUNT', 'IGNORE', 'FORGIVE_ONCE', 'TRIP'] as const;
export type GuardEffect = (typeof guardEffects)[number];

/**
 * The answer to a place or a replace command. `REJECTED` needs the broker's explicit word; `NOT_SENT` needs proof that
 * no byte left; everything else that is not a clear yes is `UNKNOWN`.
 */
export type OrderResponse = { readonly clientOrderId: ClientOrderId; readonly receivedAtMs: EpochMs } & (
  | {
      readonly outcome: 'ACCEPTED';
      readonly brokerOrderId: BrokerOrderId;
      readonly reference: OrderReference;
      /** True when nothing was sent because the request was a dry run. */
      readonly dryRun: boolean;
    }
  | {
      readonly outcome: 'REJECTED';
      readonly code: FailsafeCode;
      readonly native: NativeReason;
      readonly guard?: GuardEffect;
    }
  | { readonly outcome: 'NOT_SENT'; readonly code: FailsafeCode; readonly cause: BrokerError }
  | {
      readonly outcome: 'UNKNOWN';
      readonly code: FailsafeCode;
      readonly cause: BrokerError;
      /**
       * The broker refused, in words that prove nothing by themselves: they become a refusal when a complete order list,
       * read at least 1 s later, does not show the order (execution-safety 11, "confirmed by read").
       */
      readonly refusal?: NativeReason;
      readonly guard?: GuardEffect;
    }
);

/** The answer to a replace: as for a place; the new number points at the original. */
export type ReplaceResponse = OrderResponse;

/** The answer to a cancel. */
export interface CancelResponse {
  readonly outcome: CancelOutcome;
  readonly receivedAtMs: EpochMs;
  /** The cancel's own number, when the broker gave one. */
  readonly brokerOrderId?: BrokerOrderId;
  /** Known only with evidence (`CONFIRMED`). */
  readonly canceledQuantity?: Shares;
  readonly native?: NativeReason;
  readonly cause?: BrokerError;
  /** With `REFUSED_BY_SESSION`, where it is known: when the next window opens that takes cancels. */
  readonly opensAtMs?: EpochMs;
  readonly dryRun: boolean;
}
