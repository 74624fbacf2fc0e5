import { type Clock } from '@qts/core';
import { type StartRecovery, type StartReport } from '@qts/engine';
import { pause } from '@qts/pipeline';

/** Attempts to agree with a broker that cannot be read. */
const attemptsMax = 5;
const againMs = 30_000;

/**
 * Runs the recovery until it has agreed with the broker, again every half a minute while the broker cannot be read.
 *
 * @returns the last report; `undefined` when the signal aborted before there was one
 */
export async function agreeWithBroker(
  recovery: StartRecovery,
  clock: Clock,
  signal: AbortSignal,
): Promise<StartReport | undefined> {
  const aborted = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve(undefined);
    });
  });
  let report: StartReport | undefined;
  for (let attempt = 1; attempt <= attemptsMax && !signal.aborted; attempt += 1) {
    if (attempt > 1) await pause(clock, againMs, signal);
    // Unknown orders take their time: somebody who wants to stop does not wait for it.
    report = (await Promise.race([recovery.run(), aborted])) ?? report;
    if (report?.outcome !== 'CLOSED') return report;
  }
  return report;
}
