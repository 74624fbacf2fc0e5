import { type ExecutionResponse, intentId } from '@qts/core';
import { buildExecutionIntent } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { type GuardParts, by, guardParts } from '../../test/support/guard-parts.ts';
import { createRejectRateGuard } from './reject-rate-guard.ts';

describe('createRejectRateGuard', () => {
  const answer = ({ watchers }: GuardParts, ...outcomes: readonly ExecutionResponse['outcome'][]): void => {
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
    const started = guardParts();
    createRejectRateGuard(started);
    answer(started, ...outcomes);
    expect(started.trading.state()).toBe(state);
  });

  it('begins anew after an operator resumed it', () => {
    const started = guardParts();
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
