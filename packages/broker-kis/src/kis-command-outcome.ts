import {
  type BrokerError,
  type BrokerOrderId,
  type GuardEffect,
  type NativeReason,
  UnexpectedResponseError,
} from '@qts/core';
import { type KisErrorRow, type KisGuardClass } from './error-map/rows.ts';
import { type KisAnswer } from './kis-answer.ts';
import { orderIdOfOdno } from './kis-order-numbers.ts';
import { refusalError, refusingRtCds, type RefusalContext } from './kis-verdict.ts';
import { type KisOrderAnswer } from './rest/order-answer.ts';
import { isWireRow, type WireRow } from './wire-fields.ts';

/** What an answer proves about a command. */
export type KisCommandOutcome =
  | { readonly outcome: 'ACCEPTED'; readonly brokerOrderId: BrokerOrderId; readonly answer: KisOrderAnswer }
  | {
      readonly outcome: 'REJECTED';
      readonly row: KisErrorRow;
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
const guardEffectOf: Readonly<Record<KisGuardClass, GuardEffect | undefined>> = {
  SETTING: undefined,
  COUNT: 'COUNT',
  PACE_DOWN: 'IGNORE',
  FORGIVE_ONCE: 'FORGIVE_ONCE',
  TRIP: 'TRIP',
};

/**
 * Judges the answer to an order command by execution-safety 11. An allow-list: a clear yes is HTTP 200, `rt_cd` "0" and
 * an order number, from the operation that was asked; a clear no is a listed code of the order back end without an order
 * number. Everything else is `UNKNOWN`.
 */
export function classifyCommandAnswer(
  answer: KisAnswer,
  parse: (body: WireRow) => KisOrderAnswer,
  context: RefusalContext,
): KisCommandOutcome {
  const { body, fault, verdict, row } = answer;
  if (fault !== undefined || body === undefined) {
    const isOfAnother = fault?.code === 'WRONG_OPERATION_ECHOED';
    return isOfAnother ? contradicting(fault) : unknown(fault ?? strange('The answer has no body.', context));
  }
  if (verdict.rtCd === '0') {
    if (answer.status !== 200)
      return contradicting(strange('It says yes under an HTTP status that is not 200.', context));
    if (row !== undefined) return contradicting(strange('It says yes with a code that means no.', context));
    return readAcceptance(body, parse, context);
  }
  const native = { code: verdict.code, message: verdict.message };
  const cause = refusalError(verdict, row, answer.status, context);
  if (!refusingRtCds.has(verdict.rtCd)) {
    // An empty one is a gateway's word in another envelope; a value that nobody knows is a strange state.
    return verdict.rtCd === '' ? unknown(cause, native) : contradicting(cause, native);
  }
  if (carriesOrderNumber(body)) {
    return contradicting(strange('It says no and carries an order number.', context), native);
  }
  if (row === undefined || row.outcome === 'UNKNOWN') {
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
  parse: (body: WireRow) => KisOrderAnswer,
  context: RefusalContext,
): KisCommandOutcome {
  let answer: KisOrderAnswer;
  try {
    answer = parse(body);
  } catch (error) {
    return contradicting(
      UnexpectedResponseError.isInstance(error) ? error : strange('Its fields cannot be read.', context, error),
    );
  }
  const brokerOrderId = orderIdOfOdno(answer.odno);
  if (brokerOrderId === undefined) return contradicting(strange('It says yes without an order number.', context));
  return { outcome: 'ACCEPTED', brokerOrderId, answer };
}

/**
 * Whether a read can confirm this refusal. An unlisted one must come from the order back end, in a complete envelope
 * (execution-safety 11, F2u): an unlisted word of the gateway, or one under a 5xx, is trouble and says nothing (F4).
 */
function canBeConfirmed({ status, verdict: { code }, row }: KisAnswer): boolean {
  if (row !== undefined) return row.confirmByRead;
  return code !== '' && !code.startsWith('EGW') && status < 500;
}

/** In whatever form: a refusal with a number is no refusal. */
function carriesOrderNumber(body: WireRow): boolean {
  const output = body['output'];
  const rows: readonly unknown[] = Array.isArray(output) ? output : [output];
  return rows.filter(isWireRow).some((row) => {
    const odno = row['ODNO'] ?? row['odno'];
    return (typeof odno === 'string' || typeof odno === 'number') && orderIdOfOdno(String(odno)) !== undefined;
  });
}

function unknown(cause: BrokerError, native?: NativeReason): Extract<KisCommandOutcome, { outcome: 'UNKNOWN' }> {
  return { outcome: 'UNKNOWN', cause, ...(native === undefined ? {} : { native }) };
}

/** F6: a strange success, or a word that is none. Another order to such a server is one too many. */
function contradicting(cause: BrokerError, native?: NativeReason): Extract<KisCommandOutcome, { outcome: 'UNKNOWN' }> {
  return { ...unknown(cause, native), guard: 'TRIP' };
}

function guardOf(row: KisErrorRow | undefined): { readonly guard?: GuardEffect } | undefined {
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
