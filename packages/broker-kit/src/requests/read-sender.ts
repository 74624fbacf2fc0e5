import { BrokerError, type CallOptions, type Logger, RateLimitError, type Secret, TransportError } from '@qts/core';
import { type HttpRequest } from '../http/http-transport.ts';
import { retryRead } from '../http/retry-read.ts';
import { connectionLaneOf, type RateLane } from '../limits/rate-lanes.ts';
import { type RandomSource } from '../time/random-source.ts';
import { type BrokerWire, learnFrom, permitLapsed, type RequestParts } from './broker-wire.ts';

/** One read, or one page of it. */
export interface ReadRequest<Answer, Result> {
  readonly operation: { readonly name: string; readonly lane: RateLane; readonly repeatable: boolean };
  /** The broker's id of the operation. */
  readonly id: string;
  /** The request with the token that it goes out with. */
  readonly toRequest: (accessToken: Secret) => HttpRequest;
  /** What an answer says. Throws what the caller is to hear of an answer that is no success. */
  readonly understand: (answer: Answer) => Result;
}

export interface ReadSenderParts extends RequestParts {
  /** As the log names the broker: `kis`. */
  readonly brokerId: string;
  readonly random: RandomSource;
  readonly logger: Logger | undefined;
  /** The client was closed: waits for a repeat end. */
  readonly closed: AbortSignal;
}

/**
 * Reads once, with a new token once more when the first was refused, and repeats what may pass (`retryRead`) where the
 * operation allows it.
 *
 * @throws {BrokerError} (rejects) what `understand` or the way threw last.
 */
export type ReadSender<Answer> = <Result>(read: ReadRequest<Answer, Result>, options: CallOptions) => Promise<Result>;

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

/** Makes the sender of one app key. */
export function createReadSender<Answer>(wire: BrokerWire<Answer>, parts: ReadSenderParts): ReadSender<Answer> {
  const { brokerId, session, tokens, clock, random, logger, closed } = parts;

  async function askOnce(read: ReadRequest<Answer, unknown>, options: CallOptions): Promise<Answer> {
    const { operation, id } = read;
    const { name, lane } = operation;
    const token = await tokens.get(options);
    const limiter = wire.limiterOf(id);
    const permit = await limiter.acquire(lane, options);
    const exchange = await session.send(read.toRequest(token.accessToken), {
      ...options,
      lane: connectionLaneOf[lane],
      beforeSend: () => (limiter.markSent(permit, lane) ? undefined : permitLapsed(name)),
    });
    limiter.markAnswered(permit);
    const answer = wire.readAnswer(exchange, name, id);
    learnFrom(wire, tokens, answer, token, id, lane);
    return answer;
  }

  return async <Result>(read: ReadRequest<Answer, Result>, options: CallOptions): Promise<Result> => {
    const attempt = async (): Promise<Result> => {
      let answer = await askOnce(read, options);
      // The token was refused: one new token, one repetition, of a page in the middle too. The cache lets all callers
      // share the renewal.
      if (wire.refusesToken(answer)) answer = await askOnce(read, options);
      return read.understand(answer);
    };
    const { operation } = read;
    if (!isRepeatable(operation)) return attempt();
    return retryRead(operation, attempt, {
      clock,
      random,
      shouldRepeat: mayPass,
      closed,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
      onRepeat: (repeat, error, waitMs) =>
        logger?.warn('read-repeated', {
          broker: brokerId,
          operation: operation.name,
          repeat,
          waitMs: Math.round(waitMs),
          code: BrokerError.isInstance(error) ? error.code : 'UNEXPECTED',
        }),
    });
  };
}

function isRepeatable<Operation extends { readonly repeatable: boolean }>(
  operation: Operation,
): operation is Operation & { readonly repeatable: true } {
  return operation.repeatable;
}

/** Whether a failure of a read may be over with the next try. */
function mayPass(error: unknown): boolean {
  if (!BrokerError.isInstance(error) || finalFailures.has(error.code)) return false;
  return passingFaults.has(error.code) || TransportError.isInstance(error) || RateLimitError.isInstance(error);
}
