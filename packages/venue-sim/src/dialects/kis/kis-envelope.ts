import { type VenueResponse } from '../../server/venue-exchange.ts';
import { type VenueEnvironment } from '../../venue-settings.ts';
import { type Continuation, type KisAnswer, type KisOperation } from './kis-operation.ts';
import { gatewayResults, type GatewayResultName } from './kis-gateway-results.ts';
import { kisSuccesses } from './kis-successes.ts';
import { padLedgerMessage } from './kis-text.ts';

/** Answers before they have their headers. */
export type KisReply = Pick<VenueResponse, 'status' | 'body' | 'resultCode'> & { readonly continuation: Continuation };

/** Codes whose body also carries `message` (captured for the first; the ledger limit is assumed alike). */
const resultsWithMessage: readonly GatewayResultName[] = ['RATE_LIMIT', 'LEDGER_LIMIT'];

/** A refusal of the gateway on `/uapi` paths. */
export function gatewayReply(name: GatewayResultName, field = ''): KisReply {
  const { status, rtCd, msgCd, msg1 } = gatewayResults[name];
  return reply(
    status,
    {
      rt_cd: rtCd,
      msg_cd: msgCd,
      msg1: msg1.replace('{field}', field),
      ...(resultsWithMessage.includes(name) ? { message: msgCd } : {}),
    },
    msgCd,
  );
}

/** A refusal on `/oauth2` paths: other keys, HTTP 403 (captured for one code, the others assumed alike). */
export function tokenRefusal(name: GatewayResultName): KisReply {
  const { msgCd, msg1 } = gatewayResults[name];
  return reply(403, { error_code: msgCd, error_description: msg1 }, msgCd);
}

/** Words what an operation answered. */
export function answerReply(operation: KisOperation, environment: VenueEnvironment, answer: KisAnswer): KisReply {
  switch (answer.kind) {
    case 'GATEWAY':
      return gatewayReply(answer.result, answer.field);
    case 'REFUSED': {
      const { status, rtCd, msgCd, msg1 } = answer.refusal;
      return reply(status, { rt_cd: rtCd, msg_cd: msgCd, msg1: status === 200 ? padLedgerMessage(msg1) : msg1 }, msgCd);
    }
    case 'SUCCESS': {
      const { msgCd, msg1 } = kisSuccesses[answer.success][environment];
      // Captured: order acknowledgements and quotes are not padded, queries of the ledger are.
      const padded = operation.ledger && operation.method === 'GET';
      const result = { rt_cd: '0', msg_cd: msgCd, msg1: padded ? padLedgerMessage(msg1) : msg1 };
      const body =
        operation.method === 'GET' ? { ...answer.containers, ...result } : { ...result, ...answer.containers };
      return { ...reply(200, body, msgCd), continuation: answer.continuation };
    }
  }
}

/** An answer without pages; some answers of the token paths have no result code. */
export function reply(status: number, body: object, resultCode = ''): KisReply {
  return { status, body: JSON.stringify(body), resultCode, continuation: '' };
}
