import { describe, expect, it } from 'vitest';
import { createRunningClock, type TimeSource } from './running-clock.ts';
import { createSteppedClock } from './stepped-clock.ts';

describe('a stepped clock', () => {
  it('stands still until it is moved, then tells its listeners in order', () => {
    const clock = createSteppedClock(1000);
    const heard: string[] = [];
    clock.subscribe((nowMs) => heard.push(`first ${nowMs}`));
    clock.subscribe((nowMs) => heard.push(`second ${nowMs} ${clock.nowMs()}`));
    expect(clock.nowMs()).toBe(1000);
    clock.advanceTo(1500);
    expect(heard).toEqual(['first 1500', 'second 1500 1500']);
  });

  it('forgets a listener that has stopped, even in the middle of a step', () => {
    const clock = createSteppedClock(0);
    let heard = 0;
    const stop = clock.subscribe(() => {
      heard += 1;
      stop();
    });
    clock.advanceTo(1);
    clock.advanceTo(2);
    expect(heard).toBe(1);
  });

  it('refuses to go back and takes the same instant again', () => {
    const clock = createSteppedClock(1000);
    expect(() => {
      clock.advanceTo(999);
    }).toThrow('The clock stands at 1000 and cannot go back to 999. Pass a later instant.');
    clock.advanceTo(1000);
    expect(clock.nowMs()).toBe(1000);
  });

  it.each([NaN, 1.5, Infinity])('refuses %s as an instant', (atMs) => {
    expect(() => createSteppedClock(atMs)).toThrow(RangeError);
  });
});

/** A source of time that a test moves; ticks run when it is told so. */
function createManualSource(): TimeSource & { nowMsValue: number; tick(): void; readonly timers: Set<() => void> } {
  const timers = new Set<() => void>();
  return {
    nowMsValue: 50_000,
    timers,
    nowMs() {
      return this.nowMsValue;
    },
    every(_, action) {
      timers.add(action);
      return () => {
        timers.delete(action);
      };
    },
    tick() {
      for (const action of timers) action();
    },
  };
}

describe('a running clock', () => {
  it('starts where it is told and runs at its speed', () => {
    const source = createManualSource();
    const clock = createRunningClock(source, { startMs: 1_000_000, speed: 60 });
    expect(clock.nowMs()).toBe(1_000_000);
    source.nowMsValue += 500;
    expect(clock.nowMs()).toBe(1_030_000);
  });

  it('looks up regularly and keeps no timer without listeners', () => {
    const source = createManualSource();
    const clock = createRunningClock(source, { startMs: 0, speed: 2 });
    const heard: number[] = [];
    const stop = clock.subscribe((nowMs) => heard.push(nowMs));
    source.nowMsValue += 10;
    source.tick();
    stop();
    source.tick();
    expect(heard).toEqual([20]);
    expect(source.timers.size).toBe(0);
  });

  it.each([0, -1, NaN, Infinity])('refuses a speed of %s', (speed) => {
    expect(() => createRunningClock(createManualSource(), { startMs: 0, speed })).toThrow('above 0');
  });
});
