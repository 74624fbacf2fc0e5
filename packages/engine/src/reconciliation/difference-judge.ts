import { type AccountId, type Clock, type Logger, type OrderJournal, type TradingDate } from '@qts/core';
import { createJournalWriter } from '../gateway/journal-writer.ts';
import { type SafetyLayer } from '../safety/safety-layer.ts';
import { type Difference, differenceId, differenceRules } from './difference.ts';
import { type Restrict } from './restriction.ts';

export interface DifferenceJudgeSettings {
  readonly brokerId: string;
  readonly accountId: AccountId;
  readonly tradingDate: TradingDate;
  readonly clock: Clock;
  readonly journal: OrderJournal;
  readonly safety: SafetyLayer;
  readonly restrict: Restrict;
  readonly exclusive: boolean;
  /** Ids that are written down already. They are restricted for again, and neither recorded nor told again. */
  readonly known: ReadonlyMap<string, string>;
  readonly logger: Logger | undefined;
}

/** Which read saw a difference: reads of orders say nothing about accounts. */
export type ReadScope = 'ORDERS' | 'ACCOUNT';

/** Waits until enough reads in a row show a difference, then does what its rule says, once. */
export interface DifferenceJudge {
  /** Takes what one read showed; what it did not show is no suspect any more. Gives what still has to be seen again. */
  weigh(scope: ReadScope, reason: string, seen: readonly Difference[]): readonly Difference[];
  /** Whether the next read of orders that shows it is the one that judges. */
  isDue(difference: Difference): boolean;
  /** What the last reads showed and is judged. */
  readonly standing: readonly Difference[];
}

export function createDifferenceJudge(settings: DifferenceJudgeSettings): DifferenceJudge {
  const { brokerId, accountId, tradingDate, clock, safety, restrict, exclusive, logger } = settings;
  const journal = createJournalWriter(settings.journal, logger);
  const known = new Set(settings.known.keys());
  const restricted = new Set<string>();
  const seenBy: Record<ReadScope, ReadonlyMap<string, number>> = { ORDERS: new Map(), ACCOUNT: new Map() };
  const standing: Record<ReadScope, readonly Difference[]> = { ORDERS: [], ACCOUNT: [] };

  function act(id: string, reason: string, difference: Difference): void {
    const { class: kind, subject, symbol, intentId, why, expected, found } = difference;
    const { alarm, alarmsIfExclusiveOnly, restrictTo, restrictsBeyondLimit, isRecorded } = differenceRules[kind];
    if (!known.has(id) && isRecorded) {
      known.add(id);
      const body = { accountId, broker: brokerId, id, class: kind, reason, subject, symbol, expected, found, why };
      journal.note('reconciliation-difference', intentId ?? subject, clock.nowMs(), body);
      // What we had missed is recovered by the reading itself; the rest wants somebody's eyes.
      const level = alarm === undefined ? 'info' : 'warn';
      logger?.[level]('reconciliation-difference', { class: kind, subject, expected, found });
      if (alarm !== undefined && (exclusive || alarmsIfExclusiveOnly !== true)) {
        const metadata = { class: kind, subject, expected, found };
        const about = { stage: 'ACT', metadata, ...(intentId === undefined ? undefined : { intentId }) } as const;
        safety.record({ ...alarm, message: why, ...about });
      }
    }
    // A restriction does not outlive a process by itself: what is known already restricts the new one, too.
    const holds = restrictsBeyondLimit !== true || difference.isBeyondLimit === true;
    if (restrictTo === undefined || alarm === undefined || !holds || restricted.has(id)) return;
    restricted.add(id);
    restrict(restrictTo, { code: alarm.code, why, ...(symbol === undefined ? undefined : { symbol }) });
  }

  const idOf = (difference: Difference): string => differenceId(tradingDate, difference);

  return {
    weigh(scope, reason, seen) {
      const before = seenBy[scope];
      const now = new Map<string, number>();
      const judged: Difference[] = [];
      const suspects: Difference[] = [];
      for (const difference of seen) {
        const id = idOf(difference);
        const reads = (before.get(id) ?? 0) + 1;
        now.set(id, reads);
        if (reads < differenceRules[difference.class].reads) suspects.push(difference);
        else {
          // A fill that was missed is known from now on.
          if (difference.class !== 'D0' && difference.class !== 'D1') judged.push(difference);
          act(id, reason, difference);
        }
      }
      seenBy[scope] = now;
      standing[scope] = judged;
      return suspects;
    },

    isDue(difference) {
      const reads = seenBy.ORDERS.get(idOf(difference)) ?? 0;
      return reads + 1 >= differenceRules[difference.class].reads;
    },

    get standing() {
      return [...standing.ORDERS, ...standing.ACCOUNT];
    },
  };
}
