import { ConfigurationError, type TradingDate } from '@qts/core';

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
 * The limit that holds on a trading date: the last row that began on it or before. Rows stand oldest first.
 * @throws {ConfigurationError} `RATE_LIMIT_UNKNOWN` when the date lies before the first row; `RATE_LIMITS_NOT_VALID`
 * when the rows are not in order or a figure is out of range.
 */
export function pickRateLimit(limits: readonly DatedRateLimit[], tradingDate: TradingDate): DatedRateLimit {
  requireInOrder(limits);
  const limit = limits.findLast(({ effectiveFrom }) => effectiveFrom <= tradingDate);
  if (limit === undefined) {
    throw new ConfigurationError({
      code: 'RATE_LIMIT_UNKNOWN',
      summary: 'No rate limit is known for this trading date.',
      facts: { tradingDate, firstKnown: limits[0]?.effectiveFrom ?? 'none' },
      next: 'Add a row with its source, or choose a later date.',
    });
  }
  return limit;
}

function requireInOrder(limits: readonly DatedRateLimit[]): void {
  let before = '';
  for (const { effectiveFrom, permits, windowMs } of limits) {
    const valid = isPositive(permits) && isPositive(windowMs) && /^\d{4}-\d{2}-\d{2}$/.test(effectiveFrom);
    if (!valid || effectiveFrom <= before) {
      throw new ConfigurationError({
        code: 'RATE_LIMITS_NOT_VALID',
        summary: 'The table of rate limits is not usable.',
        facts: { effectiveFrom, permits, windowMs, rowBefore: before === '' ? 'none' : before },
        next: 'Order the rows by date (YYYY-MM-DD), each once; permits and windowMs are whole numbers of at least 1.',
      });
    }
    before = effectiveFrom;
  }
}

function isPositive(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}
