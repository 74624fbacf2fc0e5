import { Secret } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { readToken, tokenRequestBody } from './au10001.ts';

const body = { token: 'TOKEN', token_type: 'bearer', expires_dt: '20241107083713' };

describe('a token', () => {
  // domain 13, row 14
  it('ends at the Korean time that the broker names, on every machine', () => {
    const zone = process.env['TZ'];
    try {
      for (const each of ['America/New_York', 'Asia/Seoul', 'Pacific/Kiritimati']) {
        process.env['TZ'] = each;
        expect(readToken(body, 5).expiresAtMs).toBe(Date.parse('2024-11-07T08:37:13+09:00'));
      }
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
    const token = readToken(body, 5);
    expect(token).toMatchObject({ tokenType: 'Bearer', issuedAtMs: 5 });
    expect(token.accessToken.reveal()).toBe('TOKEN');
    expect(readToken({ ...body, token_type: 'Bearer' }, 5).tokenType).toBe('Bearer');
  });

  it.each([
    ['token', { ...body, token: '' }],
    ['token', { access_token: 'TOKEN', token_type: 'bearer' }],
    ['token_type', { ...body, token_type: 'mac' }],
    ['expires_dt', { ...body, expires_dt: '2024-11-07 08:37:13' }],
    ['expires_dt', { ...body, expires_dt: '20241347083713' }],
    ['expires_dt', { token: 'TOKEN', token_type: 'bearer', expires_in: 86_400 }],
  ])('is refused for its %s, and not shown: %#', (field, wrong) => {
    const facts: unknown = expect.objectContaining({ field });
    expect(() => readToken(wrong, 5)).toThrow(expect.objectContaining({ facts }));
  });

  it('is asked for with a secretkey, not with the appsecret of another broker', () => {
    expect(JSON.parse(tokenRequestBody(new Secret('KEY'), new Secret('SECRET')))).toEqual({
      grant_type: 'client_credentials',
      appkey: 'KEY',
      secretkey: 'SECRET',
    });
  });
});
