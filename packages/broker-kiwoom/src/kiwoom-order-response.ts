import { type JudgedCommand, toOrderResponse } from '@qts/broker-kit';
import { type ClientOrderId, kstDateTime, type OrderReference, type OrderResponse } from '@qts/core';
import { type KiwoomOrderAnswer } from './rest/order-answer.ts';

/** The broker-neutral answer to a place or a replace. */
export function toCommandResponse(
  judged: JudgedCommand<KiwoomOrderAnswer>,
  clientOrderId: ClientOrderId,
  reference: Omit<OrderReference, 'brokerOrderId'>,
  receivedAtMs: number,
): OrderResponse {
  return toOrderResponse(judged, clientOrderId, reference, receivedAtMs, nativeOf);
}

/** What the answer adds to the facts by which the order is found, replaced and canceled. */
function nativeOf(answer: KiwoomOrderAnswer, receivedAtMs: number): OrderReference['native'] {
  return {
    ...(answer.baseOrdNo === '' ? {} : { base_orig_ord_no: answer.baseOrdNo }),
    // Kiwoom gives no time with the number: ours, for whoever asks how long the order may be missing from the list.
    ord_tm: kstDateTime(receivedAtMs).slice(11, 19),
  };
}
