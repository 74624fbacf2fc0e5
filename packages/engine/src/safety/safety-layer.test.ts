import { type OrderJournal } from '@qts/core';
import { createFakeClock, createRecordingLogger } from '@qts/core/testing';
import { createMemoryJournal } from '@qts/storage';
import { describe, expect, it } from 'vitest';
import { type SafetyRecord, createSafetyLayer } from './safety-layer.ts';
import { createInMemoryNotifier, formatSafetyNotification } from './safety-notifier.ts';

const failSafe: SafetyRecord = {
  code: 'FS040',
  message: 'broker failed',
  stage: 'ACT',
  metadata: { symbol: '005930' },
};
const operator = { requestedBy: 'kim', reason: 'looked at it' };

function startLayer(): {
  readonly safety: ReturnType<typeof createSafetyLayer>;
  readonly notifier: ReturnType<typeof createInMemoryNotifier>;
  readonly journal: ReturnType<typeof createMemoryJournal>;
} {
  const notifier = createInMemoryNotifier();
  const journal = createMemoryJournal();
  return { safety: createSafetyLayer({ clock: createFakeClock(), notifier, journal }), notifier, journal };
}

describe('createSafetyLayer', () => {
  it('lets orders go at first', () => {
    const { safety } = startLayer();
    expect(safety.shouldRun()).toBe(true);
    expect(safety.snapshot()).toEqual({
      ...{ pipelineState: 'NORMAL', consecutiveFailSafeCount: 0, isTradingAllowed: true, isLockdown: false },
      ...{ killSwitch: false, safeMode: false },
    });
  });

  it('stops at one fail-safe, locks at two, and goes on only when an operator approves', () => {
    const { safety } = startLayer();
    safety.record(failSafe);
    expect(safety.refusal()).toBe('G_EXE_SAFETY_BLOCKED');
    safety.record({ ...failSafe, code: 'FS042' });
    expect(safety.snapshot()).toMatchObject({
      isLockdown: true,
      lastFailSafeCode: 'FS042',
      consecutiveFailSafeCount: 2,
    });
    expect(safety.requestRecovery({ operatorApproved: false, ...operator })).toMatchObject({
      applied: false,
      reason: 'lockdown_requires_operator_approval',
    });
    safety.requestRecovery({ operatorApproved: true, ...operator });
    expect(safety.shouldRun()).toBe(true);
  });

  it.each([
    ['FS040', 'FAIL'],
    ['GR001', 'NORMAL'],
    ['G_EXE_SELF_CROSS', 'NORMAL'],
    ['AN001', 'WARNING'],
  ] as const)('takes %s for what it is in the registry', (code, state) => {
    const { safety } = startLayer();
    safety.record({ code, message: 'm', stage: 'ACT' });
    expect(safety.pipelineState).toBe(state);
  });

  it('follows the record when it says what the event is', () => {
    const { safety } = startLayer();
    safety.record({ ...failSafe, event: 'anomaly' });
    expect(safety.pipelineState).toBe('WARNING');
  });

  it.each([
    ['kill switch', 'setKillSwitch', 'G_EXE_KILLSWITCH_ON'],
    ['safe mode', 'setSafeMode', 'G_EXE_SAFE_MODE_ON'],
  ] as const)('stops while the %s is on, without a change of state', (_, method, refusal) => {
    const { safety } = startLayer();
    safety[method](true, operator);
    expect(safety.refusal()).toBe(refusal);
    expect(safety.pipelineState).toBe('NORMAL');
    safety[method](false, operator);
    expect(safety.shouldRun()).toBe(true);
  });

  it('keeps the kill switch over a recovery', () => {
    const { safety } = startLayer();
    safety.setKillSwitch(true, operator);
    safety.requestRecovery({ operatorApproved: true, ...operator });
    expect(safety.shouldRun()).toBe(false);
  });

  it('tells and journals each record once', () => {
    const { safety, notifier, journal } = startLayer();
    safety.record(failSafe);
    expect(notifier.notifications).toEqual([
      {
        timestamp: '2026-09-14T09:00:00.000+09:00',
        ...{ safetyCode: 'FS040', level: 'FAIL', message: 'broker failed', pipelineState: 'FAIL' },
        metadata: { symbol: '005930' },
      },
    ]);
    expect(journal.records).toMatchObject([
      { type: 'safety-recorded', body: { from: 'NORMAL', to: 'FAIL', count: 1 } },
    ]);
  });

  it('journals who acted, and why', () => {
    const { safety, journal } = startLayer();
    safety.setKillSwitch(true, operator);
    safety.requestRecovery({ operatorApproved: true, ...operator });
    expect(journal.records.map(({ type, body }) => [type, body['action'], body['requestedBy']])).toEqual([
      ['operator-acted', 'kill-switch-on', 'kim'],
      ['operator-acted', 'approved_recovery', 'kim'],
    ]);
  });

  it.each([
    ['requestRecovery', 'requestedBy'],
    ['requestRecovery', 'reason'],
    ['setKillSwitch', 'requestedBy'],
    ['setKillSwitch', 'reason'],
    ['setSafeMode', 'requestedBy'],
    ['setSafeMode', 'reason'],
  ] as const)('refuses %s without a %s, and changes nothing', (method, field) => {
    const { safety, journal } = startLayer();
    safety.record(failSafe);
    safety.setKillSwitch(true, operator);
    safety.setSafeMode(true, operator);
    const before = { ...safety.snapshot(), records: journal.records.length };
    const blank = { ...operator, [field]: ' ' };
    expect(() => {
      if (method === 'requestRecovery') safety.requestRecovery({ operatorApproved: true, ...blank });
      else safety[method](false, blank);
    }).toThrow(
      expect.objectContaining({ code: 'OPERATOR_UNNAMED', facts: expect.objectContaining({ field }) as unknown }),
    );
    expect({ ...safety.snapshot(), records: journal.records.length }).toEqual(before);
  });

  it('stops trading although nobody can be told and nothing can be written', async () => {
    const logger = createRecordingLogger();
    const journal: OrderJournal = {
      ...createMemoryJournal(),
      append: () => Promise.reject(new Error('disk gone')),
    };
    const notifier = {
      notify: (): never => {
        throw new Error('no network');
      },
    };
    const clock = createFakeClock();
    const safety = createSafetyLayer({ clock, notifier, journal, logger });
    safety.record(failSafe);
    await clock.settle();
    expect(safety.shouldRun()).toBe(false);
    expect(logger.entries.map(({ event }) => event)).toEqual(['safety-notifier-threw', 'safety-record-not-journalled']);
  });

  it.each([0, 1.5, Number.NaN, -1])('refuses a lockdown threshold of %s', (lockdownThreshold) => {
    expect(() => createSafetyLayer({ clock: createFakeClock(), lockdownThreshold })).toThrow(/lockdown threshold/);
  });
});

describe('formatSafetyNotification', () => {
  it('writes level, code, message, state and facts between bars', () => {
    const { safety, notifier } = startLayer();
    safety.record({ ...failSafe, metadata: { symbol: '005930', attempt: undefined, count: 2 } });
    expect(notifier.notifications.map(formatSafetyNotification)).toEqual([
      'FAIL | FS040 | broker failed | FAIL | symbol=005930 count=2',
    ]);
  });
});
