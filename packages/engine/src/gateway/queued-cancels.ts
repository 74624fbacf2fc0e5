import { type CancelRequest, type Clock, type EpochMs, type Logger, type Timer } from '@qts/core';
import { type OrderTracker } from '../orders/order-tracker-contract.ts';
import { type OrderGateway } from './order-gateway-contract.ts';

/** A cancel that its session refused. Plain data, for reports. */
export interface QueuedCancel {
  readonly request: CancelRequest;
  /** When it is sent again; `undefined`: nobody knows when cancels are taken, so a person has to send it. */
  readonly sendAtMs: EpochMs | undefined;
}

export interface QueuedCancelsSettings {
  readonly gateway: Pick<OrderGateway, 'watch' | 'cancelOrder'>;
  readonly tracker: Pick<OrderTracker, 'findByReference'>;
  readonly clock: Clock;
  /** Tells the operator of each cancel that has to wait, once for each time it was refused. */
  readonly onQueued?: (queued: QueuedCancel) => void;
  readonly logger?: Logger;
}

/** Cancels that wait for a window that takes them (execution-safety 8). */
export interface QueuedCancels {
  readonly queued: readonly QueuedCancel[];
  /** Stops; leaves no timer. A restart reads the orders and cancels them again. */
  close(): void;
}

/** For so long after a window was to open a refusal may be the broker's clock: it is asked again soon, ms. */
const openingGraceMs = 60_000;
const askAgainMs = 5_000;

/**
 * Sends a cancel again that was refused because its window is closed, as soon as the next one opens. One for each order:
 * of a cancel of all and one of a part, the one of all stays. What has nothing left by then is dropped. Passes whatever
 * blocks orders, as every cancel does.
 */
export function createQueuedCancels(settings: QueuedCancelsSettings): QueuedCancels {
  const { gateway, tracker, clock, onQueued, logger } = settings;
  const waiting = new Map<string, QueuedCancel & { readonly timer: Timer | undefined }>();
  /** Openings at which a cancel was sent and refused once more. */
  const openings = new Map<string, EpochMs>();
  let isClosed = false;

  const keyOf = ({ target }: CancelRequest): string =>
    tracker.findByReference(target)?.intentId ?? `${target.tradingDate} ${target.brokerOrderId}`;

  function queue(request: CancelRequest, opensAtMs: EpochMs | undefined): void {
    const key = keyOf(request);
    const before = waiting.get(key);
    if (isClosed) return;
    const isPart = request.quantity !== undefined;
    if (before !== undefined && isPart && before.request.quantity === undefined) return;
    const openedAtMs = openings.get(key);
    const nowMs = clock.nowMs();
    const isOpening = openedAtMs !== undefined && nowMs < openedAtMs + openingGraceMs;
    const sendAtMs = isOpening ? nowMs + askAgainMs : opensAtMs;
    before?.timer?.cancel();
    const timer =
      sendAtMs === undefined
        ? undefined
        : clock.setTimer(
            () => {
              openings.set(key, isOpening ? openedAtMs : sendAtMs);
              send(key, request);
            },
            Math.max(0, sendAtMs - nowMs),
          );
    waiting.set(key, { request, sendAtMs, timer });
    logger?.warn('cancel-queued', { brokerOrderId: request.target.brokerOrderId, sendAtMs });
    onQueued?.({ request, sendAtMs });
  }

  function send(key: string, request: CancelRequest): void {
    waiting.delete(key);
    if (tracker.findByReference(request.target)?.leavesQuantity === 0) {
      openings.delete(key);
      return;
    }
    // Whatever becomes of it is heard here or by those who watch for lost cancels.
    void gateway.cancelOrder(request).then(({ outcome }) => {
      if (outcome !== 'REFUSED_BY_SESSION') openings.delete(key);
    });
  }

  gateway.watch({ cancelRefusedBySession: queue });
  return {
    get queued() {
      return [...waiting.values()].map(({ request, sendAtMs }) => ({ request, sendAtMs }));
    },
    close() {
      isClosed = true;
      for (const { timer } of waiting.values()) timer?.cancel();
      waiting.clear();
    },
  };
}
