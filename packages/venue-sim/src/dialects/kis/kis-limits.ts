import { type VenueEnvironment } from '../../venue-settings.ts';

/** Calls per second and app key, by the first date on which they held (broker notices; newest first). */
const requestLimits: Readonly<
  Record<VenueEnvironment, readonly { readonly since: string; readonly perSecond: number }[]>
> = {
  LIVE: [
    { since: '2026-04-20', perSecond: 18 },
    { since: '', perSecond: 20 },
  ],
  PAPER: [
    { since: '2026-04-20', perSecond: 1 },
    { since: '', perSecond: 2 },
  ],
};

/** How many calls a second the broker allowed an app key on a date (`YYYY-MM-DD`). */
export function requestsPerSecondOn(environment: VenueEnvironment, date: string): number {
  return requestLimits[environment].find(({ since }) => since <= date)?.perSecond ?? 1;
}

/** Calls of `inquire-balance` per second over all customers (published). */
export const ledgerCallsPerSecond = 120;

/** Counts calls in the second before each call; a call that was refused does not count (assumed). */
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
