import {
  type BrokerWire,
  createCommandSender,
  createHttpSession,
  createReadSender,
  createScrub,
  type HttpRequest,
  type HttpTransport,
  type RandomSource,
  transportError,
} from '@qts/broker-kit';
import { type Clock, ConfigurationError, type Logger, type Secret, type TokenStore } from '@qts/core';
import { kiwoomSuccessCodes } from './error-map/successes.ts';
import { type KiwoomAnswer, readKiwoomAnswer, refusesToken } from './kiwoom-answer.ts';
import { assertPageKeyOf, nextPageKey, readAllPages } from './kiwoom-paging.ts';
import { createKiwoomRateLimiters, type KiwoomRateLimiters } from './kiwoom-rate-limits.ts';
import { assertKiwoomFields, createKiwoomRequestHeaders } from './kiwoom-request.ts';
import {
  type KiwoomPage,
  type KiwoomPageOptions,
  type KiwoomRestClient,
  type KiwoomTokenOptions,
} from './kiwoom-rest-client.ts';
import { type KiwoomResolvedSettings } from './kiwoom-settings.ts';
import { createKiwoomTokens } from './kiwoom-tokens.ts';
import { backEndReturnCode, refusalError } from './kiwoom-verdict.ts';
import { kt00007 } from './rest/kt00007.ts';
import { type KiwoomOperation, type KiwoomOperationInfo } from './rest/operation.ts';
import { type WireRow } from './wire-fields.ts';

/** The world of a client. */
export interface KiwoomRestClientParts {
  readonly clock: Clock;
  readonly transport: HttpTransport;
  readonly tokenStore: TokenStore;
  readonly random: RandomSource;
  readonly logger: Logger | undefined;
  readonly rateLimiters: KiwoomRateLimiters | undefined;
}

