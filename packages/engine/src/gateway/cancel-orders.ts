import {
  type BrokerOrderId,
  type CallOptions,
  type CancelOutcome,
  type CancelRequest,
  type CancelResponse,
  type ExecutionResponse,
  type IntentId,
  type OrderReference,
  BrokerError,
} from '@qts/core';
import { orWhenAborted } from '../unknown/abortable.ts';
import { type JournalWriter } from './journal-writer.ts';
import { type OrderGatewaySettings, type UnknownWatcher } from './order-gateway-contract.ts';
import { type UnwantedOrders } from './unwanted-orders.ts';

/** Sends cancels. Nothing that blocks orders blocks them, and nothing is waited for but the broker. */
export interface CancelDesk {
  cancelOrder(request: CancelRequest, options?: CallOptions): Promise<CancelResponse>;
  cancelIntent(intentId: IntentId, options?: CallOptions): Promise<CancelResponse>;
  /** Whether a cancel of the whole order is under way. */
  isBeingCanceled(intentId: IntentId): boolean;
  /** The answer to an intent has changed: an order whose outcome was unknown has an end. */
  settle(intentId: IntentId): void;
}

type CancelParts = Pick<
  OrderGatewaySettings,
  'broker' | 'accountId' | 'clock' | 'tracker' | 'cancelWindow' | 'logger'
> & {
  readonly journal: JournalWriter;
  readonly watchers: readonly UnknownWatcher[];
  /** Learns of every order that somebody wants gone. */
  readonly unwanted: UnwantedOrders;
};

export interface CancelContext {
  readonly answerOf: (intentId: IntentId) => Promise<ExecutionResponse> | undefined;
  /** Resolves when a replace of the order was answered; `undefined`: none is on its way. */
  readonly replaceAnswer: (intentId: IntentId) => Promise<unknown> | undefined;
}

/** Nothing was left under the number: which may mean that a replace took it along. */
const foundNothing: ReadonlySet<CancelOutcome> = new Set(['TOO_LATE_FILLED', 'TOO_LATE_CLOSED', 'NOT_FOUND']);

/**
 * | Race (execution-safety 8)                        | What happens                                                          |
 * | ------------------------------------------------ | --------------------------------------------------------------------- |
 * | the number was replaced before                   | the cancel names the newest child                                     |
 * | the number is replaced while the cancel is out   | its answer finds nothing; the lineage is followed once                |
 * | a part is replaced while the cancel is out       | what it moved is canceled as soon as it has a number                  |
 * | a replace lands that had been called absent      | its number is canceled when a list shows it                           |
 * | a quantity of the named number is asked for      | that number alone, whatever a replace moves                           |
 * | the number is not known yet                      | the cancel waits on the order, which does not leave if it has not left |
 * | the answer of the order was lost                 | the cancel waits until the order is found, or is known to be absent   |
 * | a window that takes no cancels                   | said with the time of the next one; watchers hear it                  |
 * | no clear answer                                  | watchers hear it: the order is read, and canceled again while open    |
 */
