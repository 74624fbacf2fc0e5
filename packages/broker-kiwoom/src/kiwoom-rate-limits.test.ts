import { tradingDate } from '@qts/core';
import { createFakeClock } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { createKiwoomRateLimiters, kiwoomOpenOrdersMax, kiwoomRateLimits } from './kiwoom-rate-limits.ts';

describe('the limits of Kiwoom', () => {
  it('say where each figure is from', () => {
    for (const { source } of kiwoomRateLimits) expect(source.length).toBeGreaterThan(10);
  });

  it('are one a second for each api-id, which does not touch another', () => {
    const limiters = createKiwoomRateLimiters({ clock: createFakeClock() });
    expect(typeof limiters.of('kt10000').acquire('ORDER')).toBe('number');
    const second = limiters.of('kt10000').acquire('ORDER');
    expect(second).toBeInstanceOf(Promise);
    expect(typeof limiters.of('kt10003').acquire('RISK_CANCEL')).toBe('number');
    expect(typeof limiters.of('ka10001').acquire('OTHER')).toBe('number');
    limiters.close();
    return expect(second).rejects.toMatchObject({ code: 'SESSION_CLOSED' });
  });

  it('take a figure of one api-id before the general one', () => {
    const five = [{ effectiveFrom: '2025-01-01', permits: 5, windowMs: 1_000, source: 'made up' }];
    const limiters = createKiwoomRateLimiters({ clock: createFakeClock(), limitsOf: { ka10081: five } });
    expect(limiters.of('ka10081').state().permitsPerWindow).toBe(4);
    expect(limiters.of('ka10080').state().permitsPerWindow).toBe(1);
  });

  it('shut the order lane of every api-id that carries orders, and of no other, until a read confirms', () => {
    const limiters = createKiwoomRateLimiters({ clock: createFakeClock() });
    const shut = (): readonly string[] =>
      ['kt10000', 'kt10001', 'kt10002', 'kt10003', 'kt00007'].filter((id) => limiters.of(id).state().orderLaneShut);
    limiters.report('kt00007', 'ORDER_READ', '1700');
    expect(shut()).toEqual([]);
    limiters.report('kt10001', 'ORDER', '1700');
    expect(shut()).toEqual(['kt10000', 'kt10001', 'kt10002']);
    limiters.openOrderLanes();
    expect(shut()).toEqual([]);
  });

  it.each([
    ['1700', ['kt00007']],
    ['1701', ['kt00007', 'ka10001', 'kt10003']],
    ['1702', ['kt00007', 'ka10001', 'kt10003']],
  ] as const)('slow down by what the code %s speaks of', (code, slowed) => {
    const limiters = createKiwoomRateLimiters({ clock: createFakeClock() });
    const all = ['kt00007', 'ka10001', 'kt10003'];
    for (const id of all) limiters.of(id);
    limiters.report('kt00007', 'ORDER_READ', code);
    expect(all.filter((id) => limiters.of(id).state().permitsPerWindow < 1)).toEqual(slowed);
    expect(limiters.of('kt10000').state().orderLaneShut).toBe(false);
  });

  it('leave no more orders open than can be canceled within thirty seconds', () => {
    expect(kiwoomOpenOrdersMax(tradingDate('2026-09-14'))).toBe(30);
    const half = [{ effectiveFrom: '2025-01-01', permits: 1, windowMs: 2_000, source: 'made up' }];
    expect(kiwoomOpenOrdersMax(tradingDate('2026-09-14'), half)).toBe(15);
  });
});
