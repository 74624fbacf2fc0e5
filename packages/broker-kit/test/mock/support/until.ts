import { setTimeout as delay } from 'node:timers/promises';

/** Longest wait for a condition; far above what any of them takes. */
const patienceMs = 5_000;

/** Waits for a condition, never for a duration. */
export async function until(condition: () => boolean): Promise<void> {
  const giveUpAtMs = performance.now() + patienceMs;
  while (!condition()) {
    if (performance.now() > giveUpAtMs) {
      throw new Error(`The condition did not come true in ${patienceMs} ms: ${condition.toString()}`);
    }
    await delay(2);
  }
}
