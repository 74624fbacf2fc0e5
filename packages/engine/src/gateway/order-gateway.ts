import { checkIntent } from '@qts/bridge';
import {
  type CallOptions,
  type EpochMs,
  type ExecutionIntent,
  type ExecutionResponse,
  type IntentId,
  type JournalRecordType,
  ValidationError,
  kstDate,
} from '@qts/core';
import { type RiskDecision } from '@qts/risk';
import { recordedAnswer, restoredOrder } from '../recovery/recorded-answer.ts';
import { classifyOrderFailure, orderFailurePolicyDefault } from '../safety/order-failure.ts';
import { whyRefused } from '../safety/why-refused.ts';
import { createCancelDesk } from './cancel-orders.ts';
import { createDateGuard } from './date-guard.ts';
import { type JournalWriter, createJournalWriter } from './journal-writer.ts';
import { createReplaceDesk } from './replace-orders.ts';
import { isSameOrder, orderFingerprint } from './same-order.ts';
import { type UnwantedOrders, watchLateReplaces } from './unwanted-orders.ts';
import {
  type Denial,
  type OrderGateway,
  type OrderGatewaySettings,
  type UnknownPlace,
  type UnknownWatcher,
} from './order-gateway-contract.ts';

/** Intents remembered for their ids. A day is limited to a fraction of this; beyond it nothing new is taken. */
const knownIntentsMax = 1_000_000;

/**
 * The way of an order:
 *
 * ```
 * known? ─ valid? ─ fresh? safe? frozen? ─ pre-trade checks ─ twin? ─► intent-recorded ─► command-sending (barrier)
 *        ─► fresh? safe? frozen? ─► broker, once (asks again before its first byte) ─► outcome (barrier)
 *        ─► the caller hears it
 * ```
 *
 * - The same id with the same content is answered with the first answer, also while it is still awaited; with other
 *   content it is denied.
 * - Of two equal orders only one may await its answer; while an order of the symbol is `UNKNOWN` new ones are denied.
 * - Every order that fails gives exactly one safety record and carries exactly one code.
 * - What became of an order whose answer was lost is found by others, who {@link OrderGateway.watch}; it is never resent.
 * - Cancels are journalled without waiting and pass whatever blocks orders, a broken journal included.
 * - Replaces go the way of orders: journalled before they leave, judged by their new terms, sent once, never repeated.
 *
 * One gateway serves one account at one broker on one trading date. Nothing here throws for what a broker, a network or
 * a journal did: it answers. A malformed intent is answered with `G_EXE_INTENT_INVALID`.
 */
