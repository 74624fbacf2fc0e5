import { type Clock, type Timer, ConfigurationError } from '@qts/core';
import { type TradingStates } from './trading-state.ts';

export interface DeadManTimerSettings {
  readonly clock: Clock;
  readonly trading: Pick<TradingStates, 'restrictAs'>;
  /** Who has to beat: `main-loop`, the name of a strategy. */
  readonly watched: readonly string[];
  /** Without a beat for so long only reducing orders may leave, ms. Default 10,000. */
  readonly restrictAfterMs?: number;
  /** Without a beat for so long `cancelAll` is called, ms. Default 60,000. */
  readonly cancelAfterMs?: number;
  /** Optional: cancels what rests. Called once a silence. */
  readonly cancelAll?: (why: string) => void;
}

export interface DeadManTimer {
  beat(who: string): void;
  close(): void;
}

const source = 'dead-man-timer';

/**
 * | Silence of one who is watched | Effect                                                   |
 * | ----------------------------- | -------------------------------------------------------- |
 * | 10 s                          | `REDUCE_ONLY` until an operator resumes it               |
 * | 60 s                          | `cancelAll`, where it is set                             |
 *
 * (execution-safety 12.) A beat after a silence ends nothing: somebody has to find out why. A loop that stalls holds timers
 * up, too; so a late beat is judged by the time since the last one.
 *
 * @throws {ConfigurationError} for times that are no integers of 1 or more, or where the second is not the later one
 */
export function createDeadManTimer(settings: DeadManTimerSettings): DeadManTimer {
  const { clock, trading, watched, restrictAfterMs = 10_000, cancelAfterMs = 60_000, cancelAll } = settings;
  if (!Number.isSafeInteger(restrictAfterMs) || restrictAfterMs < 1 || !(cancelAfterMs > restrictAfterMs)) {
    throw new ConfigurationError({
      code: 'SETTING_OUT_OF_RANGE',
      summary: 'The times of the dead-man timer are not usable.',
      facts: { field: 'restrictAfterMs', restrictAfterMs, cancelAfterMs },
      next: 'Give whole milliseconds, 1 or more, and a later time to cancel than to restrict.',
    });
  }
  const restrict = trading.restrictAs(source, 'OPERATOR');
  const lastBeat = new Map(watched.map((who) => [who, clock.monotonicMs()]));
  const timers = new Map<string, Timer>();

  function silent(who: string, forMs: number): void {
    if (forMs < restrictAfterMs) return;
    restrict('REDUCE_ONLY', { code: 'FS060', why: `${who} was silent for ${forMs} ms` });
    if (forMs >= cancelAfterMs) cancelAll?.(`${who} was silent for ${forMs} ms`);
  }

  function watch(who: string, afterMs: number): void {
    timers.get(who)?.cancel();
    const look = (): void => {
      timers.delete(who);
      const forMs = clock.monotonicMs() - (lastBeat.get(who) ?? 0);
      silent(who, forMs);
      if (forMs < cancelAfterMs) watch(who, (forMs < restrictAfterMs ? restrictAfterMs : cancelAfterMs) - forMs);
    };
    timers.set(who, clock.setTimer(look, afterMs));
  }

  for (const who of watched) watch(who, restrictAfterMs);
  return {
    beat(who) {
      const before = lastBeat.get(who);
      if (before === undefined) return;
      const nowMs = clock.monotonicMs();
      // After 60 s of silence the timer itself has called, unless it was held up as well: then it is still there.
      if (timers.has(who)) silent(who, nowMs - before);
      lastBeat.set(who, nowMs);
      watch(who, restrictAfterMs);
    },
    close() {
      for (const timer of timers.values()) timer.cancel();
      timers.clear();
      lastBeat.clear();
    },
  };
}
