import {
  type AnsweredQuestion,
  type HttpExchange,
  readJsonObject,
  unreadableAnswer,
  wrongOperationAnswer,
} from '@qts/broker-kit';
import { type UnexpectedResponseError } from '@qts/core';
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

export interface AnswerContext extends AnsweredQuestion {
  readonly environment: KiwoomEnvironment;
  /** The api-id that was sent; `undefined` for the token requests, whose echo nobody recorded. */
  readonly apiId: string | undefined;
}

/** Of an id that came back, as much is shown as a longer api-id can have. */
const idLengthMax = 10;

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
    const fault = unreadableAnswer(exchange, context);
    return { status, body: undefined, verdict: noVerdict, row: undefined, fault, ...paging };
  }
  const verdict = readVerdict(body, context.scrub);
  const echoed = exchange.header('api-id');
  const fault =
    echoed !== undefined && echoed !== '' && context.apiId !== undefined && echoed !== context.apiId
      ? wrongOperationAnswer('Kiwoom', context, context.apiId, echoed, idLengthMax)
      : undefined;
  return { status, body, verdict, row: findErrorRow(verdict.code, context.environment), fault, ...paging };
}

/** Whether the answer says that the token is not valid: a new one may help a read. */
export function refusesToken({ row, status }: KiwoomAnswer): boolean {
  return row?.renewsToken === true || status === 401;
}
