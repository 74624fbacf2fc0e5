import { createFakeClock } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { sleep } from './sleep.ts';

describe('sleep', () => {
  it('ends when the time of its clock has passed', async () => {
    const clock = createFakeClock();
    let over = false;
    void sleep(clock, 100).then(() => (over = true));
    await clock.advance(99);
    expect(over).toBe(false);
    await clock.advance(1);
    expect(over).toBe(true);
  });

  it('ends with the reason of the signal, before or during the wait, and leaves no timer', async () => {
    const clock = createFakeClock();
    const controller = new AbortController();
    const during = expect(sleep(clock, 100, controller.signal)).rejects.toThrow('enough');
    controller.abort(new Error('enough'));
    await during;
    await expect(sleep(clock, 100, controller.signal)).rejects.toThrow('enough');
    expect(clock.pendingTimers).toBe(0);
  });
});
