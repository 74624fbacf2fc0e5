import { type IntentId } from '@qts/core';
import { type FillIncrement, type TrackedOrder } from '../orders/tracked-order.ts';
import { type Restrict } from '../reconciliation/restriction.ts';
import { type SafetyLayer } from '../safety/safety-layer.ts';

export interface FillWatchSettings {
  readonly find: (intentId: IntentId) => TrackedOrder | undefined;
  readonly safety: Pick<SafetyLayer, 'record'>;
  /** Freezes a symbol until a person has looked: usually `states.restrictAs('fills', 'OPERATOR')`. */
  readonly restrict: Restrict;
}

/**
 * Looks at every fill, whichever way it became known: compose it into the tracker's `onFill`, behind the book. The fill
 * counts in any case.
 *
 * | Fill                                              | Done                                              |
 * | ------------------------------------------------- | ------------------------------------------------- |
 * | of an order of which nothing was left (canceled)  | `AN060`, metadata `late-fill`                     |
 * | beyond what was ordered                           | `FS045`, symbol frozen until an operator has looked |
 */
export function createFillWatch({ find, safety, restrict }: FillWatchSettings): (fill: FillIncrement) => void {
  return ({ intentId, symbol, quantity, filledQuantity }) => {
    const order = find(intentId);
    if (order === undefined || quantity <= 0) return;
    const { orderedQuantity, canceledQuantity, rejectedQuantity } = order.facts;
    const metadata = { intentId, symbol, quantity, filledQuantity, orderedQuantity };
    if (filledQuantity > orderedQuantity) {
      const why = `${filledQuantity} of ${orderedQuantity} ${symbol} were filled for order ${intentId}`;
      // The reconciliation makes the fail-safe of it when a second read says the same (D6).
      const record = { event: 'anomaly', code: 'FS045', stage: 'ACT', message: why } as const;
      safety.record({ ...record, intentId, metadata: { kind: 'overfill', ...metadata } });
      restrict('REDUCE_ONLY', { code: 'FS045', why, symbol });
      return;
    }
    const endedBefore = filledQuantity - quantity + canceledQuantity + rejectedQuantity >= orderedQuantity;
    if (!endedBefore) return;
    const message = `${quantity} ${symbol} were filled for order ${intentId} after it had ended`;
    const record = { event: 'anomaly', code: 'AN060', stage: 'ACT', message } as const;
    safety.record({ ...record, intentId, metadata: { kind: 'late-fill', ...metadata, canceledQuantity } });
  };
}
