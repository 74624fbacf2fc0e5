import { type ExecutionResponse, BrokerError, intentId, krw, symbolCode } from '@qts/core';
import { type FakeClock, buildExecutionIntent, createFakeClock, createStubOrderAdapter } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { type UnknownWatcher } from '../gateway/order-gateway-contract.ts';
import { createOrderTracker } from '../orders/order-tracker.ts';
import { createSafetyLayer } from '../safety/safety-layer.ts';
import { createDeadManTimer } from './dead-man-timer.ts';
import { createReadBreaker } from './read-breaker.ts';
import { createRejectRateGuard } from './reject-rate-guard.ts';
import { createRepeatThrottle } from './repeat-throttle.ts';
import { type TradingStates, createTradingStates } from './trading-state.ts';
import { createUnknownGuard } from './unknown-guard.ts';

const by = { requestedBy: 'kim', reason: 'looked at it' };

interface Started {
  readonly clock: FakeClock;
  readonly trading: TradingStates;
  readonly watchers: UnknownWatcher[];
  readonly gateway: { watch(watcher: UnknownWatcher): void };
}

function start(): Started {
  const clock = createFakeClock();
  const safety = createSafetyLayer({ clock });
  const trading = createTradingStates({ clock, safety, tracker: createOrderTracker() });
  const watchers: UnknownWatcher[] = [];
  return { clock, trading, watchers, gateway: { watch: (watcher) => void watchers.push(watcher) } };
}

