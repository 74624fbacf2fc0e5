import { type ConnectionLane } from '../http/http-session.ts';

/**
 * Lanes of the rate limit, first served first (execution-safety 13).
 *
 * - `RISK_CANCEL`: cancels. Always first.
 * - `ORDER_READ`: reads of orders with an unknown outcome, confirmations of cancels.
 * - `ORDER`: new orders and replaces.
 * - `RECONCILE`: reconciliation.
 * - `OTHER`: quotes, charts, everything else.
 */
export const rateLanes = ['RISK_CANCEL', 'ORDER_READ', 'ORDER', 'RECONCILE', 'OTHER'] as const;
export type RateLane = (typeof rateLanes)[number];

/** Which kind of socket the traffic of a rate lane uses. */
export const connectionLaneOf: Readonly<Record<RateLane, ConnectionLane>> = {
  RISK_CANCEL: 'CANCEL',
  ORDER_READ: 'READ',
  ORDER: 'ORDER',
  RECONCILE: 'READ',
  OTHER: 'READ',
};
