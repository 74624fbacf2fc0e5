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
import { type KisAnswer } from './kis-answer.ts';
import { orderIdOfOdno } from './kis-order-numbers.ts';
import { refusalError, refusingRtCds } from './kis-verdict.ts';
import { type KisOrderAnswer } from './rest/order-answer.ts';
import { isWireRow, type WireRow } from './wire-fields.ts';

/** What an answer proves about a command. */
export type KisCommandOutcome = CommandOutcome<KisOrderAnswer>;

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
  if (fault !== undefined || body === undefined) return unusableCommand(fault, context);
  if (verdict.rtCd === '0') {
    if (answer.status !== 200)
      return contradictingCommand(strangeAnswer('It says yes under an HTTP status that is not 200.', context));
    if (row !== undefined)
      return contradictingCommand(strangeAnswer('It says yes with a code that means no.', context));
    return acceptedCommand(body, parse, orderIdOf, context);
  }
  const native = { code: verdict.code, message: verdict.message };
  const cause = refusalError(verdict, row, answer.status, context);
  if (!refusingRtCds.has(verdict.rtCd)) {
    // An empty one is a gateway's word in another envelope; a value that nobody knows is a strange state.
    return verdict.rtCd === '' ? unknownCommand(cause, native) : contradictingCommand(cause, native);
  }
  if (carriesOrderNumber(body)) {
    return contradictingCommand(strangeAnswer('It says no and carries an order number.', context), native);
  }
  if (row === undefined || row.outcome === 'UNKNOWN') {
    return unprovenRefusal(row, native, cause, canBeConfirmed(answer));
  }
  return rejectedCommand(row, native, cause);
}

function orderIdOf({ odno }: KisOrderAnswer): BrokerOrderId | undefined {
  return orderIdOfOdno(odno);
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
