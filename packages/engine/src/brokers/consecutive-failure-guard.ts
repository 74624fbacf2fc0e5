import { ConfigurationError, type ExecutionResponse, type FailsafeCode } from '@qts/core';
import { isDenial } from '../safety/order-failure.ts';

export interface ConsecutiveFailureGuardSettings {
  /** Failures in a row that latch the guard: an integer, 1 or more. Default 3. */
  readonly maxConsecutiveFailures?: number;
  /** Whether the broker's explicit refusals count. Default true, the cautious choice. */
  readonly countBusinessRefusals?: boolean;
}

/** What the guard looks at: answers to places and to replaces. */
export type GuardedAnswer = Pick<ExecutionResponse, 'outcome' | 'code' | 'dryRun' | 'guard'>;

/** Counts failures of order commands in a row, and latches. There is no reset: recovery is a new engine. */
export interface ConsecutiveFailureGuard {
  readonly blocked: boolean;
  readonly consecutiveFailures: number;
  readonly maxConsecutiveFailures: number;
  /** Takes note of an answer. */
  observe(response: GuardedAnswer): void;
  /** Takes note of an engine that threw instead of answering. */
  observeThrown(): void;
}

/** Wrong credentials or environment, broken integrity: another try cannot help (execution-safety 11, "trips"). */
const trippingCodes: readonly FailsafeCode[] = ['FS044', 'FS045'];

/**
 * | Answer                                             | Count                                   |
 * | -------------------------------------------------- | --------------------------------------- |
 * | accepted                                           | back to 0                               |
 * | dry run, NOOP, denied by ourselves (`G…` codes)    | unchanged: the broker was not involved  |
 * | refused by the broker                              | +1, by setting                          |
 * | not sent (network), unknown, thrown                | +1, always                              |
 * | `FS044`, `FS045`                                   | latches at once                         |
 *
 * What the adapter says of its broker's word (core's `GuardEffect`) goes before the outcome: `IGNORE` leaves the count,
 * `FORGIVE_ONCE` counts from the second in a row on, `COUNT` counts, `TRIP` latches at once.
 *
 * @throws {ConfigurationError} when the maximum is not an integer of 1 or more.
 */
export function createConsecutiveFailureGuard({
  maxConsecutiveFailures = 3,
  countBusinessRefusals = true,
}: ConsecutiveFailureGuardSettings = {}): ConsecutiveFailureGuard {
  if (!Number.isSafeInteger(maxConsecutiveFailures) || maxConsecutiveFailures < 1) {
    throw new ConfigurationError({
      code: 'SETTING_OUT_OF_RANGE',
      summary: 'The maximum of consecutive failures is not usable.',
      facts: { field: 'maxConsecutiveFailures', found: maxConsecutiveFailures },
      next: 'Give an integer of 1 or more; 3 is the default.',
    });
  }
  let consecutiveFailures = 0;
  let blocked = false;
  /** A refused token was forgiven; the next in a row is not. */
  let hasForgiven = false;

  function fail(): void {
    consecutiveFailures++;
    if (consecutiveFailures >= maxConsecutiveFailures) blocked = true;
  }

  return {
    get blocked() {
      return blocked;
    },
    get consecutiveFailures() {
      return consecutiveFailures;
    },
    maxConsecutiveFailures,
    observeThrown: fail,
    observe({ outcome, code, dryRun, guard }) {
      if (outcome === 'ACCEPTED') {
        if (dryRun === true) return;
        consecutiveFailures = 0;
        hasForgiven = false;
        return;
      }
      if (isDenial(code)) return;
      if (guard === 'TRIP' || (code !== undefined && trippingCodes.includes(code))) blocked = true;
      if (guard === 'IGNORE') return;
      if (guard === 'FORGIVE_ONCE' && !hasForgiven) {
        hasForgiven = true;
        return;
      }
      if (guard !== undefined || outcome !== 'REJECTED' || countBusinessRefusals) fail();
    },
  };
}
