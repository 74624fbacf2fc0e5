import {
  AuthenticationError,
  type BrokerError,
  type ClientOrderId,
  type FailsafeCode,
  type OrderReference,
  type OrderResponse,
} from '@qts/core';
import { type JudgedCommand } from './command-outcome.ts';

/** Something may be live and nobody knows. */
const unknownCode: FailsafeCode = 'FS042';

/**
 * The broker-neutral answer to a place or a replace.
 *
 * @param nativeOf what the answer of an acceptance adds to the native facts of the order's reference.
 */
export function toOrderResponse<Answer>(
  judged: JudgedCommand<Answer>,
  clientOrderId: ClientOrderId,
  reference: Omit<OrderReference, 'brokerOrderId'>,
  receivedAtMs: number,
  nativeOf: (answer: Answer, receivedAtMs: number) => OrderReference['native'],
): OrderResponse {
  if ('sent' in judged) {
    const { cause } = judged;
    return judged.sent === 'NO'
      ? { outcome: 'NOT_SENT', clientOrderId, receivedAtMs, code: judged.heldBy ?? notSentCode(cause), cause }
      : { outcome: 'UNKNOWN', clientOrderId, receivedAtMs, code: unknownCode, cause };
  }
  switch (judged.outcome) {
    case 'ACCEPTED': {
      const { brokerOrderId, answer } = judged;
      const native = { ...reference.native, ...nativeOf(answer, receivedAtMs) };
      return {
        outcome: 'ACCEPTED',
        clientOrderId,
        receivedAtMs,
        brokerOrderId,
        reference: { ...reference, brokerOrderId, native },
        dryRun: false,
      };
    }
    case 'REJECTED': {
      const { row, native, guard } = judged;
      const hint = guard === undefined ? undefined : { guard };
      return { outcome: 'REJECTED', clientOrderId, receivedAtMs, code: row.code, native, ...hint };
    }
    case 'UNKNOWN': {
      const { cause, native, confirmByRead, guard } = judged;
      const hint = guard === undefined ? undefined : { guard };
      const refusal = confirmByRead === true && native !== undefined ? { refusal: native } : undefined;
      return { outcome: 'UNKNOWN', clientOrderId, receivedAtMs, code: unknownCode, cause, ...refusal, ...hint };
    }
  }
}

/** Refused keys are a matter for a person; everything else that kept the order here is a broker failure. */
function notSentCode(cause: BrokerError): FailsafeCode {
  return AuthenticationError.isInstance(cause) ? 'FS044' : 'FS040';
}
