import {
  type BrokerWire,
  createCommandSender,
  createHttpSession,
  createRateLimiter,
  createReadSender,
  createScrub,
  type HttpTransport,
  pickRateLimit,
  type RandomSource,
  type RateLimiter,
  transportError,
} from '@qts/broker-kit';
import {
  type CallOptions,
  type Clock,
  ConfigurationError,
  kstDate,
  type Logger,
  type Secret,
  type TokenStore,
} from '@qts/core';
import { type KisAnswer, readKisAnswer } from './kis-answer.ts';
import { assertTrIdOf } from './kis-environment.ts';
import { type KisPage, readAllPages } from './kis-paging.ts';
import { kisApprovalLimit, kisRateLimitsOf } from './kis-rate-limits.ts';
import { assertKisFields, createKisRequestHeaders, queryPath } from './kis-request.ts';
import { type KisRestClient } from './kis-rest-client.ts';
import { type KisResolvedSettings } from './kis-settings.ts';
import { createKisTokens } from './kis-tokens.ts';
import { refusalError } from './kis-verdict.ts';
import { inquireDailyCcld } from './rest/inquire-daily-ccld.ts';
import { type KisOperation, type KisOperationInfo } from './rest/operation.ts';
import { kisSuccessCodes } from './error-map/successes.ts';
import { type WireRow } from './wire-fields.ts';

/** The world of a client. */
export interface KisRestClientParts {
  readonly clock: Clock;
  readonly transport: HttpTransport;
  readonly tokenStore: TokenStore;
  readonly random: RandomSource;
  readonly logger: Logger | undefined;
  readonly rateLimiter: RateLimiter | undefined;
}

/** The ledger's own limit, shared by all customers of the broker: says nothing about our rate. */
const ledgerLimitCode = 'EGW00215';

