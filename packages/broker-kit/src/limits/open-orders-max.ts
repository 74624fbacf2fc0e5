import { type DatedRateLimit } from './dated-rate-limit.ts';

/** How long canceling everything may take, ms (execution-safety 13). */
const cancelAllMsMax = 30_000;

/**
 * How many orders may be open so that all of them can be canceled within 30 s, when cancels leave at this rate: 30 at one a
 * second. At least 1.
 */
export function openOrdersMaxAt({ permits, windowMs }: Pick<DatedRateLimit, 'permits' | 'windowMs'>): number {
  return Math.max(1, Math.floor((cancelAllMsMax * permits) / windowMs));
}
