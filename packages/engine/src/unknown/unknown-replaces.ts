import {
  type AccountId,
  type Clock,
  type IntentId,
  type Logger,
  type OrderAdapter,
  type OrderJournal,
  BrokerError,
} from '@qts/core';
import { createJournalWriter } from '../gateway/journal-writer.ts';
import { type OrderGateway, type UnknownReplace } from '../gateway/order-gateway.ts';
import { type OrderTracker } from '../orders/order-tracker.ts';
import { type SafetyLayer } from '../safety/safety-layer.ts';
import { pause, within } from './abortable.ts';

export interface UnknownReplacesSettings {
  readonly adapter: Pick<OrderAdapter, 'listOrders'>;
  readonly gateway: Pick<OrderGateway, 'watch'>;
  readonly tracker: Pick<OrderTracker, 'get' | 'applyList' | 'endReplaceAbsent'>;
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
  /** Resolves when none is open. */
  settled(): Promise<void>;
  /** Stops; leaves no timer. */
  close(): void;
}

/** When the list is read, ms after the replace became unknown; afterwards every 15 s. */
const readAfterMs: readonly number[] = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
const laterEveryMs = 15_000;
const readTimeoutMs = 10_000;
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

  async function resolve({ intentId, commandId, clientOrderId, target }: UnknownReplace): Promise<void> {
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
      const list = await within(clock, readTimeoutMs, closing.signal, (signal) =>
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

  gateway.watch({
    replaceUnknown(unknown) {
      if (closing.signal.aborted) return;
      open.add(unknown.intentId);
      const kept: Promise<void> = resolve(unknown)
        .catch((error: unknown) => {
          logger?.error('unknown-replaces-failed', { error: error instanceof Error ? error.message : typeof error });
        })
        .finally(() => {
          open.delete(unknown.intentId);
          working.delete(kept);
        });
      working.add(kept);
    },
  });

  return {
    get open() {
      return [...open];
    },
    async settled() {
      while (working.size > 0) await Promise.all(working);
    },
    close() {
      closing.abort();
    },
  };
}