describe('createUnknownGuard', () => {
  const started = (): Started & {
    readonly unknown: Set<string>;
    readonly lose: (symbol: string) => void;
    readonly find: (symbol: string) => void;
  } => {
    const base = start();
    const unknown = new Set<string>();
    createUnknownGuard({ ...base, tracker: { hasUnknown: (symbol) => unknown.has(symbol) } });
    return {
      ...base,
      unknown,
      lose(symbol) {
        unknown.add(symbol);
        const intent = buildExecutionIntent({ symbol });
        for (const each of base.watchers) each.placeUnknown?.({ intent, code: 'FS042' });
      },
      find(symbol) {
        unknown.delete(symbol);
        const about = { intentId: intentId('i'), accepted: true, broker: 'kis', message: 'm', timestampMs: 1 };
        for (const each of base.watchers) each.placeSettled?.({ ...about, outcome: 'ACCEPTED' });
      },
    };
  };

  it('leaves one unknown order to its frozen symbol', () => {
    const { trading, lose } = started();
    lose('005930');
    expect(trading.state()).toBe('ACTIVE');
  });

  it('restricts after two within a minute, and not after two that are further apart', async () => {
    const near = started();
    near.lose('005930');
    await near.clock.advance(59_999);
    near.lose('000660');
    expect(near.trading.state()).toBe('REDUCE_ONLY');
    const far = started();
    far.lose('005930');
    await far.clock.advance(60_000);
    far.lose('000660');
    expect(far.trading.state()).toBe('ACTIVE');
  });

  it('ends by itself 30 s after the last was resolved, and not while one is open', async () => {
    const { trading, clock, lose, find } = started();
    lose('005930');
    lose('000660');
    find('005930');
    await clock.advance(120_000);
    expect(trading.state()).toBe('REDUCE_ONLY');
    find('000660');
    await clock.advance(29_999);
    expect(trading.state()).toBe('REDUCE_ONLY');
    await clock.advance(1);
    expect(trading.state()).toBe('ACTIVE');
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('createRejectRateGuard', () => {
  const answer = ({ watchers }: Started, ...outcomes: readonly ExecutionResponse['outcome'][]): void => {
    const about = { intentId: intentId('i'), accepted: false, broker: 'kis', message: 'm', timestampMs: 1 };
    for (const outcome of outcomes) watchers[0]?.placeAnswered?.(buildExecutionIntent(), { ...about, outcome });
  };
  const times = (count: number, outcome: ExecutionResponse['outcome']): ExecutionResponse['outcome'][] =>
    Array.from({ length: count }, () => outcome);

  it.each([
    ['nine refusals are too few', times(9, 'REJECTED'), 'ACTIVE'],
    ['half is not more than half', [...times(5, 'ACCEPTED'), ...times(5, 'REJECTED')], 'ACTIVE'],
    ['six of ten restrict', [...times(4, 'ACCEPTED'), ...times(6, 'REJECTED')], 'REDUCE_ONLY'],
    ['only the last twenty count', [...times(12, 'ACCEPTED'), ...times(10, 'REJECTED')], 'ACTIVE'],
    ['eleven of the last twenty restrict', [...times(12, 'ACCEPTED'), ...times(11, 'REJECTED')], 'REDUCE_ONLY'],
    ['what is unknown or did not leave says nothing', [...times(20, 'UNKNOWN'), ...times(20, 'NOT_SENT')], 'ACTIVE'],
  ] as const)('%s', (_, outcomes, state) => {
    const started = start();
    createRejectRateGuard(started);
    answer(started, ...outcomes);
    expect(started.trading.state()).toBe(state);
  });

  it('begins anew after an operator resumed it', () => {
    const started = start();
    createRejectRateGuard(started);
    answer(started, ...times(10, 'REJECTED'));
    started.trading.lift('reject-rate-guard');
    expect(started.trading.state()).toBe('REDUCE_ONLY');
    started.trading.resume('reject-rate-guard', by);
    answer(started, ...times(9, 'REJECTED'));
    expect(started.trading.state()).toBe('ACTIVE');
    answer(started, 'REJECTED');
    expect(started.trading.state()).toBe('REDUCE_ONLY');
  });
});

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

describe('createDeadManTimer', () => {
  it('restricts after 10 s without a beat of any who is watched, and a later beat ends nothing', async () => {
    const { clock, trading } = start();
    const timer = createDeadManTimer({ clock, trading, watched: ['main-loop', 'strategy'] });
    for (let at = 0; at < 5; at++) {
      await clock.advance(9_999);
      timer.beat('main-loop');
      timer.beat('strategy');
    }
    expect(trading.state()).toBe('ACTIVE');
    await clock.advance(5_000);
    timer.beat('main-loop');
    await clock.advance(5_000);
    expect(trading.restrictions()).toMatchObject([{ source: 'dead-man-timer', code: 'FS060', reset: 'OPERATOR' }]);
    timer.beat('strategy');
    expect(trading.state()).toBe('REDUCE_ONLY');
    timer.close();
    expect(clock.pendingTimers).toBe(0);
  });

  it('cancels all after 60 s, once a silence', async () => {
    const { clock, trading } = start();
    const asked: string[] = [];
    const cancelAll = (why: string): void => void asked.push(why);
    const timer = createDeadManTimer({ clock, trading, watched: ['main-loop'], cancelAll });
    await clock.advance(59_999);
    expect(asked).toEqual([]);
    await clock.advance(300_000);
    expect(asked).toEqual(['main-loop was silent for 60000 ms']);
    timer.beat('main-loop');
    await clock.advance(60_000);
    expect(asked).toHaveLength(2);
    timer.close();
  });

  it.each([{ restrictAfterMs: 0 }, { restrictAfterMs: 10, cancelAfterMs: 10 }])('refuses the times %o', (times) => {
    expect(() => createDeadManTimer({ ...start(), watched: [], ...times })).toThrow(/not usable/);
  });
});

describe('createReadBreaker', () => {
  const down = (): Promise<never> => Promise.reject(new BrokerError({ code: 'X', summary: 'Down.', next: 'Wait.' }));
  const up = (): Promise<string> => Promise.resolve('read');
  async function fail(breaker: ReturnType<typeof createReadBreaker>, count: number): Promise<void> {
    for (let at = 0; at < count; at++) await breaker.run(down).catch(() => undefined);
  }

  it('opens when half of the last reads failed, from the tenth on', async () => {
    const breaker = createReadBreaker(start());
    for (let at = 0; at < 5; at++) await breaker.run(up);
    await fail(breaker, 4);
    expect(breaker.state).toBe('CLOSED');
    await fail(breaker, 1);
    expect(breaker.state).toBe('OPEN');
    await expect(breaker.run(up)).rejects.toMatchObject({ code: 'READS_STOPPED' });
  });

  it('lets three probes out after 10 s, and closes when all succeed', async () => {
    const { clock } = start();
    const breaker = createReadBreaker({ clock });
    await fail(breaker, 10);
    await clock.advance(10_000);
    expect(breaker.state).toBe('HALF_OPEN');
    const probes = [1, 2, 3, 4].map(() => breaker.run(up).catch(() => 'stopped'));
    expect(await Promise.all(probes)).toEqual(['read', 'read', 'read', 'stopped']);
    expect(breaker.state).toBe('CLOSED');
  });

  it('opens again when a probe fails', async () => {
    const { clock } = start();
    const breaker = createReadBreaker({ clock });
    await fail(breaker, 10);
    await clock.advance(10_000);
    await fail(breaker, 1);
    expect(breaker.state).toBe('OPEN');
    await clock.advance(9_999);
    expect(breaker.state).toBe('OPEN');
  });

  it('never stops the search for unknown orders, and paces it to one a second while open', async () => {
    const { clock } = start();
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
