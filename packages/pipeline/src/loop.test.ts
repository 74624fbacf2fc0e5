import { type Clock } from '@qts/core';
import { createFakeClock } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { type CycleEnd, runLoop } from './loop.ts';

const policy = { intervalMs: 1_000, errorBackoffMs: 5_000, errorBackoffRetriesMax: 3 };

/** Runs the loop over a script of cycle ends and gives the times at which cycles began. */
async function run(script: readonly (CycleEnd | Error)[], takesMs = 0) {
  const clock = createFakeClock();
  const starts: number[] = [];
  const startMs = clock.monotonicMs();
  const cycle = async (): Promise<CycleEnd> => {
    starts.push(clock.monotonicMs() - startMs);
    const end = script[starts.length - 1] ?? 'done';
    if (takesMs > 0) await new Promise<void>((resolve) => clock.setTimer(resolve, takesMs));
    if (end instanceof Error) throw end;
    return end;
  };
  const running = runLoop(cycle, policy, clock, new AbortController().signal);
  await clock.advance(120_000);
  return { outcome: await running, starts };
}

describe('the loop', () => {
  it('starts a cycle each interval until one is done', async () => {
    const { outcome, starts } = await run(['ok', 'ok', 'done']);
    expect(starts).toEqual([0, 1_000, 2_000]);
    expect(outcome).toEqual({ reason: 'done', cycles: 3, errors: 0 });
  });

  it('counts what a cycle took, and never overlaps', async () => {
    expect((await run(['ok', 'done'], 400)).starts).toEqual([0, 1_000]);
    expect((await run(['ok', 'done'], 2_500)).starts).toEqual([0, 2_500]);
  });

  it('waits the constant backoff after an error result as after an exception', async () => {
    expect((await run(['error', 'ok', 'done'])).starts).toEqual([0, 5_000, 6_000]);
    expect((await run([new Error('down'), 'error', 'done'])).starts).toEqual([0, 5_000, 10_000]);
  });

  it.each([['error'], ['throw']])(
    'stops when more than the allowed cycles in a row end in an error (%s)',
    async (kind) => {
      const fault = kind === 'throw' ? new Error('down') : ('error' as const);
      const { outcome, starts } = await run([fault, fault, fault, fault, 'ok']);
      expect(starts).toHaveLength(4);
      expect(outcome).toMatchObject({ reason: 'errors', cycles: 4, errors: 4 });
    },
  );

  it('forgets errors after a good cycle', async () => {
    const { outcome } = await run(['error', 'error', 'error', 'ok', 'error', 'error', 'error', 'done']);
    expect(outcome).toMatchObject({ reason: 'done', errors: 6 });
  });

  it('ends its pause and leaves no timer when it is stopped', async () => {
    const controller = new AbortController();
    let timers = 0;
    const clock: Clock = {
      nowMs: () => 0,
      monotonicMs: () => 0,
      setTimer: () => {
        timers += 1;
        return { cancel: () => (timers -= 1) };
      },
    };
    const running = runLoop(() => Promise.resolve('ok'), policy, clock, controller.signal);
    await new Promise((resolve) => setImmediate(resolve));
    expect(timers).toBe(1);
    controller.abort();
    expect(await running).toMatchObject({ reason: 'stopped', cycles: 1 });
    expect(timers).toBe(0);
  });
});
