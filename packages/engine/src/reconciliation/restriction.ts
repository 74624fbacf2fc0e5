import { type FailsafeCode, type SymbolCode } from '@qts/core';

/** What is still allowed: only orders that reduce risk, or no order at all. Cancels always are. */
export type RestrictedState = 'REDUCE_ONLY' | 'HALTED';

/** Why, for the record and for the operator. */
export interface RestrictionCause {
  /** The safety code of the difference. */
  readonly code: FailsafeCode;
  /** One sentence without a full stop. */
  readonly why: string;
  /** The symbol to freeze; absent: the restriction is about the account alone. */
  readonly symbol?: SymbolCode;
}

/**
 * Restricts trading until a person lifts it. Asking twice for the same changes nothing; it never makes things looser.
 * Whoever keeps the trading state implements it.
 */
export type Restrict = (to: RestrictedState, cause: RestrictionCause) => void;
