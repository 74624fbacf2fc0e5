import { UnexpectedResponseError } from '@qts/core';
import { type HttpExchange } from '../http/http-transport.ts';
import { readJsonObject } from '../http/response-guards.ts';

/** What the errors about an answer say of the question. */
export interface AnsweredQuestion {
  readonly operation: string;
  readonly environment: 'LIVE' | 'PAPER';
  /** Takes out of a text what was sent: a broker might quote it. */
  readonly scrub: (text: string) => string;
}

/**
 * The error of an answer that `readJsonObject` could not read. It shows how the answer begins, and a list that was cut may
 * begin with the account number: so it is made again from a scrubbed copy.
 */
export function unreadableAnswer(exchange: HttpExchange, question: AnsweredQuestion): UnexpectedResponseError {
  const { operation, scrub } = question;
  const scrubbed: HttpExchange = {
    status: exchange.status,
    header: (name) => {
      const value = exchange.header(name);
      return value === undefined ? undefined : scrub(value);
    },
    body: scrub(exchange.body),
  };
  try {
    readJsonObject(scrubbed, question);
  } catch (error) {
    if (UnexpectedResponseError.isInstance(error)) return error;
  }
  return new UnexpectedResponseError({
    code: 'RESPONSE_NOT_READABLE',
    summary: 'The answer cannot be read.',
    facts: { operation, status: exchange.status },
    next: 'For an order this says nothing about its fate: read the order list.',
  });
}

/**
 * The error of an answer that names another operation than the one that was asked for.
 *
 * @param brokerName as errors name the broker: `KIS`.
 * @param sent the id of the operation that was asked for.
 * @param answered the id that came back: shown scrubbed, and as far as an id can be long.
 */
export function wrongOperationAnswer(
  brokerName: string,
  question: AnsweredQuestion,
  sent: string | undefined,
  answered: string,
  idLengthMax: number,
): UnexpectedResponseError {
  const { environment, operation, scrub } = question;
  return new UnexpectedResponseError({
    code: 'WRONG_OPERATION_ECHOED',
    summary: `${brokerName} answered another operation than the one that was asked for.`,
    facts: { environment, operation, sent, answered: scrub(answered).slice(0, idLengthMax) },
    next: 'The answer is not used. For an order: it may be live, read the order list.',
  });
}
