import { AuthenticationError, BrokerError, TransportError } from '@qts/core';
import { type ConformanceResult } from '../run-case.ts';
import { orderChecks } from './order-checks.ts';
import { readChecks } from './read-checks.ts';
import { type RealBrokerCheck } from './real-broker-check.ts';
import { type RealBrokerBench } from './real-broker-target.ts';

/** All checks, in their order: the doctor's first. */
export const realBrokerChecks: readonly RealBrokerCheck[] = [...readChecks, ...orderChecks];

/** Runs one check. Never throws. */
export async function runRealBrokerCheck(check: RealBrokerCheck, bench: RealBrokerBench): Promise<ConformanceResult> {
  if (check.sendsOrders === true && bench.environment === 'LIVE') {
    return { end: 'SKIPPED', why: 'a live account is only read' };
  }
  try {
    const why = await check.run(bench);
    return why === undefined ? { end: 'PASSED' } : { end: 'SKIPPED', why };
  } catch (error) {
    return { end: 'FAILED', why: explain(error, bench), error };
  }
}

/** What went wrong in plain words, and the error's own message behind it. */
function explain(error: unknown, { refusals, environment }: RealBrokerBench): string {
  const message = error instanceof Error ? error.message : String(error);
  if (!BrokerError.isInstance(error)) return message;
  const known = Object.entries(refusals).find(([code]) => new RegExp(`\\b${code}\\b`).test(message));
  if (known !== undefined) return `${known[1]}\n${message}`;
  if (AuthenticationError.isInstance(error)) {
    return `The broker refused key or token: is it a key of ${environment}, still valid, and of this account?\n${message}`;
  }
  return TransportError.isInstance(error) ? `The broker could not be reached or did not answer.\n${message}` : message;
}
