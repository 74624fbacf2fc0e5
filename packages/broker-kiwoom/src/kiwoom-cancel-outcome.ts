import {
  BrokerError,
  type CancelResponse,
  type Clock,
  kstEpochMs,
  type NativeReason,
  type OrderReference,
  type OrderSnapshot,
  timeOfDayMs,
} from '@qts/core';
import { type KiwoomCommandOutcome } from './kiwoom-command-outcome.ts';
import { type KiwoomCommandResult } from './kiwoom-rest-client.ts';

/** What is known of a cancel once its one POST is over. */
export type KiwoomJudgedCancel = KiwoomCommandOutcome | Exclude<KiwoomCommandResult, { readonly sent: 'YES' }>;

/**
 * Whether Kiwoom says that there is nothing to cancel. That may mean filled, canceled, or not visible yet: only a read can
 * tell ({@link readCancelRefusal}).
 */
export function saysNothingLeft(
  judged: KiwoomJudgedCancel,
): judged is Extract<KiwoomCommandOutcome, { readonly outcome: 'REJECTED' }> {
  return !('sent' in judged) && judged.outcome === 'REJECTED' && judged.row.kind === 'NOTHING_TO_CANCEL';
}

/**
 * The broker-neutral answer to a cancel.
 *
 * `CONFIRMED` never comes from here: the answer of Kiwoom says that the cancel was sent. A refusal that is neither about the
 * remainder nor about the session leaves the order as it was, as far as anybody knows: `UNKNOWN`, read and cancel again.
 */
export function toCancelResponse(judged: KiwoomJudgedCancel, receivedAtMs: number): CancelResponse {
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

/**
 * How long an accepted order may be missing from the list before its absence means something, ms. Assumed: nobody measured
 * Kiwoom; the other broker's paper server needed 5.3 s at most, and this is generous.
 */
const visibilityMsMax = 30_000;

/**
 * Why there was nothing left to cancel, by the broker's list. A list that still shows a remainder contradicts the
 * refusal, one that cannot be read says nothing, and an order of a moment ago may not be visible yet: all `UNKNOWN`.
 */
export async function readCancelRefusal(
  target: OrderReference,
  native: NativeReason,
  readOrder: () => Promise<OrderSnapshot | undefined>,
  clock: Clock,
): Promise<CancelResponse> {
  const answer = (outcome: CancelResponse['outcome'], cause?: BrokerError): CancelResponse => ({
    outcome,
    receivedAtMs: clock.nowMs(),
    native,
    ...(cause === undefined ? {} : { cause }),
    dryRun: false,
  });
  let order: OrderSnapshot | undefined;
  try {
    order = await readOrder();
  } catch (error) {
    if (!BrokerError.isInstance(error)) throw error;
    return answer('UNKNOWN', error);
  }
  const { brokerOrderId } = target;
  if (order === undefined) {
    if (clock.nowMs() - acceptedAtMs(target) >= visibilityMsMax) return answer('NOT_FOUND');
    return answer('UNKNOWN', contradiction('does not list the order yet', { brokerOrderId }));
  }
  if (order.leavesQuantity > 0) {
    const { leavesQuantity } = order;
    return answer('UNKNOWN', contradiction('lists the order with a remainder', { brokerOrderId, leavesQuantity }));
  }
  return answer(order.filledQuantity >= order.orderedQuantity ? 'TOO_LATE_FILLED' : 'TOO_LATE_CLOSED');
}

/** When the order was taken, by the clock that heard it; long ago when the reference comes from a list and does not say. */
function acceptedAtMs({ tradingDate, native }: OrderReference): number {
  const time = native['ord_tm'] ?? '';
  return /^(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}$/.test(time)
    ? kstEpochMs(tradingDate, timeOfDayMs(time))
    : Number.NEGATIVE_INFINITY;
}

function contradiction(what: string, facts: Readonly<Record<string, string | number>>): BrokerError {
  return new BrokerError({
    code: 'CANCEL_REFUSED_ORDER_OPEN',
    summary: `Kiwoom says there is nothing to cancel, and ${what}.`,
    facts,
    next: 'Read the order and cancel again.',
  });
}
