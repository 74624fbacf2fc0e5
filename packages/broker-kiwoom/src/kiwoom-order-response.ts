import {
  AuthenticationError,
  type BrokerError,
  type ClientOrderId,
  type FailsafeCode,
  kstDateTime,
  type OrderReference,
  type OrderResponse,
} from '@qts/core';
import { type KiwoomCommandOutcome } from './kiwoom-command-outcome.ts';
import { type KiwoomCommandResult } from './kiwoom-rest-client.ts';

/** Something may be live and nobody knows. */
const unknownCode: FailsafeCode = 'FS042';

/** The broker-neutral answer to a place or a replace. */
export function toCommandResponse(
  judged: KiwoomCommandOutcome | Exclude<KiwoomCommandResult, { readonly sent: 'YES' }>,
  clientOrderId: ClientOrderId,
  reference: Omit<OrderReference, 'brokerOrderId'>,
  receivedAtMs: number,
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
      const native = {
        ...reference.native,
        ...(answer.baseOrdNo === '' ? {} : { base_orig_ord_no: answer.baseOrdNo }),
        // Kiwoom gives no time with the number: ours, for whoever asks how long the order may be missing from the list.
        ord_tm: kstDateTime(receivedAtMs).slice(11, 19),
      };
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
