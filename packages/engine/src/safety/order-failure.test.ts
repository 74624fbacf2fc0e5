import { type ExecutionResponse, intentId } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { classifyOrderFailure } from './order-failure.ts';

const response = (fields: Partial<ExecutionResponse>): ExecutionResponse => ({
  intentId: intentId('intent-1'),
  accepted: false,
  outcome: 'NOT_SENT',
  broker: 'kis',
  message: 'm',
  timestampMs: 0,
  ...fields,
});

describe('classifyOrderFailure', () => {
  it.each([
    ['an acceptance', { outcome: 'ACCEPTED', accepted: true }, undefined],
    ['a NOOP', { code: 'G_EXE_NOOP_POLICY' }, undefined],
    ['a denial of ours', { code: 'G_EXE_SELF_CROSS' }, 'DENIED'],
    ['a limit of ours', { code: 'GR001' }, 'DENIED'],
    ['a refusal of the broker', { outcome: 'REJECTED', code: 'FS040' }, 'REJECTED'],
    ['a network that failed', { code: 'FS040' }, 'NOT_SENT'],
    ['a lost answer', { outcome: 'UNKNOWN', code: 'FS042' }, 'UNKNOWN'],
    ['a latched guard', { code: 'FS040', broker: 'failsafe' }, 'BLOCKED'],
    ['a broken journal', { code: 'FS045' }, 'INTEGRITY'],
    ['a check that failed', { code: 'FS030' }, 'INTEGRITY'],
  ] as const)('takes %s for %o', (_, fields, failure) => {
    expect(classifyOrderFailure(response(fields))).toBe(failure);
  });
});
