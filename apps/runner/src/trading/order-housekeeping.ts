import { type Clock } from '@qts/core';
import { type OrderGateway, type OrderTracker } from '@qts/engine';

export interface HousekeepingSettings {
  readonly gateway: Pick<OrderGateway, 'cancelOrder'>;
  readonly tracker: Pick<OrderTracker, 'list'>;
  readonly clock: Clock;
  /** A resting order older than this is canceled. */
  readonly restingOrderMsMax: number;
}

/**
 * Cancels what has rested too long, by what is known: the reconciliation reads what orders came to. An order without a
 * number, or with a cancel on its way, is left alone.
 */
export async function cancelOldOrders(settings: HousekeepingSettings): Promise<void> {
  const { gateway, tracker, clock, restingOrderMsMax } = settings;
  const tooOldBeforeMs = clock.nowMs() - restingOrderMsMax;
  for (const { reference, status, leavesQuantity, sentAtMs } of tracker.list()) {
    if (leavesQuantity === 0 || reference === undefined || status === 'PENDING_CANCEL') continue;
    if (sentAtMs < tooOldBeforeMs) await gateway.cancelOrder({ target: reference, dryRun: false });
  }
}
