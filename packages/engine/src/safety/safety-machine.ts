import { type FailsafeCode } from '@qts/core';

/** States of the pipeline. New orders leave in `NORMAL` and `WARNING` only; cancels leave in all of them. */
export const safetyStates = ['NORMAL', 'WARNING', 'FAIL', 'LOCKDOWN'] as const;
export type SafetyState = (typeof safetyStates)[number];

/** What moves the state. `approved_recovery` is a recovery that an operator approved by name. */
export const safetyEvents = ['anomaly', 'guardrail', 'fail_safe', 'recovery', 'approved_recovery'] as const;
export type SafetyEvent = (typeof safetyEvents)[number];

/** Why nothing moved, or why a fail-safe moved it where it did. */
export type SafetyReason =
  | `no_transition_for_${SafetyState}_${SafetyEvent}`
  | 'lockdown_requires_operator_approval'
  | 'consecutive_fail_safe_count_incremented'
  | 'consecutive_fail_safe_lockdown';

/** The whole memory of the machine. */
export interface SafetyMemory {
  readonly state: SafetyState;
  /** Fail-safes since the last recovery. A healthy cycle does not reset it: `FAIL` already blocks trading. */
  readonly consecutiveFailSafeCount: number;
  readonly lastFailSafeCode?: FailsafeCode;
}

/** What an event did. */
export interface SafetyTransition {
  readonly from: SafetyState;
  readonly to: SafetyState;
  readonly event: SafetyEvent;
  /** False: the event changed nothing, and `reason` says why. */
  readonly applied: boolean;
  readonly reason?: SafetyReason;
  readonly code?: FailsafeCode;
  /** Consecutive fail-safes after the event. */
  readonly count: number;
  /** Consecutive fail-safes that lock the pipeline. */
  readonly threshold: number;
}

export const initialSafetyMemory: SafetyMemory = { state: 'NORMAL', consecutiveFailSafeCount: 0 };

/** Two fail-safes in a row lock the pipeline (domain 5.3). Broker failures have a counter of their own, in the guard. */
export const lockdownThresholdDefault = 2;

/** What an event does in a state: a new state, one more fail-safe, nothing, or a refusal. */
type Cell = 'WARNING' | 'NORMAL' | 'COUNT' | 'NONE' | 'REFUSED';

/** Domain 5.3 with its recommendations: `LOCKDOWN` absorbs all but an approved recovery, `WARNING` can recover. */
const cells = {
  NORMAL: { anomaly: 'WARNING', guardrail: 'NONE', fail_safe: 'COUNT', recovery: 'NONE', approved_recovery: 'NONE' },
  WARNING: {
    anomaly: 'WARNING',
    guardrail: 'WARNING',
    fail_safe: 'COUNT',
    recovery: 'NORMAL',
    approved_recovery: 'NORMAL',
  },
  FAIL: { anomaly: 'NONE', guardrail: 'NONE', fail_safe: 'COUNT', recovery: 'NORMAL', approved_recovery: 'NORMAL' },
  LOCKDOWN: {
    anomaly: 'NONE',
    guardrail: 'NONE',
    fail_safe: 'NONE',
    recovery: 'REFUSED',
    approved_recovery: 'NORMAL',
  },
} as const satisfies Record<SafetyState, Record<SafetyEvent, Cell>>;

/** Applies one event. Pure. `code` names the failure behind an anomaly, a guardrail or a fail-safe. */
export function applySafetyEvent(
  memory: SafetyMemory,
  event: SafetyEvent,
  { code, threshold = lockdownThresholdDefault }: { readonly code?: FailsafeCode; readonly threshold?: number } = {},
): { readonly memory: SafetyMemory; readonly transition: SafetyTransition } {
  const { state: from, consecutiveFailSafeCount: count } = memory;
  const about = { from, event, ...(code === undefined ? undefined : { code }), threshold };
  const cell: Cell = cells[from][event];
  switch (cell) {
    case 'NONE': {
      const reason = `no_transition_for_${from}_${event}` as const;
      return { memory, transition: { ...about, to: from, applied: false, reason, count } };
    }
    case 'REFUSED': {
      const reason = 'lockdown_requires_operator_approval';
      return { memory, transition: { ...about, to: from, applied: false, reason, count } };
    }
    case 'WARNING':
      return { memory: { ...memory, state: cell }, transition: { ...about, to: cell, applied: true, count } };
    case 'NORMAL':
      return { memory: initialSafetyMemory, transition: { ...about, to: cell, applied: true, count: 0 } };
    case 'COUNT': {
      const locked = count + 1 >= threshold;
      const to = locked ? 'LOCKDOWN' : 'FAIL';
      const reason = locked ? 'consecutive_fail_safe_lockdown' : 'consecutive_fail_safe_count_incremented';
      return {
        memory: {
          state: to,
          consecutiveFailSafeCount: count + 1,
          ...(code === undefined ? undefined : { lastFailSafeCode: code }),
        },
        transition: { ...about, to, applied: true, reason, count: count + 1 },
      };
    }
  }
}
