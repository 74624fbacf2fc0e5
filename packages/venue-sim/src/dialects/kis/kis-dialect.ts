import { type EntryConditions } from '../../faults/dialect-faults.ts';
import { type VenueDialect, type VenueRequest, type VenueResponse } from '../../server/venue-exchange.ts';
import { type VenueAccount } from '../../venue-settings.ts';
import { type DialectSetup } from '../dialect-setup.ts';
import { createSlidingWindow } from '../sliding-window.ts';
import { findAccount } from './kis-credentials.ts';
import { answerReply, gatewayReply, type KisReply } from './kis-envelope.ts';
import { editKisAnswer, kisEmptySuccess, kisFaultRefusals, kisOperationKinds } from './kis-faults.ts';
import { readFields } from './kis-fields.ts';
import { ledgerCallsPerSecond, requestsPerSecondOn } from './kis-limits.ts';
import { answerHashKey, createKisOauth } from './kis-oauth.ts';
import { programChannel, type KisContext, type KisOperation, type OrderOrigin } from './kis-operation.ts';
import { kisOperations } from './kis-operations.ts';
import { createKisStreams } from './stream/kis-streams.ts';
import { describeKisRequest, kisOperationName } from './kis-record.ts';
import { type GatewayResultName } from './kis-gateway-results.ts';

/** How long a new order stays out of the lists: measured on paper (median, derivatives, n = 100); live assumed. */
const orderVisibilityDelayMs = { LIVE: 0, PAPER: 2600 } as const;

/** Branch of the captured live orders. */
const defaultBranch = '03930';

const secondMs = 1000;

/**
 * Makes a venue speak KIS.
 *
 * ```
 * request → path → key and secret → token → calls per second → customer type → TR id → fields → account → operation
 * ```
 *
 * The order of these checks is assumed; what each of them says has its evidence in the tables.
 */
