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
