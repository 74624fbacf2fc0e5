import { systemClock } from '@qts/broker-kit';
import { ConfigurationError, type Logger } from '@qts/core';
import { type Environment } from '../config/env-file.ts';

/** What a watch is asked for. */
export interface WatchCommandOptions {
  readonly symbols: readonly string[];
  readonly config?: string;
  readonly mode?: string;
  /** One broker, or several with commas: then the same symbols by each, from one simulated market. */
  readonly broker?: string;
  /** A simulated venue that runs already, `http://127.0.0.1:…`, with credentials from the environment. */
  readonly url?: string;
  /** Own orders, too. */
  readonly orders: boolean;
  readonly json: boolean;
  readonly record?: string;
  readonly play?: string;
  readonly seconds?: number;
  /** `W02-cut@5`: faults of the venue that the watch opens itself. */
  readonly faults: readonly string[];
  readonly environment: () => Environment;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly out: (text: string) => void;
  readonly say: (line: string) => void;
}

/** Options that do not go together. */
export function refuseOptions(field: string, why: string, next: string): never {
  throw new ConfigurationError({
    code: 'WATCH_OPTIONS_CONTRADICT',
    summary: `${why} Nothing was started.`,
    facts: { field },
    next,
  });
}

/** Aborts when the person ends the watch, or its time is over. `cancel` leaves no timer behind. */
export function endOfWatch({ seconds, signal }: Pick<WatchCommandOptions, 'seconds' | 'signal'>): {
  readonly signal: AbortSignal;
  readonly cancel: () => void;
} {
  if (seconds === undefined) return { signal, cancel: () => undefined };
  const timeOver = new AbortController();
  const timer = systemClock.setTimer(() => {
    timeOver.abort();
  }, seconds * 1_000);
  return {
    signal: AbortSignal.any([signal, timeOver.signal]),
    cancel: () => {
      timer.cancel();
    },
  };
}
