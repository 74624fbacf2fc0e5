/**
 * What is known of one attempt to tell the broker something.
 *
 * - `ACCEPTED`: the broker's explicit yes (the order is queued, not filled).
 * - `REJECTED`: the broker's explicit no.
 * - `NOT_SENT`: proof that no byte left this process.
 * - `UNKNOWN`: anything else. The order may be live. Never resent, never called rejected.
 */
export const commandOutcomes = ['ACCEPTED', 'REJECTED', 'NOT_SENT', 'UNKNOWN'] as const;
export type CommandOutcome = (typeof commandOutcomes)[number];

/**
 * What is known of a cancel. A boolean cannot say any of it.
 *
 * - `REQUESTED`: the broker gave the cancel a number; the cancellation itself is not confirmed yet.
 * - `CONFIRMED`: the canceled quantity is known from a list or a notice.
 * - `TOO_LATE_FILLED`, `TOO_LATE_CLOSED`: nothing was left to cancel, because it filled, or was canceled or expired.
 * - `NOT_FOUND`: the broker does not know the order.
 * - `REFUSED_BY_SESSION`: not in a window that takes cancels.
 * - `NOT_SENT`, `UNKNOWN`: as for commands.
 */
export const cancelOutcomes = [
  'REQUESTED',
  'CONFIRMED',
  'TOO_LATE_FILLED',
  'TOO_LATE_CLOSED',
  'NOT_FOUND',
  'REFUSED_BY_SESSION',
  'NOT_SENT',
  'UNKNOWN',
] as const;
export type CancelOutcome = (typeof cancelOutcomes)[number];
