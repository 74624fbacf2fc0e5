import {
  type CallOptions,
  type EpochMs,
  type ExecutionIntent,
  type IntentId,
  type Krw,
  type ReplaceRequest,
  type ReplaceResponse,
  type Shares,
  type SymbolCode,
  BrokerError,
  orderTypePrices,
} from '@qts/core';
import { bindingLimitKrw } from '@qts/risk';
import { type TrackedOrder } from '../orders/tracked-order.ts';
import { type OrderFailurePolicy, classifyOrderFailure } from '../safety/order-failure.ts';
import { whyRefused } from '../safety/why-refused.ts';
import { type DateGuard } from './date-guard.ts';
import { type JournalWriter } from './journal-writer.ts';
import { type Denial, type OrderGatewaySettings, type UnknownWatcher } from './order-gateway-contract.ts';
import { type UnwantedOrders } from './unwanted-orders.ts';

/** Why no order of the symbol may be changed now. Must not wait. `isSmaller`: it can cost no more than it can already. */
export type ReplaceAdmissionCheck = (symbol: SymbolCode, isSmaller: boolean) => Denial | undefined;

/** Sends replaces: the way of an order, for what remains of one. */
export interface ReplaceDesk {
  replaceOrder(request: ReplaceRequest, options?: CallOptions): Promise<ReplaceResponse>;
  /** Replaces that an earlier process was about to send: what became of them is read, and none is sent again. */
  restore(clientOrderIds: readonly string[]): void;
  /** Resolves when the replace of an order that is on its way was answered; `undefined`: there is none. */
  readonly answerAwaited: (intentId: IntentId) => Promise<unknown> | undefined;
}

type ReplaceParts = Omit<OrderGatewaySettings, 'journal' | 'failurePolicy'> & {
  readonly journal: JournalWriter;
  readonly failurePolicy: OrderFailurePolicy;
  readonly watchers: readonly UnknownWatcher[];
  readonly dateGuard: DateGuard | undefined;
  /** Forgets of what is replaced that somebody had canceled it. */
  readonly unwanted: UnwantedOrders;
};

/**
 * ```
 * known? ─ ours? open? no other command? at most what remains? ─ safe? restricted? frozen? ─ new terms pass the checks?
 *        ─► replace-sending (barrier) ─► the same once more ─► broker, once ─► replace-answered (barrier)
 * ```
 *
 * A replace moves shares of an order to a new number, at other terms: all that remain, or a part of them. It never adds
 * any. Until a list shows its end the order counts with the dearer of both terms. Its new terms are judged as those of a
 * new order would be, with the shares that it moves left out of what the order holds already.
 *
 * Its lost answer is never replayed: rows that point at the order's numbers say what became of it (execution-safety 6.7).
 * The same `clientOrderId` with the same content is answered with the first answer; with other content it is denied.
 */
