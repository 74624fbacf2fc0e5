import { describe, expect, it } from 'vitest';
import { defineErrorMap } from './error-map.ts';

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
