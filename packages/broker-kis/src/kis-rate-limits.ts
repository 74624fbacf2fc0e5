import { type DatedRateLimit, openOrdersMaxAt, pickRateLimit } from '@qts/broker-kit';
import { type TradingDate } from '@qts/core';
import { type KisEnvironment } from './rest/operation.ts';

/** Before the first notice that is recorded. */
const sinceEver = '2000-01-01';
const windowMs = 1_000;

/** Requests per app key (유량 제한), by the date from which they hold. All accounts and lanes of a key share them. */
export const kisRateLimits: Readonly<Record<KisEnvironment, readonly DatedRateLimit[]>> = {
  LIVE: [
    { effectiveFrom: sinceEver, permits: 20, windowMs, source: 'KIS notices before 2026-04-20' },
    { effectiveFrom: '2026-04-20', permits: 18, windowMs, source: 'KIS notice, effective 2026-04-20' },
  ],
  PAPER: [
    { effectiveFrom: sinceEver, permits: 2, windowMs, source: 'KIS notices before 2026-04-20' },
    { effectiveFrom: '2026-04-20', permits: 1, windowMs, source: 'KIS notice, effective 2026-04-20' },
  ],
};

/** The first three days of a new live customer. */
export const kisNewCustomerRateLimits: readonly DatedRateLimit[] = [
  { effectiveFrom: '2026-04-03', permits: 3, windowMs, source: 'KIS notice of 2026-03-20, effective 2026-04-03' },
];

/** Issues of approval keys, per app key. */
export const kisApprovalLimit: DatedRateLimit = {
  effectiveFrom: sinceEver,
  permits: 1,
  windowMs,
  source: 'KIS notice',
};

/** The limits of an app key. */
export function kisRateLimitsOf(environment: KisEnvironment, isNewCustomer: boolean): readonly DatedRateLimit[] {
  return isNewCustomer && environment === 'LIVE' ? kisNewCustomerRateLimits : kisRateLimits[environment];
}

/**
 * How many orders may be open so that all can be canceled within 30 s: cancels go first, so that they have the whole rate
 * of the key. 540 at 18 a second, 30 on paper.
 */
export function kisOpenOrdersMax(environment: KisEnvironment, tradingDate: TradingDate, isNewCustomer = false): number {
  return openOrdersMaxAt(pickRateLimit(kisRateLimitsOf(environment, isNewCustomer), tradingDate));
}
