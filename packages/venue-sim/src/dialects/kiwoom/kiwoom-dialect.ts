import { type EntryConditions } from '../../faults/dialect-faults.ts';
import { type VenueDialect, type VenueRequest, type VenueResponse } from '../../server/venue-exchange.ts';
import { type VenueAccount } from '../../venue-settings.ts';
import { type DialectSetup } from '../dialect-setup.ts';
import { answerReply, gatewayReply, successReply, type KiwoomReply } from './kiwoom-envelope.ts';
import { editKiwoomAnswer, kiwoomFaultRefusals, kiwoomOperationKinds } from './kiwoom-faults.ts';
import { readFields } from './kiwoom-fields.ts';
import { type KiwoomGatewayResultName } from './kiwoom-gateway-results.ts';
import { createKiwoomLimits } from './kiwoom-limits.ts';
import { answerKiwoomOauth, kiwoomTokenPaths } from './kiwoom-oauth.ts';
import { type KiwoomContext, type KiwoomOperation } from './kiwoom-operation.ts';
import { kiwoomOperations } from './kiwoom-operations.ts';
import { programChannel } from './kiwoom-order-rows.ts';
import { nextKey, readNextKey } from './kiwoom-paging.ts';
import { describeKiwoomRequest, kiwoomOperationName } from './kiwoom-record.ts';
import { createKiwoomTokenDesk } from './kiwoom-tokens.ts';
import { createKiwoomStreams } from './stream/kiwoom-streams.ts';

/** Rows on a page of lists and trades. Nobody has said how many the broker gives. */
const defaultListRows = 100;

/** What another channel of the broker shows (guide sample). */
const handChannel = '영웅문4';

interface Refusal {
  readonly kind: 'REFUSED';
  readonly result: KiwoomGatewayResultName;
  readonly detail?: string;
}
interface Passed {
  readonly kind: 'PASSED';
  readonly account: VenueAccount;
}

/**
 * Makes a venue speak Kiwoom.
 *
 * ```
 * request → api-id → path → authorization → token → calls per second of the api-id → next-key → fields → operation
 * ```
 *
 * The order of these checks is assumed; what each of them says has its evidence in the tables.
 */
