import { type SteppedClock } from './venue-clock.ts';

/** Makes a clock that stands at `startMs` (epoch ms) until {@link SteppedClock.advanceTo} moves it. */
export function createSteppedClock(startMs: number): SteppedClock {
  requireInstant(startMs);
  let nowMs = startMs;
  const listeners = new Set<(nowMs: number) => void>();
  return {
    nowMs: () => nowMs,
    subscribe(onTime) {
      // A wrapper of its own, so that one function may listen twice.
      const listener = (atMs: number): void => {
        onTime(atMs);
      };
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    advanceTo(atMs) {
      requireInstant(atMs);
      if (atMs < nowMs) {
        throw new RangeError(`The clock stands at ${nowMs} and cannot go back to ${atMs}. Pass a later instant.`);
      }
      nowMs = atMs;
      for (const listener of [...listeners]) listener(atMs);
    },
  };
}

function requireInstant(atMs: number): void {
  if (!Number.isSafeInteger(atMs)) {
    throw new RangeError(`An instant must be whole epoch milliseconds; found ${atMs}.`);
  }
}
