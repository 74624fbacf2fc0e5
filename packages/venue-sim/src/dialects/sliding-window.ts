/** Counts calls in the time before each call; a call that was refused does not count (assumed of both brokers). */
export interface SlidingWindow {
  /** Whether one more call fits at `nowMs`; if so it is counted. */
  admit(key: string, nowMs: number): boolean;
}

/** Makes a window of `periodMs` with room for `limit` calls per key. */
export function createSlidingWindow(limit: number, periodMs: number): SlidingWindow {
  const admitted = new Map<string, number[]>();
  return {
    admit(key, nowMs) {
      const times = admitted.get(key) ?? [];
      admitted.set(key, times);
      while (times[0] !== undefined && times[0] <= nowMs - periodMs) times.shift();
      if (times.length >= limit) return false;
      times.push(nowMs);
      return true;
    },
  };
}