export function createKiwoomDialect(setup: DialectSetup): VenueDialect {
  const { environment, accounts, exchange, market, dailyHistory, seed, kiwoom = {} } = setup;
  const { orderVisibilityDelayMs = 0, listRows = defaultListRows, fillRows = 'PER_FILL' } = kiwoom;
  const tokens = createKiwoomTokenDesk(seed, environment);
  const limits = createKiwoomLimits(kiwoom);
  const oauth = { accounts, otherEnvironmentKeys: kiwoom.otherEnvironmentKeys ?? [], tokens, limits };
  const context: KiwoomContext = {
    environment,
    exchange,
    market,
    dailyHistory,
    orderOrigins: new Map(),
    listRows,
    fillRows,
  };

  const checkToken = ({ headers, peerAddress }: VenueRequest, nowMs: number): Passed | Refusal => {
    const { authorization = '' } = headers;
    if (authorization === '') return refused('AUTHORIZATION_MISSING');
    const [scheme = '', token = ''] = authorization.split(' ');
    if (scheme !== 'Bearer') return refused('AUTHORIZATION_SCHEME');
    if (token === '') return refused('AUTHORIZATION_EMPTY');
    const state = tokens.check(token, peerAddress, nowMs);
    switch (state.kind) {
      case 'INVALID':
        return refused('TOKEN_INVALID');
      case 'OTHER_ADDRESS':
        return refused('TOKEN_OTHER_ADDRESS');
      case 'OTHER_ENVIRONMENT':
        return refused('TOKEN_OF_OTHER_ENVIRONMENT');
      case 'VALID': {
        const account = accounts.find(({ appKey }) => appKey === state.appKey);
        return account === undefined ? refused('TOKEN_INVALID') : { kind: 'PASSED', account };
      }
    }
  };

  const passGateway = (request: VenueRequest, apiId: string, nowMs: number): Passed | Refusal => {
    const checked = checkToken(request, nowMs);
    if (checked.kind === 'REFUSED' || limits.admit(checked.account.appKey, apiId, nowMs)) return checked;
    return refused('RATE_LIMIT', String(limits.quotaOf(apiId)));
  };

  const answerOperation = (
    request: VenueRequest,
    operation: KiwoomOperation,
    nowMs: number,
    { passedGateway = false, byHand = false, rejectedByExchange = false, listLagMs }: EntryConditions,
  ): KiwoomReply => {
    const { apiId } = operation;
    // A request that was let through before may outlive its token; whose it is stays known.
    const passed = passedGateway ? ownerOf(request) : passGateway(request, apiId, nowMs);
    if (passed.kind === 'REFUSED') return wordRefusal(passed, request);
    const offset = isLaterPage(request) ? readNextKey(apiId, request.body, request.headers['next-key'] ?? '') : 0;
    if (offset === undefined) return gatewayReply('HEADER_UNREADABLE', { apiId, detail: 'next-key' });
    const read = readFields(operation.fields, request);
    if (read.kind !== 'FIELDS') return answerReply(read, { apiId });
    const answer = operation.answer({
      context,
      apiId,
      account: passed.account,
      fields: read.fields,
      offset,
      nowMs,
      channel: byHand ? handChannel : programChannel,
      listLagMs: (orderNumber) => Math.max(listLagMs?.(orderNumber) ?? 0, orderVisibilityDelayMs),
      enterOrder: (order) => (rejectedByExchange ? exchange.rejectOrder(order) : exchange.placeOrder(order)),
    });
    return answerReply(answer, { apiId });
  };

  const ownerOf = ({ headers }: VenueRequest): Passed | Refusal => {
    const appKey = tokens.ownerOf((headers['authorization'] ?? '').split(' ')[1] ?? '');
    const account = accounts.find((each) => each.appKey === appKey);
    return account === undefined ? refused('TOKEN_INVALID') : { kind: 'PASSED', account };
  };

  const answer = (request: VenueRequest, nowMs: number, conditions: EntryConditions): KiwoomReply => {
    const apiId = kiwoomOperationName(request);
    const { path } = request;
    if (apiId === '') return gatewayReply('API_ID_MISSING', { apiId });
    const operation = kiwoomOperations.get(apiId);
    const servedBy = operation?.path ?? kiwoomTokenPaths.get(apiId);
    if (servedBy === undefined) return gatewayReply('API_ID_UNKNOWN', { apiId });
    if (servedBy !== path || request.method !== 'POST') return gatewayReply('PATH_MISMATCH', { apiId, path });
    return operation === undefined
      ? answerKiwoomOauth(oauth, apiId, request, nowMs)
      : answerOperation(request, operation, nowMs, conditions);
  };

  const withHeaders = (
    { nextOffset, ...replied }: KiwoomReply,
    request: VenueRequest,
    nowMs: number,
  ): VenueResponse => {
    const apiId = kiwoomOperationName(request);
    return {
      ...replied,
      headers: {
        'content-type': 'application/json;charset=UTF-8',
        date: new Date(nowMs).toUTCString(),
        'api-id': apiId,
        'cont-yn': nextOffset === undefined ? 'N' : 'Y',
        'next-key': nextOffset === undefined ? '' : nextKey(apiId, request.body, nextOffset),
      },
    };
  };

  return {
    handleRequest: (request, nowMs, conditions = noConditions) =>
      withHeaders(answer(request, nowMs, conditions), request, nowMs),
    describeRequest: describeKiwoomRequest,
    faults: {
      operations: kiwoomOperationKinds,
      operationOf: kiwoomOperationName,
      isLaterPage,
      gatewayRefusal(request, nowMs) {
        const apiId = kiwoomOperationName(request);
        if (kiwoomOperations.get(apiId)?.path !== request.path) return undefined;
        const passed = passGateway(request, apiId, nowMs);
        return passed.kind === 'REFUSED' ? withHeaders(wordRefusal(passed, request), request, nowMs) : undefined;
      },
      revokeToken({ headers }) {
        tokens.revoke((headers['authorization'] ?? '').split(' ')[1] ?? '');
      },
      refuse(refusal, request, nowMs) {
        const apiId = kiwoomOperationName(request);
        return withHeaders(kiwoomFaultRefusals[refusal](apiId, limits.quotaOf(apiId)), request, nowMs);
      },
      emptySuccess: (request, nowMs) => withHeaders(successReply(), request, nowMs),
      edit: editKiwoomAnswer,
    },
    streams: createKiwoomStreams({ context, accounts, tokens, handChannel }),
  };
}

const noConditions: EntryConditions = {};

function isLaterPage({ headers }: VenueRequest): boolean {
  return headers['cont-yn'] === 'Y';
}

function refused(result: KiwoomGatewayResultName, detail = ''): Refusal {
  return { kind: 'REFUSED', result, detail };
}

function wordRefusal({ result, detail = '' }: Refusal, request: VenueRequest): KiwoomReply {
  return gatewayReply(result, { apiId: kiwoomOperationName(request), path: request.path, detail });
}
