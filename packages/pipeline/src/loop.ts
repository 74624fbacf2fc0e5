import { type Clock } from '@qts/core';

/** How often, and how patient (domain.md 6.4). */
export interface LoopPolicy {
  /** Time between the starts of two cycles; a cycle that took longer is followed at once. Cycles never overlap. */
  readonly intervalMs: number;
  /** Pause after a cycle that ended in an error. Constant. */
  readonly errorBackoffMs: number;
  /** The loop stops when more cycles than this end in an error, one after the other. */
  readonly errorBackoffRetriesMax: number;
}

/** How a cycle ended. `error` counts whether the cycle threw or returned an error result. */
export type CycleEnd = 'ok' | 'error' | 'done';

export interface LoopOutcome {
  readonly reason: 'done' | 'stopped' | 'errors';
  readonly cycles: number;
  readonly errors: number;
  /** What the last failed cycle threw, if it threw. */
  readonly lastError?: unknown;
}

/**
 * Runs cycles until one says `done`, the signal aborts, or too many in a row fail.
 *
 * @param cycle runs one cycle; a rejection counts as `error`
 */
export async function runLoop(
  cycle: () => Promise<CycleEnd>,
  policy: LoopPolicy,
  clock: Clock,
  signal: AbortSignal,
): Promise<LoopOutcome> {
  let cycles = 0;
  let errors = 0;
  let inARow = 0;
  let lastError: unknown;
  const outcome = (reason: LoopOutcome['reason']): LoopOutcome =>
    lastError === undefined ? { reason, cycles, errors } : { reason, cycles, errors, lastError };

  while (!signal.aborted) {
    const beganMs = clock.monotonicMs();
    let end: CycleEnd;
    try {
      end = await cycle();
    } catch (error) {
      end = 'error';
      lastError = error;
    }
    cycles += 1;
    if (end === 'done') return outcome('done');
    if (end === 'error') {
      errors += 1;
      inARow += 1;
      if (inARow > policy.errorBackoffRetriesMax) return outcome('errors');
      await pause(clock, policy.errorBackoffMs, signal);
    } else {
      inARow = 0;
      await pause(clock, policy.intervalMs - (clock.monotonicMs() - beganMs), signal);
    }
  }
  return outcome('stopped');
}

/** Waits `ms`, or until the signal aborts, and rejects for neither. Leaves no timer and no listener behind. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      timer.cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = clock.setTimer(end, ms);
    signal.addEventListener('abort', end);
  });
}
