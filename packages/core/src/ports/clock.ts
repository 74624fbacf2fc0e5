import { type EpochMs } from '../values.ts';

/** A timer that has not fired yet. */
export interface Timer {
  /** Safe to call twice, and after the timer has fired. */
  cancel(): void;
}

/** Time, as the owner of the process tells it: the real one, a simulated day, or a test's. */
export interface Clock {
  /** Wall clock: epoch ms, UTC. For calendars and stamps. */
  nowMs(): EpochMs;
  /** Monotonic milliseconds from an arbitrary start. For durations. */
  monotonicMs(): number;
  /** Runs `callback` once, `delayMs` or more from now. */
  setTimer(callback: () => void, delayMs: number): Timer;
}
