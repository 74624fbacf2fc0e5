import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kstInstant } from '../../src/kst.ts';
import { account, startKis, tradingDate, type KisReply, type KisTestVenue } from './kis-client.ts';

const hourMs = 3_600_000;
const startMs = kstInstant(tradingDate, '10:00');
const keys = { appkey: account.appKey, appsecret: account.appSecret };

let kis: KisTestVenue;

beforeEach(async () => {
  kis = await startKis();
});

afterEach(async () => {
  await kis.close();
});

const post = (path: string, body: Readonly<Record<string, string>>): Promise<KisReply> =>
  kis.send({ method: 'POST', path, body: JSON.stringify(body) });
const quoteWith = (token: unknown): Promise<KisReply> =>
  kis.call({
    trId: 'FHKST01010100',
    operation: 'inquire-price',
    fields: { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '900010' },
    headers: { authorization: `Bearer ${String(token)}` },
  });

describe('tokenP', () => {
  it('gives a token for a day and says when it ends in Korean time', async () => {
    const { status, body } = await kis.issueToken();
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string,
      access_token_token_expired: '2026-11-21 10:00:00',
      token_type: 'Bearer',
      expires_in: 86_400,
    });
    expect(String(body['access_token']).length).toBeLessThanOrEqual(350);
  });

  it('refuses a second request within a minute, and each refusal starts the minute anew', async () => {
    await kis.issueToken();
    kis.clock.advanceTo(startMs + 59_999);
    expect((await kis.issueToken()).status).toBe(403);
    kis.clock.advanceTo(startMs + 60_000);
    expect((await kis.issueToken()).status).toBe(403);
    kis.clock.advanceTo(startMs + 120_000);
    expect((await kis.issueToken()).status).toBe(200);
  });

  it('leaves the held token working while it refuses', async () => {
    const { body } = await kis.issueToken();
    await kis.issueToken();
    expect((await quoteWith(body['access_token'])).status).toBe(200);
  });

  it('gives the same token with the same end within six hours, then another', async () => {
    const first = (await kis.issueToken()).body;
    kis.clock.advanceTo(startMs + 6 * hourMs - 1);
    const second = (await kis.issueToken()).body;
    kis.clock.advanceTo(startMs + 6 * hourMs + 60_000);
    const third = (await kis.issueToken()).body;
    expect(second).toEqual(first);
    expect(third['access_token']).not.toBe(first['access_token']);
    expect((await quoteWith(first['access_token'])).status).toBe(200);
  });

  it.each([
    ['without a grant', { ...keys }, 'EGW00115'],
    ['with another grant', { grant_type: 'password', ...keys }, 'EGW00116'],
    ['without a key', { grant_type: 'client_credentials' }, 'EGW00102'],
    ['with an unknown key', { grant_type: 'client_credentials', appkey: 'x', appsecret: 'y' }, 'EGW00103'],
    ['with a wrong secret', { grant_type: 'client_credentials', appkey: account.appKey, appsecret: 'y' }, 'EGW00105'],
  ])('is refused %s, in its own envelope', async (_, body, code) => {
    const reply = await post('/oauth2/tokenP', body);
    expect(reply.status).toBe(403);
    expect(Object.keys(reply.body)).toEqual(['error_code', 'error_description']);
    expect(reply.body['error_code']).toBe(code);
  });
});

describe('a token', () => {
  it('is expired after 24 hours, to the millisecond', async () => {
    const { access_token: token } = (await kis.issueToken()).body;
    kis.clock.advanceTo(startMs + 24 * hourMs - 1);
    expect((await quoteWith(token)).status).toBe(200);
    kis.clock.advanceTo(startMs + 24 * hourMs);
    const reply = await quoteWith(token);
    expect([reply.status, reply.body['msg_cd']]).toEqual([500, 'EGW00123']);
  });

  it('opens nothing for another key', async () => {
    const { access_token: token } = (await kis.issueToken()).body;
    await kis.close();
    kis = await startKis({
      accounts: [account, { ...account, accountId: 'second', accountNumber: '22345678-01', appKey: 'second-key' }],
    });
    const reply = await kis.call({
      trId: 'FHKST01010100',
      operation: 'inquire-price',
      headers: { authorization: `Bearer ${String(token)}`, appkey: 'second-key' },
    });
    expect(reply.body['msg_cd']).toBe('EGW00121');
  });

  it('is unknown once revoked, and the next issue is another one', async () => {
    const { access_token: token } = (await kis.issueToken()).body;
    const revoked = await post('/oauth2/revokeP', { ...keys, token: String(token) });
    expect(revoked.body['code']).toBe(200);
    expect((await quoteWith(token)).body['msg_cd']).toBe('EGW00121');
    kis.clock.advanceTo(startMs + 60_000);
    expect((await kis.issueToken()).body['access_token']).not.toBe(token);
  });

  it('comes out the same for the same seed and instant', async () => {
    const first = (await kis.issueToken()).body;
    await kis.close();
    kis = await startKis();
    expect((await kis.issueToken()).body).toEqual(first);
  });
});

describe('Approval', () => {
  const body = { grant_type: 'client_credentials', appkey: account.appKey, secretkey: account.appSecret };

  it('gives a key of 36 characters, once a second', async () => {
    const first = await post('/oauth2/Approval', body);
    expect(first.body['approval_key']).toMatch(/^[\da-f-]{36}$/);
    expect((await post('/oauth2/Approval', body)).body['error_code']).toBe('EGW00201');
    kis.clock.advanceTo(startMs + 1000);
    expect((await post('/oauth2/Approval', body)).status).toBe(200);
  });

  it('wants the secret under the name secretkey', async () => {
    const reply = await post('/oauth2/Approval', { grant_type: 'client_credentials', ...keys });
    expect(reply.body['error_code']).toBe('EGW00104');
  });
});
