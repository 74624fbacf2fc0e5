import {
  type CancelResponse,
  type Clock,
  type IdGenerator,
  type OrderReference,
  type OrderRequest,
  type OrderResponse,
} from '@qts/core';

/** What commands that are not sent are answered with: a number that says what it is, and `dryRun`. */
export interface DryRun {
  /** To a place or a replace. */
  order(clientOrderId: OrderRequest['clientOrderId'], reference: Omit<OrderReference, 'brokerOrderId'>): OrderResponse;
  cancel(): CancelResponse;
}

/** @param brokerId stands in front of the numbers: `KIS-VIRTUAL-…`. */
export function createDryRun(brokerId: string, ids: IdGenerator, clock: Clock): DryRun {
  const virtualId = (): OrderReference['brokerOrderId'] =>
    `${brokerId.toUpperCase()}-VIRTUAL-${ids()}` as OrderReference['brokerOrderId'];
  return {
    order(clientOrderId, reference) {
      const brokerOrderId = virtualId();
      return {
        outcome: 'ACCEPTED',
        clientOrderId,
        receivedAtMs: clock.nowMs(),
        brokerOrderId,
        reference: { ...reference, brokerOrderId },
        dryRun: true,
      };
    },
    cancel: () => ({
      outcome: 'REQUESTED',
      receivedAtMs: clock.nowMs(),
      brokerOrderId: virtualId(),
      dryRun: true,
    }),
  };
}
