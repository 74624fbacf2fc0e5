import { type EpochMs, type TimeInForce, type Venue, kstDate } from '@qts/core';
import { orderExpiry } from '@qts/krx';
import { type TrackedOrder } from './tracked-order.ts';

/**
 * When nothing of an order can trade any more, by the exchange's dated hours and with the latest random end of an auction;
 * `undefined` where no rule is held. Only the broker knows where the parts of a routed (SOR) order went: it is taken to
 * live as long as the longest-lived venue of its session, which is NXT.
 */
export function orderEndsAtMs({ intent, reference, sentAtMs }: TrackedOrder): EpochMs | undefined {
  const { session } = reference ?? intent;
  const tradingDate = reference?.tradingDate ?? kstDate(sentAtMs);
  const timeInForce = restingAs(intent.timeInForce);
  const ends = venuesOf(reference?.venue ?? intent.venue).map((venue) =>
    orderExpiry({ venue, tradingDate, session, timeInForce }),
  );
  let latestMs: EpochMs | undefined;
  for (const end of ends) {
    if (end.ok) latestMs = Math.max(latestMs ?? 0, end.expiresAtMs + end.randomEndMsMax);
  }
  return latestMs;
}

function venuesOf(venue: Venue): readonly Exclude<Venue, 'SOR'>[] {
  return venue === 'SOR' ? ['KRX', 'NXT'] : [venue];
}

/** What is to trade at once never rests; should the broker show a remainder nevertheless, the day's end bounds it. */
function restingAs(timeInForce: TimeInForce): 'DAY' | 'GTP' {
  return timeInForce === 'GTP' ? 'GTP' : 'DAY';
}
