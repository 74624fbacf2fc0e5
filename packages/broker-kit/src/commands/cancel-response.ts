import { BrokerError, type CancelResponse, type Clock, type NativeReason, type OrderSnapshot } from '@qts/core';
import { type JudgedCommand, type RejectedCommand } from './command-outcome.ts';

/**
 * Whether the broker says that there is nothing to cancel. That may mean filled, canceled, or not visible yet: only a read
 * can tell ({@link readCancelRefusal}).
 */
export function saysNothingLeft(judged: JudgedCommand<unknown>): judged is RejectedCommand {
  return !('sent' in judged) && judged.outcome === 'REJECTED' && judged.row.kind === 'NOTHING_TO_CANCEL';
}

/**
 * The broker-neutral answer to a cancel.
 *
 * `CONFIRMED` never comes from here: a broker's answer says that the cancel was sent. A refusal that is neither about the
 * remainder nor about the session leaves the order as it was, as far as anybody knows: `UNKNOWN`, read and cancel again.
 */
export function toCancelResponse(judged: JudgedCommand<unknown>, receivedAtMs: number): CancelResponse {
  if ('sent' in judged) {
    const outcome = judged.sent === 'NO' ? 'NOT_SENT' : 'UNKNOWN';
    return { outcome, receivedAtMs, cause: judged.cause, dryRun: false };
  }
  switch (judged.outcome) {
    case 'ACCEPTED':
      return { outcome: 'REQUESTED', receivedAtMs, brokerOrderId: judged.brokerOrderId, dryRun: false };
    case 'REJECTED': {
      const { native, cause, row } = judged;
      const outcome = row.kind === 'MARKET_CLOSED' ? 'REFUSED_BY_SESSION' : 'UNKNOWN';
      return { outcome, receivedAtMs, native, cause, dryRun: false };
    }
    case 'UNKNOWN': {
      const { native, cause } = judged;
      return { outcome: 'UNKNOWN', receivedAtMs, ...(native === undefined ? {} : { native }), cause, dryRun: false };
    }
  }
}

/** A cancel that was refused because there is nothing left, and what is known of its order. */
export interface CancelRefusal {
  /** As errors name the broker: `KIS`. */
  readonly brokerName: string;
  readonly brokerOrderId: string;
  /** When the broker took the order, epoch ms; `-Infinity` for long ago. */
  readonly acceptedAtMs: number;
  /** How long an accepted order may be missing from the broker's list before its absence means something, ms. */
  readonly visibilityMsMax: number;
  /** The broker's refusal. */
  readonly native: NativeReason;
  /** `undefined`: a complete list does not have the order. */
  readonly readOrder: () => Promise<OrderSnapshot | undefined>;
  readonly clock: Clock;
}

/**
 * Why there was nothing left to cancel, by the broker's list. A list that still shows a remainder contradicts the
 * refusal, one that cannot be read says nothing, and an order of a moment ago may not be visible yet: all `UNKNOWN`.
 */
export async function readCancelRefusal(refusal: CancelRefusal): Promise<CancelResponse> {
  const { brokerName, brokerOrderId, acceptedAtMs, visibilityMsMax, native, readOrder, clock } = refusal;
  const answer = (outcome: CancelResponse['outcome'], cause?: BrokerError): CancelResponse => ({
    outcome,
    receivedAtMs: clock.nowMs(),
    native,
    ...(cause === undefined ? {} : { cause }),
    dryRun: false,
  });
  const contradiction = (what: string, leavesQuantity?: number): BrokerError =>
    new BrokerError({
      code: 'CANCEL_REFUSED_ORDER_OPEN',
      summary: `${brokerName} says there is nothing to cancel, and ${what}.`,
      facts: { brokerOrderId, ...(leavesQuantity === undefined ? {} : { leavesQuantity }) },
      next: 'Read the order and cancel again.',
    });
  let order: OrderSnapshot | undefined;
  try {
    order = await readOrder();
  } catch (error) {
    if (!BrokerError.isInstance(error)) throw error;
    return answer('UNKNOWN', error);
  }
  if (order === undefined) {
    if (clock.nowMs() - acceptedAtMs >= visibilityMsMax) return answer('NOT_FOUND');
    return answer('UNKNOWN', contradiction('does not list the order yet'));
  }
  if (order.leavesQuantity > 0) {
    return answer('UNKNOWN', contradiction('lists the order with a remainder', order.leavesQuantity));
  }
  return answer(order.filledQuantity >= order.orderedQuantity ? 'TOO_LATE_FILLED' : 'TOO_LATE_CLOSED');
}
