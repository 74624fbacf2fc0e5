import {
  type AccountId,
  type ClientOrderId,
  type Clock,
  type IntentId,
  type Krw,
  type Logger,
  type OrderAdapter,
  type OrderJournal,
  type OrderResponse,
  type ReplaceRequest,
  BrokerError,
} from '@qts/core';
import { createJournalWriter } from '../gateway/journal-writer.ts';
import { type OrderGateway, type UnknownReplace } from '../gateway/order-gateway-contract.ts';
import { type OrderTracker } from '../orders/order-tracker-contract.ts';
import { type FoldedOrder } from '../recovery/folded-journal.ts';
import { type SafetyLayer } from '../safety/safety-layer.ts';
import { pause, within } from './abortable.ts';
import { listReadTimeoutMs } from './read-timeout.ts';

export interface UnknownReplacesSettings {
  readonly adapter: Pick<OrderAdapter, 'listOrders'>;
  readonly gateway: Pick<OrderGateway, 'watch' | 'settleReplace'>;
  readonly tracker: Pick<
    OrderTracker,
    'get' | 'findByReference' | 'applyList' | 'beginReplace' | 'endReplace' | 'endReplaceAbsent'
  >;
  readonly safety: Pick<SafetyLayer, 'record'>;
  readonly journal: OrderJournal;
  readonly accountId: AccountId;
  readonly clock: Clock;
  readonly logger?: Logger;
}

/** Finds out what became of replaces whose answer was lost. */
export interface UnknownReplaces {
  /** Orders whose replace is being looked for. */
  readonly open: readonly IntentId[];
  /**
   * Takes on an order whose replace may have left an earlier process: for the recovery's `resolveReplace`. False when the
   * order has no number, or when nothing could be read for a minute; the reading goes on then.
   */
  restore(order: Pick<FoldedOrder, 'intent' | 'replace'>): Promise<boolean>;
  /**
   * What a broker answered after the replace had been given up: the best evidence there is (E1). An answer to anything else
   * changes nothing, so that every late answer may be told here.
   */
  hearLateAnswer(response: OrderResponse): void;
  /** Resolves when none is open. */
  settled(): Promise<void>;
  /** Stops; leaves no timer. */
  close(): void;
}

/** When the list is read, ms after the replace became unknown; afterwards every 15 s. */
const readAfterMs: readonly number[] = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
const laterEveryMs = 15_000;
/** What absence takes: complete reads, the first and the last of those at least so long after (execution-safety 6.3). */
const absence = { completeReads: 3, firstAfterMs: 2_000, lastAfterMs: 30_000 } as const;
/** Reads that fail for so long are a matter for a person; the reading goes on. */
const alarmAfterMs = 60_000;
/**
 * Late answers, of whatever command, that are kept for a gateway that has not said yet that their replace is unknown. A
 * handful at most can be under way; the oldest goes first.
 */
const earlyAnswersMax = 100;

/** A replace that is being looked for. */
interface Search {
  readonly unknown: UnknownReplace;
  /** Ends the reading: an answer came. */
  readonly answered: AbortController;
  readonly startedAtMs: number;
}

/**
 * Unknown replaces (execution-safety 6.7). A replace is never repeated: the first may have landed and changed number, price
 * and priority. What the broker shows decides:
 *
 * | The broker shows                                          | The replace                                             |
 * | --------------------------------------------------------- | ------------------------------------------------------- |
 * | a row that points at the number it was to replace         | landed: the tracker bound it                            |
 * | nothing left of the order                                 | is without an object                                    |
 * | neither, in 3 complete reads from 2 s to 30 s on          | did not land; if it does, a list binds it: `AN070`      |
 * | nothing that can be read for a minute                     | `FS043`: a person looks; the reading goes on            |
 * | its late answer                                           | is what the answer says, at once                        |
 * | a late yes after it was called absent                     | the list is read, which binds it; `AN070`               |
 * | a late answer that contradicts what is known              | `FS043`                                                 |
 */
