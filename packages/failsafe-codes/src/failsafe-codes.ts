import { actGuards, type ActGuardCode } from './act-guards.ts';
import { anomalies, type AnomalyCode } from './anomalies.ts';
import { type FailsafeTable } from './define-codes.ts';
import { failSafes, type FailSafeCode } from './fail-safes.ts';
import { type FailsafeEntry } from './failsafe-entry.ts';
import { guardrails, type GuardrailCode } from './guardrails.ts';
import { type ReservedFailsafeCode, reservedFailSafes, reservedGuardrails } from './reserved-codes.ts';

/** Codes that may be emitted. */
export type FailsafeCode = FailSafeCode | GuardrailCode | ActGuardCode | AnomalyCode;

/** Rows by code, as {@link lookUp} reads them: fail-safes, then guardrails, then anomalies. */
const tablesInOrder: readonly Readonly<Record<string, FailsafeEntry>>[] = [
  { ...failSafes, ...reservedFailSafes },
  { ...guardrails, ...actGuards, ...reservedGuardrails },
  anomalies,
];

/** The registry: every code that exists, active and reserved, by code. */
export const failsafeCodes: FailsafeTable<FailsafeCode | ReservedFailsafeCode> = {
  ...failSafes,
  ...reservedFailSafes,
  ...guardrails,
  ...actGuards,
  ...reservedGuardrails,
  ...anomalies,
};

/** The row of a code, or `undefined` when the registry does not have it. */
export function getFailsafeCode(code: FailsafeCode | ReservedFailsafeCode): FailsafeEntry;
export function getFailsafeCode(code: string): FailsafeEntry | undefined;
export function getFailsafeCode(code: string): FailsafeEntry | undefined {
  return lookUp(tablesInOrder, code);
}

/** Whether `code` exists and may be emitted. */
export function isFailsafeCode(code: string): code is FailsafeCode {
  return getFailsafeCode(code)?.status === 'active';
}

/** The first table that has the code wins. */
export function lookUp(
  tables: readonly Readonly<Record<string, FailsafeEntry>>[],
  code: string,
): FailsafeEntry | undefined {
  return tables.find((table) => Object.hasOwn(table, code))?.[code];
}
