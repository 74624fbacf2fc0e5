import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getuid, pid, platform } from 'node:process';
import { type FileTokenStore, createFileTokenStore } from '@qts/broker-kit';
import { ConfigurationError, Secret, type StoredToken } from '@qts/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const token: StoredToken = {
  accessToken: new Secret('planted-access-token'),
  tokenType: 'Bearer',
  issuedAtMs: 1_789_344_000_000,
  expiresAtMs: 1_789_430_400_000,
};
const key = 'some-broker.paper.0123456789ab';

let home: string;
let directory: string;
let path: string;
let store: FileTokenStore;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'qts-token-store-'));
  directory = join(home, 'tokens');
  path = join(directory, `${key}.json`);
  store = createFileTokenStore({ directory });
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

async function refusalOf(work: Promise<unknown>): Promise<ConfigurationError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ConfigurationError)) {
    throw new Error(`A ConfigurationError was expected, not ${String(error)}`);
  }
  expect(`${error.message} ${JSON.stringify(error.facts)} ${String(error.cause)}`).not.toContain('planted');
  return error;
}

const onPosix = describe.skipIf(platform === 'win32');

describe('createFileTokenStore', () => {
  it('gives back what was saved, and nothing before and after', async () => {
    expect(await store.load(key)).toBeUndefined();
    await store.save(key, token);
    const loaded = await createFileTokenStore({ directory }).load(key);
    expect(loaded?.accessToken.reveal()).toBe('planted-access-token');
    expect(loaded).toMatchObject({ tokenType: 'Bearer', issuedAtMs: token.issuedAtMs, expiresAtMs: token.expiresAtMs });
    await store.remove(key);
    await store.remove(key);
    expect(await store.load(key)).toBeUndefined();
  });

  it('replaces the file as a whole and leaves no other file behind', async () => {
    await store.save(key, token);
    const before = statSync(path).ino;
    await store.save(key, { ...token, accessToken: new Secret('second') });
    expect(statSync(path).ino).not.toBe(before);
    expect((await store.load(key))?.accessToken.reveal()).toBe('second');
    expect(readdirSync(directory)).toEqual([`${key}.json`]);
  });

  it('writes its schema version', async () => {
    await store.save(key, token);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ schemaVersion: 1 });
  });

  it.each(['../escape', 'a/b', '', '.hidden', 'x'.repeat(121), 'a\0b'])('refuses the key %j', async (bad) => {
    await expect(store.load(bad)).rejects.toMatchObject({ code: 'TOKEN_KEY_NOT_VALID' });
    await expect(store.save(bad, token)).rejects.toMatchObject({ code: 'TOKEN_KEY_NOT_VALID' });
    expect(existsSync(directory)).toBe(false);
  });

  it('refuses a folder that depends on where the program starts', () => {
    expect(() => createFileTokenStore({ directory: 'tokens' })).toThrow(
      expect.objectContaining({ code: 'TOKEN_DIRECTORY_NOT_ABSOLUTE' }),
    );
  });

  it.each([
    ['half a file', '{"schemaVersion":1,"accessToken":"planted'],
    ['no JSON', 'planted-access-token'],
    ['a list', '[1]'],
    ['null', 'null'],
    ['a later version', '{"schemaVersion":2,"accessToken":"planted"}'],
    ['no version', '{"accessToken":"planted"}'],
    ['a missing field', '{"schemaVersion":1,"accessToken":"planted","tokenType":"Bearer","issuedAtMs":1}'],
    ['an empty token', '{"schemaVersion":1,"accessToken":"","tokenType":"Bearer","issuedAtMs":1,"expiresAtMs":2}'],
    ['a huge file', ' '.repeat(70_000)],
  ])('refuses %s with a remedy', async (_what, text) => {
    await store.save(key, token);
    writeFileSync(path, text);
    const error = await refusalOf(store.load(key));
    expect(error.code).toBe('TOKEN_FILE_UNREADABLE');
    expect(error.next).toContain('Remove the file');
  });
});

