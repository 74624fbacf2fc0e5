import { isObject, parseBody } from '../../json-body.ts';
import { type KisStreamResultName } from './kis-stream-results.ts';

/** A registration, or its removal, that can be read. */
export interface KisRegistration {
  readonly kind: 'REGISTRATION';
  readonly approvalKey: string;
  readonly isRemoval: boolean;
  readonly name: string;
  readonly key: string;
}

export type KisStreamMessage =
  KisRegistration | { readonly kind: 'PONG' } | { readonly kind: 'REFUSED'; readonly result: KisStreamResultName };

type Fields = Readonly<Record<string, unknown>>;

/** Reads a client's message. The order of the checks is assumed. */
export function readStreamMessage(text: string): KisStreamMessage {
  const message = parseBody(Buffer.from(text));
  if (message.kind !== 'OBJECT') return refused('NOT_JSON');
  const header = objectIn(message.value, 'header');
  if (header === undefined) return refused('HEADER_MISSING');
  if (textIn(header, 'tr_id') === 'PINGPONG') return { kind: 'PONG' };
  const approvalKey = textIn(header, 'approval_key');
  if (approvalKey === '') return refused('APPROVAL_MISSING');
  const customerType = textIn(header, 'custtype');
  if (customerType === '') return refused('CUSTOMER_TYPE_MISSING');
  if (!['P', 'B'].includes(customerType)) return refused('CUSTOMER_TYPE_INVALID');
  const type = textIn(header, 'tr_type');
  if (!['1', '2'].includes(type)) return refused('TR_TYPE_INVALID');
  const body = objectIn(message.value, 'body');
  if (body === undefined) return refused('BODY_MISSING');
  const input = objectIn(body, 'input');
  if (input === undefined) return refused('INPUT_MISSING');
  return {
    kind: 'REGISTRATION',
    approvalKey,
    isRemoval: type === '2',
    name: textIn(input, 'tr_id'),
    key: textIn(input, 'tr_key'),
  };
}

function refused(result: KisStreamResultName): KisStreamMessage {
  return { kind: 'REFUSED', result };
}

function objectIn(fields: Fields, name: string): Fields | undefined {
  const value = fields[name];
  return isObject(value) ? value : undefined;
}

function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}
