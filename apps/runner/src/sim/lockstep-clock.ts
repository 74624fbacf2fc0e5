import { type Clock, type EpochMs, type Timer } from '@qts/core';

/** What a simulated clock moves when it moves: the venue. */
export interface TimeFollower {
  /** Brings the follower to `atMs`. Everything due until then happens inside the call. */
  advanceTo(atMs: EpochMs): void;
  /** When something happens there next by itself. Asked only while a wire is watched. */
  nextDueMs?(): EpochMs | undefined;
}

/** A wire on which the follower speaks by itself, such as a WebSocket. */
export interface WatchedWire {
  /** False while the follower has nobody on it: time then jumps from timer to timer. */
  readonly isOpen: boolean;
  /** Nothing is on its way, either way. */
  isQuiet(): boolean;
  /** What was on its way will not come any more: it counts as lost. */
  giveUp(): void;
}

/**
 * One clock for the product and the venue, in lockstep. Time stands still while a request is in flight or code runs; when
 * everything waits on timers, it jumps to the next one. So limits, token life and sessions are those of the simulated
 * day, nothing depends on how fast the machine is, and the same seed gives the same day.
 *
 * While a wire is open, the venue goes from event to event: what it sends at an instant is received and handled at that
 * instant, before anything later happens.
 */
export interface LockstepClock extends Clock {
  /** Marks real input or output as begun: time stands still until it ends. Returns how to say that it ended. */
  hold(): () => void;
  /** Lets time stand still while something is on its way on a wire. One wire per clock. */
  watch(wire: WatchedWire): void;
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
/** Turns that a frame may take over the loopback; one that takes longer was swallowed by the end of its connection. */
const wireTurnsMax = 20_000;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Makes a clock that starts at `startMs` and moves `venue` along. */
export function createLockstepClock(startMs: EpochMs, venue: TimeFollower): LockstepClock {
  let nowMs = startMs;
  let order = 0;
  let inFlight = 0;
  let idle: (() => void) | undefined;
  let wire: WatchedWire | undefined;
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
    let wireTurns = 0;
    for (let calm = 0; calm < settlingTurns;) {
      if (inFlight > 0) await new Promise<void>((resolve) => (idle = resolve));
      await turn();
      // Something from outside, such as Ctrl-C, may have begun a request during the turn: also during the last one.
      if (inFlight > 0) calm = 0;
      else if (wire === undefined || wire.isQuiet()) calm += 1;
      else {
        calm = 0;
        wireTurns += 1;
        if (wireTurns > wireTurnsMax) wire.giveUp();
      }
    }
  }

  function moveTo(atMs: EpochMs): void {
    nowMs = Math.max(nowMs, atMs);
    venue.advanceTo(nowMs);
  }

  /** Moves to `untilMs`, or to where the venue has said something before: answers whether it came all the way. */
  function walkTo(untilMs: EpochMs): boolean {
    while (wire?.isOpen === true) {
      const dueMs = venue.nextDueMs?.();
      if (dueMs === undefined || dueMs > untilMs) break;
      moveTo(dueMs);
      if (!wire.isQuiet()) return false;
    }
    moveTo(untilMs);
    return true;
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

    watch(watched) {
      wire = watched;
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
        // What the venue says on the way is handled first, and may set an earlier timer or cancel this one.
        if (!walkTo(next.atMs)) continue;
        pending.delete(next);
        next.callback();
      }
    },
  };
}