onPosix('privacy', () => {
  it('makes the folder 0700 and the file 0600', async () => {
    await store.save(key, token);
    expect((statSync(directory).mode & 0o777).toString(8)).toBe('700');
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
  });

  it.each([0o604, 0o640, 0o644, 0o660])('refuses a file of mode %o', async (mode) => {
    await store.save(key, token);
    chmodSync(path, mode);
    const error = await refusalOf(store.load(key));
    expect(error).toMatchObject({ code: 'TOKEN_FILE_NOT_PRIVATE', facts: { path, found: `mode ${mode.toString(8)}` } });
    expect(error.next).toContain('chmod 600');
  });

  it.each([0o701, 0o750, 0o777])('refuses a folder of mode %o, to read and to write', async (mode) => {
    await store.save(key, token);
    chmodSync(directory, mode);
    expect(await refusalOf(store.load(key))).toMatchObject({
      facts: { path: directory, found: `mode ${mode.toString(8)}` },
    });
    await refusalOf(store.save(key, token));
    await refusalOf(store.remove(key));
    await refusalOf(store.exclusively(key, () => Promise.resolve()));
  });

  it('refuses a symbolic link in the place of the file or of the folder', async () => {
    await store.save(key, token);
    const elsewhere = join(home, 'elsewhere.json');
    writeFileSync(elsewhere, readFileSync(path), { mode: 0o600 });
    rmSync(path);
    symlinkSync(elsewhere, path);
    expect(await refusalOf(store.load(key))).toMatchObject({ code: 'TOKEN_FILE_NOT_PRIVATE' });

    const linked = join(home, 'linked');
    symlinkSync(directory, linked);
    expect(await refusalOf(createFileTokenStore({ directory: linked }).load(key))).toMatchObject({
      code: 'TOKEN_FILE_NOT_PRIVATE',
      facts: { found: 'not a folder' },
    });
  });

  it('replaces a symbolic link instead of writing through it', async () => {
    mkdirSync(directory, { mode: 0o700 });
    const victim = join(home, 'victim');
    writeFileSync(victim, 'untouched');
    symlinkSync(victim, path);
    await store.save(key, token);
    expect(readFileSync(victim, 'utf8')).toBe('untouched');
    expect((await store.load(key))?.accessToken.reveal()).toBe('planted-access-token');
  });

  it('refuses a folder in the place of the file', async () => {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(directory, 0o700);
    expect(await refusalOf(store.load(key))).toMatchObject({ facts: { found: 'not a plain file' } });
  });

  // Only root can give a file away.
  it.skipIf(getuid?.() !== 0)('refuses what somebody else owns', async () => {
    await store.save(key, token);
    chownSync(path, 12_345, 12_345);
    expect(await refusalOf(store.load(key))).toMatchObject({
      facts: { found: 'owned by user 12345, not 0' },
    });
    chownSync(path, 0, 0);
    chownSync(directory, 12_345, 12_345);
    await refusalOf(store.load(key));
  });
});

describe('exclusively', () => {
  const lock = (): string => join(directory, `${key}.lock`);

  it('lets one work at a time', async () => {
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 5 }, () => store.exclusively(key, work)));
    expect(most).toBe(1);
    expect(existsSync(lock())).toBe(false);
  });

  it('releases the lock when the work fails', async () => {
    await expect(store.exclusively(key, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await store.exclusively(key, () => Promise.resolve('yes'))).toBe('yes');
  });

  it('takes over the lock of a process that is gone, and one that is too old', async () => {
    mkdirSync(directory, { mode: 0o700 });
    const gone = spawnSync('true').pid;
    writeFileSync(lock(), String(gone));
    expect(await store.exclusively(key, () => Promise.resolve('after the dead'))).toBe('after the dead');

    writeFileSync(lock(), String(pid));
    const longAgo = new Date(Date.now() - 61_000);
    utimesSync(lock(), longAgo, longAgo);
    expect(await store.exclusively(key, () => Promise.resolve('after the old'))).toBe('after the old');
  });
});
