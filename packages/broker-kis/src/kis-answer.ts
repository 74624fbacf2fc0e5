import {
  type AnsweredQuestion,
  type HttpExchange,
  readJsonObject,
  unreadableAnswer,
  wrongOperationAnswer,
} from '@qts/broker-kit';
import { type UnexpectedResponseError } from '@qts/core';
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

export interface AnswerContext extends AnsweredQuestion {
  readonly environment: KisEnvironment;
  /** The TR id that was sent; `undefined` for requests without one. */
  readonly trId: string | undefined;
}

/** Of an id that came back, as much is shown as a TR id can have. */
const idLengthMax = 13;

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
    const fault = unreadableAnswer(exchange, context);
    return { status, body: undefined, verdict: noVerdict, row: undefined, fault, continuation };
  }
  const verdict = readVerdict(body, context.scrub);
  const echoed = exchange.header('tr_id');
  const fault =
    echoed !== undefined && echoed !== '' && context.trId !== undefined && echoed !== context.trId
      ? wrongOperationAnswer('KIS', context, context.trId, echoed, idLengthMax)
      : undefined;
  const row = verdict.rtCd === '0' && verdict.code === '' ? undefined : findErrorRow(verdict.code, context.environment);
  return { status, body, verdict, row, fault, continuation };
}
