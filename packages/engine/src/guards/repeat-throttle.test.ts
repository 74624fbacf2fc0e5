import { krw, symbolCode } from '@qts/core';
import { buildExecutionIntent } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { by } from '../../test/support/guard-parts.ts';
import { createRepeatThrottle } from './repeat-throttle.ts';

describe('createRepeatThrottle', () => {
  const order = (strategy: string | undefined, side: 'BUY' | 'SELL' = 'BUY'): ReturnType<typeof buildExecutionIntent> =>
    buildExecutionIntent({ side, metadata: strategy === undefined ? {} : { strategy } });
  const allow = (): { allowed: true; worstPriceKrw: ReturnType<typeof krw> } => ({
    allowed: true,
    worstPriceKrw: krw(1),
  });

  it('denies the eleventh of one strategy, symbol and side within a minute, and all after it', () => {
    const throttle = createRepeatThrottle();
    const check = throttle.wrap(allow);
    for (let at = 0; at < 10; at++) expect(check(order('a'), at * 1_000).allowed).toBe(true);
    expect(check(order('a'), 59_999)).toMatchObject({ allowed: false, code: 'G_EXE_REPEAT_THROTTLED' });
    expect(check(order('a'), 600_000).allowed).toBe(false);
    expect([check(order('b'), 59_999).allowed, check(order('a', 'SELL'), 59_999).allowed]).toEqual([true, true]);
    expect(throttle.stopped).toEqual([{ strategy: 'a', symbol: '005930', side: 'BUY' }]);
  });

  it('lets ten a minute go on for ever, and takes orders without a strategy for one', () => {
    const check = createRepeatThrottle().wrap(allow);
    for (let at = 0; at < 100; at++) expect(check(order(undefined), at * 6_000).allowed).toBe(true);
  });

  it('counts nothing that the checks deny', () => {
    const check = createRepeatThrottle({ ordersMax: 1 }).wrap((intent) =>
      intent.side === 'BUY' ? { allowed: false, code: 'GR001', message: 'm', facts: {} } : allow(),
    );
    for (let at = 0; at < 5; at++) expect(check(order('a'), 0)).toMatchObject({ code: 'GR001' });
  });

  it('goes on when a person resumes it by name', () => {
    const throttle = createRepeatThrottle({ ordersMax: 1 });
    const check = throttle.wrap(allow);
    check(order('a'), 0);
    check(order('a'), 1);
    const key = { strategy: 'a', symbol: symbolCode('005930'), side: 'BUY' } as const;
    expect(() => throttle.resume(key, { ...by, requestedBy: '' })).toThrow(/Nothing was changed/);
    expect([throttle.resume(key, by), throttle.resume(key, by)]).toEqual([true, false]);
    expect(check(order('a'), 2).allowed).toBe(true);
  });

  it.each([{ ordersMax: 0 }, { withinMs: 1.5 }])('refuses the limit %o', (settings) => {
    expect(() => createRepeatThrottle(settings)).toThrow(/not usable/);
  });
});