export function createUnknownReplaces(settings: UnknownReplacesSettings): UnknownReplaces {
  const { adapter, gateway, tracker, safety, accountId, clock, logger } = settings;
  const journal = createJournalWriter(settings.journal, logger);
  const open = new Map<IntentId, Search>();
  /** What was said of replaces that are over, by the caller's id. */
  const over = new Map<string, UnknownReplace & { readonly hasLanded: boolean }>();
  const early = new Map<string, OrderResponse>();
  const working = new Set<Promise<void>>();
  const closing = new AbortController();

  async function resolve({ unknown, answered, startedAtMs }: Search, onAlarm?: () => void): Promise<void> {
    const { intentId, commandId, target } = unknown;
    const stopped = AbortSignal.any([closing.signal, answered.signal]);
    let completeReads = 0;
    let lastReadAtMs = startedAtMs;
    let hasAlarmed = false;
    for (let reads = 0; ; reads++) {
      const nextMs = readAfterMs[reads] ?? (readAfterMs.at(-1) ?? 0) + (reads + 1 - readAfterMs.length) * laterEveryMs;
      await pause(clock, Math.max(0, startedAtMs + nextMs - clock.monotonicMs()), stopped);
      if (stopped.aborted) return;
      const sinceMs = clock.monotonicMs() - startedAtMs;
      const isRead = await read(target);
      if (answered.signal.aborted) return;
      const order = tracker.get(intentId);
      if (order?.openReplace?.commandId !== commandId) {
        const number = order?.reference?.brokerOrderId;
        const hasLanded = number !== undefined && number !== target.brokerOrderId;
        end(unknown, { proof: 'ORDER_LIST', hasLanded, reference: order?.reference, sinceMs });
        return;
      }
      if (isRead) {
        lastReadAtMs = clock.monotonicMs();
        if (sinceMs >= absence.firstAfterMs) completeReads++;
        if (completeReads >= absence.completeReads && sinceMs >= absence.lastAfterMs) {
          tracker.endReplaceAbsent(intentId, commandId);
          // With nothing unknown any more the same figures may say more than they did.
          await read(target);
          end(unknown, { proof: 'ORDER_LIST', hasLanded: false, completeReads, sinceMs });
          return;
        }
      } else if (!hasAlarmed && clock.monotonicMs() - lastReadAtMs >= alarmAfterMs) {
        hasAlarmed = true;
        onAlarm?.();
        alarm(intentId, 'whether a replace landed cannot be read; the order may be live at either price');
      }
    }
  }

  function alarm(intentId: IntentId, message: string): void {
    safety.record({ code: 'FS043', message, stage: 'ACT', intentId, metadata: { intentId } });
  }

  function end(
    unknown: UnknownReplace,
    body: Readonly<Record<string, unknown>> & { readonly hasLanded: boolean },
  ): void {
    const { intentId, clientOrderId: commandId } = unknown;
    over.set(commandId, { ...unknown, hasLanded: body.hasLanded });
    journal.note('replace-resolved', intentId, clock.nowMs(), { accountId, commandId, ...body });
    logger?.info('replace-resolved', { intentId, hasLanded: body.hasLanded });
    gateway.settleReplace(intentId);
  }

  /** Takes in a complete list of the symbol. */
  async function read({ tradingDate, symbol, brokerOrderId }: UnknownReplace['target']): Promise<boolean> {
    try {
      const list = await within(clock, listReadTimeoutMs, closing.signal, (signal) =>
        adapter.listOrders({ tradingDate, symbol }, { signal }),
      );
      if (list === undefined || closing.signal.aborted) return false;
      tracker.applyList(list);
      return list.complete;
    } catch (error) {
      const code = BrokerError.isInstance(error) ? error.code : 'ADAPTER_THREW';
      logger?.warn('unknown-replace-not-read', { brokerOrderId, code });
      return false;
    }
  }

  /** An answer while the replace is looked for. */
  function hearFor({ unknown, answered, startedAtMs }: Search, response: OrderResponse): void {
    if (response.outcome !== 'ACCEPTED' && response.outcome !== 'REJECTED') return;
    const { intentId, commandId } = unknown;
    const hasLanded = response.outcome === 'ACCEPTED';
    if (hasLanded && isOfAnother(intentId, response)) return;
    tracker.endReplace(intentId, commandId, response);
    answered.abort();
    const sinceMs = clock.monotonicMs() - startedAtMs;
    const reference = hasLanded ? { reference: response.reference } : { native: response.native };
    end(unknown, { proof: 'LATE_ANSWER', hasLanded, ...reference, sinceMs });
  }

  /** Whether a late yes names a number that is another order's. */
  function isOfAnother(intentId: IntentId, { reference }: Extract<OrderResponse, { outcome: 'ACCEPTED' }>): boolean {
    const owner = tracker.findByReference(reference);
    if (owner === undefined || owner.intentId === intentId) return false;
    alarm(intentId, `a late answer to a replace names order ${reference.brokerOrderId}, which is another of ours`);
    return true;
  }

  /** An answer to a replace that is over. It can only confirm, bring back what was absent, or contradict. */
  function hearAfterEnd(known: UnknownReplace & { readonly hasLanded: boolean }, response: OrderResponse): void {
    const { intentId, clientOrderId, target } = known;
    if (response.outcome === 'REJECTED' && known.hasLanded) {
      alarm(intentId, `a late answer says that a replace was refused (${response.native.code}), and it landed`);
    }
    if (response.outcome !== 'ACCEPTED' || known.hasLanded || isOfAnother(intentId, response)) return;
    over.set(clientOrderId, { ...known, hasLanded: true });
    void keep(
      read(target).then(() => {
        // A list that has it made the gateway say so.
        if (tracker.findByReference(response.reference) !== undefined) return;
        const { brokerOrderId } = response;
        safety.record({
          ...{ event: 'anomaly', code: 'AN070', stage: 'ACT', intentId, metadata: { intentId, brokerOrderId } },
          message: `a replace is order ${brokerOrderId} by a late answer, after it had been called absent; no list shows it yet`,
        });
      }),
    );
  }

  /** Keeps a piece of work until it is done. */
  function keep(job: Promise<unknown>): Promise<void> {
    const kept: Promise<void> = job
      .then(
        () => undefined,
        (error: unknown) => {
          logger?.error('unknown-replaces-failed', { error: error instanceof Error ? error.message : typeof error });
        },
      )
      .finally(() => working.delete(kept));
    working.add(kept);
    return kept;
  }

  function begin(unknown: UnknownReplace, onAlarm?: () => void): Promise<void> {
    if (closing.signal.aborted) return Promise.resolve();
    const search = { unknown, answered: new AbortController(), startedAtMs: clock.monotonicMs() };
    open.set(unknown.intentId, search);
    const heard = early.get(unknown.clientOrderId);
    early.delete(unknown.clientOrderId);
    if (heard !== undefined) hearFor(search, heard);
    return keep(
      resolve(search, onAlarm).finally(() => {
        // After a late answer the next replace may have become unknown while the last list was still awaited.
        if (open.get(unknown.intentId) === search) open.delete(unknown.intentId);
      }),
    );
  }

  gateway.watch({
    replaceUnknown(unknown) {
      void begin(unknown);
    },
  });

  return {
    get open() {
      return [...open.keys()];
    },
    async restore({ intent: { intentId }, replace }) {
      const order = tracker.get(intentId);
      if (order?.reference === undefined || replace === undefined) return false;
      const { target = order.reference, takesAll, terms, worstPriceKrw } = replace;
      const { quantity, orderType, limitPriceKrw } = terms as Partial<ReplaceRequest>;
      const clientOrderId = replace.commandId as ClientOrderId;
      const commandId = tracker.beginReplace(intentId, {
        ...{ target, takesAll, limitPriceKrw, quantity: quantity ?? order.leavesQuantity },
        orderType: orderType ?? target.orderType,
        worstPriceKrw: (worstPriceKrw ?? order.worstPriceKrw) as Krw,
      });
      const cause = new BrokerError({
        code: 'PROCESS_ENDED',
        summary: 'The process ended while a replace was on its way.',
        next: 'Wait until the order list shows what became of it.',
      });
      const receivedAtMs = clock.nowMs();
      tracker.endReplace(intentId, commandId, {
        outcome: 'UNKNOWN',
        clientOrderId,
        receivedAtMs,
        code: 'FS042',
        cause,
      });
      let alarm: () => void = () => undefined;
      const alarmed = new Promise<boolean>((giveUp) => {
        alarm = () => {
          giveUp(false);
        };
      });
      const known = begin({ intentId, commandId, clientOrderId, target }, alarm).then(() => !closing.signal.aborted);
      return Promise.race([known, alarmed]);
    },
    hearLateAnswer(response) {
      const { clientOrderId } = response;
      if (closing.signal.aborted) return;
      for (const search of open.values()) {
        if (search.unknown.clientOrderId !== clientOrderId || search.answered.signal.aborted) continue;
        hearFor(search, response);
        return;
      }
      const known = over.get(clientOrderId);
      if (known !== undefined) hearAfterEnd(known, response);
      // The gateway may still be writing down that it does not know.
      else early.set(clientOrderId, response);
      const [oldest] = early.keys();
      if (early.size > earlyAnswersMax && oldest !== undefined) early.delete(oldest);
    },
    async settled() {
      while (working.size > 0) await Promise.all(working);
    },
    close() {
      closing.abort();
    },
  };
}
