import { type VenueRequest } from '../../server/venue-exchange.ts';
import { type VenueAccount } from '../../venue-settings.ts';
import { parseBody } from '../json-body.ts';
import { type KisAnswer, type KisOperation } from './kis-operation.ts';
import { hashBody } from './kis-tokens.ts';

type Refusal = Extract<KisAnswer, { readonly kind: 'GATEWAY' }>;
type Fields = ReadonlyMap<string, string>;

/**
 * Reads the documented fields of a request and checks each on its own: present, text, not too long, one of its codes.
 * The account must be the one the key is bound to (published).
 */
export function readFields(
  operation: KisOperation,
  request: VenueRequest,
  account: VenueAccount,
): { readonly kind: 'FIELDS'; readonly fields: Fields } | Refusal {
  const sent = operation.method === 'GET' ? readQuery(operation, request) : readBody(request);
  if (sent.kind !== 'FIELDS') return sent;
  const fields = new Map<string, string>();
  for (const { name, required, lengthMax, codes } of operation.fields) {
    const value = sent.fields.get(name);
    if (value === undefined) {
      if (!required) continue;
      // The gateway cannot build an order's message without a field of it (captured); a query names the field.
      return operation.method === 'POST' ? refuse('BODY_NOT_BUILDABLE') : refuse('FIELD_MISSING', name);
    }
    if (value.length > lengthMax) return refuse('FIELD_TOO_LONG', name);
    if (codes !== undefined && !codes.includes(value)) return refuse('FIELD_INVALID', name);
    fields.set(name, value);
  }
  if (
    fields.has('CANO') &&
    `${fields.get('CANO') ?? ''}-${fields.get('ACNT_PRDT_CD') ?? ''}` !== account.accountNumber
  ) {
    return refuse('ACCOUNT_MISMATCH');
  }
  return { kind: 'FIELDS', fields };
}

/** Quotes take their keys in upper and lower case (published for inquire-price). */
function readQuery(
  { ledger }: KisOperation,
  { query }: VenueRequest,
): { readonly kind: 'FIELDS'; readonly fields: Fields } {
  return {
    kind: 'FIELDS',
    fields: new Map([...query].map(([key, value]) => [ledger ? key : key.toUpperCase(), value])),
  };
}

function readBody(request: VenueRequest): { readonly kind: 'FIELDS'; readonly fields: Fields } | Refusal {
  const body = parseBody(request.body);
  if (body.kind === 'EMPTY') return refuse('BODY_MISSING');
  if (body.kind === 'NOT_JSON') return refuse('BODY_NOT_JSON');
  const hashKey = request.headers['hashkey'] ?? '';
  if (hashKey !== '' && hashKey !== hashBody(request.body)) return refuse('HASH_KEY_MISMATCH');
  const fields = new Map<string, string>();
  for (const [name, value] of Object.entries(body.value)) {
    // Numbers instead of text keep the gateway from building its message (reported).
    if (typeof value !== 'string') return refuse('BODY_NOT_BUILDABLE');
    fields.set(name, value);
  }
  return { kind: 'FIELDS', fields };
}

function refuse(result: Refusal['result'], field?: string): Refusal {
  return { kind: 'GATEWAY', result, ...(field === undefined ? {} : { field }) };
}
