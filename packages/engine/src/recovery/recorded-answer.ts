import {
  type ClientOrderId,
  type ExecutionResponse,
  type OrderStatus,
  type ReplaceRequest,
  krw,
  shares,
} from '@qts/core';
import { type RestoredOrder } from '../orders/order-tracker-contract.ts';
import { type FoldedOrder } from './folded-journal.ts';
import { lastCancelOutcomes, recoveryOf } from './recovery-table.ts';

/** The answer to an intent, from what is written down. An order that may have left is `UNKNOWN`, and nothing milder. */
export function recordedAnswer(order: FoldedOrder): ExecutionResponse {
  const { intent, broker, lastAtMs: timestampMs, reference } = order;
  const about = { intentId: intent.intentId, accepted: false, broker, timestampMs };
  const { code = 'FS040', message = recoveredMessage(order) } = order;
  switch (recoveryOf(order)) {
    case 'DENY':
      return { ...about, outcome: 'NOT_SENT', code: 'G_EXE_INTENT_STALE', message: staleMessage, status: 'DENIED' };
    case 'RESOLVE':
      return { ...about, outcome: 'UNKNOWN', code: unknownCode(order), message, ...refusalOf(order), ...submitted };
    case 'ASK_OPERATOR':
      return { ...about, outcome: 'UNKNOWN', code: 'FS043', message, ...submitted };
    case 'CATCH_UP':
      return {
        ...{ ...about, accepted: true, outcome: 'ACCEPTED', message },
        ...(reference === undefined ? undefined : { reference, brokerOrderId: reference.brokerOrderId }),
      };
    case 'WATCH':
      return order.last === 'command-absent'
        ? { ...about, outcome: 'UNKNOWN', code: 'FS042', message, status: 'ABSENT' }
        : { ...about, outcome: 'REJECTED', code, message, status: 'REJECTED' };
    case 'ANSWER':
      if (order.dryRun === true) return { ...about, accepted: true, outcome: 'ACCEPTED', message, dryRun: true };
      return order.last === 'command-rejected'
        ? { ...about, outcome: 'REJECTED', code, message, status: 'REJECTED' }
        : { ...about, outcome: 'NOT_SENT', code, message, status: 'DENIED' };
  }
}

const submitted = { status: 'SUBMITTED' satisfies OrderStatus } as const;

const staleMessage = 'denied: the process ended before the order could leave; it is stale and is not sent';

/** A crash is no word of the broker's: only what was recorded as something else keeps its code. */
function unknownCode({ last, code }: FoldedOrder): NonNullable<ExecutionResponse['code']> {
  return last === 'command-unknown' && code !== undefined ? code : 'FS042';
}

function refusalOf({ refusal }: FoldedOrder): Pick<ExecutionResponse, 'refusal'> | undefined {
  return refusal === undefined ? undefined : { refusal };
}

function recoveredMessage({ last, reference }: FoldedOrder): string {
  switch (last) {
    case 'command-sending':
      return 'unknown: the process ended while the order was on its way. The order may be live.';
    case 'command-adopted':
      return `adopted (order ${reference?.brokerOrderId ?? 'without a number'})`;
    case 'command-absent':
      return 'absent: the broker does not list the order; it is watched for until the trading date is over';
    case 'command-escalated':
      return 'escalated: the order may be live; a person has to decide';
    case 'intent-recorded':
    case 'intent-denied':
    case 'command-not-sent':
    case 'command-accepted':
    case 'command-rejected':
    case 'command-unknown':
      return `${last} (recovered from the journal)`;
  }
}

/**
 * More than any issue of KRX costs (`assumed`), won: what a share of an order is taken to cost of which neither a worst
 * nor a limit price is written down. Journals older than the recovery lack it.
 */
const worstPriceUnknownKrw = 10_000_000;

/** An order as a tracker takes it on. */
export function restoredOrder(order: FoldedOrder, answer: ExecutionResponse): RestoredOrder {
  const { intent, figures, cancels, numbers, sentAtMs = order.lastAtMs } = order;
  const worstPriceKrw = order.worstPriceKrw ?? intent.limitPriceKrw ?? worstPriceUnknownKrw;
  const confirmed = cancels?.confirmedQuantity;
  const acceptedReplace = acceptedReplaceOf(order);
  return {
    ...{ intent, sentAtMs, answer, isAbsent: recoveryOf(order) === 'WATCH' },
    // Which terms hold after a replace only the list says: the dearer ones count.
    worstPriceKrw: krw(Math.max(worstPriceKrw, order.replace?.worstPriceKrw ?? 0)),
    hasPendingCancel: hasPendingCancel(order),
    ...(confirmed === undefined ? undefined : { confirmedCancelQuantity: shares(confirmed) }),
    ...(numbers === undefined ? undefined : { numbers }),
    ...(acceptedReplace === undefined ? undefined : { acceptedReplace }),
    ...(figures === undefined
      ? undefined
      : {
          figures: {
            filledQuantity: shares(figures.filledQuantity),
            filledAmountKrw: krw(figures.filledAmountKrw),
            canceledQuantity: shares(figures.canceledQuantity),
            rejectedQuantity: shares(figures.rejectedQuantity),
            expired: figures.expired,
            asOfMs: figures.asOfMs,
          },
        }),
  };
}

/** The last replace, when an answer gave it a number: whether a list has shown that, the tracker knows. */
function acceptedReplaceOf({ replace, numbers, intent, reference }: FoldedOrder): RestoredOrder['acceptedReplace'] {
  const accepted = numbers?.named.find(({ reference: each }) => each.brokerOrderId === replace?.number)?.reference;
  const target = replace?.target ?? reference;
  if (replace === undefined || accepted === undefined || target === undefined) return undefined;
  const { quantity, orderType, limitPriceKrw } = replace.terms as Partial<ReplaceRequest>;
  return {
    ...{ target, limitPriceKrw, takesAll: replace.takesAll },
    quantity: quantity ?? intent.quantity,
    orderType: orderType ?? target.orderType,
    worstPriceKrw: krw(replace.worstPriceKrw ?? worstPriceUnknownKrw),
    response: {
      ...{ outcome: 'ACCEPTED', clientOrderId: replace.commandId as ClientOrderId, receivedAtMs: replace.sentAtMs },
      ...{ brokerOrderId: accepted.brokerOrderId, reference: accepted, dryRun: false },
    },
  };
}

/** Answers to a cancel after which it is open until the broker's figures show it. */
const pendingAfter: readonly string[] = ['REQUESTED', 'UNKNOWN'];

/** As the tracker has it while it runs: figures that show canceled shares end every cancel that was open. */
function hasPendingCancel(order: FoldedOrder): boolean {
  const { cancels } = order;
  if (cancels === undefined || cancels.isShown === true) return false;
  return cancels.unanswered > 0 || lastCancelOutcomes(order).some((each) => pendingAfter.includes(each));
}
