import { type Clock } from '@qts/core';

/** Measures what a server's clock is ahead of ours, from the `Date` headers of its answers (execution-safety 16). */
export interface ClockOffset {
  /**
   * An answer's `Date` header, with when its request left and when it was there, monotonic ms. What cannot be read, or took
   * too long to say when the server looked at its clock, changes nothing.
   */
  hear(date: string | undefined, leftAtMs: number, cameAtMs: number): void;
  /** Ms; negative: the server is behind. About half a second off either way; `undefined` before a few answers were heard. */
  readonly aheadMs: number | undefined;
}

/** Answers that the median is of. */
const samplesMax = 20;
/** Before so many there is no median: a single answer may come from a cache, or from another machine. */
const samplesMin = 5;
/** The header names a whole second, so the clock said half a second more on average. */
const halfSecondMs = 500;
/** An exchange that took longer says too little about when the server looked at its clock, ms. */
const exchangeMsMax = 1_000;

/**
 * The median of the last answers, so that a few wrong headers move nothing. Kept against the monotonic clock: when the wall
 * clock of this machine is moved, the offset is right again at once.
 */
export function createClockOffset(clock: Clock): ClockOffset {
  /** What the server's wall clock is ahead of our monotonic one, ms, oldest first. */
  const samples: number[] = [];

  return {
    hear(date, leftAtMs, cameAtMs) {
      const saidMs = date === undefined ? Number.NaN : Date.parse(date);
      if (Number.isNaN(saidMs) || cameAtMs - leftAtMs > exchangeMsMax) return;
      samples.push(saidMs + halfSecondMs - (leftAtMs + cameAtMs) / 2);
      if (samples.length > samplesMax) samples.shift();
    },

    get aheadMs() {
      if (samples.length < samplesMin) return undefined;
      const sorted = samples.toSorted((one, other) => one - other);
      const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
      return Math.round(middle - (clock.nowMs() - clock.monotonicMs()));
    },
  };
}
