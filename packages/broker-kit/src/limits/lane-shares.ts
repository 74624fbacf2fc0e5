import { ConfigurationError } from '@qts/core';
import { type RateLane, rateLanes } from './rate-lanes.ts';

export interface LaneShare {
  /** Share of the budget that only this lane may use, 0 to 1. */
  readonly reserved: number;
  /** Share of the budget that this lane may use while a lower lane waits, 0 to 1. */
  readonly max: number;
}

/**
 * Of execution-safety 13. A cap binds only while somebody in a lower lane waits: leaving permits unused would help
 * nobody, since whoever comes next waits one window at most.
 */
export const defaultLaneShares: Readonly<Record<RateLane, LaneShare>> = {
  RISK_CANCEL: { reserved: 0.2, max: 1 },
  ORDER_READ: { reserved: 0.1, max: 1 },
  ORDER: { reserved: 0, max: 0.5 },
  RECONCILE: { reserved: 0, max: 0.3 },
  OTHER: { reserved: 0, max: 1 },
};

/** Shares in whole permits, by lane index. */
export interface LanePermits {
  readonly reserved: readonly number[];
  readonly max: readonly number[];
}

/**
 * Cuts a budget into whole permits. When it is too small for the cancels' reserve to be one permit, there are no
 * shares at all, only priority.
 */
export function dividePermits(budget: number, shares: Readonly<Record<RateLane, LaneShare>>): LanePermits {
  const plain = Math.floor(budget * shares.RISK_CANCEL.reserved) < 1;
  return {
    reserved: rateLanes.map((lane) => (plain ? 0 : Math.floor(budget * shares[lane].reserved))),
    max: rateLanes.map((lane) => (plain ? budget : Math.max(1, Math.floor(budget * shares[lane].max)))),
  };
}

/** @throws {ConfigurationError} when a share is not from 0 to 1, or the reserves leave nothing for the other lanes. */
export function requireLaneShares(shares: Readonly<Record<RateLane, LaneShare>>): void {
  const each = rateLanes.flatMap((lane) => [shares[lane].reserved, shares[lane].max]);
  const reserved = rateLanes.reduce((sum, lane) => sum + shares[lane].reserved, 0);
  if (!each.every((share) => share >= 0 && share <= 1) || reserved >= 1) {
    throw new ConfigurationError({
      code: 'LANE_SHARES_NOT_VALID',
      summary: 'The shares of the rate lanes are not usable.',
      facts: { setting: 'shares', found: JSON.stringify(shares) },
      next: 'Give each share from 0 to 1; all reserves together stay below 1.',
    });
  }
}
