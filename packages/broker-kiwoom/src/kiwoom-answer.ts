import { type HttpExchange, readJsonObject } from '@qts/broker-kit';
import { UnexpectedResponseError } from '@qts/core';
import { type KiwoomErrorRow } from './error-map/rows.ts';
import { findErrorRow, type KiwoomVerdict, readVerdict } from './kiwoom-verdict.ts';
import { type KiwoomEnvironment } from './rest/operation.ts';
import { type WireRow } from './wire-fields.ts';

/** A complete answer, read once. What it means for a command is `classifyCommandAnswer`'s business. */
export interface KiwoomAnswer {
  readonly status: number;
  /** Absent when the answer is not a JSON object. */
  readonly body: WireRow | undefined;
  readonly verdict: KiwoomVerdict;
  /** The row of the verdict's code, if the code is listed and may come from this environment. */
  readonly row: KiwoomErrorRow | undefined;
  /** Why the answer cannot be used at all: not JSON, or the answer to another question. */
  readonly fault: UnexpectedResponseError | undefined;
  /** `cont-yn` of the answer, as sent; empty when absent. */
  readonly continuation: string;
  /** `next-key` of the answer; empty when absent. */
  readonly nextKey: string;
}

export interface AnswerContext {
  readonly operation: string;
  readonly environment: KiwoomEnvironment;
  /** The api-id that was sent; `undefined` for the token requests, whose echo nobody recorded. */
  readonly apiId: string | undefined;
  readonly scrub: (text: string) => string;
}

const noVerdict: KiwoomVerdict = { returnCode: undefined, code: '', message: '' };

/**
 * Reads an answer, body before status: Kiwoom sends business failures under 200. Never throws: what cannot be read is a
 * `fault`.
 */
export function readKiwoomAnswer(exchange: HttpExchange, context: AnswerContext): KiwoomAnswer {
  const { status } = exchange;
  const paging = { continuation: exchange.header('cont-yn') ?? '', nextKey: exchange.header('next-key') ?? '' };
  let body: WireRow;
  try {
    body = readJsonObject(exchange, context);
  } catch {
    const fault = faultOf(exchange, context);
    return { status, body: undefined, verdict: noVerdict, row: undefined, fault, ...paging };
  }
  const verdict = readVerdict(body, context.scrub);
  const echoed = exchange.header('api-id');
  const fault =
    echoed !== undefined && echoed !== '' && context.apiId !== undefined && echoed !== context.apiId
      ? wrongOperation(context, echoed)
      : undefined;
  return { status, body, verdict, row: findErrorRow(verdict.code, context.environment), fault, ...paging };
}

/** Whether the answer says that the token is not valid: a new one may help a read. */
export function refusesToken({ row, status }: KiwoomAnswer): boolean {
  return row?.renewsToken === true || status === 401;
}

/**
 * The error of an unreadable answer. It shows how the answer begins, and a cut list of open orders begins with the
 * account number: so it is made again from a scrubbed copy.
 */
function faultOf(exchange: HttpExchange, context: AnswerContext): UnexpectedResponseError {
  const scrubbed: HttpExchange = {
    status: exchange.status,
    header: (name) => {
      const value = exchange.header(name);
      return value === undefined ? undefined : context.scrub(value);
    },
    body: context.scrub(exchange.body),
  };
  try {
    readJsonObject(scrubbed, context);
  } catch (error) {
    if (UnexpectedResponseError.isInstance(error)) return error;
  }
  return new UnexpectedResponseError({
    code: 'RESPONSE_NOT_READABLE',
    summary: 'The answer cannot be read.',
    facts: { operation: context.operation, status: exchange.status },
    next: 'For an order this says nothing about its fate: read the order list.',
  });
}

function wrongOperation(context: AnswerContext, echoed: string): UnexpectedResponseError {
  return new UnexpectedResponseError({
    code: 'WRONG_OPERATION_ECHOED',
    summary: 'Kiwoom answered another operation than the one that was asked for.',
    facts: {
      environment: context.environment,
      operation: context.operation,
      sent: context.apiId,
      answered: context.scrub(echoed).slice(0, 10),
    },
    next: 'The answer is not used. For an order: it may be live, read the order list.',
  });
}
