import { describe, expect, it } from 'vitest';
import { kstDateTime } from '../kst.ts';
import { createFakeClock } from './fake-clock.ts';

describe('createFakeClock', () => {
  it('starts on a Monday morning in Korea and stands still', async () => {
    const clock = createFakeClock();
    expect(kstDateTime(clock.nowMs())).toBe('2026-09-14T09:00:00.000+09:00');
    await clock.settle();
    expect(clock.monotonicMs()).toBe(0);
  });

  it('runs what falls due, in order of time and then of setting, at its own instant', async () => {
    const clock = createFakeClock({ startMs: 1_000 });
    const seen: string[] = [];
    const note = (name: string) => () => seen.push(`${name}@${String(clock.nowMs())}`);
    clock.setTimer(note('late'), 30);
    clock.setTimer(note('first'), 10);
    clock.setTimer(note('second'), 10);
    clock.setTimer(note('beyond'), 31);
    await clock.advance(30);
    expect(seen).toEqual(['first@1010', 'second@1010', 'late@1030']);
    expect(clock.nowMs()).toBe(1_030);
    expect(clock.pendingTimers).toBe(1);
  });

  it('runs timers that callbacks and settled promises set inside the span', async () => {
    const clock = createFakeClock({ startMs: 0 });
    const seen: number[] = [];
    const wait = (ms: number) => new Promise<void>((resolve) => clock.setTimer(resolve, ms));
    const running = (async () => {
      for (let turn = 0; turn < 3; turn++) {
        await wait(10);
        await Promise.resolve();
        seen.push(clock.nowMs());
      }
    })();
    await clock.advance(100);
    await running;
    expect(seen).toEqual([10, 20, 30]);
  });

  it('lets promises settle before it looks for timers', async () => {
    const clock = createFakeClock({ startMs: 0 });
    let fired = false;
    void Promise.resolve().then(() => clock.setTimer(() => (fired = true), 5));
    await clock.advance(5);
    expect(fired).toBe(true);
  });

  it('does not run a canceled timer, however often it is canceled', async () => {
    const clock = createFakeClock();
    let fired = false;
    const timer = clock.setTimer(() => (fired = true), 1);
    timer.cancel();
    timer.cancel();
    await clock.advance(10);
    expect(fired).toBe(false);
    expect(clock.pendingTimers).toBe(0);
  });

  it('runs a timer without delay at the next advance, not before', async () => {
    const clock = createFakeClock();
    let fired = 0;
    clock.setTimer(() => fired++, 0);
    clock.setTimer(() => fired++, -5);
    await clock.settle();
    expect(fired).toBe(0);
    await clock.advance(0);
    expect(fired).toBe(2);
  });

  it('keeps timers and durations apart from a wall clock that is corrected', async () => {
    const clock = createFakeClock({ startMs: 10_000 });
    let fired = false;
    clock.setTimer(() => (fired = true), 10);
    clock.shiftWallClock(-3_600_000);
    expect([clock.nowMs(), clock.monotonicMs(), fired]).toEqual([-3_590_000, 0, false]);
    await clock.advance(10);
    expect([clock.nowMs(), clock.monotonicMs(), fired]).toEqual([-3_589_990, 10, true]);
  });

  it('says so when a callback throws, and when time is asked to run backwards', async () => {
    const clock = createFakeClock();
    clock.setTimer(() => {
      throw new Error('from a timer');
    }, 1);
    await expect(clock.advance(1)).rejects.toThrow('from a timer');
    await expect(clock.advance(-1)).rejects.toThrow(RangeError);
    await expect(clock.advance(Number.NaN)).rejects.toThrow(RangeError);
    expect(() => clock.setTimer(() => undefined, Number.NaN)).toThrow(RangeError);
  });
});
