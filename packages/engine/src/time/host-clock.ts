import { type Clock, type Timer } from '@qts/core';
import { type SafetyLayer } from '../safety/safety-layer.ts';

export interface HostClockWatchSettings {
  readonly clock: Clock;
  readonly safety: Pick<SafetyLayer, 'record'>;
  /** Nobody looked for a while, or the time was moved: whatever was read before is old. Usually compares everything. */
  readonly onGap: (reason: string) => void;
}

/** Watches the time of this machine. */
export interface HostClockWatch {
  /** Stops; leaves no timer. */
  close(): void;
}

/** How often it is looked at, ms. */
const everyMs = 5_000;
/** Wall clock against monotonic clock from one look to the next, ms (execution-safety 16). */
const movedMs = 500;
/** How much later than it was due a look is a standstill of the process, or a suspended machine, ms. */
const standstillMs = 2_000;

/**
 * | Seen                                              | Done                                                          |
 * | ------------------------------------------------- | ------------------------------------------------------------- |
 * | wall and monotonic clock came apart by 0.5 s       | `AN100`; everything is compared with the broker               |
 * | the process stood still for 2 s                    | as after a lost stream: everything is compared with the broker |
 *
 * Intents need nothing: whether they are fresh is asked again before each leaves. Streams notice their own silence.
 */
export function createHostClockWatch({ clock, safety, onGap }: HostClockWatchSettings): HostClockWatch {
  let timer: Timer | undefined;

  function look(dueMs: number, apartMs: number): void {
    const nowMs = clock.monotonicMs();
    const nowApartMs = clock.nowMs() - nowMs;
    const byMs = Math.round(nowApartMs - apartMs);
    if (Math.abs(byMs) > movedMs) {
      const message = `the clock of this machine was moved by ${byMs} ms`;
      safety.record({ event: 'anomaly', code: 'AN100', message, stage: 'PERFORMANCE', metadata: { byMs } });
      onGap(message);
    } else if (nowMs - dueMs > standstillMs) {
      onGap(`the process stood still for ${Math.round(nowMs - dueMs)} ms`);
    }
    schedule(nowApartMs);
  }

  function schedule(apartMs: number): void {
    const dueMs = clock.monotonicMs() + everyMs;
    timer = clock.setTimer(() => {
      look(dueMs, apartMs);
    }, everyMs);
  }

  schedule(clock.nowMs() - clock.monotonicMs());
  return {
    close() {
      timer?.cancel();
    },
  };
}
