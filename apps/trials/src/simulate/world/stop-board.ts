import { type StopLatch, type StopReading } from '@qts/engine';

/** The latch of the kill switch, as a file beside the journal: it outlives processes, and others reach it. */
export interface StopBoard extends StopLatch {
  /** Somebody spoils the file, or puts it right again. What cannot be read counts as engaged. */
  setReadable(isReadable: boolean): void;
}

export function createStopBoard(): StopBoard {
  let reading: StopReading = { state: 'RELEASED', requestedBy: '', reason: 'never engaged', atMs: 0 };
  let readable = true;
  const write = (next: StopReading): void => {
    reading = next;
    readable = true;
  };
  return {
    read: () => (readable ? reading : { state: 'UNREADABLE', why: 'it was cut off' }),
    engage(mark) {
      write({ state: 'ENGAGED', ...mark });
    },
    release(mark) {
      write({ state: 'RELEASED', ...mark });
    },
    setReadable(isReadable) {
      readable = isReadable;
    },
  };
}
