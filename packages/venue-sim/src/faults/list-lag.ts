import { createSeededRandom } from '../exchange/seeded-random.ts';

/**
 * Lags in ms by per mille of orders. Measured on paper (derivatives, n = 100): median 2.6 s, 95 % 4.5 s, maximum 5.3 s.
 * The shortest lag, and that lags are even in between, are assumed.
 */
const faster = { belowPerMille: 500, fromMs: 500, toMs: 2600 } as const;
const slower = { belowPerMille: 950, fromMs: 2600, toMs: 4500 } as const;
const slowest = { fromMs: 4500, toMs: 5300 } as const;

/** How long an order stays out of the lists: always the same for one seed and one order number. */
export function drawListLagMs(seed: number, orderNumber: number): number {
  const random = createSeededRandom(seed + orderNumber * 7919);
  const perMille = random.wholeUpTo(999);
  const { fromMs, toMs } =
    perMille < faster.belowPerMille ? faster : perMille < slower.belowPerMille ? slower : slowest;
  return fromMs + random.wholeUpTo(toMs - fromMs);
}
