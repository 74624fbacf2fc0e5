import { createSlidingWindow } from '../sliding-window.ts';
import { type KiwoomVenueSettings } from './kiwoom-settings.ts';

/** The quota that the broker shows for most api-ids (captured: 유량=1). */
const usualPerSecond = 1;
const secondMs = 1000;

/** The broker's count of calls: one for every app key and api-id. */
export interface KiwoomLimits {
  /** How many calls a second the api-id has. */
  quotaOf(apiId: string): number;
  /** Whether one more call fits at `nowMs`; if so it is counted. */
  admit(appKey: string, apiId: string, nowMs: number): boolean;
}

/** Makes the count. The second is a sliding window, and a refused call does not count (both assumed). */
export function createKiwoomLimits(settings: KiwoomVenueSettings): KiwoomLimits {
  const { requestsPerSecond = usualPerSecond, requestsPerSecondOf = {} } = settings;
  const quotaOf = (apiId: string): number => requestsPerSecondOf[apiId] ?? requestsPerSecond;
  const windows = new Map<number, ReturnType<typeof createSlidingWindow>>();
  return {
    quotaOf,
    admit(appKey, apiId, nowMs) {
      const quota = quotaOf(apiId);
      const window = windows.get(quota) ?? createSlidingWindow(quota, secondMs);
      windows.set(quota, window);
      return window.admit(`${appKey} ${apiId}`, nowMs);
    },
  };
}
