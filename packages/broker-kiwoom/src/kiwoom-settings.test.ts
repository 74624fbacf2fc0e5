import { Secret } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { configurationErrorOf as errorOf } from '../test/support/configuration-error.ts';
import { createKiwoomBroker } from './kiwoom-broker.ts';
import { kiwoomCapabilities } from './kiwoom-capabilities.ts';
import { kiwoomLiveCredentials, kiwoomPaperCredentials } from './kiwoom-credentials.ts';
import { kiwoomHosts, originOf } from './kiwoom-environment.ts';
import { type KiwoomBrokerSettings, resolveKiwoomSettings } from './kiwoom-settings.ts';
import { kiwoomEnvironmentVariables, readKiwoomCredentials } from './kiwoom-variables.ts';

const input = { appKey: 'FAKE-KEY', secretKey: 'fake-secret', accountNumber: '8765-4321-01' };
const live = kiwoomLiveCredentials(input);
const paper = kiwoomPaperCredentials(input);

describe('the environment', () => {
  it('fixes the host, and the host alone: no paper key ever goes to the live one', () => {
    expect(resolveKiwoomSettings({ credentials: paper }).origin).toBe(kiwoomHosts.PAPER);
    const approved = { credentials: live, liveApproval: { brokerId: 'kiwoom' } };
    expect(resolveKiwoomSettings(approved).origin).toBe(kiwoomHosts.LIVE);
  });

  it.each([
    'https://api.kiwoom.com',
    'http://192.0.2.1:8080',
    'http://127.0.0.1.example.com',
    'http://user@127.0.0.1:1',
    'http://127.0.0.1:1/path',
    'https://127.0.0.1:1',
    'not a url',
  ])('takes no simulated venue at %s', (url) => {
    expect(errorOf(() => originOf('PAPER', url)).code).toBe('HOST_NOT_ALLOWED');
  });

  it.each(['http://127.0.0.1:4000', 'http://localhost:4000', 'http://[::1]:4000'])('takes one at %s', (url) => {
    expect(originOf('LIVE', url)).toBe(url);
  });

  it('makes no live broker without the approval of the live gate for this broker', () => {
    const unapproved = { credentials: live } as unknown as KiwoomBrokerSettings;
    expect(errorOf(() => createKiwoomBroker(unapproved)).code).toBe('LIVE_NOT_APPROVED');
    const foreign = { credentials: live, liveApproval: { brokerId: 'kis' } };
    expect(errorOf(() => createKiwoomBroker(foreign)).code).toBe('LIVE_NOT_APPROVED');
  });

  it('says in the name of the broker which one it is, and that a simulated one is simulated', async () => {
    const brokers = [
      createKiwoomBroker({ credentials: paper }),
      createKiwoomBroker({ credentials: live, simulatedUrl: 'http://127.0.0.1:4000' }),
    ];
    expect(brokers.map(({ orders }) => [orders.displayName, orders.capabilities.environment])).toEqual([
      ['Kiwoom 키움증권 (paper, 모의투자)', 'PAPER'],
      ['Kiwoom 키움증권 (live, simulated)', 'SIMULATED'],
    ]);
    await Promise.all(brokers.map((broker) => broker.close()));
  });
});

