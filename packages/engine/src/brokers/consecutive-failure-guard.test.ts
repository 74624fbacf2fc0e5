import { type ExecutionResponse, intentId } from '@qts/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConsecutiveFailureGuard } from './consecutive-failure-guard.ts';

const response = (fields: Partial<ExecutionResponse>): ExecutionResponse => ({
  intentId: intentId('intent-1'),
  accepted: fields.outcome === 'ACCEPTED',
  outcome: 'NOT_SENT',
  broker: 'kis',
  message: 'm',
  timestampMs: 0,
  ...fields,
});
const unknown = response({ outcome: 'UNKNOWN', code: 'FS042' });
const refused = response({ outcome: 'REJECTED', code: 'FS040' });
const unsent = response({ outcome: 'NOT_SENT', code: 'FS040' });
const accepted = response({ outcome: 'ACCEPTED' });
const noop = response({ code: 'G_EXE_NOOP_POLICY' });

describe('createConsecutiveFailureGuard', () => {
  // domain 13, row 3
  it.each([
    ['an unknown outcome', unknown, 1],
    ['a refusal', refused, 1],
    ['an order that did not get out', unsent, 1],
    ['a NOOP', noop, 0],
    ['a denial of ours', response({ code: 'G_EXE_TERMS_UNSUPPORTED' }), 0],
    ['a limiter of ours', response({ code: 'G_EXE_RATE_LIMITED' }), 0],
    ['a dry run', response({ outcome: 'ACCEPTED', dryRun: true }), 0],
  ])('counts %s as $2', (_, seen, failures) => {
    const guard = createConsecutiveFailureGuard();
    guard.observe(seen);
    expect(guard.consecutiveFailures).toBe(failures);
  });

  it('counts what was thrown', () => {
    const guard = createConsecutiveFailureGuard({ maxConsecutiveFailures: 1 });
    guard.observeThrown();
    expect(guard.blocked).toBe(true);
  });

  it('counts no refusals when the setting says so, and still counts the unknown', () => {
    const guard = createConsecutiveFailureGuard({ countBusinessRefusals: false, maxConsecutiveFailures: 1 });
    guard.observe(refused);
    expect(guard.blocked).toBe(false);
    guard.observe(unknown);
    expect(guard.blocked).toBe(true);
  });

  it('starts again at 0 after an acceptance, but not after a dry run', () => {
    const guard = createConsecutiveFailureGuard();
    guard.observe(unsent);
    guard.observe(response({ outcome: 'ACCEPTED', dryRun: true }));
    expect(guard.consecutiveFailures).toBe(1);
    guard.observe(accepted);
    expect(guard.consecutiveFailures).toBe(0);
  });

  it.each(['FS044', 'FS045'] as const)('latches at once on %s', (code) => {
    const guard = createConsecutiveFailureGuard({ countBusinessRefusals: false });
    guard.observe(response({ outcome: 'REJECTED', code }));
    expect(guard.blocked).toBe(true);
  });

  // execution-safety 11, column Guard: the broker's own word goes before the outcome.
  it.each([
    ['a rate refusal does not count', [{ guard: 'IGNORE' }, { guard: 'IGNORE' }, { guard: 'IGNORE' }], 0, false],
    ['a token is forgiven once', [{ guard: 'FORGIVE_ONCE' }], 0, false],
    ['a second token in a row counts', [{ guard: 'FORGIVE_ONCE' }, { guard: 'FORGIVE_ONCE' }], 1, false],
    ['a gateway refusal counts whatever the setting', [{ outcome: 'REJECTED', guard: 'COUNT' }], 1, false],
    ['an answer that contradicts itself trips at once', [{ guard: 'TRIP' }], 1, true],
  ] as const)('%s', (_, answers, failures, blocked) => {
    const guard = createConsecutiveFailureGuard({ countBusinessRefusals: false });
    for (const each of answers) guard.observe({ ...unknown, ...each });
    expect([guard.consecutiveFailures, guard.blocked]).toEqual([failures, blocked]);
  });

  it('forgives a token again after an acceptance', () => {
    const guard = createConsecutiveFailureGuard();
    for (const each of [{ ...unknown, guard: 'FORGIVE_ONCE' } as const, accepted]) {
      guard.observe(each);
      guard.observe(each);
    }
    guard.observe({ ...unknown, guard: 'FORGIVE_ONCE' });
    expect(guard.consecutiveFailures).toBe(0);
  });

  it('blocks exactly when a run of failures reached the maximum, and for ever after', () => {
    const answers = fc.array(fc.constantFrom(unknown, refused, unsent, accepted, noop), { maxLength: 40 });
    fc.assert(
      fc.property(answers, fc.integer({ min: 1, max: 5 }), (seen, maxConsecutiveFailures) => {
        const guard = createConsecutiveFailureGuard({ maxConsecutiveFailures });
        let run = 0;
        let latched = false;
        for (const each of seen) {
          guard.observe(each);
          if (each === accepted) run = 0;
          else if (each !== noop) run++;
          latched ||= run >= maxConsecutiveFailures;
          expect(guard.blocked).toBe(latched);
        }
      }),
    );
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses a maximum of %s', (maxConsecutiveFailures) => {
    expect(() => createConsecutiveFailureGuard({ maxConsecutiveFailures })).toThrow(/maximum of consecutive failures/);
  });
});
