import { type EpochMs, type TradingDate, kstEpochMs } from '@qts/core';
import { type Denial } from './order-gateway-contract.ts';

/** Why nothing about an order of `date` may leave at an instant; `undefined`: its date is no reason. */
export type DateGuard = (date: TradingDate, nowMs: EpochMs) => Denial | undefined;

const dayMs = 86_400_000;

/**
 * Keeps what belongs to another date than the one that a gateway serves, places and replaces alike: what became of orders of
 * earlier dates is not remembered, and once the date is over in Korea the broker's numbers begin anew.
 */
export function createDateGuard(tradingDate: TradingDate): DateGuard {
  const endsAtMs = kstEpochMs(tradingDate, dayMs);
  return (date, nowMs) => {
    if (date < tradingDate) return { code: 'G_EXE_INTENT_STALE', why: `made on an earlier date than ${tradingDate}` };
    // A number of today would be taken for one of the date that this gateway is for.
    if (nowMs >= endsAtMs) return { code: 'G_EXE_INTENT_STALE', why: `the trading date ${tradingDate} is over` };
    return undefined;
  };
}
