import { type TradingDate } from '@qts/core';

/** A rate limit as a broker published it, or as somebody saw it. */
export interface DatedRateLimit {
  /** First trading date on which it holds, `YYYY-MM-DD`. */
  readonly effectiveFrom: string;
  /** Requests per window. At least 1. */
  readonly permits: number;
  readonly windowMs: number;
  /** Where the figure comes from: document, notice, date; or `assumed` and why. */
  readonly source: string;
}

/**
 * The limit that holds on a trading date.
 * @throws {ConfigurationError} when the date lies before the first row, or the rows are not in order.
 */
export function pickRateLimit(limits: readonly DatedRateLimit[], tradingDate: TradingDate): DatedRateLimit {
  throw new Error(`In the making: ${limits.length} ${tradingDate}`);
}
