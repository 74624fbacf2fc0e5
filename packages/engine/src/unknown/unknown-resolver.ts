import {
  type BrokerOrderId,
  type EpochMs,
  type ExecutionIntent,
  type ExecutionResponse,
  type IntentId,
  type NativeReason,
  type OrderList,
  type OrderReference,
  type OrderResponse,
  type OrderSnapshot,
  ValidationError,
  kstDate,
} from '@qts/core';
import { createJournalWriter } from '../gateway/journal-writer.ts';
import { sameClock } from '../time/broker-clock.ts';
import { type UnknownPlace } from '../gateway/order-gateway-contract.ts';
import { type Verdict, createEvidence } from './evidence.ts';
import { type LateLanding, createLateLandingWatch } from './late-landings.ts';
import { type MatchTerms, fitsNotice, haveSameTerms, matchRows } from './match-rows.ts';
import { type EndFacts, type Proof, createOrderEndings } from './order-endings.ts';
import { createQuietRecovery } from './quiet-recovery.ts';
import { readNamedRow } from './read-named-row.ts';
import { type Resolution, readUntilProven } from './resolution.ts';
import { type UnknownResolver } from './resolver-contract.ts';
import { type UnknownResolverSettings, checkResolverTimings } from './resolver-settings.ts';

/** What an order was found to be, or by what number. */
type End =
  | Exclude<Verdict, { readonly end: 'ADOPTED' }>
  | { readonly end: 'ADOPTED'; readonly reference: OrderReference; readonly row?: OrderSnapshot };

/** Late answers that wait for the gateway to say that their order is unknown. A handful at most can be under way. */
const earlyAnswersMax = 1_000;

/**
 * The resolver of unknown place commands (execution-safety 6):
 *
 * ```
 * UNKNOWN ─► read the list at 0.5, 1, 2, 4, 8, 15, 30 s ─┬─ one row fits, origin too ────► ADOPTED
 *        late answer (E1) settles it at once             ├─ refused, and not listed ─────► REJECTED ─┐
 *                                                        ├─ 3 complete lists without it ─► ABSENT ───┴► watched until midnight
 *                                                        └─ doubt, or no reads for 60 s ─► ESCALATED ─► a person decides
 * ```
 *
 * The symbol stays frozen until the end. Every end is journalled once (`command-adopted`, `command-rejected`,
 * `command-absent`, `command-escalated`) before the gateway answers with it. The failed order had its one safety record
 * (`FS042`) when it became unknown; that it cannot be resolved is another event with another duty for the operator
 * (`FS043`). As the second fail-safe in a row it locks the pipeline by default: a person has to act in any case.
 *
 * It reads one operation of the broker. A notice (E2) hurries the reads and forbids `ABSENT`; a row adopts. Balances (E4)
 * are not evidence here yet.
 *
 * @throws {ConfigurationError} for timings that cannot work.
 */
