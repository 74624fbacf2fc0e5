import { commandOutcomes } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { defineErrorMap, failureClasses } from './error-map.ts';

describe('failureClasses', () => {
  it.each(Object.entries(failureClasses))('%s keeps to execution-safety 11', (_name, row) => {
    expect(commandOutcomes).toContain(row.placeOutcome);
    // Only the order back end's own refusal stands alone; what the gateway says of an order is confirmed by a read.
    expect({ F2: ['REJECTED', false], F3: ['REJECTED', true], F4: ['UNKNOWN', false] }[row.taxonomy]).toEqual([
      row.placeOutcome,
      row.confirmByRead,
    ]);
  });
});

describe('defineErrorMap', () => {
  const map = defineErrorMap({
    A1: { failureClass: 'REFUSED', code: 'FS040', meaning: 'no', source: 'made up', retryAfter: 3 },
  });

  it('finds listed codes, with the columns that the broker added', () => {
    expect(map.lookup('A1')?.retryAfter).toBe(3);
    expect(map.rows.A1.code).toBe('FS040');
  });

  it.each(['A2', '', 'constructor', '__proto__', 'toString'])('knows nothing of %j', (code) => {
    expect(map.lookup(code)).toBeUndefined();
  });
});
