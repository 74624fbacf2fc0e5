import { readCancelRefusal } from '@qts/broker-kit';
import {
  type CancelResponse,
  type Clock,
  kstEpochMs,
  type NativeReason,
  type OrderReference,
  type OrderSnapshot,
  timeOfDayMs,
} from '@qts/core';
import { colonTime } from './kis-order-snapshots.ts';

/**
 * How long an accepted order may be missing from the list before its absence means something, ms. Paper showed orders
 * after 5.3 s at most (n = 100); this is generous.
 */
const visibilityMsMax = 30_000;

/**
 * Why there was nothing left to cancel, by the list of KIS.
 *
 * @param clockAheadMs what its clock is ahead of ours, ms; `undefined` when nobody knows. When it is behind, an order is
 *   younger than it seems.
 */
export function readKisCancelRefusal(
  target: OrderReference,
  native: NativeReason,
  readOrder: () => Promise<OrderSnapshot | undefined>,
  clock: Clock,
  clockAheadMs: number | undefined,
): Promise<CancelResponse> {
  return readCancelRefusal({
    brokerName: 'KIS',
    brokerOrderId: target.brokerOrderId,
    acceptedAtMs: acceptedAtMs(target) - Math.min(0, clockAheadMs ?? 0),
    visibilityMsMax,
    native,
    readOrder,
    clock,
  });
}

/** When the broker took the order, by its own clock; long ago when the reference does not say. */
function acceptedAtMs({ tradingDate, native }: OrderReference): number {
  const time = native['ORD_TMD'] ?? '';
  return /^(?:[01][0-9]|2[0-3])(?:[0-5][0-9]){2}$/.test(time)
    ? kstEpochMs(tradingDate, timeOfDayMs(colonTime(time)))
    : Number.NEGATIVE_INFINITY;
}
