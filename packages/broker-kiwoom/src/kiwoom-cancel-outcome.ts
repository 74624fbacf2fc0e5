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

/**
 * How long an accepted order may be missing from the list before its absence means something, ms. Assumed: nobody measured
 * Kiwoom; the other broker's paper server needed 5.3 s at most, and this is generous.
 */
const visibilityMsMax = 30_000;

/** Why there was nothing left to cancel, by the list of Kiwoom. */
export function readKiwoomCancelRefusal(
  target: OrderReference,
  native: NativeReason,
  readOrder: () => Promise<OrderSnapshot | undefined>,
  clock: Clock,
): Promise<CancelResponse> {
  return readCancelRefusal({
    brokerName: 'Kiwoom',
    brokerOrderId: target.brokerOrderId,
    acceptedAtMs: acceptedAtMs(target),
    visibilityMsMax,
    native,
    readOrder,
    clock,
  });
}

/** When the order was taken, by the clock that heard it; long ago when the reference comes from a list and does not say. */
function acceptedAtMs({ tradingDate, native }: OrderReference): number {
  const time = native['ord_tm'] ?? '';
  return /^(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}$/.test(time)
    ? kstEpochMs(tradingDate, timeOfDayMs(time))
    : Number.NEGATIVE_INFINITY;
}