export function createUnknownResolver(settings: UnknownResolverSettings): UnknownResolver {
  const { adapter, gateway, tracker, safety, clock, accountId, brokerClock, logger } = settings;
  const { exclusive = false, onLateLanding = 'CANCEL_IF_STALE', recoverAfterQuietMs = 30_000 } = settings;
  const timings = checkResolverTimings(settings.timings);
  const { earlyMsMax, doubtfulEarlyMsMax } = timings;
  const journal = createJournalWriter(settings.journal, logger);
  const recovery = createQuietRecovery(safety, clock, recoverAfterQuietMs, isResolved);
  const endings = createOrderEndings({
    ...{ brokerId: adapter.brokerId, accountId, tracker, journal, gateway, safety, clock },
  });
  const open = new Map<IntentId, Resolution>();
  const early = new Map<IntentId, OrderResponse>();
  const working = new Set<Promise<void>>();
  const closing = new AbortController();
  let closed = false;

  const isBound = (reference: OrderReference): boolean => tracker.findByReference(reference) !== undefined;
  const landings = createLateLandingWatch({
    ...{ adapter, clock, logger, isBound, hasUnboundTwin, intervalMs: timings.watchIntervalMs },
    readTimeoutMs: timings.readTimeoutMs,
    land: (landing) => {
      work(land(landing));
    },
    alarm: (intent, numbers) => {
      endings.alarm(intent, `orders ${numbers} look like one that was not found, and nobody can say whose they are`);
    },
  });

  /** No order of ours, and no replace of one, is unknown. */
  function isResolved(): boolean {
    return open.size === 0 && tracker.list().every(({ openReplace }) => openReplace?.isUnknown !== true);
  }

  /** Another order of ours that waits for its number and looks the same in a list. */
  function hasUnboundTwin(intent: ExecutionIntent): boolean {
    for (const order of tracker.openOrders(intent.symbol, intent.side)) {
      const isOther = order.intentId !== intent.intentId && order.reference === undefined;
      if (isOther && haveSameTerms(order.intent, intent)) return true;
    }
    return false;
  }

  /** Keeps a piece of work until it is done. What a broker or a journal did never rejects it. */
  function work(job: Promise<unknown>): void {
    const kept: Promise<void> = job
      .then(
        () => undefined,
        (error: unknown) => {
          logger?.error('unknown-resolver-failed', { error: error instanceof Error ? error.message : typeof error });
        },
      )
      .finally(() => working.delete(kept));
    working.add(kept);
  }

  async function resolve(resolution: Resolution): Promise<void> {
    const verdict = await readUntilProven(resolution, { adapter, clock, timings, logger, judge });
    if (verdict === undefined) return;
    await finish(resolution, verdict.end === 'ADOPTED' ? asEnd(verdict.row) : verdict, 'ORDER_LIST');
  }

  function termsOf(intent: ExecutionIntent, sentAtMs: EpochMs): MatchTerms {
    // As of now, and not of a later read: when the clock of this machine is moved meanwhile, it was not when the order left.
    const clockAhead = brokerClock?.orderTimes() ?? sameClock;
    return { intent, sentAtMs, exclusive, earlyMsMax, doubtfulEarlyMsMax, clockAhead };
  }

  /**
   * Time that passed before this process counts: a list that is read now is read that long after. Not more of it than
   * leaves time for the last reads, which begin at once: a long standstill proves nothing by itself.
   */
  function resolutionOf({ intent, refusal, sinceMs }: UnknownPlace, sentAtMs: EpochMs): Resolution {
    const passedMs = sinceMs === undefined ? 0 : Math.max(0, clock.nowMs() - sinceMs);
    return {
      intent,
      terms: termsOf(intent, sentAtMs),
      evidence: createEvidence(timings),
      beganAtMs: clock.monotonicMs() - Math.min(passedMs, timings.absentLastReadMs - 1),
      abort: new AbortController(),
      refusal,
      noticed: new Set(),
      readNow: undefined,
      escalated: undefined,
    };
  }

  /**
   * Whether a list lacks an order of ours that must be in it: the broker gave its number before the one that is looked for
   * was sent. A list that does not show the older of two says nothing about the younger.
   */
  function lacksKnownOrder({ intentId, symbol, side }: ExecutionIntent, { orders }: OrderList): boolean {
    const date = kstDate(tracker.get(intentId)?.sentAtMs ?? clock.nowMs());
    const listed = new Set(orders.map(({ reference }) => reference.brokerOrderId));
    return tracker.list().some(({ intent, reference }) => {
      const isAskedFor = intent.symbol === symbol && intent.side === side && reference?.tradingDate === date;
      return isAskedFor && !listed.has(reference.brokerOrderId);
    });
  }

  function observe(list: OrderList): void {
    brokerClock?.observeList(list);
    landings.observe(list);
  }

  function judge(resolution: Resolution, list: OrderList, beganAfterMs: number): Verdict | undefined {
    const { intent, terms, evidence, refusal } = resolution;
    const matched = matchRows(terms, list.orders, isBound);
    const contested = hasUnboundTwin(intent);
    const complete = list.complete && (matched.fitting.length > 0 || !lacksKnownOrder(intent, list));
    const read = { beganAfterMs, complete, rowCount: list.orders.length, matched, contested };
    const verdict = evidence.weigh({ ...read, refused: refusal !== undefined });
    observe(list);
    return verdict;
  }

  /** The one place where an unknown order ends, or is handed to a person. The first word counts. */
  async function finish(
    resolution: Resolution,
    end: End,
    proof: Proof,
    native: NativeReason = resolution.refusal ?? { code: '', message: '' },
  ): Promise<ExecutionResponse | undefined> {
    const { intent, terms, evidence, abort } = resolution;
    const { intentId } = intent;
    if (open.get(intentId) !== resolution || (abort.signal.aborted && proof !== 'OPERATOR')) return undefined;
    abort.abort();
    const unknownForMs = clock.monotonicMs() - resolution.beganAtMs;
    const facts: EndFacts = { proof, unknownForMs, completeReads: evidence.completeReads };
    if (end.end === 'ESCALATED') resolution.escalated = end.reason;
    else open.delete(intentId);
    const mayLand = end.end === 'ABSENT' || (end.end === 'REJECTED' && proof === 'ORDER_LIST');
    if (mayLand && !closed) landings.watch({ intent, terms });
    logger?.warn('unknown-order-ended', { intentId, end: end.end, proof, unknownForMs });
    const response = await writeEnd();
    recovery.ended();
    return response;

    function writeEnd(): Promise<ExecutionResponse> {
      switch (end.end) {
        case 'ADOPTED':
          return endings.adopt(intent, end.reference, end.row, facts);
        case 'REJECTED':
          return endings.reject(intent, native, facts);
        case 'ABSENT':
          return endings.callAbsent(intent, facts);
        case 'ESCALATED':
          return endings.escalate(intent, end.reason, facts);
      }
    }
  }

  async function land(
    { intent, reference, row }: LateLanding,
    proof: Proof = 'ORDER_LIST',
  ): Promise<ExecutionResponse> {
    const { intentId, symbol, validUntilMs } = intent;
    const isStale = validUntilMs !== undefined && clock.nowMs() > validUntilMs;
    const isWanted = onLateLanding === 'KEEP' || (onLateLanding === 'CANCEL_IF_STALE' && !isStale);
    // Somebody canceled it, or stopped trading: nothing of it may come alive after that.
    const cancels = !isWanted || gateway.isUnwanted(intentId) || safety.snapshot().killSwitch;
    // Bound before anything is waited for: the same row must not count for another order.
    const written = endings.adopt(intent, reference, row, { proof, late: true, isUnwanted: cancels });
    const { brokerOrderId } = reference;
    safety.record({
      ...{ event: 'anomaly', code: 'AN070', stage: 'ACT', intentId, metadata: { intentId, symbol, brokerOrderId } },
      message: `order ${brokerOrderId} turned up after it had been called absent: ${cancels ? 'canceled' : 'kept'}`,
    });
    const response = await written;
    if (cancels) await gateway.cancelOrder({ target: reference, dryRun: false });
    return response;
  }

  function hearFor(resolution: Resolution, response: OrderResponse): void {
    switch (response.outcome) {
      case 'ACCEPTED': {
        const { reference } = response;
        const end: End = isBound(reference)
          ? { end: 'ESCALATED', reason: 'NUMBER_BOUND' }
          : { end: 'ADOPTED', reference };
        work(finish(resolution, end, 'LATE_ANSWER'));
        return;
      }
      case 'REJECTED':
        work(finish(resolution, { end: 'REJECTED' }, 'LATE_ANSWER', response.native));
        return;
      case 'UNKNOWN':
        resolution.refusal ??= response.refusal;
        return;
      case 'NOT_SENT':
        return;
    }
  }

  /** A late answer to a command that has ended. It can only confirm, bring back what was absent, or contradict. */
  function hearAfterEnd(intent: ExecutionIntent, known: BrokerOrderId | undefined, response: OrderResponse): void {
    const watched = landings.find(intent.intentId);
    if (response.outcome === 'ACCEPTED' && response.brokerOrderId !== known) {
      if (watched !== undefined && !isBound(response.reference)) {
        landings.forget(intent.intentId);
        work(land({ intent, reference: response.reference }, 'LATE_ANSWER'));
        return;
      }
      const held = known === undefined ? 'no number is bound to it' : `order ${known} is bound to it`;
      endings.alarm(intent, `a late answer names order ${response.brokerOrderId}, and ${held}`);
    }
    if (response.outcome === 'REJECTED' && known !== undefined) {
      endings.alarm(intent, `a late answer says refused (${response.native.code}), and order ${known} is bound to it`);
    }
  }

  const resolver: UnknownResolver = {
    begin(unknown) {
      const { intentId } = unknown.intent;
      const order = tracker.get(intentId);
      if (closed || order === undefined || open.has(intentId)) return;
      const resolution = resolutionOf(unknown, order.sentAtMs);
      open.set(intentId, resolution);
      // An earlier process has told of it; the count of fail-safes is restored as it was.
      if (unknown.sinceMs === undefined) recovery.began();
      const heard = early.get(intentId);
      early.delete(intentId);
      if (heard !== undefined) hearFor(resolution, heard);
      work(resolve(resolution));
    },

    restore({ unknown, escalated, watched, unknownOrdersInRow }) {
      for (const { intent, reason } of escalated) {
        const order = tracker.get(intent.intentId);
        if (closed || order === undefined || open.has(intent.intentId)) continue;
        open.set(intent.intentId, { ...resolutionOf({ intent, code: 'FS043' }, order.sentAtMs), escalated: reason });
      }
      for (const intent of watched) {
        const order = tracker.get(intent.intentId);
        if (!closed && order !== undefined) landings.watch({ intent, terms: termsOf(intent, order.sentAtMs) });
      }
      for (const each of unknown) resolver.begin(each);
      recovery.restored(unknownOrdersInRow);
      recovery.ended();
    },

    hearLateAnswer(response) {
      const intentId = response.clientOrderId as string as IntentId;
      const order = tracker.get(intentId);
      if (closed || order === undefined) return;
      const resolution = open.get(intentId);
      if (resolution?.escalated === undefined && resolution !== undefined) {
        hearFor(resolution, response);
      } else if (order.status === 'SUBMITTED' && resolution === undefined) {
        // The gateway is still writing down that it does not know.
        if (early.size < earlyAnswersMax) early.set(intentId, response);
      } else {
        hearAfterEnd(order.intent, order.reference?.brokerOrderId, response);
      }
    },

    hearNotice(notice) {
      if (closed || tracker.findByReference(notice) !== undefined) return;
      for (const { terms, evidence, escalated, noticed, readNow } of open.values()) {
        if (escalated !== undefined || noticed.has(notice.brokerOrderId) || !fitsNotice(terms, notice)) continue;
        noticed.add(notice.brokerOrderId);
        evidence.noticed();
        readNow?.();
      }
    },

    observeList(list) {
      if (!closed) observe(list);
    },

    async decide(decision) {
      const { intentId, requestedBy, reason, end } = decision;
      const resolution = open.get(intentId);
      const watched = landings.find(intentId);
      if (resolution?.escalated === undefined && (watched === undefined || end === 'ABSENT')) {
        throw refuseDecision('Nothing about this order waits for a decision.', 'Name an escalated order.', intentId);
      }
      if (requestedBy.trim() === '' || reason.trim() === '') {
        throw refuseDecision('A decision needs a name and a reason.', 'Say who decides, and why.', intentId);
      }
      const row = end === 'ADOPT' ? await findRow(intentId, decision.brokerOrderId) : undefined;
      const body = { action: end === 'ADOPT' ? 'order-adopted' : 'order-called-absent', requestedBy, reason };
      await endings.noteDecision(intentId, { ...body, brokerOrderId: row?.reference.brokerOrderId });
      let response: ExecutionResponse | undefined;
      if (resolution !== undefined) {
        response = await finish(resolution, row === undefined ? { end: 'ABSENT' } : asEnd(row), 'OPERATOR');
      } else if (row !== undefined && watched !== undefined && landings.find(intentId) === watched) {
        landings.forget(intentId);
        response = await land({ intent: watched.intent, reference: row.reference, row }, 'OPERATOR');
      }
      if (response !== undefined) return response;
      throw refuseDecision('Somebody else decided meanwhile.', 'Look at the order again.', intentId);
    },

    get open() {
      return [...open.values()].map(({ intent: { intentId }, escalated }) =>
        escalated === undefined ? { intentId } : { intentId, escalated },
      );
    },
    get watched() {
      return landings.watched;
    },
    get willRecover() {
      return recovery.isPossible && resolver.open.every(({ escalated }) => escalated === undefined);
    },

    async settled() {
      while (working.size > 0) await Promise.all(working);
    },

    close() {
      if (closed) return;
      closed = true;
      closing.abort();
      for (const { abort } of open.values()) abort.abort();
      landings.close();
      recovery.close();
    },
  };

  /** The row of a number that a person named, if it may be this order's. */
  async function findRow(intentId: IntentId, number: BrokerOrderId): Promise<OrderSnapshot> {
    const order = tracker.get(intentId);
    const tradingDate = kstDate(order?.sentAtMs ?? clock.nowMs());
    const { symbol, side } = order?.intent ?? {};
    const terms = {
      ...(symbol === undefined ? undefined : { symbol }),
      ...(side === undefined ? undefined : { side }),
    };
    const row = await readNamedRow({ tradingDate, ...terms }, number, { adapter, clock, signal: closing.signal });
    const fits = row?.reference.symbol === symbol && row?.reference.side === side;
    if (row !== undefined && fits && !isBound(row.reference)) return row;
    const next = 'Name an order of the same symbol and side from the list of that day that is bound to no other.';
    throw refuseDecision('The number cannot be bound to the order.', next, intentId, number);
  }

  gateway.watch({
    placeUnknown: (unknown) => {
      resolver.begin(unknown);
    },
    // A lost replace stops trading as a lost order does, and its end lets it go on alike.
    replaceUnknown: () => {
      if (!closed) recovery.began();
    },
    replaceSettled: () => {
      if (!closed) recovery.ended();
    },
  });
  return resolver;
}

function asEnd(row: OrderSnapshot): End {
  return { end: 'ADOPTED', reference: row.reference, row };
}

function refuseDecision(summary: string, next: string, intentId: string, brokerOrderId?: string): ValidationError {
  const facts = { field: brokerOrderId === undefined ? 'intentId' : 'brokerOrderId', intentId, brokerOrderId };
  return new ValidationError({ code: 'DECISION_REFUSED', summary: `${summary} Nothing was changed.`, facts, next });
}
