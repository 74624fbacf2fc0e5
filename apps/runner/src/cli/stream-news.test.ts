import { type StreamControl } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { createStreamNews } from './stream-news.ts';

const atMs = Date.parse('2025-10-17T09:40:07+09:00');
const base = {
  ...{ brokerId: 'kis', subscriptions: ['H0STCNT0 005930'], reason: 'CONNECTION_CLOSED', next: 'Look.' },
  ...{ receivedAtMs: atMs, receivedMonotonicMs: 0 },
};
const gap: StreamControl = { ...base, kind: 'gap', sinceMs: atMs - 7_000 };
const backfilled = (complete: boolean): StreamControl => ({
  ...{ ...base, kind: 'backfilled', sinceMs: atMs - 7_000, repaired: 2, complete },
});

describe('news of streams', () => {
  it('tell a gap once, however many attempts it lasts, and when it was read', () => {
    const news = createStreamNews();
    expect(news('orders', gap)).toBe('GAP in the stream of orders since 09:40:00 (CONNECTION_CLOSED): read by REST');
    expect(news('orders', gap)).toBeUndefined();
    expect(news('orders', backfilled(false))).toContain('the gap stands');
    expect(news('orders', backfilled(true))).toBe('  orders read at 09:40:07, the gap since 09:40:00 is closed');
    expect(news('orders', gap)).toBeDefined();
  });

  it('tell gaps of the two streams apart', () => {
    const news = createStreamNews();
    news('orders', gap);
    expect(news('quotes', gap)).toContain('quotes');
  });

  it('say nothing of a first read, and of a connection that is made again by itself', () => {
    const news = createStreamNews();
    expect(news('quotes', backfilled(true))).toBeUndefined();
    expect(news('quotes', { ...base, kind: 'connection-lost', alarm: false })).toBeUndefined();
    expect(news('quotes', { ...base, kind: 'connection-lost', alarm: true })).toContain('Look.');
  });

  it('name what was silent, and what is not what it was', () => {
    const news = createStreamNews();
    expect(news('quotes', { ...base, kind: 'stale', reason: 'VOLUME_WITHOUT_TRADES', quietMs: 64_000 })).toBe(
      'STALE stream of quotes [H0STCNT0 005930]: VOLUME_WITHOUT_TRADES after 64 s without news',
    );
    expect(news('quotes', { ...base, kind: 'drift', reason: 'WIDTH_UNKNOWN', facts: {} })).toBe(
      'DRIFT in the stream of quotes [H0STCNT0 005930]: WIDTH_UNKNOWN. Look.',
    );
  });

  it('name four of the subscriptions that were refused, and count the rest', () => {
    const subscriptions = ['a', 'b', 'c', 'd', 'e', 'f'];
    const line = createStreamNews()('quotes', {
      ...{ ...base, kind: 'subscription-refused', reason: 'REGISTRATION_LIMIT', subscriptions },
    });
    expect(line).toBe('REFUSED a, b, c, d, 2 more: REGISTRATION_LIMIT. Look.');
  });
});
