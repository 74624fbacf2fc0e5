import { type Clock, ValidationError } from '@qts/core';
import { type RandomSource } from '../time/random-source.ts';
import { sleep } from '../time/sleep.ts';

/** What may be repeated: an operation that says so itself. No order command can say it (see `defineOperation`). */
export interface RepeatableOperation {
  readonly name: string;
  readonly repeatable: true;
}

export interface RetryReadOptions {
  readonly clock: Clock;
  readonly random: RandomSource;
  /** Decides by the error whether another try makes sense (classes F1, F3-rate, F4, F5 of execution-safety 11). */
  readonly shouldRepeat: (error: unknown) => boolean;
  /** Repeats after the first try, 0 to 3. Default 3. */
  readonly repeatsMax?: number;
  /** Wait before the first repeat, ms; doubles each time; each wait is cut by up to half at random. Default 1,000. */
  readonly delayMs?: number;
  /** Epoch ms after which no further try begins. Default: 10 s from now. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** Whoever reads was closed: a wait ends with the signal's reason, and leaves no timer. */
  readonly closed?: AbortSignal;
  /** Told before each wait. `repeat` counts from 1. */
  readonly onRepeat?: (repeat: number, error: unknown, waitMs: number) => void;
}

/** Of execution-safety 11: reads may be repeated at most 3 times. */
const repeatsLimit = 3;

/** Total time of a read with its repeats when the caller gave no deadline. */
const defaultTotalMs = 10_000;

/**
 * Runs a read, and runs it again when its failure may pass. The last error is thrown as it is.
 * Orders cannot be handed in: the operation must be `repeatable: true`.
 * @param attempt one try; `repeat` is 0 for the first.
 * @throws {ValidationError} (rejects) when the operation is not repeatable after all, or `repeatsMax` is out of range.
 */
export async function retryRead<Result>(
  operation: RepeatableOperation,
  attempt: (repeat: number) => Promise<Result>,
  options: RetryReadOptions,
): Promise<Result> {
  const { clock, random, shouldRepeat, repeatsMax = repeatsLimit, delayMs = 1_000, signal, closed, onRepeat } = options;
  const deadlineMs = options.deadlineMs ?? clock.nowMs() + defaultTotalMs;
  requireRepeatable(operation, repeatsMax);
  for (let repeat = 0; ; repeat += 1) {
    signal?.throwIfAborted();
    try {
      return await attempt(repeat);
    } catch (error) {
      const waitMs = delayMs * 2 ** repeat * (1 - random() / 2);
      const hasTime = clock.nowMs() + waitMs < deadlineMs;
      const isOver = signal?.aborted === true || closed?.aborted === true || !hasTime;
      if (repeat >= repeatsMax || isOver || !shouldRepeat(error)) throw error;
      onRepeat?.(repeat + 1, error, waitMs);
      await sleep(clock, waitMs, either(signal, closed));
    }
  }
}

function either(one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined {
  return one === undefined || other === undefined ? (one ?? other) : AbortSignal.any([one, other]);
}

/** The types say it already; a cast must not be enough to send an order twice. */
function requireRepeatable(
  operation: { readonly name: string; readonly repeatable: boolean },
  repeatsMax: number,
): void {
  if (!operation.repeatable) {
    throw new ValidationError({
      code: 'OPERATION_NOT_REPEATABLE',
      summary: 'An operation that must not be repeated was handed to the retry of reads.',
      facts: { operation: operation.name },
      next: 'Send it once, and read what became of it.',
    });
  }
  if (!Number.isInteger(repeatsMax) || repeatsMax < 0 || repeatsMax > repeatsLimit) {
    throw new ValidationError({
      code: 'REPEATS_OUT_OF_RANGE',
      summary: 'The number of repeats of a read is out of range.',
      facts: { setting: 'repeatsMax', found: String(repeatsMax) },
      next: `Give a whole number from 0 to ${repeatsLimit}.`,
    });
  }
}