export function createKisDialect(setup: DialectSetup): VenueDialect {
  const { environment, accounts, exchange, market, dailyHistory, kis = {} } = setup;
  const oauth = createKisOauth(accounts, setup.seed);
  const calls = createSlidingWindow(
    kis.requestsPerSecond ?? requestsPerSecondOn(environment, exchange.tradingDate),
    secondMs,
  );
  const ledgerCalls = createSlidingWindow(kis.ledgerCallsPerSecond ?? ledgerCallsPerSecond, secondMs);
  const context: KisContext = {
    environment,
    exchange,
    market,
    dailyHistory,
    branch: kis.branch ?? defaultBranch,
    orderOrigins: new Map(),
  };
  const visibilityDelayMs = kis.orderVisibilityDelayMs ?? orderVisibilityDelayMs[environment];
  const usualLagMs = (): number => visibilityDelayMs;
  let transactions = 0;

  const passGateway = (request: VenueRequest, nowMs: number): VenueAccount | GatewayResultName => {
    const { headers } = request;
    const account = findAccount(accounts, headers['appkey'] ?? '', headers['appsecret'] ?? '');
    if (typeof account === 'string') return account;
    if (request.path !== hashKeyPath) {
      const [scheme, token = ''] = (headers['authorization'] ?? '').split(' ');
      if (scheme !== 'Bearer') return 'BEARER_MISSING';
      const state = oauth.tokens.check(account.appKey, token, nowMs);
      if (state !== 'VALID') return state === 'EXPIRED' ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID';
    }
    return calls.admit(account.appKey, nowMs) ? account : 'RATE_LIMIT';
  };

  const answerOperation = (
    request: VenueRequest,
    operation: KisOperation,
    nowMs: number,
    conditions: EntryConditions,
  ): KisReply => {
    const { headers } = request;
    const account =
      conditions.passedGateway === true
        ? findAccount(accounts, headers['appkey'] ?? '', headers['appsecret'] ?? '')
        : passGateway(request, nowMs);
    if (typeof account === 'string') return gatewayReply(account);
    const customerType = headers['custtype'] ?? '';
    // Documents of some queries call it optional, and public clients send none with theirs; an order without it is refused.
    if (customerType === '' && operation.method === 'POST') return gatewayReply('CUSTOMER_TYPE_MISSING');
    if (!['', 'P', 'B'].includes(customerType)) return gatewayReply('CUSTOMER_TYPE_INVALID');
    const trId = headers['tr_id'] ?? '';
    const trRefusal = checkTrId(operation, trId, context);
    if (trRefusal !== undefined) return gatewayReply(trRefusal);
    if (operation.name === 'inquire-balance' && !ledgerCalls.admit('', nowMs)) return gatewayReply('LEDGER_LIMIT');
    const read = readFields(operation, request, account);
    const { listLagMs, byHand = false, rejectedByExchange = false } = conditions;
    const answer =
      read.kind === 'FIELDS'
        ? operation.answer({
            context,
            trId,
            account,
            fields: read.fields,
            continues: headers['tr_cont'] === 'N',
            nowMs,
            peerAddress: byHand ? handOrigin.address : (request.peerAddress ?? ''),
            channel: byHand ? handOrigin.channel : programChannel,
            listLagMs:
              listLagMs === undefined
                ? usualLagMs
                : (orderNumber) => Math.max(listLagMs(orderNumber), visibilityDelayMs),
            enterOrder: (order) => (rejectedByExchange ? exchange.rejectOrder(order) : exchange.placeOrder(order)),
          })
        : read;
    return answerReply(operation, environment, answer);
  };

  const operationOf = (request: VenueRequest): KisOperation | undefined =>
    kisOperations.find(({ path, method }) => path === request.path && method === request.method);

  const answer = (request: VenueRequest, nowMs: number, conditions: EntryConditions): KisReply => {
    const token = oauth.answer(request, nowMs);
    if (token !== undefined) return token;
    if (request.path === hashKeyPath && request.method === 'POST') {
      const account = passGateway(request, nowMs);
      return typeof account === 'string' ? gatewayReply(account) : answerHashKey(request);
    }
    const operation = operationOf(request);
    return operation === undefined
      ? gatewayReply('PATH_UNKNOWN')
      : answerOperation(request, operation, nowMs, conditions);
  };

  const withHeaders = (
    { continuation, ...replied }: KisReply,
    request: VenueRequest,
    nowMs: number,
  ): VenueResponse => ({
    ...replied,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      date: new Date(nowMs).toUTCString(),
      tr_id: request.headers['tr_id'] ?? '',
      tr_cont: continuation,
      gt_uid: String(++transactions).padStart(32, '0'),
    },
  });

  return {
    handleRequest: (request, nowMs, conditions = noConditions) =>
      withHeaders(answer(request, nowMs, conditions), request, nowMs),
    describeRequest: describeKisRequest,
    faults: {
      operations: kisOperationKinds,
      operationOf: kisOperationName,
      isLaterPage: ({ headers }) => headers['tr_cont'] === 'N',
      gatewayRefusal(request, nowMs) {
        if (operationOf(request) === undefined) return undefined;
        const account = passGateway(request, nowMs);
        return typeof account === 'string' ? withHeaders(gatewayReply(account), request, nowMs) : undefined;
      },
      revokeToken({ headers }) {
        oauth.tokens.revoke(headers['appkey'] ?? '', (headers['authorization'] ?? '').split(' ')[1] ?? '');
      },
      refuse: (refusal, request, nowMs) => withHeaders(kisFaultRefusals[refusal](), request, nowMs),
      emptySuccess: (request, nowMs) => withHeaders(kisEmptySuccess(), request, nowMs),
      edit: editKisAnswer,
    },
    streams: createKisStreams({ context, accounts, approvals: oauth.approvals, seed: setup.seed, handOrigin }),
  };
}

const noConditions: EntryConditions = {};

/** Simulated: what another channel of the broker shows is not recorded. The address is one that documents use. */
const handOrigin: OrderOrigin = { address: '203.0.113.7', channel: 'HTS' };

const hashKeyPath = '/uapi/hashkey';

/** Whether the operation goes by this TR id in this world; else what the gateway says. */
function checkTrId(
  operation: KisOperation,
  trId: string,
  { environment }: Pick<KisContext, 'environment'>,
): GatewayResultName | undefined {
  if (trId === '') return 'TR_ID_MISSING';
  if (operation.trIds[environment].includes(trId)) return undefined;
  if (environment === 'PAPER' && operation.trIds.LIVE.includes(trId)) {
    return operation.trIds.PAPER.length === 0 ? 'NOT_IN_PAPER' : 'NOT_A_PAPER_TR';
  }
  if (environment === 'LIVE' && operation.trIds.PAPER.includes(trId)) return 'NOT_A_LIVE_TR';
  return operation.retiredTrIds.includes(trId) ? 'TR_ID_RETIRED' : 'TR_ID_UNKNOWN';
}
