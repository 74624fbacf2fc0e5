import { type RecordedRequest, type VenueRequest, type VenueResponse } from '../../server/venue-exchange.ts';
import { parseBody } from '../json-body.ts';
import { kiwoomTokenPaths } from './kiwoom-oauth.ts';

/** Headers and fields that identify or open something, in lower case. No request carries an account number. */
const secretNames = new Set(['authorization', 'appkey', 'secretkey', 'appsecret', 'token', 'mac']);

/** The guide's sheets and samples of the two token operations send no api-id: their paths say which one is meant. */
const tokenOperations: ReadonlyMap<string, string> = new Map(
  [...kiwoomTokenPaths].map(([apiId, path]) => [path, apiId]),
);

/** The broker's own name of the operation: the api-id, or what the path of a token operation stands for. */
export function kiwoomOperationName({ headers, path }: VenueRequest): string {
  const { 'api-id': apiId = '' } = headers;
  return apiId === '' ? (tokenOperations.get(path) ?? '') : apiId;
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
