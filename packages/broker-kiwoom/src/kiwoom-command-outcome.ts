import {
  type BrokerError,
  type BrokerOrderId,
  type GuardEffect,
  type NativeReason,
  UnexpectedResponseError,
} from '@qts/core';
import { type KiwoomErrorRow, type KiwoomGuardClass } from './error-map/rows.ts';
import { type KiwoomAnswer } from './kiwoom-answer.ts';
import { orderIdOfOrdNo } from './kiwoom-order-numbers.ts';
import { backEndReturnCode, refusalError, refusingReturnCodes, type RefusalContext } from './kiwoom-verdict.ts';
import { type KiwoomOrderAnswer } from './rest/order-answer.ts';
import { type WireRow } from './wire-fields.ts';

/** What an answer proves about a command. */
export type KiwoomCommandOutcome =
  | { readonly outcome: 'ACCEPTED'; readonly brokerOrderId: BrokerOrderId; readonly answer: KiwoomOrderAnswer }
  | {
      readonly outcome: 'REJECTED';
      readonly row: KiwoomErrorRow;
      readonly native: NativeReason;
      readonly cause: BrokerError;
      /** Absent: whether a refusal for business reasons counts is a setting of the guard. */
      readonly guard?: GuardEffect;
    }
  | {
      readonly outcome: 'UNKNOWN';
      readonly cause: BrokerError;
      /** The broker's word, when it said something that is not proof enough. */
      readonly native?: NativeReason;
      /** True when a complete order list without the order turns this word into a refusal. */
      readonly confirmByRead?: true;
      /** `TRIP` for an answer that contradicts itself: nothing that this server says can be relied on. */
      readonly guard?: GuardEffect;
    };

/** What each class of the error map is to a failure guard. `SETTING` is the guard's own rule for refusals. */
const guardEffectOf: Readonly<Record<KiwoomGuardClass, GuardEffect | undefined>> = {
  SETTING: undefined,
  COUNT: 'COUNT',
  PACE_DOWN: 'IGNORE',
  FORGIVE_ONCE: 'FORGIVE_ONCE',
  TRIP: 'TRIP',
};

/**
 * Judges the answer to an order command by execution-safety 11. An allow-list: a clear yes is HTTP 200, `return_code` 0
 * and an order number, from the operation that was asked; a clear no is a listed code under its own `return_code` without
 * an order number. Everything else is `UNKNOWN`.
 */
export function classifyCommandAnswer(
  answer: KiwoomAnswer,
  parse: (body: WireRow) => KiwoomOrderAnswer,
  context: RefusalContext,
): KiwoomCommandOutcome {
  const { body, fault, verdict, row } = answer;
  if (fault !== undefined || body === undefined) {
    const isOfAnother = fault?.code === 'WRONG_OPERATION_ECHOED';
    return isOfAnother ? contradicting(fault) : unknown(fault ?? strange('The answer has no body.', context));
  }
  const { returnCode, code, message } = verdict;
  if (returnCode === 0) {
    if (answer.status !== 200) {
      return contradicting(strange('It says yes under an HTTP status that is not 200.', context));
    }
    if (code !== '') return contradicting(strange('It says yes with a code that means no.', context));
    return readAcceptance(body, parse, context);
  }
  const native = { code, message };
  const cause = refusalError(verdict, row, answer.status, context);
  if (!refusingReturnCodes.has(returnCode) && row === undefined) {
    // None at all is a gateway's word in another envelope; a value that nobody knows is a strange state.
    return returnCode === undefined ? unknown(cause, native) : contradicting(cause, native);
  }
  if (carriesOrderNumber(body)) {
    return contradicting(strange('It says no and carries an order number.', context), native);
  }
  if (row === undefined || !isBelieved(answer, row)) {
    return {
      ...unknown(cause, native),
      ...(canBeConfirmed(answer) ? { confirmByRead: true } : undefined),
      ...guardOf(row),
    };
  }
  return { outcome: 'REJECTED', row, native, cause, ...guardOf(row) };
}

function readAcceptance(
  body: WireRow,
  parse: (body: WireRow) => KiwoomOrderAnswer,
  context: RefusalContext,
): KiwoomCommandOutcome {
  let answer: KiwoomOrderAnswer;
  try {
    answer = parse(body);
  } catch (error) {
    return contradicting(
      UnexpectedResponseError.isInstance(error) ? error : strange('Its fields cannot be read.', context, error),
    );
  }
  const brokerOrderId = orderIdOfOrdNo(answer.ordNo);
  if (brokerOrderId === undefined) return contradicting(strange('It says yes without an order number.', context));
  return { outcome: 'ACCEPTED', brokerOrderId, answer };
}

/** `return_code` of bad input. */
const badInputCodes: readonly (number | undefined)[] = [1, 2];

/** Whether a listed refusal stands alone: as it was seen, under its own class and the HTTP status of a business failure. */
function isBelieved({ status, verdict: { returnCode } }: KiwoomAnswer, row: KiwoomErrorRow): boolean {
  const isItsOwn = row.returnCode === undefined ? badInputCodes.includes(returnCode) : row.returnCode === returnCode;
  return row.outcome === 'REJECTED' && status === 200 && isItsOwn;
}

/**
 * Whether a read can confirm this refusal. An unlisted one must come from the order back end, in a complete envelope
 * (execution-safety 11, F2u): an unlisted word of the gateway, or one under a 5xx, is trouble and says nothing (F4).
 */
function canBeConfirmed({ status, verdict: { returnCode, code }, row }: KiwoomAnswer): boolean {
  if (status >= 500) return false;
  if (row !== undefined) return row.confirmByRead || row.outcome === 'REJECTED';
  return returnCode === backEndReturnCode && code !== '';
}

/** In whatever form: a refusal with a number is no refusal. */
function carriesOrderNumber(body: WireRow): boolean {
  const ordNo = body['ord_no'];
  return (typeof ordNo === 'string' || typeof ordNo === 'number') && orderIdOfOrdNo(String(ordNo)) !== undefined;
}

function unknown(cause: BrokerError, native?: NativeReason): Extract<KiwoomCommandOutcome, { outcome: 'UNKNOWN' }> {
  return { outcome: 'UNKNOWN', cause, ...(native === undefined ? {} : { native }) };
}

/** F6: a strange success, or a word that is none. Another order to such a server is one too many. */
function contradicting(
  cause: BrokerError,
  native?: NativeReason,
): Extract<KiwoomCommandOutcome, { outcome: 'UNKNOWN' }> {
  return { ...unknown(cause, native), guard: 'TRIP' };
}

function guardOf(row: KiwoomErrorRow | undefined): { readonly guard?: GuardEffect } | undefined {
  const guard = row === undefined ? undefined : guardEffectOf[row.guard];
  return guard === undefined ? undefined : { guard };
}

function strange(what: string, context: RefusalContext, cause?: unknown): UnexpectedResponseError {
  return new UnexpectedResponseError({
    code: 'STRANGE_ANSWER',
    summary: `The answer to an order command contradicts itself. ${what}`,
    facts: { environment: context.environment, operation: context.operation },
    next: 'The order may be live. Read the order list before doing anything.',
    ...(cause === undefined ? {} : { cause }),
  });
}
