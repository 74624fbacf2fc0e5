import { type EpochMs } from '@qts/core';

/** Who stopped or released, why and when. */
export interface StopMark {
  readonly requestedBy: string;
  readonly reason: string;
  readonly atMs: EpochMs;
}

/** Where the latch stands. What cannot be read counts as engaged. */
export type StopReading =
  | ({ readonly state: 'ENGAGED' } & StopMark)
  | ({ readonly state: 'RELEASED' } & StopMark)
  | { readonly state: 'UNREADABLE'; readonly why: string };

/**
 * The stop that outlives the process, kept where a second terminal can reach it: the real form is `openStopFile` of
 * `@qts/storage`. `read` is asked directly before every order leaves: it must not wait, and never throws. The others throw
 * when what they were asked for is not durable.
 */
export interface StopLatch {
  read(): StopReading;
  engage(mark: StopMark): void;
  release(mark: StopMark): void;
}

/** A latch that ends with the process: for tests and dry runs. */
export function createMemoryStopLatch(): StopLatch {
  let reading: StopReading = { state: 'RELEASED', requestedBy: '', reason: 'never engaged', atMs: 0 };
  return {
    read: () => reading,
    engage(mark) {
      reading = { state: 'ENGAGED', ...mark };
    },
    release(mark) {
      reading = { state: 'RELEASED', ...mark };
    },
  };
}
