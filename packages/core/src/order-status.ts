/** Where an order stands. Computed from facts, never assigned (execution-safety 3.2); first match wins, in this order. */
export const orderStatuses = [
  'DENIED',
  'REJECTED',
  'FILLED',
  'CANCELED',
  'EXPIRED',
  'PENDING_CANCEL',
  'PENDING_REPLACE',
  'PARTIALLY_FILLED',
  'ACCEPTED',
  'SUBMITTED',
  'INITIALIZED',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];
