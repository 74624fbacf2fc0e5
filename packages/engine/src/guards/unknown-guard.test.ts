import { intentId } from '@qts/core';
import { buildExecutionIntent } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { type GuardParts, guardParts } from '../../test/support/guard-parts.ts';
import { createUnknownGuard } from './unknown-guard.ts';

describe('createUnknownGuard', () => {
  const started = (): GuardParts & {
    readonly unknown: Set<string>;
    readonly lose: (symbol: string) => void;
    readonly find: (symbol: string) => void;
  } => {
    const base = guardParts();
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
