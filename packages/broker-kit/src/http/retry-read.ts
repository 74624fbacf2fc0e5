import { type Clock } from '@qts/core';
import { type RandomSource } from '../time/random-source.ts';

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
  /** Wait before the first repeat; doubles each time; each wait is cut by up to half at random. Default 1,000. */
  readonly delayMs?: number;
  /** Epoch ms after which no further try begins. Default: 10 s from now. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** Told before each wait. `repeat` counts from 1. */
  readonly onRepeat?: (repeat: number, error: unknown, waitMs: number) => void;
}

/**
 * Runs a read, and runs it again when its failure may pass. The last error is thrown as it is.
 * Orders cannot be handed in: the operation must be `repeatable: true`.
 */
export function retryRead<Result>(
  operation: RepeatableOperation,
  attempt: (repeat: number) => Promise<Result>,
  options: RetryReadOptions,
): Promise<Result> {
  throw new Error(`In the making: ${operation.name} ${typeof attempt} ${typeof options}`);
}
