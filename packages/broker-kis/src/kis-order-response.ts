import { type JudgedCommand, toOrderResponse } from '@qts/broker-kit';
import { type ClientOrderId, type OrderReference, type OrderResponse } from '@qts/core';
import { type KisOrderAnswer } from './rest/order-answer.ts';

/** The broker-neutral answer to a place or a replace. */
export function toCommandResponse(
  judged: JudgedCommand<KisOrderAnswer>,
  clientOrderId: ClientOrderId,
  reference: Omit<OrderReference, 'brokerOrderId'>,
  receivedAtMs: number,
): OrderResponse {
  return toOrderResponse(judged, clientOrderId, reference, receivedAtMs, nativeOf);
}

/** What the answer adds to the facts by which the order is found, replaced and canceled. */
function nativeOf(answer: KisOrderAnswer): OrderReference['native'] {
  return {
    ...(answer.branch === '' ? {} : { KRX_FWDG_ORD_ORGNO: answer.branch }),
    ...(answer.orderTime === '' ? {} : { ORD_TMD: answer.orderTime }),
  };
}