export function createReplaceDesk(parts: ReplaceParts): ReplaceDesk {
  const { broker, accountId, clock, journal, safety, tracker, checkOrder, failurePolicy, watchers, logger } = parts;
  const known = new Map<string, { readonly request: ReplaceRequest; readonly answer: Promise<ReplaceResponse> }>();
  const onTheirWay = new Map<IntentId, Promise<ReplaceResponse>>();
  const sentBefore = new Set<string>();

  /**
   * Everything that may have changed during a wait.
   * @param isSmaller by the terms that the order had before: once the replace has begun, its own count as well
   */
  function refusalNow(
    order: TrackedOrder,
    request: ReplaceRequest,
    isSmaller: boolean,
    own?: string,
  ): Denial | undefined {
    const { symbol } = order.intent;
    const refusal = safety.refusal();
    if (refusal !== undefined && !(refusal === 'G_EXE_SAFE_MODE_ON' && isSmaller)) {
      return { code: refusal, why: whyRefused(refusal, safety.pipelineState) };
    }
    const restricted = parts.admitReplace?.(symbol, isSmaller);
    if (restricted !== undefined) return restricted;
    const otherDate = parts.dateGuard?.(request.target.tradingDate, clock.nowMs());
    if (otherDate !== undefined) return otherDate;
    if (journal.broken) return { code: 'FS045', why: 'the journal is broken: what is sent could be forgotten' };
    if (tracker.hasUnknown(symbol)) {
      return { code: 'G_EXE_UNKNOWN_PENDING', why: `an order of ${symbol} may be live and is not resolved` };
    }
    if (own !== undefined && parts.unwanted.has(order.intentId)) {
      return { code: 'G_EXE_REPLACE_NOT_ALLOWED', why: 'somebody canceled the order meanwhile' };
    }
    return whyNot(order, request, own);
  }

  function judge(order: TrackedOrder, request: ReplaceRequest, quantity: Shares, nowMs: EpochMs): Denial | Judged {
    const intent = asIntent(order, request, quantity);
    try {
      const decision = tracker.without(order.intentId, quantity, () => checkOrder(intent, nowMs));
      if (!decision.allowed) return { code: decision.code, why: decision.message };
      return { worstPriceKrw: decision.worstPriceKrw, limitPriceKrw: bindingLimitKrw(intent) };
    } catch (error) {
      const why = `the pre-trade check failed: ${error instanceof Error ? error.message : typeof error}`;
      return { code: 'FS030', why };
    }
  }

  async function replace(request: ReplaceRequest, options: CallOptions | undefined): Promise<ReplaceResponse> {
    const { clientOrderId, quantity, orderType, limitPriceKrw, timeInForce, session } = request;
    const askedAtMs = clock.nowMs();
    const order = tracker.findByReference(request.target);
    if (order === undefined) {
      return deny(undefined, request, { code: 'G_EXE_REPLACE_NOT_ALLOWED', why: 'it is no order of ours' });
    }
    const { intentId } = order;
    const target = tracker.newestReference(request.target);
    const isSmaller = costsNoMore(order, request);
    const early = refusalNow(order, request, isSmaller);
    if (early !== undefined) return deny(order, request, early);
    const shares = quantity ?? order.leavesQuantity;
    const judged = judge(order, request, shares, askedAtMs);
    if ('why' in judged) return deny(order, request, judged);

    const takesAll = shares === order.leavesQuantity;
    const terms = { target, quantity: shares, takesAll, orderType, ...judged };
    const commandId = tracker.beginReplace(intentId, terms);
    parts.unwanted.delete(intentId);
    const said = { quantity, orderType, limitPriceKrw, timeInForce, session, worstPriceKrw: judged.worstPriceKrw };
    const body = { accountId, broker: broker.name, commandId: clientOrderId, target, takesAll, ...said };
    try {
      const durable = journal.barrier('replace-sending', intentId, askedAtMs, body);
      if (durable !== undefined) await durable;
    } catch {
      return notSent(order, commandId, request, { code: 'FS045', why: 'the journal could not be written' });
    }
    const late = refusalNow(order, request, isSmaller, commandId);
    if (late !== undefined) return notSent(order, commandId, request, late);

    let response: ReplaceResponse;
    try {
      response = await broker.replaceOrder(
        { ...request, target },
        {
          ...options,
          refuseSend: () => refusalNow(order, request, isSmaller, commandId)?.code ?? options?.refuseSend?.(),
        },
      );
    } catch (error) {
      response = thrown(request, error);
    }
    tracker.endReplace(intentId, commandId, response);
    try {
      const durable = write(order, request, response, 'BARRIER');
      if (durable !== undefined) await durable;
    } catch {
      // The writer has said so, and no order leaves on a broken journal. Rows show what became of a replace.
    }
    finish(order, response);
    if (response.outcome === 'UNKNOWN') {
      for (const watcher of watchers) watcher.replaceUnknown?.({ intentId, commandId, clientOrderId, target });
    }
    return response;
  }

  function thrown({ clientOrderId }: ReplaceRequest, error: unknown): ReplaceResponse {
    logger?.error('broker-engine-threw', { clientOrderId, error: error instanceof Error ? error.name : '' });
    const cause = new BrokerError({
      code: 'ENGINE_THREW',
      summary: `${broker.name} threw instead of answering. The replace may have landed.`,
      next: 'Read the order at the broker before anything else.',
      cause: error,
    });
    return { outcome: 'UNKNOWN', clientOrderId, receivedAtMs: clock.nowMs(), code: 'FS040', cause };
  }

  function notSent(order: TrackedOrder, commandId: string, request: ReplaceRequest, denial: Denial): ReplaceResponse {
    const response = denialOf(request, denial);
    tracker.endReplace(order.intentId, commandId, response);
    return ended(order, request, response);
  }

  function deny(order: TrackedOrder | undefined, request: ReplaceRequest, denial: Denial): ReplaceResponse {
    return ended(order, request, denialOf(request, denial));
  }

  function denialOf({ clientOrderId }: ReplaceRequest, { code, why }: Denial): ReplaceResponse {
    const cause = new BrokerError({
      code: 'REPLACE_DENIED',
      summary: `The replace was denied: ${why}.`,
      next: 'Nothing was sent and the order is as it was. Resolve the cause, then decide again.',
    });
    return { outcome: 'NOT_SENT', clientOrderId, receivedAtMs: clock.nowMs(), code, cause };
  }

  function ended(order: TrackedOrder | undefined, request: ReplaceRequest, response: ReplaceResponse): ReplaceResponse {
    void write(order, request, response, 'GROUPED');
    finish(order, response);
    return response;
  }

  function write(
    order: TrackedOrder | undefined,
    { clientOrderId: commandId, target }: ReplaceRequest,
    response: ReplaceResponse,
    durability: 'BARRIER' | 'GROUPED',
  ): void | Promise<void> {
    const { outcome, receivedAtMs } = response;
    const correlationId = order?.intentId ?? `${target.brokerId} ${target.brokerOrderId}`;
    const body = { broker: broker.name, commandId, outcome, ...factsOf(response) };
    if (durability === 'BARRIER') return journal.barrier('replace-answered', correlationId, receivedAtMs, body);
    journal.note('replace-answered', correlationId, receivedAtMs, body);
  }

  /** The one safety record of a replace that failed. */
  function finish(order: TrackedOrder | undefined, response: ReplaceResponse): void {
    if (response.outcome === 'ACCEPTED') return;
    const { outcome, code } = response;
    const failure = classifyOrderFailure({ outcome, code, broker: broker.name });
    if (failure === undefined) return;
    const message = response.outcome === 'REJECTED' ? response.native.message : response.cause.summary;
    const metadata = { intentId: order?.intentId, symbol: order?.intent.symbol, broker: broker.name, outcome, failure };
    const about = order === undefined ? undefined : { intentId: order.intentId };
    safety.record({
      event: failurePolicy[failure],
      code,
      message: `replace: ${message}`,
      stage: 'ACT',
      metadata,
      ...about,
    });
  }

  return {
    answerAwaited: (intentId) => onTheirWay.get(intentId),

    restore(clientOrderIds) {
      for (const clientOrderId of clientOrderIds) sentBefore.add(clientOrderId);
    },

    replaceOrder(request, options) {
      const before = known.get(request.clientOrderId);
      if (before !== undefined) {
        if (isSameReplace(before.request, request)) return before.answer;
        const why = `replace ${request.clientOrderId} is known with other content`;
        return Promise.resolve(denialOf(request, { code: 'G_EXE_INTENT_CONFLICT', why }));
      }
      if (sentBefore.has(request.clientOrderId)) {
        const why = `replace ${request.clientOrderId} was about to leave before the restart; the order list says what became of it`;
        return Promise.resolve(denialOf(request, { code: 'G_EXE_REPLACE_NOT_ALLOWED', why }));
      }
      const answer = replace(request, options);
      known.set(request.clientOrderId, { request, answer });
      const intentId = tracker.findByReference(request.target)?.intentId;
      if (intentId !== undefined && !onTheirWay.has(intentId)) {
        onTheirWay.set(intentId, answer);
        void answer.finally(() => onTheirWay.delete(intentId));
      }
      return answer;
    },
  };
}

