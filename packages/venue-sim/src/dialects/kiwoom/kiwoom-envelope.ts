import { type VenueResponse } from '../../server/venue-exchange.ts';
import { kiwoomGatewayResults, type KiwoomGatewayResultName } from './kiwoom-gateway-results.ts';
import { type KiwoomAnswer, messages } from './kiwoom-operation.ts';
import { type KiwoomOrderRefusal } from './kiwoom-order-refusals.ts';

/** Answers before they have their headers. */
export type KiwoomReply = Pick<VenueResponse, 'status' | 'body' | 'resultCode'> & { readonly nextOffset?: number };

/** What the words of a refusal are filled in with. */
export interface KiwoomWords {
  readonly apiId: string;
  readonly path?: string;
  readonly detail?: string;
}

/** A flat object with the result behind the fields (captured). */
export function successReply(body: object = {}, message: string = messages.usual): KiwoomReply {
  return reply(200, { ...body, return_code: 0, return_msg: message }, '0');
}

/** A refusal of the gateway: `words[code:words]`. */
export function gatewayReply(name: KiwoomGatewayResultName, words: KiwoomWords): KiwoomReply {
  const { status, returnCode, code, head, text } = kiwoomGatewayResults[name];
  const { apiId, path = '', detail = '' } = words;
  const filled = text.replace('{apiId}', apiId).replace('{path}', path).replace('{detail}', detail);
  return reply(status, { return_code: returnCode, return_msg: `${head}[${code}:${filled}]` }, code);
}

/** A refusal of the back end: `[2000](code:words)`. */
export function backEndReply({ code, text }: Pick<KiwoomOrderRefusal, 'code' | 'text'>): KiwoomReply {
  return reply(200, { return_code: 20, return_msg: `[2000](${code}:${text})` }, code);
}

/** Words what an operation answered. */
export function answerReply(answer: KiwoomAnswer, words: KiwoomWords): KiwoomReply {
  switch (answer.kind) {
    case 'GATEWAY':
      return gatewayReply(answer.result, answer.detail === undefined ? words : { ...words, detail: answer.detail });
    case 'REFUSED':
      return backEndReply(answer.refusal);
    case 'SUCCESS': {
      const { body, message, nextOffset } = answer;
      return { ...successReply(body, message), ...(nextOffset === undefined ? {} : { nextOffset }) };
    }
  }
}

function reply(status: number, body: object, resultCode: string): KiwoomReply {
  return { status, body: JSON.stringify(body), resultCode };
}
