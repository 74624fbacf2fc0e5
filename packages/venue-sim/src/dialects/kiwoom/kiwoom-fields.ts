import { type VenueRequest } from '../../server/venue-exchange.ts';
import { parseBody } from '../json-body.ts';
import { type KiwoomAnswer, type KiwoomField } from './kiwoom-operation.ts';

type Refusal = Extract<KiwoomAnswer, { readonly kind: 'GATEWAY' }>;
type Fields = ReadonlyMap<string, string>;

/** Reads the documented fields of a request and checks each on its own; unknown fields are ignored (assumed). */
export function readFields(
  documented: readonly KiwoomField[],
  request: VenueRequest,
): { readonly kind: 'FIELDS'; readonly fields: Fields } | Refusal {
  const body = parseBody(request.body);
  if (body.kind === 'NOT_JSON') return refuse('FIELD_INVALID', 'body');
  const sent: Readonly<Record<string, unknown>> = body.kind === 'OBJECT' ? body.value : {};
  const fields = new Map<string, string>();
  for (const { name, required, lengthMax, form } of documented) {
    const value = sent[name] ?? '';
    // Every value is text (published); that anything else is refused is assumed.
    if (typeof value !== 'string') return refuse('FIELD_INVALID', name);
    if (value === '') {
      if (required) return refuse('FIELD_MISSING', name);
      continue;
    }
    if (value.length > lengthMax || !form.test(value)) return refuse('FIELD_INVALID', name);
    fields.set(name, value);
  }
  return { kind: 'FIELDS', fields };
}

function refuse(result: Refusal['result'], detail: string): Refusal {
  return { kind: 'GATEWAY', result, detail };
}
