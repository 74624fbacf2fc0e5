import { type Clock, type ExecutionIntent, type ExecutionResponse, type IntentId } from '@qts/core';
import { type OrderGateway } from '@qts/engine';

/** Word of an order whose answer was lost. */
export type UnknownNews =
  | { readonly what: 'LOST'; readonly intent: ExecutionIntent }
  | {
      readonly what: 'ENDED';
      readonly intent: ExecutionIntent;
      /** What is known now; of an order that nobody found the outcome stays `UNKNOWN`, with its status. */
      readonly response: ExecutionResponse;
      /** Since nobody knew, ms. */
      readonly afterMs: number;
    };

/** Follows the orders of a gateway from `UNKNOWN` to their end. A landing after `ABSENT` is told again. */
export function followUnknownOrders(
  gateway: Pick<OrderGateway, 'watch'>,
  clock: Clock,
  tell: (news: UnknownNews) => void,
): void {
  const lost = new Map<IntentId, { readonly intent: ExecutionIntent; readonly atMs: number }>();
  gateway.watch({
    placeUnknown({ intent, sinceMs }) {
      lost.set(intent.intentId, { intent, atMs: sinceMs ?? clock.nowMs() });
      tell({ what: 'LOST', intent });
    },
    placeSettled(response) {
      const since = lost.get(response.intentId);
      if (since === undefined) return;
      tell({ what: 'ENDED', intent: since.intent, response, afterMs: clock.nowMs() - since.atMs });
    },
  });
}