interface Judged {
  readonly worstPriceKrw: Krw;
  readonly limitPriceKrw: Krw | undefined;
}

/** Why the order cannot be changed like that, whatever the state of trading. */
function whyNot(order: TrackedOrder, request: ReplaceRequest, own: string | undefined): Denial | undefined {
  const { openReplace, leavesQuantity, facts, status } = order;
  const { quantity, orderType, limitPriceKrw } = request;
  const refuse = (why: string): Denial => ({ code: 'G_EXE_REPLACE_NOT_ALLOWED', why });
  if (openReplace !== undefined && openReplace.commandId !== own) return refuse('another replace of it is open');
  if (status === 'PENDING_CANCEL') return refuse('a cancel of it is open');
  if (leavesQuantity === 0) return refuse(`nothing of it is left (${status})`);
  const prices = orderTypePrices[orderType];
  if (prices.stop) return refuse(`a replace carries no stop price, which ${orderType} needs`);
  if (prices.limit !== (limitPriceKrw !== undefined)) {
    return refuse(prices.limit ? `${orderType} needs a price` : `${orderType} carries no price`);
  }
  if (quantity === undefined) return undefined;
  if (!Number.isSafeInteger(quantity) || quantity < 1) return refuse(`${quantity} is no number of shares`);
  if (quantity <= leavesQuantity) return undefined;
  return refuse(`${quantity} shares are more than the ${leavesQuantity} left (${facts.filledQuantity} filled)`);
}

