import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '@qts/core';
import { createRecordingLogger } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { entryOf, errorOf, makeJournalFolder } from './journal-folder.ts';

/** Made-up secrets that nothing else in the journal resembles. */
const canaries = {
  appKey: 'PScanary+key/4711"quoted"',
  accountNumber: '87654321-01',
  token: 'eyJhbGciOiJIUzUxMiJ9.canarypayload.canarysignature',
  bearer: 'WQJCcanaryKnR3bSRtB9NE1lv',
  named: 'canary-by-name-only',
} as const;

/** A secret as it is, and as it may be carried. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const forms = [secret, JSON.stringify(secret).slice(1, -1), bytes.toString('hex'), encodeURIComponent(secret)];
  return [...forms, bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')];
}

/** The forms of canaries that the files of a folder hold. */
function findCanaries(folder: string, values: readonly string[] = Object.values(canaries)): readonly string[] {
  const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  return values.flatMap(formsOf).filter((form) => bytes.some((each) => each.includes(form)));
}

const secrets = [new Secret(canaries.appKey), new Secret(canaries.accountNumber)];

describe('a secret in a record', () => {
  it.each([
    ['an instance', { key: new Secret(canaries.named) }],
    ['an instance in a list', { keys: [1, [new Secret(canaries.named)]] }],
    ['a value under a secret name', { native: { APP_KEY: canaries.named } }],
    ['values under other secret names', { CANO: canaries.named, nested: [{ 'access-token': { a: canaries.named } }] }],
    ['a bearer in a message', { message: `refused: Authorization=Bearer ${canaries.bearer}!` }],
    ['a web token in a message', { message: `token ${canaries.token} is old` }],
    ['a known value in a message', { message: `account ${canaries.accountNumber}: key ${canaries.appKey}` }],
    ['a known value in other forms', { list: formsOf(canaries.appKey) }],
    ['a known value as a name', { [canaries.accountNumber]: 1 }],
    ['what toJSON makes', { sly: { toJSON: () => ({ appkey: canaries.named, id: canaries.accountNumber }) } }],
  ])('is hidden, and told: %s', async (_what, body) => {
    const { folder, open } = makeJournalFolder();
    const logger = createRecordingLogger();
    const journal = open({ secrets, logger });
    journal.append(entryOf(1, { body: { ...body, quantity: 10, symbol: '005930' } }), 'BARRIER');
    expect(findCanaries(folder)).toEqual([]);
    await journal.close();
    expect(findCanaries(folder)).toEqual([]);
    expect(logger.of('journal-secret-hidden')).toEqual([{ type: 'intent-recorded', seq: 1 }]);
    const again = open();
    again.visit(0, (record) => {
      expect(record.body).toMatchObject({ quantity: 10, symbol: '005930' });
      expect(JSON.stringify(record.body)).toContain('[secret]');
    });
    expect(await again.verify()).toMatchObject({ ok: true });
  });

  it('is hidden in an id and in a snapshot, and shown by no error', () => {
    const { folder, open } = makeJournalFolder();
    const journal = open({ secrets });
    journal.append(entryOf(1, { correlationId: `order ${canaries.accountNumber}` }), 'BARRIER');
    journal.saveSnapshot('positions', 1, { account: canaries.accountNumber });
    expect(findCanaries(folder)).toEqual([]);
    const error = errorOf(() => {
      journal.append({ ...entryOf(2), body: { amount: 1n, appKey: canaries.appKey } }, 'BARRIER');
    });
    expect(formsOf(canaries.appKey).some((form) => String(error).includes(form))).toBe(false);
  });

  it('would be found by this search', () => {
    const { folder, open } = makeJournalFolder();
    const journal = open();
    journal.append(entryOf(1, { body: { message: `planted ${canaries.accountNumber}` } }), 'BARRIER');
    expect(findCanaries(folder)).toContain(canaries.accountNumber);
  });

  it.each([
    { brokerOrderId: '0000117057', message: '모의투자 매수주문이 완료 되었습니다.' },
    { intentId: '20260914-01', hash: 'ab'.repeat(32), at: 1_789_344_000_000 },
    { reason: 'the bearer of news', tokens: 3, tokenCount: 4, priceKrw: 71_500 },
  ])('is not seen where there is none: %j', (body) => {
    const { open } = makeJournalFolder();
    const logger = createRecordingLogger();
    const journal = open({ secrets, logger });
    journal.append(entryOf(1, { body }), 'BARRIER');
    journal.visit(0, (record) => {
      expect(record.body).toEqual(body);
    });
    expect(logger.entries).toEqual([]);
  });
});
