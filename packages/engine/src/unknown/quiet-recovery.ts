import { type Clock, type Timer } from '@qts/core';
import { type SafetyLayer } from '../safety/safety-layer.ts';

/** Asks the safety layer to recover once all that was unknown is resolved and nothing new was unknown for a while. */
export interface QuietRecovery {
  /** An order or a replace became unknown, and its safety record was made. */
  began(): void;
  /** One was resolved. */
  ended(): void;
  /** How many fail-safes in a row unknown orders caused in an earlier process, whose state the safety layer has. */
  restored(unknownOrdersInRow: number): void;
  /** Whether unknown orders alone stopped trading, so that it goes on by itself when they are resolved. */
  readonly isPossible: boolean;
  close(): void;
}

/** The only fail-safe that this may lift. */
const liftedCode = 'FS042';

/** @param isResolved whether nothing is unknown any more, not even something that waits for a person */
export function createQuietRecovery(
  safety: SafetyLayer,
  clock: Clock,
  quietMs: number | 'never',
  isResolved: () => boolean,
): QuietRecovery {
  let timer: Timer | undefined;
  /** Fail-safes in a row that unknown orders caused. */
  let unknownInRow = 0;

  function isPossible(): boolean {
    if (quietMs === 'never') return false;
    const { pipelineState, lastFailSafeCode, consecutiveFailSafeCount } = safety.snapshot();
    return pipelineState === 'FAIL' && lastFailSafeCode === liftedCode && consecutiveFailSafeCount === unknownInRow;
  }

  return {
    get isPossible() {
      return isPossible();
    },

    began() {
      timer?.cancel();
      timer = undefined;
      unknownInRow = safety.snapshot().consecutiveFailSafeCount <= 1 ? 1 : unknownInRow + 1;
    },

    restored(count) {
      unknownInRow = count;
    },

    ended() {
      timer?.cancel();
      timer = undefined;
      if (!isResolved() || quietMs === 'never') return;
      timer = clock.setTimer(() => {
        timer = undefined;
        // An earlier process may have left a replace that was taken on after its orders.
        if (!isPossible() || !isResolved()) return;
        const reason = `every unknown order is resolved, and nothing was unknown for ${quietMs} ms`;
        safety.requestRecovery({ operatorApproved: false, requestedBy: 'unknown-resolver', reason });
      }, quietMs);
    },

    close() {
      timer?.cancel();
      timer = undefined;
    },
  };
}
