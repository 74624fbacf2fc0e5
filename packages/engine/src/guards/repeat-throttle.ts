import { type EpochMs, type ExecutionIntent, ConfigurationError } from '@qts/core';
import { type PreTradeCheck } from '../gateway/order-gateway.ts';
import { checkOperator } from '../safety/check-operator.ts';
import { type ResumeRequest } from './trading-state.ts';

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
}

/**
 * Stops a strategy that repeats itself: the order after `ordersMax` within `withinMs` is denied with
 * `G_EXE_REPEAT_THROTTLED`, and so is every further one of the same strategy (`metadata.strategy`), symbol and side until an
 * operator resumes it (execution-safety 12).
 *
 * @throws {ConfigurationError} for limits that are no integers of 1 or more
 */
export function createRepeatThrottle(settings: RepeatThrottleSettings = {}): RepeatThrottle {
  const { ordersMax = 10, withinMs = 60_000 } = settings;
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
  const stopped = new Map<string, RepeatKey>();

  return {
    wrap: (check) => (intent, nowMs) => {
      const decision = check(intent, nowMs);
      if (!decision.allowed) return decision;
      const key = keyOf(intent);
      const name = nameOf(key);
      const recent = (counted.get(name) ?? []).filter((atMs) => nowMs - atMs < withinMs);
      if (recent.length >= ordersMax) stopped.set(name, key);
      if (stopped.has(name)) {
        const { strategy, symbol, side } = key;
        const message = `${strategy} sent ${ordersMax} ${side} orders of ${symbol} within ${withinMs} ms; an operator resumes it`;
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
      return stopped.delete(nameOf(key));
    },
  };
}

function keyOf({ symbol, side, metadata }: ExecutionIntent): RepeatKey {
  const { strategy } = metadata;
  return { strategy: typeof strategy === 'string' ? strategy : '(unnamed)', symbol, side };
}

function nameOf({ strategy, symbol, side }: RepeatKey): string {
  return `${strategy} ${symbol} ${side}`;
}
