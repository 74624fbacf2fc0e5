import {
  acceptedCommand,
  type CommandOutcome,
  contradictingCommand,
  type RefusalContext,
  rejectedCommand,
  strangeAnswer,
  unknownCommand,
  unprovenRefusal,
  unusableCommand,
} from '@qts/broker-kit';
import { type BrokerOrderId } from '@qts/core';
import { type KiwoomErrorRow } from './error-map/rows.ts';
import { type KiwoomAnswer } from './kiwoom-answer.ts';
import { orderIdOfOrdNo } from './kiwoom-order-numbers.ts';
import { backEndReturnCode, refusalError, refusingReturnCodes } from './kiwoom-verdict.ts';
import { type KiwoomOrderAnswer } from './rest/order-answer.ts';
import { type WireRow } from './wire-fields.ts';

/** What an answer proves about a command. */
export type KiwoomCommandOutcome = CommandOutcome<KiwoomOrderAnswer>;

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
  if (fault !== undefined || body === undefined) return unusableCommand(fault, context);
  const { returnCode, code, message } = verdict;
  if (returnCode === 0) {
    if (answer.status !== 200) {
      return contradictingCommand(strangeAnswer('It says yes under an HTTP status that is not 200.', context));
    }
    if (code !== '') return contradictingCommand(strangeAnswer('It says yes with a code that means no.', context));
    return acceptedCommand(body, parse, orderIdOf, context);
  }
  const native = { code, message };
  const cause = refusalError(verdict, row, answer.status, context);
  if (!refusingReturnCodes.has(returnCode) && row === undefined) {
    // None at all is a gateway's word in another envelope; a value that nobody knows is a strange state.
    return returnCode === undefined ? unknownCommand(cause, native) : contradictingCommand(cause, native);
  }
  if (carriesOrderNumber(body)) {
    return contradictingCommand(strangeAnswer('It says no and carries an order number.', context), native);
  }
  if (row === undefined || !isBelieved(answer, row)) {
    return unprovenRefusal(row, native, cause, canBeConfirmed(answer));
  }
  return rejectedCommand(row, native, cause);
}

function orderIdOf({ ordNo }: KiwoomOrderAnswer): BrokerOrderId | undefined {
  return orderIdOfOrdNo(ordNo);
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
