import { type DialectFaults } from '../../faults/dialect-faults.ts';
import { type DialectEdit, type DialectRefusal, type VenueOperationKind } from '../../faults/venue-fault.ts';
import { type VenueFaultParameters } from '../../faults/venue-fault-control.ts';
import { type VenueResponse } from '../../server/venue-exchange.ts';
import { gatewayReply, reply, tokenRefusal, type KisReply } from './kis-envelope.ts';
import { kisSuccesses } from './kis-successes.ts';

/** What each operation of the broker is for. */
export const kisOperationKinds: ReadonlyMap<string, VenueOperationKind> = new Map([
  ['order-cash', 'NEW_ORDER'],
  ['order-rvsecncl', 'ORDER_CHANGE'],
  ['inquire-psbl-rvsecncl', 'ORDER_LIST'],
  ['inquire-daily-ccld', 'ORDER_LIST'],
  ['inquire-balance', 'ACCOUNT'],
  ['inquire-psbl-order', 'ACCOUNT'],
  ['inquire-psbl-sell', 'ACCOUNT'],
  ['inquire-account-balance', 'ACCOUNT'],
  ['inquire-price', 'MARKET_DATA'],
  ['inquire-asking-price-exp-ccn', 'MARKET_DATA'],
  ['inquire-daily-itemchartprice', 'MARKET_DATA'],
  ['inquire-time-itemchartprice', 'MARKET_DATA'],
  ['chk-holiday', 'MARKET_DATA'],
  ['search-stock-info', 'MARKET_DATA'],
  ['tokenP', 'TOKEN'],
  ['revokeP', 'OTHER'],
  ['Approval', 'OTHER'],
  ['hashkey', 'OTHER'],
]);

/** Where the rows of an answer stand. */
const rowContainers = ['output1', 'output'];

/** Words the refusals of faults. */
export const kisFaultRefusals: Readonly<Record<DialectRefusal, () => KisReply>> = {
  RATE_LIMIT: () => gatewayReply('RATE_LIMIT'),
  RATE_LIMIT_UNDER_200: () => ({ ...gatewayReply('RATE_LIMIT'), status: 200 }),
  LEDGER_LIMIT: () => gatewayReply('LEDGER_LIMIT'),
  TRANSACTION_TIMEOUT: () => gatewayReply('TRANSACTION_TIMEOUT'),
  TOKEN_EXPIRED: () => gatewayReply('TOKEN_EXPIRED'),
  TOKEN_REVOKED: () => gatewayReply('TOKEN_INVALID'),
  TOKEN_TOO_OFTEN: () => tokenRefusal('TOKEN_TOO_OFTEN'),
  // Simulated: a code that the broker does not have.
  UNLISTED_REFUSAL: () =>
    reply(200, { rt_cd: '1', msg_cd: 'APBK9999', msg1: '모의 장애: 알려지지 않은 거부입니다.' }, 'APBK9999'),
};

/** A success without any content. */
export function kisEmptySuccess(): KisReply {
  const { msgCd, msg1 } = kisSuccesses.QUOTE.LIVE;
  return reply(200, { rt_cd: '0', msg_cd: msgCd, msg1 }, msgCd);
}

/** Puts something wrong into an answer. */
export const editKisAnswer: DialectFaults['edit'] = (edit, response, parameters) => {
  if (edit === 'OTHER_OPERATION') return echoOther(response);
  const body = parseObject(response.body);
  if (body === undefined) return undefined;
  const edited = editBody(edit, body, parameters);
  if (edited === undefined) return undefined;
  const headers = edit === 'PAGES_ENDLESS' ? { ...response.headers, tr_cont: 'M' } : response.headers;
  return { ...response, headers, body: JSON.stringify(edited) };
};

type Body = Readonly<Record<string, unknown>>;

function editBody(
  edit: Exclude<DialectEdit, 'OTHER_OPERATION'>,
  body: Body,
  { rows = 1 }: VenueFaultParameters,
): Body | undefined {
  switch (edit) {
    case 'WITHOUT_ORDER_NUMBER':
      return withoutOrderNumber(body);
    case 'NUMBERS_FOR_TEXT':
      return numbersForText(body) as Body;
    case 'ROWS_MISSING':
      return editRows(body, (list) => list.slice(0, -rows));
    case 'ROWS_DOUBLED':
      return editRows(body, (list) => [...list, ...list.slice(-rows)]);
    case 'PAGES_ENDLESS': {
      const cursor = body['ctx_area_nk100'];
      // The cursor of the first row: the next page is the first again.
      return typeof cursor === 'string' ? { ...body, ctx_area_nk100: '0'.repeat(10).padEnd(cursor.length) } : undefined;
    }
  }
}

/** The header names an order for a query and a query for everything else. */
function echoOther(response: VenueResponse): VenueResponse {
  const other = response.headers['tr_id'] === 'TTTC8434R' ? 'TTTC0012U' : 'TTTC8434R';
  return { ...response, headers: { ...response.headers, tr_id: other } };
}

function withoutOrderNumber(body: Body): Body | undefined {
  if (body['rt_cd'] !== '0') return undefined;
  const { output } = body;
  if (!isObject(output)) return body;
  return { ...body, output: Object.fromEntries(Object.entries(output).filter(([name]) => name !== 'ODNO')) };
}

function editRows(body: Body, change: (list: readonly unknown[]) => readonly unknown[]): Body | undefined {
  for (const container of rowContainers) {
    const list = body[container];
    if (Array.isArray(list)) return list.length === 0 ? undefined : { ...body, [container]: change(list) };
  }
  return undefined;
}

/** Digits become numbers wherever they stand, the result code aside. */
function numbersForText(value: unknown): unknown {
  if (typeof value === 'string') return /^\d{1,15}$/.test(value) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(numbersForText);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, name === 'rt_cd' ? each : numbersForText(each)]),
  );
}

function parseObject(text: string): Body | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