describe('credentials', () => {
  it('of KIS are refused before anything is made', () => {
    const kis = { environment: 'PAPER', appKey: new Secret('PSFAKE'), appSecret: new Secret('x'), productCode: '01' };
    const settings = { credentials: kis } as unknown as KiwoomBrokerSettings;
    const error = errorOf(() => createKiwoomBroker(settings));
    expect(error).toMatchObject({ code: 'SETTING_NOT_VALID', facts: { field: 'credentials.brokerId' } });
    expect(error.next).toContain('kiwoomPaperCredentials');
  });

  it('with the field of KIS, or with a secret of its width, name the field and the difference', () => {
    const field = errorOf(() => kiwoomPaperCredentials({ appKey: 'PSFAKE', appSecret: 'x' } as never));
    expect(field.facts).toMatchObject({ field: 'secretKey', found: 'undefined' });
    const width = errorOf(() => kiwoomPaperCredentials({ appKey: 'PSFAKE', secretKey: 'x'.repeat(180) }));
    expect(width.facts).toMatchObject({ field: 'secretKey', found: '180 characters' });
    expect(width.next).toContain('KIS');
  });

  it.each([
    ['appKey', { ...input, appKey: '' }],
    ['appKey', { ...input, appKey: 'two words' }],
    ['secretKey', { ...input, secretKey: 'line\nbreak' }],
    ['accountNumber', { ...input, accountNumber: '123' }],
  ])('are refused for their %s, and not shown: %#', (field, wrong) => {
    const error = errorOf(() => kiwoomLiveCredentials(wrong));
    expect(error).toMatchObject({ code: 'CREDENTIALS_NOT_VALID', facts: { field } });
    expect(JSON.stringify(error.facts)).not.toMatch(/two words|line|123/);
  });

  it('print no secret', () => {
    expect(JSON.stringify([live, paper])).not.toMatch(/FAKE-KEY|fake-secret|87654321/);
    expect(live.accountNumber?.reveal()).toBe('8765432101');
  });
});

describe('variables', () => {
  const set = { KIWOOM_VTS_APP_KEY: 'FAKE', KIWOOM_VTS_APP_SECRET: 'fake' };

  it('make credentials; the account number may be left out', () => {
    expect(readKiwoomCredentials('PAPER', set)).toMatchObject({ environment: 'PAPER', accountNumber: undefined });
    const names = kiwoomEnvironmentVariables.PAPER.map(({ name }) => name);
    expect(names.every((name) => name.startsWith('KIWOOM_VTS_'))).toBe(true);
  });

  it('that are missing are named', () => {
    expect(errorOf(() => readKiwoomCredentials('LIVE', set)).facts).toMatchObject({
      field: 'KIWOOM_REAL_APP_KEY, KIWOOM_REAL_APP_SECRET',
    });
  });

  it('of the mock server may not name the live host', () => {
    const wrong = { ...set, KIWOOM_VTS_BASE_URL: kiwoomHosts.LIVE };
    expect(errorOf(() => readKiwoomCredentials('PAPER', wrong)).code).toBe('HOST_NOT_ALLOWED');
    expect(readKiwoomCredentials('PAPER', { ...set, KIWOOM_VTS_BASE_URL: `${kiwoomHosts.PAPER}/` })).toBeDefined();
  });
});

describe('the capabilities', () => {
  it('offer KRX alone on paper, all three venues on live', () => {
    const venuesOf = (environment: 'LIVE' | 'PAPER'): readonly string[] => [
      ...new Set(kiwoomCapabilities[environment].orderTerms.flatMap(({ venues }) => venues)),
    ];
    expect(venuesOf('PAPER')).toEqual(['KRX']);
    expect([...venuesOf('LIVE')].sort()).toEqual(['KRX', 'NXT', 'SOR']);
  });

  it('date the KRX after-market and the end of the single-price market', () => {
    const { orderTerms } = kiwoomCapabilities.LIVE;
    const dates = (session: string): unknown[] =>
      orderTerms
        .filter(({ sessions, venues }) => sessions.some((each) => each === session) && venues.includes('KRX'))
        .map(({ orderType, effectiveFrom, effectiveTo }) => [orderType, effectiveFrom ?? effectiveTo]);
    expect(dates('AFTER_MARKET')).toEqual([
      ['LIMIT', '2026-09-14'],
      ['BEST_LIMIT', '2026-09-14'],
      ['PRIORITY_LIMIT', '2026-09-14'],
    ]);
    expect(dates('AFTER_HOURS_SINGLE_PRICE')).toEqual([['AFTER_HOURS_SINGLE_PRICE', '2026-09-11']]);
  });
});

describe('a variable that is not valid', () => {
  it('is named as it was typed, and its value is not shown', () => {
    const variables = { KIWOOM_VTS_APP_KEY: 'two words', KIWOOM_VTS_APP_SECRET: 's' };
    const error = errorOf(() => readKiwoomCredentials('PAPER', variables));
    expect(error.facts['field']).toBe('KIWOOM_VTS_APP_KEY');
    expect(error.message).not.toContain('two words');
  });
});