/** A sale stays a sale of the same shares; a buy must not be able to cost more than it can already. */
function costsNoMore(order: TrackedOrder, { orderType, limitPriceKrw }: ReplaceRequest): boolean {
  if (order.intent.side === 'SELL') return true;
  if (orderType === 'CONDITIONAL_LIMIT' || limitPriceKrw === undefined) return false;
  return limitPriceKrw <= order.worstPriceKrw;
}

/** What the replace would be as a new order. */
function asIntent({ intent, reference }: TrackedOrder, request: ReplaceRequest, quantity: Shares): ExecutionIntent {
  const { orderType: intentType, limitPriceKrw, timeInForce, session } = request;
  const { intentId, symbol, side, createdAtMs, metadata } = intent;
  return {
    ...{ intentId, symbol, side, quantity, intentType, timeInForce, session, createdAtMs, metadata },
    venue: reference?.venue ?? intent.venue,
    ...(limitPriceKrw === undefined ? undefined : { limitPriceKrw }),
  };
}

function isSameReplace(one: ReplaceRequest, other: ReplaceRequest): boolean {
  return (
    one === other ||
    (one.target.brokerOrderId === other.target.brokerOrderId &&
      one.target.tradingDate === other.target.tradingDate &&
      one.quantity === other.quantity &&
      one.orderType === other.orderType &&
      one.limitPriceKrw === other.limitPriceKrw &&
      one.timeInForce === other.timeInForce &&
      one.session === other.session)
  );
}

function factsOf(response: ReplaceResponse): Readonly<Record<string, unknown>> {
  switch (response.outcome) {
    case 'ACCEPTED':
      return { reference: response.reference, dryRun: response.dryRun };
    case 'REJECTED':
      return { code: response.code, native: response.native };
    case 'NOT_SENT':
      return { code: response.code, message: response.cause.summary };
    case 'UNKNOWN':
      return { code: response.code, message: response.cause.summary, refusal: response.refusal };
  }
}
