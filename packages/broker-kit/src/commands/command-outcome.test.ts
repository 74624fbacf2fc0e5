import { type BrokerOrderId, BrokerError, UnexpectedResponseError } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { columnsOf, type RefusalRow } from '../operations/refusal-row.ts';
import { acceptedCommand, rejectedCommand, unprovenRefusal, unusableCommand } from './command-outcome.ts';

const context = { operation: 'order', environment: 'PAPER' } as const;
const cause = new BrokerError({ code: 'ORDER_REFUSED', summary: 'No.', facts: {}, next: 'Read.' });
const native = { code: 'D1', message: 'a reason' };
const row = (columns: Partial<RefusalRow>): RefusalRow => ({
  ...columnsOf('REFUSED'),
  ...{ kind: 'ORDER_REJECTED', meaning: 'no', source: 'made up' },
  ...columns,
});
const numberOf = ({ number }: { readonly number: string }): BrokerOrderId | undefined =>
  number === '' ? undefined : (number as BrokerOrderId);

describe('a yes', () => {
  it('is accepted with an order number', () => {
    const parse = () => ({ number: '17' });
    expect(acceptedCommand({}, parse, numberOf, context)).toEqual({
      outcome: 'ACCEPTED',
      brokerOrderId: '17',
      answer: { number: '17' },
    });
  });

  it('without a number contradicts itself', () => {
    const outcome = acceptedCommand({}, () => ({ number: '' }), numberOf, context);
    expect(outcome).toMatchObject({ outcome: 'UNKNOWN', guard: 'TRIP', cause: { code: 'STRANGE_ANSWER' } });
  });

  it('whose fields cannot be read contradicts itself, with the error of the field', () => {
    const unreadable = new UnexpectedResponseError({ code: 'UNEXPECTED_FIELD', summary: 'x', facts: {}, next: 'y' });
    const thrower = (error: Error) => (): { number: string } => {
      throw error;
    };
    const outcome = acceptedCommand({}, thrower(unreadable), numberOf, context);
    expect(outcome).toMatchObject({ outcome: 'UNKNOWN', guard: 'TRIP', cause: unreadable });
    const defect = acceptedCommand({}, thrower(new TypeError('x')), numberOf, context);
    expect(defect).toMatchObject({ outcome: 'UNKNOWN', guard: 'TRIP', cause: { code: 'STRANGE_ANSWER' } });
  });
});

describe('an answer that cannot be used', () => {
  it('trips the guard when it answers another question, and only then', () => {
    const fault = (code: string) => new UnexpectedResponseError({ code, summary: 'x', facts: {}, next: 'y' });
    expect(unusableCommand(fault('WRONG_OPERATION_ECHOED'), context)).toMatchObject({ guard: 'TRIP' });
    expect(unusableCommand(fault('RESPONSE_NOT_JSON'), context)).not.toHaveProperty('guard');
    expect(unusableCommand(undefined, context)).toMatchObject({
      outcome: 'UNKNOWN',
      cause: { code: 'STRANGE_ANSWER' },
    });
  });
});

describe('a refusal', () => {
  it.each([
    ['SETTING', undefined],
    ['COUNT', 'COUNT'],
    ['PACE_DOWN', 'IGNORE'],
    ['FORGIVE_ONCE', 'FORGIVE_ONCE'],
    ['TRIP', 'TRIP'],
  ] as const)('of the class %s tells the guard %s', (guard, effect) => {
    const rejected = rejectedCommand(row({ guard }), native, cause);
    const unproven = unprovenRefusal(row({ guard }), native, cause, false);
    expect([rejected.guard, unproven.guard]).toEqual([effect, effect]);
    expect('guard' in rejected).toBe(effect !== undefined);
  });

  it('that proves nothing says whether a read can confirm it', () => {
    expect(unprovenRefusal(undefined, native, cause, true)).toEqual({
      outcome: 'UNKNOWN',
      cause,
      native,
      confirmByRead: true,
    });
    expect(unprovenRefusal(undefined, native, cause, false)).not.toHaveProperty('confirmByRead');
  });
});
