import { type Clock, type EpochMs, type Timer } from '@qts/core';

/** What a simulated clock moves when it moves: the venue. */
export interface TimeFollower {
  /** Brings the follower to `atMs`. Everything due until then happens inside the call. */
  advanceTo(atMs: EpochMs): void;
}

/**
 * One clock for the product and the venue, in lockstep. Time stands still while a request is in flight or code runs; when
 * everything waits on timers, it jumps to the next one. So limits, token life and sessions are those of the simulated
 * day, nothing depends on how fast the machine is, and the same seed gives the same day.
 */
export interface LockstepClock extends Clock {
  /** Marks real input or output as begun: time stands still until it ends. Returns how to say that it ended. */
  hold(): () => void;
  /** Runs `job` to its end and moves time whenever all of it waits on timers. Throws when it waits for nothing at all. */
  run<Result>(job: () => Promise<Result>): Promise<Result>;
}

interface Pending {
  readonly atMs: EpochMs;
  readonly order: number;
  readonly callback: () => void;
}

/** Turns of the event loop that continuations get to settle in before time may move. */
const settlingTurns = 2;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Makes a clock that starts at `startMs` and moves `venue` along. */
export function createLockstepClock(startMs: EpochMs, venue: TimeFollower): LockstepClock {
  let nowMs = startMs;
  let order = 0;
  let inFlight = 0;
  let idle: (() => void) | undefined;
  const pending = new Set<Pending>();

  function nextTimer(): Pending | undefined {
    let next: Pending | undefined;
    for (const each of pending) {
      if (next === undefined || each.atMs < next.atMs || (each.atMs === next.atMs && each.order < next.order))
        next = each;
    }
    return next;
  }

  /** Resolves when nothing is in flight and all continuations of what was have run. */
  async function quiet(): Promise<void> {
    for (let calm = 0; calm < settlingTurns;) {
      if (inFlight > 0) await new Promise<void>((resolve) => (idle = resolve));
      await turn();
      // Something from outside, such as Ctrl-C, may have begun a request during the turn: also during the last one.
      calm = inFlight > 0 ? 0 : calm + 1;
    }
  }

  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs - startMs,

    setTimer(callback, delayMs): Timer {
      const entry: Pending = { atMs: nowMs + Math.max(0, Math.ceil(delayMs)), order: (order += 1), callback };
      pending.add(entry);
      return { cancel: () => void pending.delete(entry) };
    },

    hold() {
      inFlight += 1;
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        inFlight -= 1;
        if (inFlight > 0) return;
        idle?.();
        idle = undefined;
      };
    },

    async run(job) {
      const state = { settled: false };
      const outcome = job().finally(() => (state.settled = true));
      // The outcome is awaited below; until then a rejection must not count as unhandled.
      outcome.catch(() => undefined);
      for (;;) {
        await quiet();
        if (state.settled) return outcome;
        const next = nextTimer();
        if (next === undefined)
          throw new Error('The simulated day stands still: nothing is in flight and no timer is set.');
        pending.delete(next);
        nowMs = Math.max(nowMs, next.atMs);
        venue.advanceTo(nowMs);
        next.callback();
      }
    },
  };
}
