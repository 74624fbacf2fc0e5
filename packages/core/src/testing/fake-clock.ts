import { setImmediate as endOfTurn } from 'node:timers/promises';
import { type Clock, type Timer } from '../ports/clock.ts';
import { type EpochMs } from '../values.ts';

/** A clock that the test owns. Nothing happens until the test says so. */
export interface FakeClock extends Clock {
  /**
   * Lets `ms` pass: runs every timer that falls due, in order of time (then of setting), and lets promises settle before
   * the first, after each, and at the end. A timer that a callback sets runs too when it falls into the span. A callback
   * that throws ends the advance.
   */
  advance(ms: number): Promise<void>;
  /** Lets promises settle without time passing. */
  settle(): Promise<void>;
  /** Moves the wall clock alone, as a host whose time is corrected does. Timers and the monotonic clock do not notice. */
  shiftWallClock(ms: number): void;
  /** Timers that wait. A test of a `close()` wants none. */
  readonly pendingTimers: number;
}

export interface FakeClockOptions {
  /** Default 2026-09-14 09:00 in Korea, a Monday. */
  readonly startMs?: EpochMs;
}

interface WaitingTimer {
  readonly dueMs: number;
  readonly callback: () => void;
}

const defaultStartMs = Date.UTC(2026, 8, 14, 0, 0, 0);

/** Makes a {@link FakeClock}. */
export function createFakeClock({ startMs = defaultStartMs }: FakeClockOptions = {}): FakeClock {
  let monotonicMs = 0;
  let wallOffsetMs = startMs;
  const waiting = new Set<WaitingTimer>();

  /** The timer that falls due first; the set keeps the order of setting, so the first of equals wins. */
  function next(untilMs: number): WaitingTimer | undefined {
    let found: WaitingTimer | undefined;
    for (const timer of waiting) {
      if (timer.dueMs <= untilMs && (found === undefined || timer.dueMs < found.dueMs)) found = timer;
    }
    return found;
  }

  const clock: FakeClock = {
    nowMs: () => wallOffsetMs + monotonicMs,
    monotonicMs: () => monotonicMs,
    setTimer(callback: () => void, delayMs: number): Timer {
      if (Number.isNaN(delayMs)) throw new RangeError('A timer needs a delay; NaN is none.');
      const timer = { dueMs: monotonicMs + Math.max(0, delayMs), callback };
      waiting.add(timer);
      return { cancel: () => void waiting.delete(timer) };
    },
    async advance(ms: number): Promise<void> {
      if (!(ms >= 0)) throw new RangeError(`Time passes forwards only; ${String(ms)} ms do not.`);
      const untilMs = monotonicMs + ms;
      await endOfTurn();
      for (let timer = next(untilMs); timer !== undefined; timer = next(untilMs)) {
        monotonicMs = timer.dueMs;
        waiting.delete(timer);
        timer.callback();
        await endOfTurn();
      }
      monotonicMs = untilMs;
      await endOfTurn();
    },
    settle: () => endOfTurn(),
    shiftWallClock(ms: number): void {
      wallOffsetMs += ms;
    },
    get pendingTimers() {
      return waiting.size;
    },
  };
  return clock;
}
