import {
  type BrokerEngine,
  BrokerError,
  type CallOptions,
  type CancelRequest,
  type CancelResponse,
  type Clock,
  type ExecutionIntent,
  type ExecutionResponse,
  type OrderAdapter,
  type OrderRequest,
  type OrderResponse,
  type ReplaceRequest,
  type ReplaceResponse,
  TransportError,
} from '@qts/core';
import { createTermsCheck } from './carriable-terms.ts';
import { intentToOrderRequest } from './intent-to-order-request.ts';
import { orderResponseToExecutionResponse } from './order-response-to-execution-response.ts';

export interface BridgeSettings {
  readonly clock: Clock;
  /** True: adapters are asked for a virtual acceptance and send nothing. Default false. */
  readonly dryRun?: boolean;
}

/**
 * Makes a broker engine of an order adapter: intent → order request → one call of the adapter → execution response.
 * It never retries and judges no risk.
 *
 * - Replaces and cancels pass to the adapter as they are, under the same rules.
 * - `NOOP`: no call of the adapter; `NOT_SENT` with `G_EXE_NOOP_POLICY`.
 * - Terms that the broker does not declare: no call; `NOT_SENT` with `G_EXE_TERMS_UNSUPPORTED`, status `DENIED`.
 * - The adapter throws (its contract says it does not): `NOT_SENT` only with the error's own proof that no byte left;
 *   anything else is `UNKNOWN`, because the order may be live.
 *
 * `submitIntent` rejects with {@link ValidationError} when the intent is malformed; nothing was sent then.
 */
export function createBridge(adapter: OrderAdapter, { clock, dryRun = false }: BridgeSettings): BrokerEngine {
  const canCarry = createTermsCheck(adapter.capabilities);
  const name = adapter.brokerId;

  return {
    name,

    async submitIntent(intent: ExecutionIntent, options?: CallOptions): Promise<ExecutionResponse> {
      const request = intentToOrderRequest(intent, dryRun);
      const { intentId } = intent;
      if (request === undefined) {
        const message = 'NOOP: nothing to do, nothing was sent';
        return { ...refused, intentId, broker: name, message, timestampMs: clock.nowMs(), code: 'G_EXE_NOOP_POLICY' };
      }
      const nowMs = clock.nowMs();
      if (!canCarry(request, nowMs)) {
        const message = `denied: ${name} does not carry ${termsOf(request)}`;
        const code = 'G_EXE_TERMS_UNSUPPORTED';
        return { ...refused, intentId, broker: name, message, timestampMs: nowMs, code, status: 'DENIED' };
      }
      let response: OrderResponse;
      try {
        response = await adapter.placeOrder(request, options);
      } catch (error) {
        response = thrownToOrderResponse(request, error, clock.nowMs());
      }
      return orderResponseToExecutionResponse(response, { intentId, broker: name });
    },

    async replaceOrder(request: ReplaceRequest, options?: CallOptions): Promise<ReplaceResponse> {
      const asked = dryRun && !request.dryRun ? { ...request, dryRun } : request;
      const { clientOrderId, orderType, timeInForce, session, target } = asked;
      const nowMs = clock.nowMs();
      const terms = { orderType, timeInForce, session, venue: target.venue };
      if (!canCarry(terms, nowMs)) {
        const cause = new BrokerError({
          code: 'TERMS_UNSUPPORTED',
          summary: `${name} does not carry ${termsOf(terms)}.`,
          next: 'Choose terms that the capabilities of the broker list.',
        });
        return { outcome: 'NOT_SENT', clientOrderId, receivedAtMs: nowMs, code: 'G_EXE_TERMS_UNSUPPORTED', cause };
      }
      try {
        return await adapter.replaceOrder(asked, options);
      } catch (error) {
        return thrownToOrderResponse(asked, error, clock.nowMs());
      }
    },

    async cancelOrder(request: CancelRequest, options?: CallOptions): Promise<CancelResponse> {
      const asked = dryRun && !request.dryRun ? { ...request, dryRun } : request;
      try {
        return await adapter.cancelOrder(asked, options);
      } catch (error) {
        const outcome = provenNotSent(error) ? 'NOT_SENT' : 'UNKNOWN';
        return { outcome, receivedAtMs: clock.nowMs(), cause: asBrokerError(error), dryRun: asked.dryRun };
      }
    },
  };
}

const refused = { accepted: false, outcome: 'NOT_SENT' } as const;

function termsOf({
  orderType,
  timeInForce,
  venue,
  session,
}: Pick<OrderRequest, 'orderType' | 'timeInForce' | 'venue' | 'session'>): string {
  return `${orderType} ${timeInForce} on ${venue} in ${session}`;
}

/** Our own fault after the order was handed over (execution-safety 11, F7): proof that nothing left is the exception. */
function thrownToOrderResponse(
  { clientOrderId }: Pick<OrderRequest, 'clientOrderId'>,
  error: unknown,
  receivedAtMs: number,
): Extract<OrderResponse, { outcome: 'NOT_SENT' | 'UNKNOWN' }> {
  const outcome = provenNotSent(error) ? 'NOT_SENT' : 'UNKNOWN';
  return { clientOrderId, receivedAtMs, outcome, code: 'FS040', cause: asBrokerError(error) };
}

function provenNotSent(error: unknown): boolean {
  return TransportError.isInstance(error) && error.sent === 'NOT_SENT';
}

function asBrokerError(error: unknown): BrokerError {
  if (BrokerError.isInstance(error)) return error;
  return new BrokerError({
    code: 'ADAPTER_THREW',
    summary: 'The order adapter threw instead of answering.',
    // The message of a foreign error is not repeated: it may quote a payload. It is in `cause`.
    facts: { error: error instanceof Error ? error.name : typeof error },
    next: 'Look for the order at the broker before anything else; then report the defect of the adapter.',
    cause: error,
  });
}