/** Makes the client of one app key. Nothing is connected before the first request or `warm()`. */
export function createKiwoomRestClient(
  settings: KiwoomResolvedSettings,
  parts: KiwoomRestClientParts,
): KiwoomRestClient {
  const { credentials } = settings;
  const { environment } = credentials;
  const { clock, random, logger } = parts;
  const limiters =
    parts.rateLimiters ?? createKiwoomRateLimiters({ clock, ...(logger === undefined ? {} : { logger }) });
  const session = createHttpSession({ transport: parts.transport, origin: settings.origin, clock });
  const headers = createKiwoomRequestHeaders();
  const known: (readonly [string, string])[] = [
    [credentials.secretKey.reveal(), '[secret]'],
    [credentials.appKey.reveal(), '[secret]'],
  ];
  const account = credentials.accountNumber?.reveal();
  if (account !== undefined) known.push([account, '[account]']);
  const scrub = createScrub(known);
  const tokens = createKiwoomTokens({
    credentials,
    simulated: settings.simulated,
    session,
    store: parts.tokenStore,
    clock,
    random,
    logger,
    scrub,
  });
  const closing = new AbortController();
  /** When an order was last refused for its rate: until an order list that was begun later, new orders stay here. */
  let orderRefusedAtMs = Number.NEGATIVE_INFINITY;

  function apiIdOf(operation: KiwoomOperationInfo): string {
    const apiId = operation.operationId[environment];
    if (typeof apiId === 'string') return apiId;
    throw new ConfigurationError({
      code: 'OPERATION_NOT_OFFERED',
      summary: `Kiwoom does not offer ${operation.name} in ${environment}.`,
      facts: { operation: operation.name, environment },
      next: 'Nothing was sent. Ask the capabilities before asking the broker.',
    });
  }

  const wire: BrokerWire<KiwoomAnswer> = {
    limiterOf: (apiId) => limiters.of(apiId),
    headersOf: (apiId, accessToken) => headers.of(apiId, accessToken),
    readAnswer: (exchange, operation, apiId) => readKiwoomAnswer(exchange, { operation, environment, apiId, scrub }),
    refusesToken,
    learnPace({ row, status, verdict }, apiId, lane) {
      if (row?.kind !== 'RATE_LIMIT' && status !== 429) return;
      if (lane === 'ORDER') orderRefusedAtMs = clock.monotonicMs();
      limiters.report(apiId, lane, verdict.code);
    },
  };
  const requestParts = { session, tokens, clock };
  const sendCommand = createCommandSender('Kiwoom', wire, requestParts);
  const sendRead = createReadSender(wire, {
    ...requestParts,
    brokerId: 'kiwoom',
    random,
    logger,
    closed: closing.signal,
  });

  async function readPage<Answer>(
    operation: KiwoomOperation<string, Answer>,
    fields: Readonly<Record<string, string>>,
    { after, ...options }: KiwoomPageOptions,
  ): Promise<KiwoomPage<Answer>> {
    const apiId = apiIdOf(operation);
    assertKiwoomFields(operation, fields);
    // In the operation's own order, so that a page key fits the same question however it was written down.
    const body = JSON.stringify(
      fields,
      operation.request.map(({ name }) => name),
    );
    if (after !== undefined) assertPageKeyOf(operation, body, after);
    const read = {
      operation,
      id: apiId,
      toRequest: (accessToken: Secret): HttpRequest => ({
        method: 'POST',
        path: operation.path,
        headers:
          after === undefined ? headers.of(apiId, accessToken) : headers.ofNextPage(apiId, accessToken, after.nextKey),
        body,
      }),
      understand(answer: KiwoomAnswer): KiwoomPage<Answer> {
        const parsed = operation.parse(successBody(answer, operation, fields));
        const next = nextPageKey(operation, body, answer);
        return next === undefined ? { answer: parsed } : { answer: parsed, next };
      },
    };
    return sendRead(read, options);
  }

  /** The body of a success. Nothing to tell is one: the back end says so with a code of its own. */
  function successBody(
    answer: KiwoomAnswer,
    operation: KiwoomOperationInfo,
    fields: Readonly<Record<string, string>>,
  ): WireRow {
    const { body, fault, verdict, status } = answer;
    if (fault !== undefined) throw fault;
    if (body !== undefined && status === 200) {
      if (verdict.returnCode === 0 && verdict.code === '') return body;
      const { emptyAnswer, asksForOpenOrders } = operation;
      const nothingOf = kiwoomSuccessCodes[verdict.code]?.nothingOf;
      const fits = nothingOf === 'WHAT_WAS_ASKED' || (nothingOf !== undefined && asksForOpenOrders?.(fields) === true);
      if (verdict.returnCode === backEndReturnCode && fits && emptyAnswer !== undefined) {
        return { ...emptyAnswer, ...body };
      }
    }
    throw refusalError(verdict, answer.row, status, { operation: operation.name, environment });
  }

  return {
    environment,
    read: async (operation, fields, options = {}) => (await readPage(operation, fields, options)).answer,
    readPage: (operation, fields, options = {}) => readPage(operation, fields, options),
    async readPages(operation, fields, options = {}) {
      const startedAtMs = clock.monotonicMs();
      const pages = await readAllPages(
        operation,
        (after) => readPage(operation, fields, after === undefined ? options : { ...options, after }),
        logger,
      );
      // The confirming read after which new orders may leave again (execution-safety 13).
      const confirms = pages.complete && operation.name === kt00007.name && startedAtMs >= orderRefusedAtMs;
      if (confirms) limiters.openOrderLanes();
      return pages;
    },
    command: (operation, fields, options) =>
      sendCommand(operation, options, () => {
        assertKiwoomFields(operation, fields);
        return { id: apiIdOf(operation), body: JSON.stringify(fields) };
      }),
    async getAccessToken({ refused, ...options }: KiwoomTokenOptions = {}) {
      const token = await tokens.get(options);
      const isRefused = refused?.reveal() === token.accessToken.reveal();
      if (isRefused && tokens.invalidate(token)) return (await tokens.get(options)).accessToken;
      return token.accessToken;
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
      // Limiters that were handed in belong to whoever made them.
      if (parts.rateLimiters === undefined) limiters.close();
      await session.close();
    },
  };
}
