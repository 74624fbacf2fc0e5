import { createFakeClock } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { defineOperation } from '../operations/operation.ts';
import { type RepeatableOperation, retryRead } from './retry-read.ts';

const listOrders = { name: 'list-orders', repeatable: true } as const;

/** Fails until the given try, then answers its number. */
function failingUntil(success: number): { attempt: (repeat: number) => Promise<number>; startedAt: number[] } {
  const startedAt: number[] = [];
  return {
    startedAt,
    attempt: (repeat) => {
      startedAt.push(clock.monotonicMs());
      return repeat < success ? Promise.reject(new Error(`try ${repeat}`)) : Promise.resolve(repeat);
    },
  };
}

let clock = createFakeClock();
const settings = (random = 0) => {
  clock = createFakeClock();
  return { clock, random: () => random, shouldRepeat: () => true };
};

describe('retryRead', () => {
  it('waits 1, 2 and 4 seconds between its tries', async () => {
    const options = settings();
    const { attempt, startedAt } = failingUntil(3);
    const result = retryRead(listOrders, attempt, options);
    await clock.advance(10_000);
    expect(await result).toBe(3);
    expect(startedAt).toEqual([0, 1_000, 3_000, 7_000]);
  });

  it('cuts each wait by up to half, as the random source says', async () => {
    const options = settings(0.999_999);
    const { attempt, startedAt } = failingUntil(2);
    void retryRead(listOrders, attempt, options);
    await clock.advance(10_000);
    expect(startedAt.map(Math.round)).toEqual([0, 500, 1_500]);
  });

  it('gives up after three repeats with the last error', async () => {
    const options = settings();
    const { attempt, startedAt } = failingUntil(9);
    const result = expect(retryRead(listOrders, attempt, options)).rejects.toThrow('try 3');
    await clock.advance(60_000);
    await result;
    expect(startedAt).toHaveLength(4);
  });

  it('ends a wait when its client is closed, whatever the caller’s own signal does, and leaves no timer', async () => {
    const closing = new AbortController();
    const options = { ...settings(), closed: closing.signal, signal: new AbortController().signal };
    const { attempt, startedAt } = failingUntil(9);
    const result = expect(retryRead(listOrders, attempt, options)).rejects.toThrow('closed');
    await clock.advance(500);
    expect(clock.pendingTimers).toBe(1);
    closing.abort(new Error('closed'));
    await result;
    expect(clock.pendingTimers).toBe(0);
    expect(startedAt).toEqual([0]);
  });

  it('does not begin a wait once its client is closed', async () => {
    const options = { ...settings(), closed: AbortSignal.abort() };
    const { attempt } = failingUntil(9);
    await expect(retryRead(listOrders, attempt, options)).rejects.toThrow('try 0');
    expect(clock.pendingTimers).toBe(0);
  });

  it('does not begin a wait that would pass the deadline', async () => {
    const options = { ...settings(), deadlineMs: clock.nowMs() + 2_999 };
    const { attempt, startedAt } = failingUntil(9);
    const result = expect(retryRead(listOrders, attempt, options)).rejects.toThrow('try 1');
    await clock.advance(60_000);
    await result;
    expect(startedAt).toEqual([0, 1_000]);
  });

  it('does not repeat what the caller does not want repeated', async () => {
    const { attempt, startedAt } = failingUntil(9);
    await expect(retryRead(listOrders, attempt, { ...settings(), shouldRepeat: () => false })).rejects.toThrow('try 0');
    expect(startedAt).toHaveLength(1);
  });

  it('stops at once when the signal aborts, and leaves no timer', async () => {
    const options = settings();
    const controller = new AbortController();
    const { attempt, startedAt } = failingUntil(9);
    const told: [number, number][] = [];
    const result = retryRead(listOrders, attempt, {
      ...options,
      signal: controller.signal,
      onRepeat: (repeat, _error, waitMs) => told.push([repeat, waitMs]),
    });
    const ended = expect(result).rejects.toThrow('enough');
    await clock.settle();
    controller.abort(new Error('enough'));
    await ended;
    expect(startedAt).toHaveLength(1);
    expect(told).toEqual([[1, 1_000]]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('cannot be handed an order: neither by its types nor by a cast', async () => {
    const order = defineOperation({
      name: 'order-cash',
      method: 'POST',
      path: '/orders',
      operationId: { LIVE: 'A', PAPER: 'B' },
      lane: 'ORDER',
      repeatable: false,
      source: 'made up',
    });
    let calls = 0;
    const attempt = (): Promise<number> => Promise.resolve((calls += 1));
    // @ts-expect-error -- an order command is not repeatable
    await expect(retryRead(order, attempt, settings())).rejects.toMatchObject({ code: 'OPERATION_NOT_REPEATABLE' });
    const cast = order as unknown as RepeatableOperation;
    await expect(retryRead(cast, attempt, settings())).rejects.toMatchObject({ code: 'OPERATION_NOT_REPEATABLE' });
    expect(calls).toBe(0);
  });

  it.each([-1, 4, 1.5])('refuses %d repeats', async (repeatsMax) => {
    await expect(retryRead(listOrders, () => Promise.resolve(1), { ...settings(), repeatsMax })).rejects.toMatchObject({
      code: 'REPEATS_OUT_OF_RANGE',
      facts: { found: String(repeatsMax) },
    });
  });
});
