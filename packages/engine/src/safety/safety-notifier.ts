import { type ErrorFacts, type FailsafeCode } from '@qts/core';
import { type SafetyState } from './safety-machine.ts';

/** A safety record as it is told to people. */
export interface SafetyNotification {
  /** ISO 8601 in Korea, with its offset: `2026-11-20T09:00:00.000+09:00`. */
  readonly timestamp: string;
  readonly safetyCode: FailsafeCode;
  /** `FAIL` for a fail-safe, `WARNING` for an anomaly or a guardrail. */
  readonly level: 'WARNING' | 'FAIL';
  readonly message: string;
  /** The state after the record was applied. */
  readonly pipelineState: SafetyState;
  readonly metadata: ErrorFacts;
}

/** Tells somebody. Must return at once; what it throws is logged and stops nothing. */
export interface SafetyNotifier {
  notify(notification: SafetyNotification): void;
}

/** Tells nobody. */
export const noopNotifier: SafetyNotifier = {
  notify() {
    // Nobody listens.
  },
};

/** Notifications kept in memory. A day with more failures than this has been stopped long before. */
const keptNotificationsMax = 10_000;

/** Keeps the newest notifications, oldest first: for reports, status pages and tests. */
export function createInMemoryNotifier(): SafetyNotifier & { readonly notifications: readonly SafetyNotification[] } {
  const notifications: SafetyNotification[] = [];
  return {
    notifications,
    notify(notification) {
      if (notifications.length >= keptNotificationsMax) notifications.shift();
      notifications.push(notification);
    },
  };
}

/** One line of text: level, code, message, pipeline state and facts, separated by bars. */
export function formatSafetyNotification({
  level,
  safetyCode,
  message,
  pipelineState,
  metadata,
}: SafetyNotification): string {
  const facts = Object.entries(metadata)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${String(value)}`);
  return [level, safetyCode, message, pipelineState, facts.join(' ')].filter((part) => part !== '').join(' | ');
}
