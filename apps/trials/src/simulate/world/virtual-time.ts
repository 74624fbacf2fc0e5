import { type Clock } from '@qts/core';
import { type VenueClock } from '@qts/venue-sim';
import { type Draw } from './draw.ts';

/** Something that happens at a time, unless it is called off. */
export interface Task {
  cancel(): void;
}

/** The clock of one process: ended with it, so that nothing of a dead process ever runs again. */
export interface ProcessClock extends Clock {
  /** Timers that have neither fired nor been canceled. */
  readonly pendingTimers: number;
  /** No timer of this process fires any more. */
  end(): void;
}

/** Something with a timetable of its own, such as an exchange. */
export interface DrivenSource {
  /** When the next thing is due, if anything is. */
  nextDueMs(): number | undefined;
  advanceTo(atMs: number): void;
}

/** The one time of a simulated world: everything that waits, waits here. */
export interface VirtualTime {
  readonly nowMs: number;
  /** Runs `action` once, `delayMs` from now. */
  after(delayMs: number, action: () => void): Task;
  /** Time as a venue sees it: it catches up when it is asked for something. */
  readonly venueClock: VenueClock;
  createProcessClock(): ProcessClock;
  /**
   * From now on `source` is moved to each instant at which something is due in it, and not only when it is asked: what it
   * does then reaches others by {@link after} alone.
   */
  drive(source: DrivenSource): void;
  /**
   * Runs what is due up to `untilMs`, in order of time; of what is due at one time the order is drawn from the seed. All
   * continuations of one event run before the next. `afterEach` is told after every event and may end the run with false.
   */
  run(untilMs: number, afterEach: () => boolean): Promise<void>;
}

interface Entry {
  readonly atMs: number;
  /** Drawn: decides among what is due at one time. */
  readonly tie: number;
  action: (() => void) | undefined;
}

/** Resolves when every continuation that is ready has run, without a turn of the event loop. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}

export function createVirtualTime(startMs: number, draw: Draw): VirtualTime {
  const heap: Entry[] = [];
  let nowMs = startMs;
  let driven: DrivenSource | undefined;

  /** The next event up to `untilMs`, behind all that is due before it in what is driven. */
  function takeNext(untilMs: number): Entry | undefined {
    for (;;) {
      let next = heap[0];
      while (next !== undefined && next.action === undefined) {
        pop(heap);
        next = heap[0];
      }
      const dueMs = driven?.nextDueMs();
      if (driven !== undefined && dueMs !== undefined && dueMs <= Math.min(next?.atMs ?? Infinity, untilMs)) {
        nowMs = Math.max(nowMs, dueMs);
        driven.advanceTo(nowMs);
        continue;
      }
      if (next === undefined || next.atMs > untilMs) return undefined;
      pop(heap);
      return next;
    }
  }

  function after(delayMs: number, action: () => void): Task {
    const atMs = nowMs + Math.max(0, Math.ceil(delayMs));
    const entry: Entry = { atMs, tie: draw.next(), action };
    push(heap, entry);
    return {
      cancel() {
        entry.action = undefined;
      },
    };
  }

  return {
    get nowMs() {
      return nowMs;
    },
    after,
    drive(source) {
      driven = source;
    },
    venueClock: { nowMs: () => nowMs, subscribe: () => () => undefined },

    createProcessClock() {
      const timers = new Set<Task>();
      let ended = false;
      return {
        nowMs: () => nowMs,
        monotonicMs: () => nowMs - startMs,
        get pendingTimers() {
          return timers.size;
        },
        setTimer(callback, delayMs) {
          if (ended) return { cancel: () => undefined };
          const task = after(delayMs, () => {
            timers.delete(task);
            callback();
          });
          timers.add(task);
          return {
            cancel() {
              timers.delete(task);
              task.cancel();
            },
          };
        },
        end() {
          ended = true;
          for (const task of timers) task.cancel();
          timers.clear();
        },
      };
    },

    async run(untilMs, afterEach) {
      for (;;) {
        await settle();
        if (!afterEach()) return;
        const next = takeNext(untilMs);
        if (next === undefined) break;
        nowMs = next.atMs;
        const { action } = next;
        next.action = undefined;
        action?.();
      }
      nowMs = Math.max(nowMs, untilMs);
    },
  };
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.tie < other.tie);
}

/** A binary heap, earliest first. */
function push(heap: Entry[], entry: Entry): void {
  let hole = heap.push(entry) - 1;
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || isBefore(above, entry)) break;
    heap[hole] = above;
    hole = parent;
  }
  heap[hole] = entry;
}

function pop(heap: Entry[]): void {
  const entry = heap.pop();
  if (entry === undefined || heap.length === 0) return;
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    const left = heap[child];
    if (left === undefined) break;
    const right = heap[child + 1];
    let below = left;
    if (right !== undefined && isBefore(right, left)) {
      below = right;
      child += 1;
    }
    if (!isBefore(below, entry)) break;
    heap[hole] = below;
    hole = child;
  }
  heap[hole] = entry;
}
