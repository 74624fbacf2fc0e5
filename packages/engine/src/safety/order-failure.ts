import { type ExecutionResponse, type FailsafeCode } from '@qts/core';
import { type SafetyRecordEvent } from './safety-layer.ts';

/**
 * How an order can fail, seen from the safety layer.
 *
 * - `DENIED`: we refused it; nothing left. - `REJECTED`: the broker refused it. - `NOT_SENT`: it did not get out.
 * - `UNKNOWN`: it may be live. - `BLOCKED`: the failure guard had latched. - `INTEGRITY`: our own records or calculations failed (`FS045`, `FS030`).
 */
export const orderFailures = ['DENIED', 'REJECTED', 'NOT_SENT', 'UNKNOWN', 'BLOCKED', 'INTEGRITY'] as const;
export type OrderFailure = (typeof orderFailures)[number];

/** Which event each failure is. */
export type OrderFailurePolicy = Readonly<Record<OrderFailure, SafetyRecordEvent>>;

/**
 * One refused or unsent order is an anomaly: three in a row are the guard's business, and its block is the fail-safe
 * (domain 4.2, 5.3). An order that may be live stops new orders until somebody has looked (FS042: stop and reconcile).
 */
export const orderFailurePolicyDefault: OrderFailurePolicy = {
  DENIED: 'guardrail',
  REJECTED: 'anomaly',
  NOT_SENT: 'anomaly',
  UNKNOWN: 'fail_safe',
  BLOCKED: 'fail_safe',
  INTEGRITY: 'fail_safe',
};

/** The broker name under which the failure guard answers. */
export const failsafeBrokerName = 'failsafe';

/** How a response failed; `undefined` for an acceptance and for a NOOP, which asked for nothing. */
export function classifyOrderFailure(
  response: Pick<ExecutionResponse, 'outcome' | 'code' | 'broker'>,
): OrderFailure | undefined {
  const { outcome, code, broker } = response;
  if (outcome === 'ACCEPTED' || code === 'G_EXE_NOOP_POLICY') return undefined;
  if (broker === failsafeBrokerName) return 'BLOCKED';
  if (code === 'FS045' || code === 'FS030') return 'INTEGRITY';
  if (outcome !== 'NOT_SENT') return outcome;
  return isDenial(code) ? 'DENIED' : 'NOT_SENT';
}

/** Guardrails are ours: `G_EXE_…`, `GR…`. A fail-safe code under `NOT_SENT` is a failure on the way. */
export function isDenial(code: FailsafeCode | undefined): boolean {
  return code?.startsWith('G') === true;
}
