import {
  connectionLaneOf,
  createHttpSession,
  createRateLimiter,
  type HttpTransport,
  pickRateLimit,
  type RandomSource,
  type RateLane,
  type RateLimiter,
  type RatePermit,
  retryRead,
  transportError,
} from '@qts/broker-kit';
import {
  BrokerError,
  type CallOptions,
  type Clock,
  ConfigurationError,
  type FailsafeCode,
  kstDate,
  type Logger,
  RateLimitError,
  type StoredToken,
  type TokenStore,
  TransportError,
} from '@qts/core';
import { type KisAnswer, readKisAnswer } from './kis-answer.ts';
import { assertTrIdOf } from './kis-environment.ts';
import { readAllPages } from './kis-paging.ts';
import { kisApprovalLimit, kisRateLimitsOf } from './kis-rate-limits.ts';
import { assertKisFields, createKisRequestHeaders, queryPath } from './kis-request.ts';
import { type KisCommandOptions, type KisCommandResult, type KisRestClient } from './kis-rest-client.ts';
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

/** What a command needs before it may leave. */
interface PreparedCommand {
  readonly token: StoredToken;
  readonly permit: RatePermit;
}

/** The ledger's own limit, shared by all customers of the broker: says nothing about our rate. */
const ledgerLimitCode = 'EGW00215';

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
  const cano = credentials.accountNumber.reveal();
  const known = [
    [credentials.appSecret.reveal(), '[secret]'],
    [credentials.appKey.reveal(), '[secret]'],
    [cano, '[account]'],
  ] as const;
  /** What we sent may come back in a text of the broker. Patterns may miss it; the values themselves do not. */
  const scrub = (text: string): string => known.reduce((rest, [value, mark]) => rest.replaceAll(value, mark), text);
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

  /** What an answer means for the token and the pace, whatever it means for the caller. */
  function learnFrom(answer: KisAnswer, token: StoredToken, lane: RateLane): void {
    if (answer.row?.renewsToken === true || answer.status === 401) tokens.invalidate(token);
    if (answer.row?.kind !== 'RATE_LIMIT' || answer.verdict.code === ledgerLimitCode) return;
    if (lane === 'ORDER') orderRefusedAtMs = clock.monotonicMs();
    limiter.report('REFUSED', lane);
  }

  async function askOnce<Answer>(
    operation: KisOperation<string, Answer, string>,
    trId: string,
    path: string,
    nextPage: boolean,
    options: CallOptions,
  ): Promise<KisAnswer> {
    const token = await tokens.get(options);
    const permit = await limiter.acquire(operation.lane, options);
    const exchange = await session.send(
      {
        method: operation.method,
        path,
        headers: nextPage ? headers.ofNextPage(trId, token.accessToken) : headers.of(trId, token.accessToken),
      },
      {
        ...options,
        lane: connectionLaneOf[operation.lane],
        beforeSend: () => (limiter.markSent(permit, operation.lane) ? undefined : lapsed(operation.name)),
      },
    );
    const answer = readKisAnswer(exchange, { operation: operation.name, environment, trId, scrub });
    learnFrom(answer, token, operation.lane);
    return answer;
  }

  async function readPage<Answer>(
    operation: KisOperation<string, Answer, string>,
    trId: string,
    fields: Readonly<Record<string, string>>,
    nextPage: boolean,
    options: CallOptions,
  ): Promise<{ readonly body: WireRow; readonly parsed: Answer; readonly continuation: string }> {
    assertKisFields(operation, fields);
    const path = queryPath(operation, fields);
    const attempt = async (): ReturnType<typeof readPage<Answer>> => {
      let answer = await askOnce(operation, trId, path, nextPage, options);
      // The token was refused: one new token, one repetition. The cache lets all callers share the renewal.
      if (answer.row?.renewsToken === true || answer.status === 401) {
        answer = await askOnce(operation, trId, path, nextPage, options);
      }
      const body = successBody(answer, operation.name);
      return { body, parsed: operation.parse(body), continuation: answer.continuation };
    };
    if (!isRepeatable(operation)) return attempt();
    return retryRead(operation, attempt, {
      clock,
      random,
      shouldRepeat,
      closed: closing.signal,
      ...options,
      onRepeat: (repeat, error, waitMs) =>
        logger?.warn('read-repeated', {
          broker: 'kis',
          operation: operation.name,
          repeat,
          waitMs: Math.round(waitMs),
          code: BrokerError.isInstance(error) ? error.code : 'UNEXPECTED',
        }),
    });
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

  /**
   * Everything that comes before the first byte: a failure here proves that nothing was sent. Answers at once when token
   * and permit are at hand, which they nearly always are: an order does not wait a turn for nothing.
   */
  function prepareCommand(options: KisCommandOptions): PreparedCommand | Promise<PreparedCommand> {
    const token = tokens.get(options);
    if (token instanceof Promise) return token.then((ready) => withPermit(ready, options));
    return withPermit(token, options);
  }

  function withPermit(token: StoredToken, options: KisCommandOptions): PreparedCommand | Promise<PreparedCommand> {
    const permit = limiter.acquire(options.lane, options);
    return typeof permit === 'number' ? { token, permit } : permit.then((granted) => ({ token, permit: granted }));
  }

  /**
   * The last look before the first byte of a command, after every wait: who asked may have changed his mind, the deadline
   * may be over, and the permit too old. A cancel is not held back for its rate: a refused one is read and sent again.
   */
  function lastLook(
    operation: string,
    permit: RatePermit,
    { lane, deadlineMs, refuseSend }: KisCommandOptions,
    hold: (code: FailsafeCode) => void,
  ): TransportError | undefined {
    const code = lane === 'ORDER' ? refuseSend?.() : undefined;
    if (code !== undefined) {
      hold(code);
      return transportError('HELD_BACK', { operation, code });
    }
    if (deadlineMs !== undefined && clock.nowMs() > deadlineMs) return transportError('DEADLINE_PASSED', { operation });
    return limiter.markSent(permit, lane) || lane === 'RISK_CANCEL' ? undefined : lapsed(operation);
  }

  async function command(
    operation: KisOperationInfo,
    variant: string,
    fields: Readonly<Record<string, string>>,
    options: KisCommandOptions,
  ): Promise<KisCommandResult> {
    assertKisFields(operation, fields);
    const trId = trIdOf(operation, variant);
    const body = JSON.stringify(fields);
    let prepared: PreparedCommand;
    try {
      const ready = prepareCommand(options);
      prepared = ready instanceof Promise ? await ready : ready;
    } catch (cause) {
      const aborted = options.signal?.aborted === true && !BrokerError.isInstance(cause);
      const error = aborted ? transportError('ABORTED_BEFORE_SEND', { operation: operation.name }) : cause;
      return { sent: 'NO', cause: asBrokerError(error, operation.name) };
    }
    const { token, permit } = prepared;
    const context = { operation: operation.name, environment, trId, scrub };
    const { lane, signal, deadlineMs, onLateAnswer } = options;
    let heldBy: FailsafeCode | undefined;
    try {
      const exchange = await session.send(
        { method: 'POST', path: operation.path, headers: headers.of(trId, token.accessToken), body },
        {
          lane: connectionLaneOf[lane],
          beforeSend: () =>
            lastLook(operation.name, permit, options, (code) => {
              heldBy = code;
            }),
          ...(signal === undefined ? {} : { signal }),
          ...(deadlineMs === undefined ? {} : { deadlineMs }),
          ...(onLateAnswer === undefined
            ? {}
            : {
                onLateAnswer: (late) => {
                  onLateAnswer(readKisAnswer(late, context));
                },
              }),
        },
      );
      const answer = readKisAnswer(exchange, context);
      learnFrom(answer, token, lane);
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
    command,
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

function isRepeatable<Operation extends KisOperationInfo>(
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
    summary: 'A command to KIS failed in a way that is not listed.',
    facts: { operation },
    next: 'Read the order list before doing anything. Then report this as a defect.',
    cause,
  });
}
