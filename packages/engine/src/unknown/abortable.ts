import { type Clock } from '@qts/core';

/**
 * What `work` gives; `undefined` when the signal aborts first, or when it takes longer than `ms`. Work that ignores its
 * signal keeps nobody waiting.
 */
export async function within<Result>(
  clock: Clock,
  ms: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | undefined> {
  const timeIsOver = new AbortController();
  const limit = clock.setTimer(() => {
    timeIsOver.abort();
  }, ms);
  const either = AbortSignal.any([signal, timeIsOver.signal]);
  try {
    return await orWhenAborted(work(either), either);
  } finally {
    limit.cancel();
  }
}

/** What `work` gives; `undefined` when the signal aborts first. */
export function orWhenAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      resolve(undefined);
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}

/** Waits; less when the signal aborts. */
export function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      timer.cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = clock.setTimer(end, delayMs);
    signal.addEventListener('abort', end, { once: true });
  });
}
