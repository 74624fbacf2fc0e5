import { BrokerError } from '@qts/core';
import { createStubOrderAdapter } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { guardParts } from '../../test/support/guard-parts.ts';
import { createReadBreaker } from './read-breaker.ts';

describe('createReadBreaker', () => {
  const down = (): Promise<never> => Promise.reject(new BrokerError({ code: 'X', summary: 'Down.', next: 'Wait.' }));
  const up = (): Promise<string> => Promise.resolve('read');
  async function fail(breaker: ReturnType<typeof createReadBreaker>, count: number): Promise<void> {
    for (let at = 0; at < count; at++) await breaker.run(down).catch(() => undefined);
  }

  it('opens when half of the last reads failed, from the tenth on', async () => {
    const breaker = createReadBreaker(guardParts());
    for (let at = 0; at < 5; at++) await breaker.run(up);
    await fail(breaker, 4);
    expect(breaker.state).toBe('CLOSED');
    await fail(breaker, 1);
    expect(breaker.state).toBe('OPEN');
    await expect(breaker.run(up)).rejects.toMatchObject({ code: 'READS_STOPPED' });
  });

  it('lets three probes out after 10 s, and closes when all succeed', async () => {
    const { clock } = guardParts();
    const breaker = createReadBreaker({ clock });
    await fail(breaker, 10);
    await clock.advance(10_000);
    expect(breaker.state).toBe('HALF_OPEN');
    const probes = [1, 2, 3, 4].map(() => breaker.run(up).catch(() => 'stopped'));
    expect(await Promise.all(probes)).toEqual(['read', 'read', 'read', 'stopped']);
    expect(breaker.state).toBe('CLOSED');
  });

  it('opens again when a probe fails', async () => {
    const { clock } = guardParts();
    const breaker = createReadBreaker({ clock });
    await fail(breaker, 10);
    await clock.advance(10_000);
    await fail(breaker, 1);
    expect(breaker.state).toBe('OPEN');
    await clock.advance(9_999);
    expect(breaker.state).toBe('OPEN');
  });

  it('never stops the search for unknown orders, and paces it to one a second while open', async () => {
    const { clock } = guardParts();
    const breaker = createReadBreaker({ clock });
    const readAt: number[] = [];
    const adapter = createStubOrderAdapter({
      listOrders: () => {
        readAt.push(clock.monotonicMs());
        return Promise.resolve({ orders: [], complete: true, readStartedAtMs: 0 });
      },
    });
    await fail(breaker, 10);
    const query = { tradingDate: '2026-09-14' as never };
    const searches = [1, 2, 3].map(() => breaker.exempt(adapter).listOrders(query));
    await expect(breaker.guard(adapter).listOrders(query)).rejects.toMatchObject({ code: 'READS_STOPPED' });
    await clock.advance(3_000);
    await Promise.all(searches);
    expect(readAt).toEqual([0, 1_000, 2_000]);
  });
});
