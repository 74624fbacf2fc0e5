import { type Clock } from '@qts/core';
import { type RandomSource } from '../time/random-source.ts';

/** Shortest and longest wait before an attempt, ms (execution-safety 15). */
const waitMsMin = 1_000;
const waitMsMax = 60_000;
/** Attempts at most in the window, ms. KIS has blocked endless reconnects since 2026-02-24. */
const attemptsMax = 10;
const windowMs = 600_000;
/** A connection that lived this long was a good one: the next wait is short again, ms. */
const stableMs = 60_000;

export interface NextAttempt {
  readonly waitMs: number;
  /** True when the cap, not the backoff, decides: a person should look. */
  readonly alarm: boolean;
}

/** When to try again. */
export interface ReconnectPace {
  /** An attempt begins now. */
  began(): void;
  /** A connection that was usable ended after `livedMs`. */
  ended(livedMs: number): void;
  next(): NextAttempt;
}

/** Exponential backoff, the upper half of each step at random, under a cap of attempts in a sliding window. */
export function createReconnectPace(clock: Clock, random: RandomSource): ReconnectPace {
  let attempts: number[] = [];
  let failures = 0;
  return {
    began() {
      attempts = [...attempts, clock.monotonicMs()].slice(-attemptsMax);
      failures += 1;
    },
    ended(livedMs) {
      if (livedMs >= stableMs) failures = 0;
    },
    next() {
      const step = Math.min(waitMsMax, waitMsMin * 2 ** Math.min(failures, 10));
      const backoffMs = Math.max(waitMsMin, step * (0.5 + random() / 2));
      const oldest = attempts[attempts.length - attemptsMax];
      const capMs = oldest === undefined ? 0 : oldest + windowMs - clock.monotonicMs();
      return { waitMs: Math.max(backoffMs, capMs), alarm: capMs > backoffMs };
    },
  };
}