export function createCancelDesk(parts: CancelParts, { answerOf, replaceAnswer }: CancelContext): CancelDesk {
  const { broker, accountId, clock, tracker, journal, watchers, unwanted, logger } = parts;
  /** Who waits for an order without a number to get one, or an end. */
  const waiting = new Map<IntentId, (() => void)[]>();
  /** Orders that are being canceled as a whole, by how many at once. */
  const canceling = new Map<IntentId, number>();

  async function send(request: CancelRequest, options: CallOptions | undefined): Promise<CancelResponse> {
    const { target, quantity } = request;
    const order = tracker.findByReference(target);
    const correlationId = order?.intentId ?? `${target.brokerId} ${target.brokerOrderId}`;
    const commandId = tracker.beginCancel(target);
    // Nothing of a dry run leaves, and a restart must not bring it to an end.
    const { dryRun: isDryRun } = request;
    const body = { accountId, broker: broker.name, target, quantity };
    if (!isDryRun) journal.note('cancel-sending', correlationId, clock.nowMs(), body);
    let response: CancelResponse;
    try {
      response = await broker.cancelOrder(request, options);
    } catch (error) {
      const cause = asBrokerError(error);
      response = { outcome: 'UNKNOWN', receivedAtMs: clock.nowMs(), cause, dryRun: request.dryRun };
    }
    if (response.outcome === 'REFUSED_BY_SESSION' && order !== undefined && response.opensAtMs === undefined) {
      const opensAtMs = parts.cancelWindow?.(order, clock.nowMs());
      if (opensAtMs !== undefined) response = { ...response, opensAtMs };
    }
    tracker.endCancel(target, commandId, response);
    const { outcome, brokerOrderId, canceledQuantity, native, opensAtMs, dryRun } = response;
    const said = {
      ...{ broker: broker.name, target: target.brokerOrderId, outcome, brokerOrderId },
      ...{ canceledQuantity, native, opensAtMs, dryRun },
    };
    if (!isDryRun) journal.note('cancel-answered', correlationId, response.receivedAtMs, said);
    if (order === undefined || dryRun || options?.signal?.aborted === true) return response;
    if (outcome === 'REFUSED_BY_SESSION') {
      logger?.warn('cancel-refused-by-session', { brokerOrderId: target.brokerOrderId, opensAtMs });
      for (const watcher of watchers) watcher.cancelRefusedBySession?.(request, opensAtMs);
    }
    if (outcome === 'UNKNOWN' || outcome === 'NOT_SENT') {
      for (const watcher of watchers) watcher.cancelUnknown?.(request);
    }
    return response;
  }

  /** All of an order of ours is canceled under all its numbers: a replace of a part leaves it more than one. */
  function cancelOrder(request: CancelRequest, options?: CallOptions): Promise<CancelResponse> {
    const order = request.quantity === undefined ? tracker.findByReference(request.target) : undefined;
    if (order === undefined) return cancelNumber(request, options);
    const numbers = tracker.workingReferences(order.intentId);
    return cancelWhole(order.intentId, numbers.length > 1 ? numbers : [request.target], request.dryRun, options);
  }

  function cancelAllOf(intentId: IntentId, options: CallOptions | undefined): Promise<CancelResponse> {
    return cancelWhole(intentId, tracker.workingReferences(intentId), false, options);
  }

  /**
   * Nothing of the order may rest: its numbers at once, and then those to which a replace moves shares of it meanwhile. While
   * nobody knows whether it did, the order is read, and canceled under what turns up.
   */
  async function cancelWhole(
    intentId: IntentId,
    numbers: readonly OrderReference[],
    dryRun: boolean,
    options: CallOptions | undefined,
  ): Promise<CancelResponse> {
    const sent = new Set<BrokerOrderId>();
    if (dryRun) return cancelNumbers(numbers, dryRun, options, sent);
    unwanted.add(intentId);
    canceling.set(intentId, (canceling.get(intentId) ?? 0) + 1);
    try {
      const replacing = replaceAnswer(intentId);
      let answer = await cancelNumbers(numbers, dryRun, options, sent);
      await replacing;
      const [target] = numbers;
      // Numbers that were found empty have been handed on already.
      const isUnknown = tracker.get(intentId)?.openReplace?.isUnknown === true && !foundNothing.has(answer.outcome);
      if (isUnknown && target !== undefined) for (const each of watchers) each.cancelUnknown?.({ target, dryRun });
      for (;;) {
        const moved = tracker.workingReferences(intentId).filter(({ brokerOrderId }) => !sent.has(brokerOrderId));
        if (moved.length === 0) return answer;
        answer = moreOpenOf(answer, await cancelNumbers(moved, dryRun, options, sent));
      }
    } finally {
      const others = (canceling.get(intentId) ?? 1) - 1;
      if (others > 0) canceling.set(intentId, others);
      else canceling.delete(intentId);
    }
  }

  async function cancelNumber(
    request: CancelRequest,
    options?: CallOptions,
    sent = new Set<BrokerOrderId>(),
  ): Promise<CancelResponse> {
    const target = tracker.newestReference(request.target);
    // A list that lags shows shares under a number that a replace has emptied: it counts as canceled with its child.
    sent.add(request.target.brokerOrderId).add(target.brokerOrderId);
    const first = await send({ ...request, target }, options);
    if (!foundNothing.has(first.outcome)) return first;
    const order = tracker.findByReference(target);
    if (order === undefined) return first;
    await replaceAnswer(order.intentId);
    const newest = tracker.newestReference(target);
    if (newest.brokerOrderId !== target.brokerOrderId) {
      sent.add(newest.brokerOrderId);
      return send({ ...request, target: newest }, options);
    }
    // Nobody knows whether it was replaced: it is read until it is gone, under whatever number.
    if (order.openReplace?.isUnknown === true) for (const watcher of watchers) watcher.cancelUnknown?.(request);
    return first;
  }

  /** Several numbers of an order. The answer that leaves most open speaks for all. */
  async function cancelNumbers(
    numbers: readonly OrderReference[],
    dryRun: boolean,
    options: CallOptions | undefined,
    sent: Set<BrokerOrderId>,
  ): Promise<CancelResponse> {
    const answers = await Promise.all(numbers.map((target) => cancelNumber({ target, dryRun }, options, sent)));
    const [one, ...others] = answers;
    return one === undefined ? closed('TOO_LATE_CLOSED') : others.reduce(moreOpenOf, one);
  }

  function closed(outcome: CancelOutcome, cause?: BrokerError): CancelResponse {
    const about = { outcome, receivedAtMs: clock.nowMs(), dryRun: false };
    return cause === undefined ? about : { ...about, cause };
  }

  /** What becomes of a cancel that waited, by what became of its order; `undefined`: it goes on waiting. */
  async function afterPlace(
    { intentId, outcome, status, dryRun }: ExecutionResponse,
    options: CallOptions | undefined,
  ): Promise<CancelResponse | undefined> {
    if (dryRun === true || outcome === 'NOT_SENT' || status === 'ABSENT') return closed('NOT_FOUND');
    // An answer that no journal could keep is told as unknown; its number is known here all the same.
    if (outcome === 'ACCEPTED' || tracker.get(intentId)?.reference !== undefined) return cancelAllOf(intentId, options);
    return outcome === 'REJECTED' ? closed('TOO_LATE_CLOSED') : undefined;
  }

  async function waitAndCancel(
    intentId: IntentId,
    place: Promise<ExecutionResponse>,
    options: CallOptions | undefined,
  ): Promise<CancelResponse> {
    const waiters = waiting.get(intentId) ?? [];
    waiting.set(intentId, waiters);
    let next = place;
    for (;;) {
      const response = await next;
      // Who has stopped waiting wants the order gone as before.
      const end = await afterPlace(response, options?.signal?.aborted === true ? undefined : options);
      if (end !== undefined) {
        waiting.delete(intentId);
        return end;
      }
      // It may have been settled while it was looked at.
      if ((answerOf(intentId) ?? next) === next) await new Promise<void>((resolve) => waiters.push(resolve));
      next = answerOf(intentId) ?? next;
    }
  }

  return {
    cancelOrder,
    isBeingCanceled: (intentId) => canceling.has(intentId),

    async cancelIntent(intentId, options) {
      if (tracker.get(intentId)?.reference !== undefined) return cancelAllOf(intentId, options);
      const place = answerOf(intentId);
      if (place === undefined) return closed('NOT_FOUND');
      unwanted.add(intentId);
      // A restart that finds this record without its answer reads the order and cancels it.
      journal.note('cancel-sending', intentId, clock.nowMs(), { accountId, broker: broker.name, queued: true });
      const { signal } = options ?? {};
      const done = waitAndCancel(intentId, place, options);
      const response = (signal === undefined ? await done : await orWhenAborted(done, signal)) ?? closed('NOT_SENT');
      const { outcome, receivedAtMs } = response;
      journal.note('cancel-answered', intentId, receivedAtMs, { broker: broker.name, outcome, queued: true });
      return response;
    },

    settle(intentId) {
      for (const resolve of waiting.get(intentId)?.splice(0) ?? []) resolve();
    },
  };
}

/** How much an answer leaves open: what has to be looked at is not hidden by what is over. */
const byOpenness: readonly CancelOutcome[] = [
  'TOO_LATE_FILLED',
  'TOO_LATE_CLOSED',
  'NOT_FOUND',
  'CONFIRMED',
  'REQUESTED',
  'REFUSED_BY_SESSION',
  'NOT_SENT',
  'UNKNOWN',
];

function moreOpenOf(one: CancelResponse, other: CancelResponse): CancelResponse {
  return byOpenness.indexOf(other.outcome) > byOpenness.indexOf(one.outcome) ? other : one;
}

function asBrokerError(error: unknown): BrokerError {
  if (BrokerError.isInstance(error)) return error;
  return new BrokerError({
    code: 'ENGINE_THREW',
    summary: 'The broker engine threw instead of answering.',
    next: 'Read the order at the broker; cancel again if it is still open.',
    cause: error,
  });
}
