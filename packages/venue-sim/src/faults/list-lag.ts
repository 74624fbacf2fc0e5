import { createSeededRandom } from '../exchange/seeded-random.ts';

/**
 * Share of orders (per mille) and the lag that they stay below, ms. Measured on paper (derivatives, n = 100): median
 * 2.6 s, 95 % 4.5 s, maximum 5.3 s. The shortest lag, and straight lines in between, are assumed.
 */
const measuredLags = [
  { share: 0, lagMs: 500 },
  { share: 500, lagMs: 2600 },
  { share: 950, lagMs: 4500 },
  { share: 1000, lagMs: 5300 },
] as const;

/** How long an order stays out of the lists: always the same for one seed and one order number. */
export function drawListLagMs(seed: number, orderNumber: number): number {
  const share = createSeededRandom(seed + orderNumber * 7919).wholeUpTo(1000);
  let [below] = measuredLags as readonly (typeof measuredLags)[number][];
  for (const above of measuredLags) {
    if (below !== undefined && share <= above.share && above.share > below.share) {
      const part = (share - below.share) / (above.share - below.share);
      return Math.round(below.lagMs + part * (above.lagMs - below.lagMs));
    }
    below = above;
  }
  return measuredLags[0].lagMs;
}