export function createOrderGateway(settings: OrderGatewaySettings): OrderGateway {
  const { broker, accountId, clock, safety, tracker, checkOrder, logger } = settings;
  const { failurePolicy = orderFailurePolicyDefault } = settings;
  const journal = createJournalWriter(settings.journal, logger);
  const recordOutcome: JournalWriter['barrier'] =
    settings.outcomeRecord === 'GROUPED'
      ? (type, correlationId, atMs, body) => {
          journal.note(type, correlationId, atMs, body);
        }
      : (type, correlationId, atMs, body) => journal.barrier(type, correlationId, atMs, body);
  const dateGuard = settings.tradingDate === undefined ? undefined : createDateGuard(settings.tradingDate);
  const submissions = new Map<
    IntentId,
    { readonly intent: ExecutionIntent; readonly answer: Promise<ExecutionResponse> }
  >();
  /** Fingerprints of place commands without an answer. */
  const unanswered = new Set<string>();
  const watchers: UnknownWatcher[] = [];
  const unwanted: UnwantedOrders = new Set();
  const parts = { ...settings, failurePolicy, journal, watchers, dateGuard, unwanted };
  const replaces = createReplaceDesk(parts);
  const cancels = createCancelDesk(parts, {
    answerOf: (intentId) => submissions.get(intentId)?.answer,
    replaceAnswer: replaces.answerAwaited,
  });
  watchLateReplaces({
    ...{ tracker, safety, unwanted },
    isBeingCanceled: (intentId) => cancels.isBeingCanceled(intentId),
    cancel: (target) => cancels.cancelOrder({ target, dryRun: false }),
  });

  /** Everything that may have changed during a wait; asked again directly before the order leaves. */
  function refusalNow(intent: ExecutionIntent, nowMs: EpochMs): Denial | undefined {
    if (intent.validUntilMs !== undefined && nowMs > intent.validUntilMs) {
      return { code: 'G_EXE_INTENT_STALE', why: `stale since ${nowMs - intent.validUntilMs} ms` };
    }
    if (unwanted.has(intent.intentId)) return { code: 'G_EXE_INTENT_STALE', why: 'canceled before it left' };
    const refusal = safety.refusal();
    if (refusal !== undefined) return { code: refusal, why: whyRefused(refusal, safety.pipelineState) };
    const denial = settings.admit?.(intent);
    if (denial !== undefined) return denial;
    const otherDate = dateGuard?.(kstDate(intent.createdAtMs), nowMs);
    if (otherDate !== undefined) return otherDate;
    if (journal.broken) return { code: 'FS045', why: 'the journal is broken: what is sent could be forgotten' };
    if (tracker.hasUnknown(intent.symbol)) {
      return { code: 'G_EXE_UNKNOWN_PENDING', why: `an order of ${intent.symbol} may be live and is not resolved` };
    }
    return undefined;
  }

  function judge(intent: ExecutionIntent, nowMs: EpochMs): RiskDecision {
    try {
      return checkOrder(intent, nowMs);
    } catch (error) {
      const message = `the pre-trade check failed: ${error instanceof Error ? error.message : typeof error}`;
      return { allowed: false, code: 'FS030', message, facts: {} };
    }
  }

  async function submit(intent: ExecutionIntent, options: CallOptions | undefined): Promise<ExecutionResponse> {
    const { intentId } = intent;
    const askedAtMs = clock.nowMs();
    const early = refusalNow(intent, askedAtMs);
    if (early !== undefined) return deny(intent, early, askedAtMs);
    const decision = judge(intent, askedAtMs);
    if (!decision.allowed) return deny(intent, { code: decision.code, why: decision.message }, askedAtMs);
    const fingerprint = orderFingerprint(intent);
    if (unanswered.has(fingerprint)) {
      return deny(intent, { code: 'G_EXE_TWIN_IN_FLIGHT', why: 'an equal order awaits its answer' }, askedAtMs);
    }

    let unknown: UnknownPlace | undefined;
    unanswered.add(fingerprint);
    tracker.beginPlace(intent, decision.worstPriceKrw, askedAtMs);
    try {
      const tradingDate = settings.tradingDate ?? kstDate(askedAtMs);
      const { worstPriceKrw } = decision;
      const recorded = { accountId, broker: broker.name, tradingDate, worstPriceKrw, intent };
      journal.note('intent-recorded', intentId, askedAtMs, recorded);
      try {
        const durable = journal.barrier('command-sending', intentId, askedAtMs, { accountId, broker: broker.name });
        if (durable !== undefined) await durable;
      } catch {
        return notSent(intent, { code: 'FS045', why: 'the journal could not be written' }, clock.nowMs());
      }
      const sendAtMs = clock.nowMs();
      const late = refusalNow(intent, sendAtMs);
      if (late !== undefined) return notSent(intent, late, sendAtMs);

      let response: ExecutionResponse;
      try {
        response = withCode(await broker.submitIntent(intent, travelOf(intent, options)));
      } catch (error) {
        response = thrown(intent, error);
      }
      tracker.endPlace(intentId, response);
      const { outcome, code = 'FS040', message, reference, dryRun, refusal } = response;
      if (outcome === 'UNKNOWN') unknown = { intent, code, ...(refusal === undefined ? undefined : { refusal }) };
      try {
        const body = { broker: response.broker, code: response.code, message, reference, dryRun, refusal };
        const durable = recordOutcome(outcomeRecords[outcome], intentId, response.timestampMs, body);
        if (durable !== undefined) await durable;
      } catch {
        return finish(intent, asForgettable(response));
      }
      for (const watcher of watchers) watcher.placeAnswered?.(intent, response);
      return finish(intent, response);
    } finally {
      unanswered.delete(fingerprint);
      if (unknown !== undefined) for (const watcher of watchers) watcher.placeUnknown?.(unknown);
    }
  }

  /** How the order travels: bounded by its own life, and looked at once more directly before its first byte. */
  function travelOf(intent: ExecutionIntent, options: CallOptions | undefined): CallOptions {
    return {
      ...boundedBy(intent.validUntilMs, options),
      // The broker may wait for a token, a permit, a connection: the world is looked at once more after that.
      refuseSend: () => refusalNow(intent, clock.nowMs())?.code ?? options?.refuseSend?.(),
    };
  }

  /** An engine broke its promise to answer: nobody knows how far the order came. */
  function thrown(intent: ExecutionIntent, error: unknown): ExecutionResponse {
    logger?.error('broker-engine-threw', {
      intentId: intent.intentId,
      error: error instanceof Error ? error.name : '',
    });
    const message = `unknown: ${broker.name} threw instead of answering. The order may be live.`;
    return answer(intent, { outcome: 'UNKNOWN', code: 'FS040', message, status: 'SUBMITTED' }, clock.nowMs());
  }

  /** Nothing on disk says how the order stands: whoever restarts has to find out, so nobody may rely on the answer. */
  function asForgettable(response: ExecutionResponse): ExecutionResponse {
    if (response.outcome === 'NOT_SENT' || response.dryRun === true) return { ...response, code: 'FS045' };
    const message = `unknown: the journal failed after the answer "${response.message}"`;
    return { ...response, accepted: false, outcome: 'UNKNOWN', code: 'FS040', message };
  }

  /** Stopped between the journal and the broker: proof that nothing left. */
  function notSent(intent: ExecutionIntent, { code, why }: Denial, atMs: EpochMs): ExecutionResponse {
    const response = answer(intent, { outcome: 'NOT_SENT', code, message: `denied: ${why}`, status: 'DENIED' }, atMs);
    tracker.endPlace(intent.intentId, response);
    journal.note('command-not-sent', intent.intentId, atMs, { broker: broker.name, code, message: response.message });
    return finish(intent, response);
  }

  function deny(intent: ExecutionIntent, { code, why }: Denial, atMs: EpochMs): ExecutionResponse {
    const response = answer(intent, { outcome: 'NOT_SENT', code, message: `denied: ${why}`, status: 'DENIED' }, atMs);
    journal.note('intent-denied', intent.intentId, atMs, { accountId, broker: broker.name, intent, code, why });
    return finish(intent, response);
  }

  /** The one safety record of an order that failed. */
  function finish(intent: ExecutionIntent, response: ExecutionResponse): ExecutionResponse {
    const failure = classifyOrderFailure(response);
    if (failure === undefined || response.code === undefined) return response;
    const { intentId, symbol } = intent;
    const { code, message, outcome } = response;
    const metadata = { intentId, symbol, broker: response.broker, outcome, failure };
    safety.record({ event: failurePolicy[failure], code, message, stage: 'ACT', metadata, intentId });
    return response;
  }

  /**
   * A crash makes no fail-safe of an order that was on its way: nothing new leaves before the recovery is over in any
   * case, and two such orders would lock the pipeline after every crash. What cannot be resolved still does.
   */
  function finishRestored(intent: ExecutionIntent, response: ExecutionResponse): void {
    if (response.outcome !== 'UNKNOWN') {
      finish(intent, response);
      return;
    }
    const { intentId, symbol } = intent;
    const { code = 'FS042', message, outcome } = response;
    const metadata = { intentId, symbol, broker: response.broker, outcome };
    safety.record({ event: 'anomaly', code, message, stage: 'ACT', metadata, intentId });
  }

  function answer(
    { intentId }: ExecutionIntent,
    what: Pick<ExecutionResponse, 'message'> & Required<Pick<ExecutionResponse, 'outcome' | 'code' | 'status'>>,
    timestampMs: EpochMs,
  ): ExecutionResponse {
    return { intentId, accepted: false, broker: broker.name, timestampMs, ...what };
  }

  return {
    name: broker.name,

    find: (intentId) => submissions.get(intentId)?.answer,
    isUnwanted: (intentId) => unwanted.has(intentId),

    settle(response) {
      const known = submissions.get(response.intentId);
      if (known !== undefined) submissions.set(response.intentId, { ...known, answer: Promise.resolve(response) });
      cancels.settle(response.intentId);
      for (const watcher of watchers) watcher.placeSettled?.(response);
    },

    settleReplace(intentId) {
      for (const watcher of watchers) watcher.replaceSettled?.(intentId);
    },

    watch(watcher) {
      watchers.push(watcher);
    },

    submitIntent(intent, options) {
      const known = submissions.get(intent.intentId);
      if (known !== undefined) {
        if (isSameOrder(known.intent, intent)) return known.answer;
        const why = `intent ${intent.intentId} is known with other content`;
        return Promise.resolve(deny(intent, { code: 'G_EXE_INTENT_CONFLICT', why }, clock.nowMs()));
      }
      if (intent.intentType === 'NOOP') return broker.submitIntent(intent, options);
      const invalid = whyInvalid(intent);
      if (invalid !== undefined) return Promise.resolve(deny(intent, invalid, clock.nowMs()));
      if (submissions.size >= knownIntentsMax) {
        const why = `${knownIntentsMax} intents are known; start a new engine for a new trading date`;
        return Promise.resolve(deny(intent, { code: 'G_EXE_DAILY_ORDER_LIMIT', why }, clock.nowMs()));
      }
      const pending = submit(intent, options);
      submissions.set(intent.intentId, { intent, answer: pending });
      return pending;
    },

    restore(orders) {
      for (const order of orders) {
        const { intent } = order;
        if (submissions.has(intent.intentId)) continue;
        const response = recordedAnswer(order);
        submissions.set(intent.intentId, { intent, answer: Promise.resolve(response) });
        if (order.last !== 'intent-denied') tracker.restore(restoredOrder(order, response));
        replaces.restore(order.replaceIds ?? []);
        if (order.cancels?.isOfAll === true) unwanted.add(intent.intentId);
        if (order.last === 'intent-recorded') {
          const { code, message } = response;
          journal.note('command-not-sent', intent.intentId, clock.nowMs(), { broker: broker.name, code, message });
        }
        if (order.hasSafetyRecord !== true) finishRestored(intent, response);
      }
    },

    cancelOrder: (request, options) => cancels.cancelOrder(request, options),
    cancelIntent: (intentId, options) => cancels.cancelIntent(intentId, options),
    replaceOrder: (request, options) => replaces.replaceOrder(request, options),
  };
}

const outcomeRecords = {
  ACCEPTED: 'command-accepted',
  REJECTED: 'command-rejected',
  NOT_SENT: 'command-not-sent',
  UNKNOWN: 'command-unknown',
} as const satisfies Record<ExecutionResponse['outcome'], JournalRecordType>;

function whyInvalid(intent: ExecutionIntent): Denial | undefined {
  try {
    checkIntent(intent);
    return undefined;
  } catch (error) {
    if (!ValidationError.isInstance(error)) throw error;
    return { code: 'G_EXE_INTENT_INVALID', why: `${error.summary} ${error.next}` };
  }
}

/** No engine of ours forgets the code of a failure; one from outside may. */
function withCode(response: ExecutionResponse): ExecutionResponse {
  return response.accepted || response.code !== undefined ? response : { ...response, code: 'FS040' };
}

/** Waiting for a rate permit is pointless once the intent is stale. */
function boundedBy(validUntilMs: EpochMs | undefined, options: CallOptions | undefined): CallOptions | undefined {
  if (validUntilMs === undefined) return options;
  return { ...options, deadlineMs: Math.min(validUntilMs, options?.deadlineMs ?? Infinity) };
}
