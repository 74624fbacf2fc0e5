import { type RecordedRequest, type VenueRequest, type VenueResponse } from '../../server/venue-exchange.ts';
import { parseBody } from '../json-body.ts';

/** Headers and fields that identify or open something, in lower case. No request carries an account number. */
const secretNames = new Set(['authorization', 'appkey', 'secretkey', 'appsecret', 'token', 'mac']);

/** The broker's own name of the operation: the api-id. */
export function kiwoomOperationName({ headers }: VenueRequest): string {
  return headers['api-id'] ?? '';
}

/** What to remember of a request: names and values, secrets hidden. */
export function describeKiwoomRequest(request: VenueRequest, response: VenueResponse, atMs: number): RecordedRequest {
  const body = parseBody(request.body);
  return {
    operation: kiwoomOperationName(request),
    atMs,
    method: request.method,
    path: request.path,
    headers: maskAll(request.headers),
    query: Object.fromEntries(request.query),
    ...(body.kind === 'OBJECT' ? { body: maskAll(body.value) } : {}),
    status: response.status,
    resultCode: response.resultCode,
  };
}

function maskAll<Value>(values: Readonly<Record<string, Value>>): Record<string, Value | string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      secretNames.has(name.toLowerCase()) && value !== '' ? '[masked]' : value,
    ]),
  );
}
