import { type RecordedRequest, type VenueRequest, type VenueResponse } from '../../server/venue-exchange.ts';
import { parseBody } from '../json-body.ts';

/** Headers and fields that identify or open something, in lower case. */
const secretNames = new Set([
  'authorization',
  'appkey',
  'appsecret',
  'secretkey',
  'token',
  'personalseckey',
  'hashkey',
  'phone_number',
  'mac_address',
  'ip_addr',
]);
/** Fields that carry the account number; the search cursors begin with it. */
const accountNames = new Set(['cano', 'ctx_area_fk100', 'ctx_area_fk200']);

/** The broker's own name of the operation: the last part of the path. */
export function kisOperationName({ path }: VenueRequest): string {
  return path.split('/').at(-1) ?? '';
}

/** What to remember of a request: names and values, secrets hidden, the account number down to its last two digits. */
export function describeKisRequest(request: VenueRequest, response: VenueResponse, atMs: number): RecordedRequest {
  const body = parseBody(request.body);
  return {
    operation: kisOperationName(request),
    atMs,
    method: request.method,
    path: request.path,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, mask(name, value)])),
    query: Object.fromEntries([...request.query].map(([name, value]) => [name, mask(name, value)])),
    ...(body.kind === 'OBJECT'
      ? {
          body: Object.fromEntries(
            Object.entries(body.value).map(([name, value]) => [
              name,
              typeof value === 'string' ? mask(name, value) : value,
            ]),
          ),
        }
      : {}),
    status: response.status,
    resultCode: response.resultCode,
  };
}

function mask(name: string, value: string): string {
  const key = name.toLowerCase();
  if (secretNames.has(key)) return value === '' ? '' : '[masked]';
  return accountNames.has(key) ? value.replace(/^\d{6}(?=\d{2})/, '******') : value;
}