/** Makes the client of one app key. Nothing is connected before the first request or `warm()`. */
export function createKisRestClient(settings: KisResolvedSettings, parts: KisRestClientParts): KisRestClient {
  const { credentials } = settings;
  const { environment } = credentials;
  const { clock, random, logger } = parts;
  const today = kstDate(clock.nowMs());
  const limits = kisRateLimitsOf(environment, settings.newCustomer);
  const limiter =
    parts.rateLimiter ??
    createRateLimiter({ clock, limit: pickRateLimit(limits, today), ...(logger === undefined ? {} : { logger }) });
  const approvalLimiter = createRateLimiter({ clock, limit: kisApprovalLimit, budgetShare: 1 });
  const session = createHttpSession({ transport: parts.transport, origin: settings.origin, clock });
  const headers = createKisRequestHeaders(credentials, settings.customerType);
  const scrub = createScrub([
    [credentials.appSecret.reveal(), '[secret]'],
    [credentials.appKey.reveal(), '[secret]'],
    [credentials.accountNumber.reveal(), '[account]'],
  ]);
  const desk = createKisTokens({
    credentials,
    simulated: settings.simulated,
    session,
    store: parts.tokenStore,
    clock,
    random,
    logger,
    scrub,
  });

  const tokens = desk.cache;
  const closing = new AbortController();
  /** When an order was last refused for its rate: until an order list that was begun later, new orders stay here. */
  let orderRefusedAtMs = Number.NEGATIVE_INFINITY;

  function trIdOf(operation: KisOperationInfo, variant: string): string {
    const ids = operation.operationId[environment];
    const trId = typeof ids === 'string' ? ids : ids?.[variant];
    if (trId === undefined) {
      throw new ConfigurationError({
        code: 'OPERATION_NOT_OFFERED',
        summary: `KIS does not offer ${operation.name} in ${environment}.`,
        facts: { operation: operation.name, environment, variant },
        next: 'Nothing was sent. Ask the capabilities before asking the broker.',
      });
    }
    assertTrIdOf(environment, trId);
    return trId;
  }

  const wire: BrokerWire<KisAnswer> = {
    limiterOf: () => limiter,
    headersOf: (trId, accessToken) => headers.of(trId, accessToken),
    readAnswer: (exchange, operation, trId) => readKisAnswer(exchange, { operation, environment, trId, scrub }),
    refusesToken: ({ row, status }) => row?.renewsToken === true || status === 401,
    learnPace({ row, verdict }, _trId, lane) {
      if (row?.kind !== 'RATE_LIMIT' || verdict.code === ledgerLimitCode) return;
      if (lane === 'ORDER') orderRefusedAtMs = clock.monotonicMs();
      limiter.report('REFUSED', lane);
    },
  };
  const requestParts = { session, tokens, clock };
  const sendCommand = createCommandSender('KIS', wire, requestParts);
  const sendRead = createReadSender(wire, {
    ...requestParts,
    brokerId: 'kis',
    random,
    logger,
    closed: closing.signal,
  });

  async function readPage<Answer>(
    operation: KisOperation<string, Answer, string>,
    trId: string,
    fields: Readonly<Record<string, string>>,
    nextPage: boolean,
    options: CallOptions,
  ): Promise<KisPage<Answer>> {
    assertKisFields(operation, fields);
    const { method } = operation;
    const path = queryPath(operation, fields);
    const read = {
      operation,
      id: trId,
      toRequest: (accessToken: Secret) => ({
        method,
        path,
        headers: nextPage ? headers.ofNextPage(trId, accessToken) : headers.of(trId, accessToken),
      }),
      understand(answer: KisAnswer) {
        const body = successBody(answer, operation.name);
        return { body, parsed: operation.parse(body), continuation: answer.continuation };
      },
    };
    return sendRead(read, options);
  }

  /** The body of a success. An empty list is one, under whatever `rt_cd` it comes. */
  function successBody(answer: KisAnswer, operation: string): WireRow {
    const { body, fault, verdict } = answer;
    if (fault !== undefined) throw fault;
    const empty = kisSuccessCodes[verdict.code]?.kind === 'NO_DATA';
    if (body !== undefined && empty) return { output: [], output1: [], ...body };
    if (body !== undefined && answer.status === 200 && verdict.rtCd === '0' && answer.row === undefined) return body;
    throw refusalError(verdict, answer.row, answer.status, { operation, environment });
  }

  return {
    environment,
    read: async (operation, variant, fields, options = {}) =>
      (await readPage(operation, trIdOf(operation, variant), fields, false, options)).parsed,
    async readPages(operation, variant, fields, options = {}) {
      const trId = trIdOf(operation, variant);
      const startedAtMs = clock.monotonicMs();
      const pages = await readAllPages(
        operation,
        fields,
        (pageFields, nextPage) => readPage(operation, trId, pageFields, nextPage, options),
        logger,
      );
      // The confirming read after which new orders may leave again (execution-safety 13).
      const confirms = pages.complete && operation.name === inquireDailyCcld.name && startedAtMs >= orderRefusedAtMs;
      if (confirms) limiter.openOrderLane();
      return pages;
    },
    command: (operation, variant, fields, options) =>
      sendCommand(operation, options, () => {
        assertKisFields(operation, fields);
        return { id: trIdOf(operation, variant), body: JSON.stringify(fields) };
      }),
    async issueApprovalKey(options = {}) {
      await approvalLimiter.acquire('OTHER', options);
      return desk.issueApprovalKey(options.signal);
    },
    revokeToken: () => tokens.revoke(),
    get clockAheadMs() {
      return session.clockAheadMs;
    },
    async warm() {
      await Promise.all([tokens.get(), session.warm()]);
    },
    async close() {
      closing.abort(transportError('SESSION_CLOSED', { environment }));
      tokens.close();
      approvalLimiter.close();
      // A limiter that was handed in belongs to whoever made it.
      if (parts.rateLimiter === undefined) limiter.close();
      await session.close();
    },
  };
}
