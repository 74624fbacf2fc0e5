import { type ErrorFacts, type FailsafeCode, type Krw } from '@qts/core';

/** What the checks say of an order. A denial is ours: nothing left the process, nothing was rejected by anybody. */
export type RiskDecision =
  | {
      readonly allowed: true;
      /** The most a share can cost (the limit, or the upper daily limit for types without one): what to reserve. */
      readonly worstPriceKrw: Krw;
    }
  | Denial;

/** A refusal: its code in the registry, one sentence, and the facts behind it. */
export interface Denial {
  readonly allowed: false;
  readonly code: FailsafeCode;
  readonly message: string;
  readonly facts: ErrorFacts;
}

export function deny(code: FailsafeCode, message: string, facts: ErrorFacts): Denial {
  return { allowed: false, code, message, facts };
}
