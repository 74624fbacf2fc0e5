import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type SafetyEvent,
  type SafetyMemory,
  type SafetyState,
  applySafetyEvent,
  initialSafetyMemory,
  safetyEvents,
  safetyStates,
} from './safety-machine.ts';

const memories: Record<SafetyState, SafetyMemory> = {
  NORMAL: initialSafetyMemory,
  WARNING: { state: 'WARNING', consecutiveFailSafeCount: 0 },
  FAIL: { state: 'FAIL', consecutiveFailSafeCount: 1, lastFailSafeCode: 'FS040' },
  LOCKDOWN: { state: 'LOCKDOWN', consecutiveFailSafeCount: 2, lastFailSafeCode: 'FS042' },
};

/** State, event, where it leads, count afterwards, reason; every pair once. `undefined` as reason: simply applied. */
const expectations: readonly (readonly [SafetyState, SafetyEvent, SafetyState, number, string | undefined])[] = [
  ['NORMAL', 'anomaly', 'WARNING', 0, undefined],
  ['NORMAL', 'guardrail', 'NORMAL', 0, 'no_transition_for_NORMAL_guardrail'],
  ['NORMAL', 'fail_safe', 'FAIL', 1, 'consecutive_fail_safe_count_incremented'],
  ['NORMAL', 'recovery', 'NORMAL', 0, 'no_transition_for_NORMAL_recovery'],
  ['NORMAL', 'approved_recovery', 'NORMAL', 0, 'no_transition_for_NORMAL_approved_recovery'],
  ['WARNING', 'anomaly', 'WARNING', 0, undefined],
  ['WARNING', 'guardrail', 'WARNING', 0, undefined],
  ['WARNING', 'fail_safe', 'FAIL', 1, 'consecutive_fail_safe_count_incremented'],
  ['WARNING', 'recovery', 'NORMAL', 0, undefined],
  ['WARNING', 'approved_recovery', 'NORMAL', 0, undefined],
  ['FAIL', 'anomaly', 'FAIL', 1, 'no_transition_for_FAIL_anomaly'],
  ['FAIL', 'guardrail', 'FAIL', 1, 'no_transition_for_FAIL_guardrail'],
  ['FAIL', 'fail_safe', 'LOCKDOWN', 2, 'consecutive_fail_safe_lockdown'],
  ['FAIL', 'recovery', 'NORMAL', 0, undefined],
  ['FAIL', 'approved_recovery', 'NORMAL', 0, undefined],
  ['LOCKDOWN', 'anomaly', 'LOCKDOWN', 2, 'no_transition_for_LOCKDOWN_anomaly'],
  ['LOCKDOWN', 'guardrail', 'LOCKDOWN', 2, 'no_transition_for_LOCKDOWN_guardrail'],
  ['LOCKDOWN', 'fail_safe', 'LOCKDOWN', 2, 'no_transition_for_LOCKDOWN_fail_safe'],
  ['LOCKDOWN', 'recovery', 'LOCKDOWN', 2, 'lockdown_requires_operator_approval'],
  ['LOCKDOWN', 'approved_recovery', 'NORMAL', 0, undefined],
];

describe('applySafetyEvent', () => {
  it('is expected to do something in every state with every event', () => {
    const pairs = expectations.map(([state, event]) => `${state} ${event}`);
    expect(new Set(pairs)).toEqual(
      new Set(safetyStates.flatMap((state) => safetyEvents.map((event) => `${state} ${event}`))),
    );
    expect(pairs).toHaveLength(safetyStates.length * safetyEvents.length);
  });

  it.each(expectations)('%s + %s leads to %s', (from, event, to, count, reason) => {
    const { memory, transition } = applySafetyEvent(memories[from], event, { code: 'FS060' });
    const refused = reason?.startsWith('no_') === true || reason === 'lockdown_requires_operator_approval';
    expect({ reason: undefined, ...transition }).toEqual({
      ...{ from, to, event, applied: !refused, reason, code: 'FS060', count, threshold: 2 },
    });
    expect(memory).toMatchObject({ state: to, consecutiveFailSafeCount: count });
    if (refused) expect(memory).toBe(memories[from]);
  });

  it('forgets the last code when it recovers', () => {
    const { memory } = applySafetyEvent(memories.LOCKDOWN, 'approved_recovery');
    expect(memory).toEqual(initialSafetyMemory);
  });

  it('remembers the code of the newest fail-safe', () => {
    expect(applySafetyEvent(memories.FAIL, 'fail_safe', { code: 'FS060' }).memory.lastFailSafeCode).toBe('FS060');
  });

  // domain 13, row 1
  it('never leaves LOCKDOWN without operator approval, whatever events arrive', () => {
    const unapproved = fc.constantFrom(...safetyEvents.filter((event) => event !== 'approved_recovery'));
    fc.assert(
      fc.property(fc.array(unapproved, { maxLength: 50 }), fc.integer({ min: 1, max: 5 }), (events, threshold) => {
        let memory = initialSafetyMemory;
        let locked = false;
        for (const event of events) {
          ({ memory } = applySafetyEvent(memory, event, { code: 'FS040', threshold }));
          locked ||= memory.state === 'LOCKDOWN';
          if (locked) expect(memory.state).toBe('LOCKDOWN');
        }
      }),
    );
  });

  it('locks after as many fail-safes without a recovery as the threshold says, and not before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), (threshold) => {
        let memory = initialSafetyMemory;
        for (let count = 1; count <= threshold; count++) {
          ({ memory } = applySafetyEvent(memory, 'fail_safe', { code: 'FS040', threshold }));
          expect(memory.state).toBe(count < threshold ? 'FAIL' : 'LOCKDOWN');
        }
      }),
    );
  });
});
