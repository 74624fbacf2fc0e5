import { type Clock } from '@qts/core';
import { type RunnerTask } from './runner-messages.ts';

/** The time of the trial in any process of it: the machine's, from another start and faster. */
export function createTrialClock({ startMs, realMs, speed }: RunnerTask['time']): Clock {
  const beganMs = performance.now();
  const nowMs = (): number => Math.floor(startMs + (Date.now() - realMs) * speed);
  return {
    nowMs,
    monotonicMs: () => (performance.now() - beganMs) * speed,
    setTimer(callback, delayMs) {
      const timer = setTimeout(callback, Math.max(0, delayMs) / speed);
      return {
        cancel: () => {
          clearTimeout(timer);
        },
      };
    },
  };
}
