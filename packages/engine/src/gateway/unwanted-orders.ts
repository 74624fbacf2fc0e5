import { type CancelResponse, type IntentId, type OrderReference } from '@qts/core';
import { type OrderTracker } from '../orders/order-tracker-contract.ts';
import { type SafetyLayer } from '../safety/safety-layer.ts';

/**
 * Orders of which nothing may rest: somebody canceled all that remained. However the cancel was answered, that holds for what
 * lands later, until somebody changes the order: who replaces it wants it.
 */
export type UnwantedOrders = Set<IntentId>;

export interface LateReplaceParts {
  readonly tracker: Pick<OrderTracker, 'watchNumbers' | 'workingReferences'>;
  readonly safety: Pick<SafetyLayer, 'record'>;
  readonly unwanted: ReadonlySet<IntentId>;
  /** Whether a cancel of the whole order is under way, which takes along what turns up meanwhile. */
  readonly isBeingCanceled: (intentId: IntentId) => boolean;
  readonly cancel: (target: OrderReference) => Promise<CancelResponse>;
}

/**
 * Replaces that a list shows although they had been called absent, or that nobody here sent: each makes one warning, and of
 * an order that nobody wants any more its number is canceled, once. What a lost cancel needs after that is found by others.
 */
export function watchLateReplaces({ tracker, safety, unwanted, isBeingCanceled, cancel }: LateReplaceParts): void {
  tracker.watchNumbers(({ order: { intentId, intent }, reference, wasAbsent, wasAwaited }) => {
    const { brokerOrderId } = reference;
    const isUnwanted = unwanted.has(intentId);
    const works = tracker.workingReferences(intentId).some((each) => each.brokerOrderId === brokerOrderId);
    if (wasAbsent || (isUnwanted && !wasAwaited)) {
      const end = !isUnwanted ? 'kept' : works ? 'canceled, as the order was' : 'nothing of it is left to cancel';
      safety.record({
        ...{ event: 'anomaly', code: 'AN070', stage: 'ACT', intentId },
        metadata: { intentId, symbol: intent.symbol, brokerOrderId },
        message: `a replace turned up as order ${brokerOrderId} after it had been called absent: ${end}`,
      });
    }
    if (isUnwanted && works && !isBeingCanceled(intentId)) void cancel(reference);
  });
}
