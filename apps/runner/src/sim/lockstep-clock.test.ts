import { describe, expect, it } from 'vitest';
import { createLockstepClock } from './lockstep-clock.ts';

const startMs = Date.UTC(2025, 9, 20, 0, 0);

function startClock() {
  const moves: number[] = [];
  const clock = createLockstepClock(startMs, { advanceTo: (atMs) => moves.push(atMs - startMs) });
  const sleep = (ms: number) => new Promise<void>((resolve) => clock.setTimer(resolve, ms));
  return { clock, moves, sleep };
}

describe('the lockstep clock', () => {
  it('jumps to the next timer when everything waits', async () => {
    const { clock, sleep } = startClock();
    await clock.run(async () => {
      await sleep(3_600_000);
      expect(clock.nowMs()).toBe(startMs + 3_600_000);
      await sleep(1);
    });
    expect(clock.nowMs()).toBe(startMs + 3_600_001);
    expect(clock.monotonicMs()).toBe(3_600_001);
  });

  it('moves the venue before the timer that waited for the time', async () => {
    const { clock, moves, sleep } = startClock();
    await clock.run(async () => {
      await sleep(10);
      expect(moves).toEqual([10]);
    });
  });

  it('stands still while something is in flight', async () => {
    const { clock, sleep } = startClock();
    const seen: number[] = [];
    await clock.run(async () => {
      const ticker = sleep(5).then(() => seen.push(clock.monotonicMs()));
      const release = clock.hold();
      for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve));
      expect(seen).toEqual([]);
      release();
      release();
      await ticker;
    });
    expect(seen).toEqual([5]);
  });

  it('fires timers of one instant in the order in which they were set', async () => {
    const { clock } = startClock();
    const seen: string[] = [];
    await clock.run(
      () =>
        new Promise<void>((resolve) => {
          clock.setTimer(() => seen.push('a'), 10);
          clock.setTimer(() => seen.push('b'), 10);
          clock.setTimer(() => seen.push('early'), 9);
          clock.setTimer(() => seen.push('canceled'), 9).cancel();
          clock.setTimer(resolve, 11);
        }),
    );
    expect(seen).toEqual(['early', 'a', 'b']);
  });

  it('hands on what the job returns and what it throws', async () => {
    const { clock, sleep } = startClock();
    await expect(clock.run(async () => (await sleep(1), 7))).resolves.toBe(7);
    await expect(clock.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('says so when a job waits for nothing', async () => {
    const { clock } = startClock();
    await expect(clock.run(() => new Promise(() => undefined))).rejects.toThrow(/stands still/);
  });
});
