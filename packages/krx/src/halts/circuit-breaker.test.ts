import { describe, expect, it } from 'vitest';
import { timeOfDay } from '../rules/kst-time.ts';
import {
  type CircuitBreakerRule,
  type CircuitBreakerStage,
  circuitBreakerRule,
  isCircuitBreakerDue,
} from './circuit-breaker.ts';

function stage(number: CircuitBreakerStage): CircuitBreakerRule {
  const found = circuitBreakerRule({ tradingDate: '2026-11-20', stage: number });
  if (!found.ok) throw new Error(found.reason);
  return found.rule;
}

const noon = { previousClose: 2_500, lastedMs: 60_000, timeOfDayMs: timeOfDay('12:00') };

describe('circuit breakers', () => {
  it('call stage 1 at a fall of eight percent that lasts a minute', () => {
    expect(isCircuitBreakerDue(stage(1), { ...noon, level: 2_300 })).toBe(true);
    expect(isCircuitBreakerDue(stage(1), { ...noon, level: 2_300.01 })).toBe(false);
    expect(isCircuitBreakerDue(stage(1), { ...noon, level: 2_300, lastedMs: 59_999 })).toBe(false);
  });

  it('call stage 2 at fifteen percent and one percent below the level of stage 1', () => {
    expect(isCircuitBreakerDue(stage(2), { ...noon, level: 2_125, levelAtPreviousStage: 2_300 })).toBe(true);
    expect(isCircuitBreakerDue(stage(2), { ...noon, level: 2_125, levelAtPreviousStage: 2_130 })).toBe(false);
    expect(isCircuitBreakerDue(stage(2), { ...noon, level: 2_126, levelAtPreviousStage: 2_300 })).toBe(false);
    expect(isCircuitBreakerDue(stage(2), { ...noon, level: 2_125 })).toBe(false);
  });

  it('call stages 1 and 2 until 14:50 and stage 3 until the close', () => {
    const late = { ...noon, levelAtPreviousStage: 2_300 };
    expect(isCircuitBreakerDue(stage(1), { ...late, level: 2_300, timeOfDayMs: timeOfDay('14:50') })).toBe(true);
    expect(isCircuitBreakerDue(stage(1), { ...late, level: 2_300, timeOfDayMs: timeOfDay('14:50:01') })).toBe(false);
    expect(isCircuitBreakerDue(stage(2), { ...late, level: 2_000, timeOfDayMs: timeOfDay('14:50:01') })).toBe(false);
    expect(isCircuitBreakerDue(stage(3), { ...late, level: 2_000, timeOfDayMs: timeOfDay('15:10') })).toBe(true);
  });

  it('let orders be cancelled in the first two stages and not in the third', () => {
    expect([1, 2, 3].map((number) => stage(number as CircuitBreakerStage).cancelsAllowed)).toStrictEqual([
      true,
      true,
      false,
    ]);
    expect(stage(1)).toMatchObject({ haltMs: 1_200_000, auctionMs: 600_000 });
    expect(stage(3).haltMs).toBeUndefined();
  });

  it('are not held before 2015-06-15', () => {
    expect(circuitBreakerRule({ tradingDate: '2015-06-12', stage: 1 })).toMatchObject({ code: 'DATE_NOT_COVERED' });
  });
});
