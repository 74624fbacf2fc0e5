import { UnexpectedResponseError } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { readToken } from './token-p.ts';

const body = {
  access_token: 'made-up',
  token_type: 'Bearer',
  expires_in: 86_400,
  access_token_token_expired: '2026-09-15 08:30:00',
};

describe('a token', () => {
  it('ends at the Korean time that KIS names, not expires_in from now: it may have been handed out before', () => {
    const nowMs = Date.parse('2026-09-14T10:00:00+09:00');
    const token = readToken(body, nowMs);
    expect(token).toMatchObject({ tokenType: 'Bearer', issuedAtMs: nowMs });
    expect(token.expiresAtMs).toBe(Date.parse('2026-09-14T23:30:00Z'));
  });

  it.each([
    { access_token: '' },
    { access_token: undefined },
    { token_type: 'Basic' },
    { access_token_token_expired: '2026-09-15T08:30:00' },
    { access_token_token_expired: '2026-13-40 08:30:00' },
    { access_token_token_expired: undefined },
  ])('is refused with %o, and the error does not show it', (change) => {
    expect(() => readToken({ ...body, ...change }, 0)).toThrow(UnexpectedResponseError);
    expect(() => readToken({ ...body, ...change }, 0)).not.toThrow(/made-up/);
  });
});
