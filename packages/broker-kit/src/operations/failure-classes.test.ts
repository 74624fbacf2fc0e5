import { describe, expect, it } from 'vitest';
import { failureClasses } from './failure-classes.ts';

describe('failureClasses', () => {
  it.each(Object.entries(failureClasses))('%s keeps to execution-safety 11', (_name, row) => {
    // Only the order back end's own refusal stands alone; what the gateway says of an order is confirmed by a read.
    expect({ F2: ['REJECTED', false], F3: ['UNKNOWN', true], F4: ['UNKNOWN', false] }[row.taxonomy]).toEqual([
      row.outcome,
      row.confirmByRead,
    ]);
  });

  it('trips the guard for credentials, and counts neither the rate nor one token', () => {
    const guards = Object.fromEntries(Object.entries(failureClasses).map(([name, { guard }]) => [name, guard]));
    expect(guards).toEqual({
      REFUSED: 'SETTING',
      RATE_LIMITED: 'PACE_DOWN',
      TOKEN_REFUSED: 'FORGIVE_ONCE',
      CREDENTIALS_REFUSED: 'TRIP',
      GATEWAY_REFUSED: 'COUNT',
      GATEWAY_TROUBLE: 'COUNT',
    });
  });
});
