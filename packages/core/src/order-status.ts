/**
 * Where an order stands. Computed from facts, never assigned (execution-safety 3.2); first match wins, in this order.
 *
 * `ABSENT`: the answer to its place command was lost, and the broker was looked through without finding it. Nothing of
 * it works as far as anybody knows; it becomes what the broker says when it turns up after all.
 */
export const orderStatuses = [
  'DENIED',
  'REJECTED',
  'FILLED',
  'CANCELED',
  'EXPIRED',
  'ABSENT',
  'PENDING_CANCEL',
  'PENDING_REPLACE',
  'PARTIALLY_FILLED',
  'ACCEPTED',
  'SUBMITTED',
  'INITIALIZED',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];
