import { type FailsafeCode } from '@qts/failsafe-codes';
import { type CommandOutcome } from './command-outcome.ts';
import { type ExecutionIntent } from './execution-intent.ts';
import { type Side } from './order-terms.ts';
import { type EpochMs, type IntentId, type Krw, type Shares, type SymbolCode } from './values.ts';

/**
 * The data that the five stages hand to one another (ETEDA): Extract → Transform → Evaluate → Decide → Act. Each is plain
 * and immutable, so that a cycle can be recorded and played again.
 */

/** The stages of a cycle, in order. */
export const etedaStages = ['EXTRACT', 'TRANSFORM', 'EVALUATE', 'DECIDE', 'ACT'] as const;
export type EtedaStage = (typeof etedaStages)[number];

/** What Extract took from the market for one symbol at one moment. */
export interface MarketSnapshot {
  readonly symbol: SymbolCode;
  readonly takenAtMs: EpochMs;
  readonly lastPriceKrw: Krw;
  /** Base of the daily limits. */
  readonly basePriceKrw: Krw;
  readonly upperLimitKrw: Krw;
  readonly lowerLimitKrw: Krw;
  /** Tick at the last price, won. */
  readonly tickKrw: Krw;
  /** Shares traded today. */
  readonly volume: Shares;
  readonly halted: boolean;
}

/** What the account held when the cycle looked at it. */
export interface AccountSnapshot {
  /** What may be spent on a new buy, won. */
  readonly orderableCashKrw: Krw;
  /** Cash and holdings at last prices, won. Zero or less is a fail-safe (FS050). */
  readonly equityKrw: number;
  readonly positions: ReadonlyMap<SymbolCode, PositionSnapshot>;
}

export interface PositionSnapshot {
  readonly quantity: Shares;
  /** Quantity less what open sell orders hold back. */
  readonly sellableQuantity: Shares;
  readonly costKrw: Krw;
  /** What open buy orders may still add. */
  readonly openBuyQuantity: Shares;
}

/** What Transform made of a snapshot: the market, the account, and the recent past of the symbol, newest last. */
export interface EnrichedState {
  readonly market: MarketSnapshot;
  readonly account: AccountSnapshot;
  readonly position: PositionSnapshot;
  /** Last prices of this symbol over the cycles of the day, newest last, the present one included. */
  readonly priceHistoryKrw: readonly number[];
}

/** What a strategy wishes, before anybody weighed the risk. */
export type Signal =
  | { readonly action: 'HOLD'; readonly symbol: SymbolCode; readonly reason: string }
  | {
      readonly action: Side;
      readonly symbol: SymbolCode;
      readonly quantity: Shares;
      /** Absent: a market order. */
      readonly limitPriceKrw?: Krw;
      readonly reason: string;
    };

/** What Decide made of a signal. */
export type Decision =
  | {
      readonly approved: false;
      readonly symbol: SymbolCode;
      readonly signal: Signal;
      /** Absent for a plain HOLD. */
      readonly code?: FailsafeCode;
      readonly reason: string;
    }
  | {
      readonly approved: true;
      readonly symbol: SymbolCode;
      readonly signal: Exclude<Signal, { readonly action: 'HOLD' }>;
      readonly intent: ExecutionIntent;
      readonly reason: string;
    };

/**
 * What Act did. Acceptance is not execution: nothing here says that anything filled.
 *
 * - `accepted`, `rejected`, `not-sent`, `unknown`: the engine's outcome;
 * - `skipped`: a gate was closed, or there was nothing to do;
 * - `error`: a stage failed; the cycle's error counts for the loop's backoff.
 */
export const actStatuses = ['accepted', 'rejected', 'not-sent', 'unknown', 'skipped', 'error'] as const;
export type ActStatus = (typeof actStatuses)[number];

export interface ActResult {
  readonly status: ActStatus;
  readonly reason: string;
  readonly intentId?: IntentId;
  readonly outcome?: CommandOutcome;
  readonly broker?: string;
  /** The safety code of an order that failed. */
  readonly code?: FailsafeCode;
  readonly timestampMs: EpochMs;
}

/** One symbol's way through one cycle. */
export interface PipelineResult {
  readonly symbol: SymbolCode;
  readonly timestampMs: EpochMs;
  /** The stage in which it ended. */
  readonly stage: EtedaStage;
  readonly decision?: Decision;
  readonly act: ActResult;
}
