import { type DialectEdit, type DialectRefusal, type VenueOperationKind } from '../../faults/venue-fault.ts';
import { type VenueFaultParameters } from '../../faults/venue-fault-control.ts';
import { type VenueRequest, type VenueResponse } from '../../server/venue-exchange.ts';
import { isObject, parseBody } from '../json-body.ts';
import { backEndReply, gatewayReply, type KiwoomReply } from './kiwoom-envelope.ts';
import { nextKey } from './kiwoom-paging.ts';
import { kiwoomOperationName } from './kiwoom-record.ts';

/** What each operation of the broker is for. */
export const kiwoomOperationKinds: ReadonlyMap<string, VenueOperationKind> = new Map([
  ['kt10000', 'NEW_ORDER'],
  ['kt10001', 'NEW_ORDER'],
  ['kt10002', 'ORDER_CHANGE'],
  ['kt10003', 'ORDER_CHANGE'],
  ['ka10075', 'ORDER_LIST'],
  ['ka10076', 'ORDER_LIST'],
  ['kt00007', 'ORDER_LIST'],
  ['kt00009', 'ORDER_LIST'],
  ['ka00001', 'ACCOUNT'],
  ['kt00001', 'ACCOUNT'],
  ['kt00004', 'ACCOUNT'],
  ['kt00005', 'ACCOUNT'],
  ['kt00010', 'ACCOUNT'],
  ['kt00018', 'ACCOUNT'],
  ['ka10001', 'MARKET_DATA'],
  ['ka10003', 'MARKET_DATA'],
  ['ka10004', 'MARKET_DATA'],
  ['ka10080', 'MARKET_DATA'],
  ['ka10081', 'MARKET_DATA'],
  ['ka10099', 'MARKET_DATA'],
  ['ka10100', 'MARKET_DATA'],
  ['au10001', 'TOKEN'],
  ['au10002', 'OTHER'],
]);

/** Words the refusals of faults; `quota` is the api-id's calls a second. */
export const kiwoomFaultRefusals: Readonly<Record<DialectRefusal, (apiId: string, quota: number) => KiwoomReply>> = {
  RATE_LIMIT: (apiId, quota) => gatewayReply('RATE_LIMIT', { apiId, detail: String(quota) }),
  RATE_LIMIT_UNDER_200: (apiId, quota) => ({
    ...gatewayReply('RATE_LIMIT', { apiId, detail: String(quota) }),
    status: 200,
  }),
  LEDGER_LIMIT: (apiId) => gatewayReply('TOTAL_LIMIT', { apiId }),
  TRANSACTION_TIMEOUT: (apiId) => gatewayReply('UNEXPECTED_FAILURE', { apiId }),
  TOKEN_EXPIRED: (apiId) => gatewayReply('TOKEN_INVALID', { apiId }),
  TOKEN_REVOKED: (apiId) => gatewayReply('TOKEN_INVALID', { apiId }),
  TOKEN_TOO_OFTEN: (apiId, quota) => gatewayReply('RATE_LIMIT', { apiId, detail: String(quota) }),
  // Simulated: a code that the broker does not have.
  UNLISTED_REFUSAL: () => backEndReply({ code: '999999', text: '모의 장애: 알려지지 않은 거부입니다.' }),
};

/** Puts something wrong into an answer; `undefined` when there is nothing in it to which this could happen. */
export function editKiwoomAnswer(
  edit: DialectEdit,
  response: VenueResponse,
  parameters: VenueFaultParameters,
  request: VenueRequest,
): VenueResponse | undefined {
  if (edit === 'OTHER_OPERATION') {
    const other = response.headers['api-id'] === 'kt00018' ? 'kt10000' : 'kt00018';
    return { ...response, headers: { ...response.headers, 'api-id': other } };
  }
  const parsed = parseBody(Buffer.from(response.body));
  if (parsed.kind !== 'OBJECT') return undefined;
  const body = parsed.value;
  if (edit === 'PAGES_ENDLESS') {
    if (rowContainer(body) === undefined) return undefined;
    const first = nextKey(kiwoomOperationName(request), request.body, 0);
    return { ...response, headers: { ...response.headers, 'cont-yn': 'Y', 'next-key': first } };
  }
  const edited = editBody(edit, body, parameters);
  return edited === undefined ? undefined : { ...response, body: JSON.stringify(edited) };
}

type Body = Readonly<Record<string, unknown>>;

function editBody(
  edit: Exclude<DialectEdit, 'OTHER_OPERATION' | 'PAGES_ENDLESS'>,
  body: Body,
  { rows = 1 }: VenueFaultParameters,
): Body | undefined {
  switch (edit) {
    case 'WITHOUT_ORDER_NUMBER':
      return body['return_code'] === 0
        ? Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'ord_no'))
        : undefined;
    case 'NUMBERS_FOR_TEXT':
      return numbersForText(body) as Body;
    case 'ROWS_MISSING':
      return editRows(body, (list) => list.slice(0, -rows));
    case 'ROWS_DOUBLED':
      return editRows(body, (list) => [...list, ...list.slice(-rows)]);
  }
}

/** The list of an answer, unless it is empty: an answer has one list at most. */
function rowContainer(body: Body): readonly [string, readonly unknown[]] | undefined {
  for (const [name, value] of Object.entries(body)) {
    if (Array.isArray(value) && value.length > 0) return [name, value];
  }
  return undefined;
}

function editRows(body: Body, change: (list: readonly unknown[]) => readonly unknown[]): Body | undefined {
  const container = rowContainer(body);
  return container === undefined ? undefined : { ...body, [container[0]]: change(container[1]) };
}

/** Digits become numbers wherever they stand. */
function numbersForText(value: unknown): unknown {
  if (typeof value === 'string') return /^\d{1,15}$/.test(value) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(numbersForText);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, numbersForText(each)]));
}
