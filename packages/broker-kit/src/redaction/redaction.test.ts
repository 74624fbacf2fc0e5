import { Secret } from '@qts/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprint } from './fingerprint.ts';
import { maskAccount } from './mask.ts';
import { redactHeaders, redactText } from './redact.ts';

describe('fingerprint', () => {
  it('is short, the same for the same secret, and another for another secret or salt', () => {
    const one = fingerprint(new Secret('a'), 'log');
    expect(one).toMatch(/^[0-9a-f]{12}$/);
    expect(fingerprint(new Secret('a'), 'log')).toBe(one);
    expect(fingerprint(new Secret('b'), 'log')).not.toBe(one);
    expect(fingerprint(new Secret('a'), 'store')).not.toBe(one);
  });
});

describe('maskAccount', () => {
  it.each([
    ['1234567801', '********01'],
    ['12345678-01', '*********01'],
    ['1234', '****'],
    ['', ''],
  ])('shows of %j %j', (account, masked) => {
    expect(maskAccount(account)).toBe(masked);
  });

  it('never shows more than the last two', () => {
    fc.assert(
      fc.property(fc.string(), (account) => {
        expect(maskAccount(account)).toHaveLength(account.length);
        expect(maskAccount(account).replaceAll('*', '').length).toBeLessThanOrEqual(2);
      }),
    );
  });
});

// Secrets made up in the brokers' shapes: 36 and 180 characters, a JWT of 340, hex of 64.
const appKey = `PS${'aB3x'.repeat(8)}Zz`;
const appSecret = `${'Qw9/+x'.repeat(29)}AbCd1=`;
const jwt = `eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzUxMiJ9.${'eyJzdWIiOiJ0b2tlbiIsImF1ZCI6'.repeat(8)}.${'x_Y-9'.repeat(17)}`;
const hex = '0123456789abcdef'.repeat(4);

describe('redactText', () => {
  it.each([
    ['a bearer', `authorization: Bearer ${jwt}`],
    ['a bearer of another shape', 'Bearer WQJCwyqInphKnR3bSRtB9NE1lv-planted'],
    ['a bare token', `token was ${jwt} here`],
    ['an app key', appKey],
    ['an app secret', `{"appsecret":"${appSecret}"}`],
    ['a bare secret', `xx ${appSecret} xx`],
    ['a hash', `HASH=${hex}`],
    ['a short named key', '{"appkey":"planted"}'],
    ['a short named secret', "secretkey: 'planted'"],
    ['a query', '/orders?CANO=12345678&ACNT_PRDT_CD=01'],
    ['an approval key', '"approval_key": "planted-4ab1"'],
    ['an account', 'account 12345678-01 is closed'],
    ['an account with a space', '계좌 12345678 01'],
    ['an account without a hyphen', '계좌번호:5012345601,'],
  ])('hides %s', (_what, text) => {
    const redacted = redactText(text);
    expect(redacted).not.toMatch(/planted|12345678|5012345601|aB3x|Qw9|eyJ|0123456789abcdef|WQJC/);
    expect(redacted).toMatch(/\[redacted\]|\[account\]/);
  });

  it.each([
    'order-accepted',
    '/uapi/domestic-stock/v1/trading/order-cash',
    '0000117057',
    '2026-09-14T00:00:00.000Z',
    '1789344000000',
    '모의투자 매수주문이 완료 되었습니다.',
    '기간이 만료된 token 입니다.',
    '6f9619ff-8b86-d011-b42d-00cf4fc964ff',
    'RATE_LIMIT_QUEUE_FULL',
    'TTTC0012U',
    'priceKrw 71500 x 10',
  ])('leaves %j alone', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('hides a secret whatever stands around it', () => {
    const around = fc.array(fc.constantFrom('token=', 'Bearer ', ' ', '"', 'x', ':', '가', '0', '/', '\n'), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(around, fc.constantFrom(appKey, appSecret, jwt, hex), around, (before, secret, after) => {
        const redacted = redactText(`${before.join('')}${secret}${after.join('')}`);
        // No eight characters of it in a row.
        for (let index = 0; index + 8 <= secret.length; index += 1) {
          expect(redacted).not.toContain(secret.slice(index, index + 8));
        }
      }),
    );
  });

  it('takes linear time on hostile text', () => {
    const startedAtMs = performance.now();
    for (const part of ['a1-', 'A1/', 'token', 'Bearer ', '12345678', 'eyJ.']) {
      redactText(part.repeat(30_000));
    }
    // Quadratic time would take minutes here.
    expect(performance.now() - startedAtMs).toBeLessThan(3_000);
  });
});

describe('redactHeaders', () => {
  it('shows only what is known to be harmless', () => {
    const headers = ['Content-Type', 'application/json', 'appkey', 'planted', 'X-New', 'planted', 'TR_ID', 'ABC'];
    expect(redactHeaders(headers, ['tr_id'])).toEqual({
      'content-type': 'application/json',
      appkey: '[redacted]',
      'x-new': '[redacted]',
      tr_id: 'ABC',
    });
    expect(redactHeaders(headers)['tr_id']).toBe('[redacted]');
  });
});
