import { TransportError } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { transportError, transportFailures } from './transport-failures.ts';

describe('transportFailures', () => {
  it.each(Object.entries(transportFailures))('%s says what it proves, and what to do', (code, row) => {
    expect(['NOT_SENT', 'MAYBE_SENT']).toContain(row.sent);
    expect(row.summary).toMatch(/^[A-Z].*\.$/);
    expect(row.next).toMatch(row.sent === 'NOT_SENT' ? /Nothing was sent\./ : /The request (may|has) .*arrived\./);
    expect(code).toMatch(/^[A-Z_]+$/);
  });
});

describe('transportError', () => {
  it('reads like this', () => {
    const error = transportError('HEADERS_TIMEOUT', { origin: 'https://api.example.com', path: '/orders' });
    expect(TransportError.isInstance(error)).toBe(true);
    expect(error.sent).toBe('MAYBE_SENT');
    expect(`${error.name}: ${error.message}`).toMatchInlineSnapshot(`
      "TransportError: No answer began in time.
        origin  https://api.example.com
        path    /orders
        next    The request may have arrived. Read before doing anything."
    `);
  });
});
