import { AuthenticationError, BrokerError, BrokerRefusalError, RateLimitError } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { type FailureClass, failureClasses } from '../operations/failure-classes.ts';
import { columnsOf, type RefusalRow } from '../operations/refusal-row.ts';
import { createRefusalError } from './refusal-error.ts';

const refusalError = createRefusalError({
  brokerName: 'Demo',
  credentials: { summary: 'Demo refused the key.', next: 'Check the key.' },
});
const context = { operation: 'order', environment: 'PAPER' } as const;
const verdict = { code: 'D1', message: 'a reason' };
const rowOf = (failureClass: FailureClass): RefusalRow => ({
  ...columnsOf(failureClass),
  ...{ kind: 'ORDER_REJECTED', meaning: 'no', source: 'made up' },
});

describe('the error of a refusal', () => {
  const kinds: Readonly<Record<FailureClass, unknown>> = {
    REFUSED: BrokerRefusalError,
    GATEWAY_REFUSED: BrokerRefusalError,
    RATE_LIMITED: RateLimitError,
    TOKEN_REFUSED: AuthenticationError,
    CREDENTIALS_REFUSED: AuthenticationError,
    GATEWAY_TROUBLE: BrokerError,
  };

  it.each(Object.keys(failureClasses) as FailureClass[])('%s is called by what refused', (failureClass) => {
    const error = refusalError(verdict, rowOf(failureClass), 200, context);
    expect(error.constructor).toBe(kinds[failureClass]);
    expect(error.message).toContain('Demo');
  });

  it('says of a code that nobody listed that a read must confirm it', () => {
    const error = refusalError({ code: '', message: '' }, undefined, 500, context);
    expect(error).toMatchObject({ code: 'REFUSAL_UNLISTED', nativeCode: '', nativeMessage: '' });
    expect(error.message).toMatchInlineSnapshot(`
      "Demo refused with a code that is not in the table.
        environment    PAPER
        operation      order
        status         500
        native         no code
        confirmByRead  true
        next           Read the order list before believing the refusal, then add the code to the error map."
    `);
  });

  it('takes what is said of credentials from the broker', () => {
    expect(refusalError(verdict, rowOf('CREDENTIALS_REFUSED'), 403, context).message).toMatchInlineSnapshot(`
      "Demo refused the key.
        environment    PAPER
        operation      order
        status         403
        native         D1 a reason
        meaning        no
        confirmByRead  true
        next           Check the key."
    `);
  });
});
