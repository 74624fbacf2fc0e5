import { createRunningClock, type TimeSource } from '../clock/running-clock.ts';
import { type VenueClock } from '../clock/venue-clock.ts';

const systemTime: TimeSource = {
  nowMs: () => Date.now(),
  every(periodMs, action) {
    const timer = setInterval(action, periodMs);
    timer.unref();
    return () => {
      clearInterval(timer);
    };
  },
};

/** The machine's own time, at its own speed. */
export function createRealClock(): VenueClock {
  return createRunningClock(systemTime, { startMs: systemTime.nowMs(), speed: 1 });
}

/** Time that starts at `startMs` (epoch ms) and runs `speed` times as fast as the machine's. */
export function createAcceleratedClock(options: { readonly startMs: number; readonly speed: number }): VenueClock {
  return createRunningClock(systemTime, options);
}
