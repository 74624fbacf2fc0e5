import {
  type Clock,
  type EpochMs,
  type ExecutionIntent,
  type JournalRecordType,
  type Logger,
  type OrderJournal,
  ConfigurationError,
} from '@qts/core';
import { createJournalWriter } from '../gateway/journal-writer.ts';
import { type PreTradeCheck } from '../gateway/order-gateway-contract.ts';
import { checkOperator } from '../safety/check-operator.ts';
import { type ResumeRequest } from './trading-state.ts';

const source = 'repeat-throttle';

/** Who repeats what: one strategy, symbol and side. */
export interface RepeatKey {
  readonly strategy: string;
  readonly symbol: ExecutionIntent['symbol'];
  readonly side: ExecutionIntent['side'];
}

export interface RepeatThrottle {
  /** The check with the throttle behind it: what it allows is counted. */
  wrap(check: PreTradeCheck): PreTradeCheck;
  /** What is stopped until an operator resumes it. */
  readonly stopped: readonly RepeatKey[];
  /**
   * A person found no loop. @returns whether it was stopped.
   * @throws {ConfigurationError} when name or reason is blank
   */
  resume(key: RepeatKey, request: ResumeRequest): boolean;
}

export interface RepeatThrottleSettings {
  /** Orders of one strategy, symbol and side that are allowed: an integer, 1 or more. Default 10 … */
  readonly ordersMax?: number;
  /** … within this time, ms. Default 60,000. */
  readonly withinMs?: number;
  /** Where stops and their ends are written down (`trading-restricted`, `trading-resumed`), so that a restart knows them. */
  readonly record?: { readonly journal: OrderJournal; readonly clock: Clock; readonly logger?: Logger };
  /** Who was stopped by an earlier process and not resumed: `throttled` of the folded journal. Default: nobody. */
  readonly restored?: readonly RepeatKey[];
}

/**
 * Stops a strategy that repeats itself: the order after `ordersMax` within `withinMs` is denied with
 * `G_EXE_REPEAT_THROTTLED`, and so is every further one of the same strategy (`metadata.strategy`), symbol and side until an
 * operator resumes it (execution-safety 12).
 *
 * @throws {ConfigurationError} for limits that are no integers of 1 or more
 */
export function createRepeatThrottle(settings: RepeatThrottleSettings = {}): RepeatThrottle {
  const { ordersMax = 10, withinMs = 60_000, record, restored = [] } = settings;
  const journal = record === undefined ? undefined : createJournalWriter(record.journal, record.logger);
  for (const [field, found] of Object.entries({ ordersMax, withinMs })) {
    if (Number.isSafeInteger(found) && found >= 1) continue;
    throw new ConfigurationError({
      code: 'SETTING_OUT_OF_RANGE',
      summary: 'The limit for repeated orders is not usable.',
      facts: { field, found },
      next: 'Give an integer of 1 or more; 10 orders within 60000 ms is the default.',
    });
  }
  const counted = new Map<string, EpochMs[]>();
  const stopped = new Map<string, RepeatKey>(restored.map((key) => [nameOf(key), key]));

  function note(type: JournalRecordType, key: RepeatKey, atMs: EpochMs, body: Readonly<Record<string, unknown>>): void {
    journal?.note(type, source, atMs, { source, state: 'HALTED', code: 'G_EXE_REPEAT_THROTTLED', ...key, ...body });
  }

  return {
    wrap: (check) => (intent, nowMs) => {
      const decision = check(intent, nowMs);
      if (!decision.allowed) return decision;
      const key = keyOf(intent);
      const name = nameOf(key);
      const recent = (counted.get(name) ?? []).filter((atMs) => nowMs - atMs < withinMs);
      const isStopped = stopped.has(name);
      if (isStopped || recent.length >= ordersMax) {
        const { strategy, symbol, side } = key;
        const message = `${strategy} sent ${ordersMax} ${side} orders of ${symbol} within ${withinMs} ms; an operator resumes it`;
        if (!isStopped) {
          stopped.set(name, key);
          note('trading-restricted', key, nowMs, { why: message, reset: 'OPERATOR' });
        }
        return { allowed: false, code: 'G_EXE_REPEAT_THROTTLED', message, facts: { strategy, symbol, side } };
      }
      counted.set(name, [...recent, nowMs]);
      return decision;
    },

    get stopped() {
      return [...stopped.values()];
    },

    resume(key, request) {
      checkOperator(request);
      counted.delete(nameOf(key));
      const wasStopped = stopped.delete(nameOf(key));
      const { requestedBy, reason } = request;
      if (wasStopped && record !== undefined) {
        note('trading-resumed', key, record.clock.nowMs(), { requestedBy, reason });
      }
      return wasStopped;
    },
  };
}

/** Whether two are one strategy, symbol and side. */
export function isSameRepeat(one: RepeatKey, other: RepeatKey): boolean {
  return nameOf(one) === nameOf(other);
}

function keyOf({ symbol, side, metadata }: ExecutionIntent): RepeatKey {
  const { strategy } = metadata;
  return { strategy: typeof strategy === 'string' ? strategy : '(unnamed)', symbol, side };
}

function nameOf({ strategy, symbol, side }: RepeatKey): string {
  return `${strategy} ${symbol} ${side}`;
}
