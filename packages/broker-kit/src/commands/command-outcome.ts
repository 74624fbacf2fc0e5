import {
  type BrokerError,
  type BrokerOrderId,
  type GuardEffect,
  type NativeReason,
  UnexpectedResponseError,
} from '@qts/core';
import { type RefusalContext } from '../answers/refusal-error.ts';
import { type WireRow } from '../answers/wire-row.ts';
import { type GuardClass } from '../operations/failure-classes.ts';
import { type RefusalRow } from '../operations/refusal-row.ts';
import { type UnansweredCommand } from './command-result.ts';

/** The broker took the command and gave it a number. */
export interface AcceptedCommand<Answer> {
  readonly outcome: 'ACCEPTED';
  readonly brokerOrderId: BrokerOrderId;
  readonly answer: Answer;
}

/** The order back end refused, for a listed reason. */
export interface RejectedCommand {
  readonly outcome: 'REJECTED';
  readonly row: RefusalRow;
  readonly native: NativeReason;
  readonly cause: BrokerError;
  /** Absent: whether a refusal for business reasons counts is a setting of the guard. */
  readonly guard?: GuardEffect;
}

/** Nothing is proven. */
export interface UnknownCommand {
  readonly outcome: 'UNKNOWN';
  readonly cause: BrokerError;
  /** The broker's word, when it said something that is not proof enough. */
  readonly native?: NativeReason;
  /** True when a complete order list without the order turns this word into a refusal. */
  readonly confirmByRead?: true;
  /** `TRIP` for an answer that contradicts itself: nothing that this server says can be relied on. */
  readonly guard?: GuardEffect;
}

/** What an answer proves about a command (execution-safety 11). */
export type CommandOutcome<Answer> = AcceptedCommand<Answer> | RejectedCommand | UnknownCommand;

/** What is known of a command once its one POST is over. */
export type JudgedCommand<Answer> = CommandOutcome<Answer> | UnansweredCommand;

/** What each class of the error map is to a failure guard. `SETTING` is the guard's own rule for refusals. */
const guardEffectOf: Readonly<Record<GuardClass, GuardEffect | undefined>> = {
  SETTING: undefined,
  COUNT: 'COUNT',
  PACE_DOWN: 'IGNORE',
  FORGIVE_ONCE: 'FORGIVE_ONCE',
  TRIP: 'TRIP',
};

/** A word, or none, that proves nothing. */
export function unknownCommand(cause: BrokerError, native?: NativeReason): UnknownCommand {
  return { outcome: 'UNKNOWN', cause, ...(native === undefined ? {} : { native }) };
}

/** F6: a strange success, or a word that is none. Another order to such a server is one too many. */
export function contradictingCommand(cause: BrokerError, native?: NativeReason): UnknownCommand {
  return { ...unknownCommand(cause, native), guard: 'TRIP' };
}

/** The error of an answer to an order command that contradicts itself. */
export function strangeAnswer(
  what: string,
  { environment, operation }: RefusalContext,
  cause?: unknown,
): UnexpectedResponseError {
  return new UnexpectedResponseError({
    code: 'STRANGE_ANSWER',
    summary: `The answer to an order command contradicts itself. ${what}`,
    facts: { environment, operation },
    next: 'The order may be live. Read the order list before doing anything.',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** An answer that cannot be used: the answer to another question contradicts, any other proves nothing. */
export function unusableCommand(fault: UnexpectedResponseError | undefined, context: RefusalContext): UnknownCommand {
  if (fault?.code === 'WRONG_OPERATION_ECHOED') return contradictingCommand(fault);
  return unknownCommand(fault ?? strangeAnswer('The answer has no body.', context));
}

/**
 * A yes is one with an order number only.
 *
 * @param parse reads the fields of a success; may throw `UnexpectedResponseError`.
 * @param orderIdOf the broker's number, or `undefined` when the field holds none.
 */
export function acceptedCommand<Answer>(
  body: WireRow,
  parse: (body: WireRow) => Answer,
  orderIdOf: (answer: Answer) => BrokerOrderId | undefined,
  context: RefusalContext,
): AcceptedCommand<Answer> | UnknownCommand {
  let answer: Answer;
  try {
    answer = parse(body);
  } catch (error) {
    const isUnexpected = UnexpectedResponseError.isInstance(error);
    return contradictingCommand(isUnexpected ? error : strangeAnswer('Its fields cannot be read.', context, error));
  }
  const brokerOrderId = orderIdOf(answer);
  if (brokerOrderId === undefined) {
    return contradictingCommand(strangeAnswer('It says yes without an order number.', context));
  }
  return { outcome: 'ACCEPTED', brokerOrderId, answer };
}

/** A refusal that stands alone: the row's broker may be believed. */
export function rejectedCommand(row: RefusalRow, native: NativeReason, cause: BrokerError): RejectedCommand {
  return { outcome: 'REJECTED', row, native, cause, ...guardOf(row) };
}

/**
 * A refusal that proves nothing by itself.
 *
 * @param row `undefined` for a code that nobody listed.
 * @param confirmable whether a complete order list without the order would turn it into a refusal.
 */
export function unprovenRefusal(
  row: RefusalRow | undefined,
  native: NativeReason,
  cause: BrokerError,
  confirmable: boolean,
): UnknownCommand {
  return {
    ...unknownCommand(cause, native),
    ...(confirmable ? { confirmByRead: true } : undefined),
    ...guardOf(row),
  };
}

function guardOf(row: RefusalRow | undefined): { readonly guard?: GuardEffect } | undefined {
  const guard = row === undefined ? undefined : guardEffectOf[row.guard];
  return guard === undefined ? undefined : { guard };
}
