import { describe, expect, it } from 'vitest';
import { systemClock } from './system-clock.ts';
import { systemIds } from './system-ids.ts';
import { systemRandom } from './system-random.ts';

describe('systemClock', () => {
  it('tells the wall time and a time that only grows', () => {
    expect(Math.abs(systemClock.nowMs() - Date.now())).toBeLessThan(1_000);
    const before = systemClock.monotonicMs();
    expect(systemClock.monotonicMs()).toBeGreaterThanOrEqual(before);
  });

  it('runs a timer once, and not when it was cancelled', async () => {
    const ran: string[] = [];
    const cancelled = systemClock.setTimer(() => ran.push('cancelled'), 1);
    cancelled.cancel();
    cancelled.cancel();
    await new Promise<void>((resolve) => {
      systemClock.setTimer(() => {
        ran.push('ran');
        resolve();
      }, 5);
    });
    expect(ran).toEqual(['ran']);
  });
});

it('systemIds never gives an id twice', () => {
  expect(new Set(Array.from({ length: 1_000 }, systemIds)).size).toBe(1_000);
});

it('systemRandom stays in [0, 1)', () => {
  const numbers = Array.from({ length: 1_000 }, systemRandom);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  expect(new Set(numbers).size).toBeGreaterThan(900);
});
