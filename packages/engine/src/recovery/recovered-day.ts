import { type CancelRequest, type IntentId, type TradingDate, shares } from '@qts/core';
import { type RestoredSafety } from '../safety/safety-layer.ts';
import { type RestoredUnknowns } from '../unknown/resolver-contract.ts';
import { type FoldedJournal, type FoldedOrder } from './folded-journal.ts';
import { hasOpenCancel, hasOpenReplace, isClosed, recoveryOf } from './recovery-table.ts';
import { recordedAnswer } from './recorded-answer.ts';

/** What a journal asks a start on a trading date to do. */
export interface RecoveredDay {
  /** All orders of the date, for the gateway. */
  readonly orders: readonly FoldedOrder[];
  readonly unknowns: RestoredUnknowns;
  /** Cancels that may not have reached the broker. */
  readonly cancels: readonly CancelRequest[];
  /** Orders that somebody wants gone and whose number is not known: they are canceled when it is. */
  readonly queuedCancels: readonly IntentId[];
  /** Orders with a replace that may have left: the broker's list says what became of it. Never sent again. */
  readonly openReplaces: readonly FoldedOrder[];
  /**
   * Orders of earlier dates whose end is not written down. They trade no more, and no number of today is theirs: a
   * reading of their date, or a person, has to say how they ended.
   */
  readonly leftOver: readonly FoldedOrder[];
}

/** Sorts what a journal knows by what is to be done about it on this date. Changes nothing. */
export function recoverDay(folded: FoldedJournal, tradingDate: TradingDate): RecoveredDay {
  const orders: FoldedOrder[] = [];
  const leftOver: FoldedOrder[] = [];
  const unknown: RestoredUnknowns['unknown'][number][] = [];
  const escalated: RestoredUnknowns['escalated'][number][] = [];
  const watched: RestoredUnknowns['watched'][number][] = [];
  const cancels: CancelRequest[] = [];
  const queuedCancels: IntentId[] = [];
  for (const order of folded.orders.values()) {
    if (order.tradingDate !== tradingDate) {
      if (!isClosed(order)) leftOver.push(order);
      continue;
    }
    orders.push(order);
    const { intent, escalated: reason = 'READS_FAILED', reference } = order;
    switch (recoveryOf(order)) {
      case 'RESOLVE': {
        const { code = 'FS042', refusal } = recordedAnswer(order);
        const sinceMs = order.unknownSinceMs ?? order.sentAtMs ?? order.lastAtMs;
        unknown.push({ intent, code, sinceMs, ...(refusal === undefined ? undefined : { refusal }) });
        break;
      }
      case 'ASK_OPERATOR':
        escalated.push({ intent, reason });
        break;
      case 'WATCH':
        watched.push(intent);
        break;
      case 'ANSWER':
      case 'DENY':
      case 'CATCH_UP':
        break;
    }
    if (!hasOpenCancel(order)) continue;
    if (reference === undefined) {
      if (!isClosed(order)) queuedCancels.push(intent.intentId);
      continue;
    }
    const quantity = order.cancels?.quantity;
    const part = quantity === undefined ? undefined : { quantity: shares(quantity) };
    cancels.push({ target: reference, dryRun: false, ...part });
  }
  const { unknownOrdersInRow } = folded.safety;
  const unknowns = { unknown, escalated, watched, unknownOrdersInRow };
  return { orders, unknowns, cancels, queuedCancels, openReplaces: orders.filter(hasOpenReplace), leftOver };
}

/** What of the safety state survives a restart: a warning does not, everything that stops orders does. */
export function recoverSafety({ safety }: FoldedJournal): RestoredSafety {
  const { state, consecutiveFailSafeCount, lastFailSafeCode, killSwitch, safeMode } = safety;
  return {
    state: state === 'WARNING' ? 'NORMAL' : state,
    ...{ consecutiveFailSafeCount, killSwitch, safeMode },
    ...(lastFailSafeCode === undefined ? undefined : { lastFailSafeCode }),
  };
}
