import { type EpochMs, type Venue, kstDate } from '@qts/core';
import { sessionWindows } from '@qts/krx';
import { type TrackedOrder } from './tracked-order.ts';

/**
 * When the next window opens in which the venue of an order takes orders, and so cancels, on the day of `nowMs`;
 * `undefined` when there is none any more, or no rule is held. A stop of the market in the middle of a window is not known
 * here. Of a routed (SOR) order the earlier of both venues.
 */
export function cancelWindowOpensAtMs(
  { intent, reference }: Pick<TrackedOrder, 'intent' | 'reference'>,
  nowMs: EpochMs,
): EpochMs | undefined {
  const venue = reference?.venue ?? intent.venue;
  const venues: readonly Exclude<Venue, 'SOR'>[] = venue === 'SOR' ? ['KRX', 'NXT'] : [venue];
  let nextMs: EpochMs | undefined;
  for (const each of venues) {
    const day = sessionWindows({ venue: each, tradingDate: kstDate(nowMs) });
    if (!day.ok) continue;
    for (const { acceptFromMs } of day.windows) {
      if (acceptFromMs > nowMs) nextMs = Math.min(nextMs ?? Infinity, acceptFromMs);
    }
  }
  return nextMs;
}
