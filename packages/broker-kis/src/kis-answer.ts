import { type HttpExchange, readJsonObject } from '@qts/broker-kit';
import { UnexpectedResponseError } from '@qts/core';
import { type KisErrorRow } from './error-map/rows.ts';
import { findErrorRow, type KisVerdict, readVerdict } from './kis-verdict.ts';
import { type KisEnvironment } from './rest/operation.ts';
import { type WireRow } from './wire-fields.ts';

/** A complete answer, read once. What it means for a command is {@link classifyCommandAnswer}'s business. */
export interface KisAnswer {
  readonly status: number;
  /** Absent when the answer is not a JSON object. */
  readonly body: WireRow | undefined;
  readonly verdict: KisVerdict;
  /** The row of the verdict's code, if the code is listed and may come from this environment. */
  readonly row: KisErrorRow | undefined;
  /** Why the answer cannot be used at all: not JSON, or the answer to another question. */
  readonly fault: UnexpectedResponseError | undefined;
  /** `tr_cont` of the answer; empty when absent. */
  readonly continuation: string;
}

export interface AnswerContext {
  readonly operation: string;
  readonly environment: KisEnvironment;
  /** The TR id that was sent; `undefined` for requests without one. */
  readonly trId: string | undefined;
  readonly scrub: (text: string) => string;
}

const noVerdict: KisVerdict = { rtCd: '', code: '', message: '' };

/**
 * Reads an answer, body before status: KIS sends refusals under 200 and under 500. Never throws: what cannot be read is
 * a `fault`.
 */
export function readKisAnswer(exchange: HttpExchange, context: AnswerContext): KisAnswer {
  const { status } = exchange;
  const continuation = exchange.header('tr_cont') ?? '';
  let body: WireRow;
  try {
    body = readJsonObject(exchange, context);
  } catch {
    const fault = faultOf(exchange, context);
    return { status, body: undefined, verdict: noVerdict, row: undefined, fault, continuation };
  }
  const verdict = readVerdict(body, context.scrub);
  const echoed = exchange.header('tr_id');
  const fault =
    echoed !== undefined && echoed !== '' && context.trId !== undefined && echoed !== context.trId
      ? wrongOperation(context, echoed)
      : undefined;
  const row = verdict.rtCd === '0' && verdict.code === '' ? undefined : findErrorRow(verdict.code, context.environment);
  return { status, body, verdict, row, fault, continuation };
}

/**
 * The error of an unreadable answer. It shows how the answer begins, and a cut order list begins with the account
 * number inside a continuation key: so it is made again from a scrubbed copy.
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
    summary: 'KIS answered another operation than the one that was asked for.',
    facts: {
      environment: context.environment,
      operation: context.operation,
      sent: context.trId,
      answered: context.scrub(echoed).slice(0, 13),
    },
    next: 'The answer is not used. For an order: it may be live, read the order list.',
  });
}
