import { type VenueClock } from './venue-clock.ts';

/** Where running clocks get their time and their wake-ups from; the real form is in `src/system/`. */
export interface TimeSource {
  nowMs(): number;
  /** Calls `action` about every `periodMs`, until the returned function is called. Must not keep the process alive. */
  every(periodMs: number, action: () => void): () => void;
}

/** How often a running clock looks up, in real ms. Fine enough for people, coarse enough to cost nothing. */
const tickMs = 10;

/**
 * Makes a clock that stands at `startMs` now and then runs `speed` times as fast as `source`.
 *
 * @throws RangeError when `speed` is not above 0.
 */
export function createRunningClock(
  source: TimeSource,
  options: { readonly startMs: number; readonly speed: number },
): VenueClock {
  if (!(options.speed > 0 && Number.isFinite(options.speed))) {
    throw new RangeError(`The speed of a clock must be above 0; found ${options.speed}. Use 1 for real speed.`);
  }
  const sourceStartMs = source.nowMs();
  const nowMs = (): number => Math.floor(options.startMs + (source.nowMs() - sourceStartMs) * options.speed);
  return {
    nowMs,
    subscribe: (onTime) =>
      source.every(tickMs, () => {
        onTime(nowMs());
      }),
  };
}
