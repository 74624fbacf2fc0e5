import {
  type AccountId,
  type ClientOrderId,
  type Clock,
  type IntentId,
  type Krw,
  type Logger,
  type OrderAdapter,
  type OrderJournal,
  type ReplaceRequest,
  BrokerError,
} from '@qts/core';
import { createJournalWriter } from '../gateway/journal-writer.ts';
import { type OrderGateway, type UnknownReplace } from '../gateway/order-gateway.ts';
import { type OrderTracker } from '../orders/order-tracker.ts';
import { type FoldedOrder } from '../recovery/folded-journal.ts';
import { type SafetyLayer } from '../safety/safety-layer.ts';
import { pause, within } from './abortable.ts';
import { listReadTimeoutMs } from './read-timeout.ts';

export interface UnknownReplacesSettings {
  readonly adapter: Pick<OrderAdapter, 'listOrders'>;
  readonly gateway: Pick<OrderGateway, 'watch'>;
  readonly tracker: Pick<OrderTracker, 'get' | 'applyList' | 'beginReplace' | 'endReplace' | 'endReplaceAbsent'>;
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
 * Unknown replaces (execution-safety 6.7). A replace is never repeated: the first may have landed and changed number, price
 * and priority. What the broker shows decides:
 *
 * | The list shows                                            | The replace                                             |
 * | --------------------------------------------------------- | ------------------------------------------------------- |
 * | a row that points at the number it was to replace         | landed: the tracker bound it                            |
 * | nothing left of the order                                 | is without an object                                    |
 * | neither, in 3 complete reads from 2 s to 30 s on          | did not land; when it does after all, a list binds it   |
 * | nothing that can be read for a minute                     | `FS043`: a person looks; the reading goes on            |
 */
export function createUnknownReplaces(settings: UnknownReplacesSettings): UnknownReplaces {
  const { adapter, gateway, tracker, safety, accountId, clock, logger } = settings;
  const journal = createJournalWriter(settings.journal, logger);
  const open = new Set<IntentId>();
  const working = new Set<Promise<void>>();
  const closing = new AbortController();

  async function resolve(
    { intentId, commandId, clientOrderId, target }: UnknownReplace,
    onAlarm?: () => void,
  ): Promise<void> {
    const startedAtMs = clock.monotonicMs();
    let completeReads = 0;
    let lastReadAtMs = startedAtMs;
    let hasAlarmed = false;
    for (let reads = 0; ; reads++) {
      const nextMs = readAfterMs[reads] ?? (readAfterMs.at(-1) ?? 0) + (reads + 1 - readAfterMs.length) * laterEveryMs;
      await pause(clock, Math.max(0, startedAtMs + nextMs - clock.monotonicMs()), closing.signal);
      if (closing.signal.aborted) return;
      const sinceMs = clock.monotonicMs() - startedAtMs;
      const isRead = await read(target);
      const order = tracker.get(intentId);
      if (order?.openReplace?.commandId !== commandId) {
        const number = order?.reference?.brokerOrderId;
        const hasLanded = number !== undefined && number !== target.brokerOrderId;
        end(intentId, {
          commandId: clientOrderId,
          proof: 'ORDER_LIST',
          hasLanded,
          reference: order?.reference,
          sinceMs,
        });
        return;
      }
      if (isRead) {
        lastReadAtMs = clock.monotonicMs();
        if (sinceMs >= absence.firstAfterMs) completeReads++;
        if (completeReads >= absence.completeReads && sinceMs >= absence.lastAfterMs) {
          tracker.endReplaceAbsent(intentId, commandId);
          // With nothing unknown any more the same figures may say more than they did.
          await read(target);
          end(intentId, { commandId: clientOrderId, proof: 'ORDER_LIST', hasLanded: false, completeReads, sinceMs });
          return;
        }
      } else if (!hasAlarmed && clock.monotonicMs() - lastReadAtMs >= alarmAfterMs) {
        hasAlarmed = true;
        onAlarm?.();
        const message = 'whether a replace landed cannot be read; the order may be live at either price';
        safety.record({ code: 'FS043', message, stage: 'ACT', intentId, metadata: { intentId } });
      }
    }
  }

  function end(intentId: IntentId, body: Readonly<Record<string, unknown>> & { readonly hasLanded: boolean }): void {
    journal.note('replace-resolved', intentId, clock.nowMs(), { accountId, ...body });
    logger?.info('replace-resolved', { intentId, hasLanded: body.hasLanded });
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

  function begin(unknown: UnknownReplace, onAlarm?: () => void): Promise<void> {
    if (closing.signal.aborted) return Promise.resolve();
    open.add(unknown.intentId);
    const kept: Promise<void> = resolve(unknown, onAlarm)
      .catch((error: unknown) => {
        logger?.error('unknown-replaces-failed', { error: error instanceof Error ? error.message : typeof error });
      })
      .finally(() => {
        open.delete(unknown.intentId);
        working.delete(kept);
      });
    working.add(kept);
    return kept;
  }

  gateway.watch({
    replaceUnknown(unknown) {
      void begin(unknown);
    },
  });

  return {
    get open() {
      return [...open];
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
    async settled() {
      while (working.size > 0) await Promise.all(working);
    },
    close() {
      closing.abort();
    },
  };
}
