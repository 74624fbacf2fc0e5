import { type ExecutionResponse, type IntentId, type OrderResponse } from '@qts/core';

/** Who asked, and who answered. */
export interface ResponseContext {
  readonly intentId: IntentId;
  /** `kis`, `kiwoom`, … */
  readonly broker: string;
}

/**
 * Turns a broker's answer into what became of the intent. Pure. Acceptance is not execution: `ACCEPTED` says queued.
 *
 * | Order outcome | accepted | status      | Note                                                                |
 * | ------------- | -------- | ----------- | ------------------------------------------------------------------- |
 * | `ACCEPTED`    | true     | `ACCEPTED`  | a dry run has no status, no order at the broker, and `dryRun: true` |
 * | `REJECTED`    | false    | `REJECTED`  | the broker's own words in `message`                                 |
 * | `NOT_SENT`    | false    | none        | there is no order                                                   |
 * | `UNKNOWN`     | false    | `SUBMITTED` | the order may be live: it wants reconciling, never resending        |
 */
export function orderResponseToExecutionResponse(
  response: OrderResponse,
  { intentId, broker }: ResponseContext,
): ExecutionResponse {
  const { outcome, receivedAtMs: timestampMs } = response;
  switch (outcome) {
    case 'ACCEPTED': {
      const { brokerOrderId, reference } = response;
      const common = { intentId, accepted: true, outcome, broker, timestampMs, brokerOrderId, reference };
      return response.dryRun
        ? { ...common, message: `dry run: nothing was sent (virtual order ${brokerOrderId})`, dryRun: true }
        : { ...common, message: `accepted (order ${brokerOrderId})`, status: 'ACCEPTED' };
    }
    case 'REJECTED': {
      const { code, native, guard } = response;
      const message = `rejected: ${native.code} ${native.message}`;
      return {
        ...{ intentId, accepted: false, outcome, broker, message, timestampMs, code, status: 'REJECTED' },
        ...(guard === undefined ? undefined : { guard }),
      };
    }
    case 'NOT_SENT': {
      const { code, cause } = response;
      return { intentId, accepted: false, outcome, broker, message: `not sent: ${cause.summary}`, timestampMs, code };
    }
    case 'UNKNOWN': {
      const { code, cause, refusal, guard } = response;
      const message = `unknown: ${cause.summary} The order may be live.`;
      return {
        ...{ intentId, accepted: false, outcome, broker, message, timestampMs, code, status: 'SUBMITTED' },
        ...(refusal === undefined ? undefined : { refusal }),
        ...(guard === undefined ? undefined : { guard }),
      };
    }
  }
}
