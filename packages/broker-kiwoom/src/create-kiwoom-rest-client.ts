import {
  connectionLaneOf,
  createHttpSession,
  type HttpTransport,
  type RandomSource,
  type RateLane,
  type RatePermit,
  retryRead,
  transportError,
} from '@qts/broker-kit';
import {
  BrokerError,
  type Clock,
  ConfigurationError,
  type FailsafeCode,
  type Logger,
  RateLimitError,
  type StoredToken,
  type TokenStore,
  TransportError,
} from '@qts/core';
import { kiwoomSuccessCodes } from './error-map/successes.ts';
import { type KiwoomAnswer, readKiwoomAnswer, refusesToken } from './kiwoom-answer.ts';
import { assertPageKeyOf, nextPageKey, readAllPages } from './kiwoom-paging.ts';
import { createKiwoomRateLimiters, type KiwoomRateLimiters } from './kiwoom-rate-limits.ts';
import { assertKiwoomFields, createKiwoomRequestHeaders } from './kiwoom-request.ts';
import {
  type KiwoomCommandOptions,
  type KiwoomCommandResult,
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

/** What a command needs before it may leave. */
interface PreparedCommand {
  readonly token: StoredToken;
  readonly permit: RatePermit;
}

/** Faults of the way, after which a read may be tried again. */
const passingFaults: ReadonlySet<string> = new Set([
  'RESPONSE_EMPTY',
  'RESPONSE_ENCODED',
  'RESPONSE_NOT_JSON',
  'RESPONSE_JSON_BROKEN',
  'GATEWAY_TROUBLE',
]);
/** Failures of our own making: trying again would not help. */
const finalFailures: ReadonlySet<string> = new Set([
  'ABORTED_BEFORE_SEND',
  'ABORTED_AFTER_SEND',
  'SESSION_CLOSED',
  'REQUEST_NOT_VALID',
  'RATE_LIMIT_QUEUE_FULL',
  'RATE_LIMIT_DEADLINE',
  'TLS_FAILED',
  'TOKEN_ISSUE_LIMITED',
]);
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
  /** What we sent may come back in a text of the broker. Patterns may miss it; the values themselves do not. */
  const scrub = (text: string): string => known.reduce((rest, [value, mark]) => rest.replaceAll(value, mark), text);
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

  /** What an answer means for the token and the pace, whatever it means for the caller. */
  function learnFrom(answer: KiwoomAnswer, token: StoredToken, apiId: string, lane: RateLane): void {
    if (refusesToken(answer)) tokens.invalidate(token);
    if (answer.row?.kind !== 'RATE_LIMIT' && answer.status !== 429) return;
    if (lane === 'ORDER') orderRefusedAtMs = clock.monotonicMs();
    limiters.report(apiId, lane, answer.verdict.code);
  }

  async function askOnce(
    operation: KiwoomOperationInfo,
    apiId: string,
    body: string,
    { after, ...options }: KiwoomPageOptions,
  ): Promise<KiwoomAnswer> {
    const token = await tokens.get(options);
    const limiter = limiters.of(apiId);
    const permit = await limiter.acquire(operation.lane, options);
    const exchange = await session.send(
      {
        method: 'POST',
        path: operation.path,
        headers:
          after === undefined
            ? headers.of(apiId, token.accessToken)
            : headers.ofNextPage(apiId, token.accessToken, after.nextKey),
        body,
      },
      {
        ...options,
        lane: connectionLaneOf[operation.lane],
        beforeSend: () => (limiter.markSent(permit, operation.lane) ? undefined : lapsed(operation.name)),
      },
    );
    const answer = readKiwoomAnswer(exchange, { operation: operation.name, environment, apiId, scrub });
    learnFrom(answer, token, apiId, operation.lane);
    return answer;
  }

  async function readPage<Answer>(
    operation: KiwoomOperation<string, Answer>,
    fields: Readonly<Record<string, string>>,
    options: KiwoomPageOptions,
  ): Promise<KiwoomPage<Answer>> {
    const apiId = apiIdOf(operation);
    assertKiwoomFields(operation, fields);
    // In the operation's own order, so that a page key fits the same question however it was written down.
    const body = JSON.stringify(
      fields,
      operation.request.map(({ name }) => name),
    );
    if (options.after !== undefined) assertPageKeyOf(operation, body, options.after);
    const attempt = async (): Promise<KiwoomPage<Answer>> => {
      let answer = await askOnce(operation, apiId, body, options);
      // The token was refused: one new token, one repetition, of a page in the middle too. The cache lets all callers
      // share the renewal.
      if (refusesToken(answer)) answer = await askOnce(operation, apiId, body, options);
      const parsed = operation.parse(successBody(answer, operation, fields));
      const next = nextPageKey(operation, body, answer);
      return next === undefined ? { answer: parsed } : { answer: parsed, next };
    };
    if (!isRepeatable(operation)) return attempt();
    return retryRead(operation, attempt, {
      clock,
      random,
      shouldRepeat,
      closed: closing.signal,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
      onRepeat: (repeat, error, waitMs) =>
        logger?.warn('read-repeated', {
          broker: 'kiwoom',
          operation: operation.name,
          repeat,
          waitMs: Math.round(waitMs),
          code: BrokerError.isInstance(error) ? error.code : 'UNEXPECTED',
        }),
    });
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

  /**
   * Everything that comes before the first byte: a failure here proves that nothing was sent. Answers at once when token
   * and permit are at hand, which they nearly always are: an order does not wait a turn for nothing.
   */
  function prepareCommand(apiId: string, options: KiwoomCommandOptions): PreparedCommand | Promise<PreparedCommand> {
    const token = tokens.get(options);
    if (token instanceof Promise) return token.then((ready) => withPermit(ready, apiId, options));
    return withPermit(token, apiId, options);
  }

  function withPermit(
    token: StoredToken,
    apiId: string,
    options: KiwoomCommandOptions,
  ): PreparedCommand | Promise<PreparedCommand> {
    const permit = limiters.of(apiId).acquire(options.lane, options);
    return typeof permit === 'number' ? { token, permit } : permit.then((granted) => ({ token, permit: granted }));
  }

  /**
   * The last look before the first byte of a command, after every wait: who asked may have changed his mind, the deadline
   * may be over, and the permit too old. A cancel is not held back for its rate: a refused one is read and sent again.
   */
  function lastLook(
    operation: string,
    apiId: string,
    permit: RatePermit,
    { lane, deadlineMs, refuseSend }: KiwoomCommandOptions,
    hold: (code: FailsafeCode) => void,
  ): TransportError | undefined {
    const code = lane === 'ORDER' ? refuseSend?.() : undefined;
    if (code !== undefined) {
      hold(code);
      return transportError('HELD_BACK', { operation, code });
    }
    if (deadlineMs !== undefined && clock.nowMs() > deadlineMs) return transportError('DEADLINE_PASSED', { operation });
    return limiters.of(apiId).markSent(permit, lane) || lane === 'RISK_CANCEL' ? undefined : lapsed(operation);
  }

  async function command(
    operation: KiwoomOperationInfo,
    fields: Readonly<Record<string, string>>,
    options: KiwoomCommandOptions,
  ): Promise<KiwoomCommandResult> {
    assertKiwoomFields(operation, fields);
    const apiId = apiIdOf(operation);
    const body = JSON.stringify(fields);
    let prepared: PreparedCommand;
    try {
      const ready = prepareCommand(apiId, options);
      prepared = ready instanceof Promise ? await ready : ready;
    } catch (cause) {
      const aborted = options.signal?.aborted === true && !BrokerError.isInstance(cause);
      const error = aborted ? transportError('ABORTED_BEFORE_SEND', { operation: operation.name }) : cause;
      return { sent: 'NO', cause: asBrokerError(error, operation.name) };
    }
    const { token, permit } = prepared;
    const context = { operation: operation.name, environment, apiId, scrub };
    const { lane, signal, deadlineMs, onLateAnswer } = options;
    let heldBy: FailsafeCode | undefined;
    try {
      const exchange = await session.send(
        { method: 'POST', path: operation.path, headers: headers.of(apiId, token.accessToken), body },
        {
          lane: connectionLaneOf[lane],
          beforeSend: () =>
            lastLook(operation.name, apiId, permit, options, (code) => {
              heldBy = code;
            }),
          ...(signal === undefined ? {} : { signal }),
          ...(deadlineMs === undefined ? {} : { deadlineMs }),
          ...(onLateAnswer === undefined
            ? {}
            : {
                onLateAnswer: (late) => {
                  onLateAnswer(readKiwoomAnswer(late, context));
                },
              }),
        },
      );
      const answer = readKiwoomAnswer(exchange, context);
      learnFrom(answer, token, apiId, lane);
      return { sent: 'YES', answer };
    } catch (cause) {
      const notSent = TransportError.isInstance(cause) && cause.sent === 'NOT_SENT';
      const error = asBrokerError(cause, operation.name);
      if (!notSent) return { sent: 'MAYBE', cause: error };
      return { sent: 'NO', cause: error, ...(heldBy === undefined ? {} : { heldBy }) };
    }
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
    command,
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

function isRepeatable<Operation extends KiwoomOperationInfo>(
  operation: Operation,
): operation is Operation & { readonly repeatable: true } {
  return operation.repeatable;
}

function lapsed(operation: string): TransportError {
  return transportError('RATE_PERMIT_LAPSED', { operation });
}

function shouldRepeat(error: unknown): boolean {
  if (!BrokerError.isInstance(error) || finalFailures.has(error.code)) return false;
  return passingFaults.has(error.code) || TransportError.isInstance(error) || RateLimitError.isInstance(error);
}

function asBrokerError(cause: unknown, operation: string): BrokerError {
  if (BrokerError.isInstance(cause)) return cause;
  return new BrokerError({
    code: 'COMMAND_FAILED',
    summary: 'A command to Kiwoom failed in a way that is not listed.',
    facts: { operation },
    next: 'Read the order list before doing anything. Then report this as a defect.',
    cause,
  });
}
