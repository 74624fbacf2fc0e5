import { type Clock, type Timer } from '@qts/core';

/** Pings of the other side that are remembered to learn its period. */
const pingsKept = 8;
/** Pings before the learned period counts. */
const pingsNeeded = 3;
/** A learned period is never taken for shorter than this, ms: three quick pings are no promise. */
const learnedMsMin = 1_000;
/** A timer later than this was held up by our own process; what came meanwhile has not been read yet, ms. */
const stallMs = 500;

/** Finds a half-open connection: no byte for two ping periods. */
export interface QuietWatch {
  /** When something was last heard, monotonic ms. */
  readonly heardAtMs: number;
  /** Any byte. Called for every message: it only notes the time. */
  heard(atMs: number): void;
  /** A ping of the other side: its period is learned, and never taken for longer than configured. */
  pinged(atMs: number): void;
  start(): void;
  stop(): void;
}

/**
 * @param pingPeriodMs the longest period between pings of the other side, as documented or assumed.
 * @param onQuiet told once, with the ms of silence.
 */
export function createQuietWatch(clock: Clock, pingPeriodMs: number, onQuiet: (quietMs: number) => void): QuietWatch {
  let heardAtMs = 0;
  let timer: Timer | undefined;
  let pings: number[] = [];

  /** Twice the longest period seen, or twice the configured one. */
  function limitMs(): number {
    if (pings.length < pingsNeeded) return 2 * pingPeriodMs;
    const longest = pings.slice(1).reduce((most, at, index) => Math.max(most, at - (pings[index] ?? at)), 0);
    return 2 * Math.min(pingPeriodMs, Math.max(longest, learnedMsMin));
  }

  function wait(ms: number): void {
    const dueMs = clock.monotonicMs() + ms;
    timer = clock.setTimer(() => {
      look(clock.monotonicMs() - dueMs);
    }, ms);
  }

  function look(lateMs: number): void {
    const now = clock.monotonicMs();
    const leftMs = heardAtMs + limitMs() - now;
    if (leftMs > 0) {
      wait(leftMs);
    } else if (lateMs > stallMs) {
      wait(stallMs);
    } else {
      timer = undefined;
      onQuiet(now - heardAtMs);
    }
  }

  return {
    get heardAtMs() {
      return heardAtMs;
    },
    heard(atMs) {
      heardAtMs = atMs;
    },
    pinged(atMs) {
      pings = [...pings, atMs].slice(-pingsKept);
      // A shorter period may just have been learned: look again.
      if (pings.length >= pingsNeeded && timer !== undefined) {
        timer.cancel();
        wait(limitMs());
      }
    },
    start() {
      timer?.cancel();
      pings = [];
      heardAtMs = clock.monotonicMs();
      wait(limitMs());
    },
    stop() {
      timer?.cancel();
      timer = undefined;
    },
  };
}
