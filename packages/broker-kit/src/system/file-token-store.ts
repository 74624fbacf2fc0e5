import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { platform } from 'node:process';
import { ConfigurationError, type StoredToken, type TokenStore, ValidationError } from '@qts/core';
import { withFileLock } from './file-lock.ts';
import { requirePrivate } from './private-path.ts';
import { readTokenFile, toText } from './token-file.ts';

export interface FileTokenStoreSettings {
  /** A folder of its own, absolute; made with mode 0700 when absent. Not inside a repository, not in a backup. */
  readonly directory: string;
}

/** A token store that also keeps two processes from renewing the same token at once. */
export interface FileTokenStore extends TokenStore {
  /**
   * Runs `work` while no other process does so for the same key.
   * @throws {AuthenticationError} (rejects) `TOKEN_LOCK_BUSY` when another process holds it for longer than 5 s.
   */
  exclusively<Result>(key: string, work: () => Promise<Result>): Promise<Result>;
}

/**
 * Keeps tokens in files that only their owner can read: 0600 in a 0700 folder, replaced atomically. Owner, mode and kind
 * are checked at every load; what is too open, a symbolic link, or not understood is refused, never answered with a guess.
 * @throws {ConfigurationError} when the path is not absolute. The methods reject with `TOKEN_FILE_NOT_PRIVATE` and
 * `TOKEN_FILE_UNREADABLE`.
 */
export function createFileTokenStore({ directory }: FileTokenStoreSettings): FileTokenStore {
  if (!isAbsolute(directory)) {
    throw new ConfigurationError({
      code: 'TOKEN_DIRECTORY_NOT_ABSOLUTE',
      summary: 'The folder of the token store must be an absolute path.',
      facts: { setting: 'directory', found: directory },
      next: 'Give the whole path, so that it does not depend on where the program is started.',
    });
  }
  const pathOf = (key: string, ending: string): string => join(directory, `${requireKey(key)}${ending}`);
  return {
    async load(key) {
      const path = pathOf(key, '.json');
      return (await isPrivateDirectory(directory)) ? readTokenFile(path) : undefined;
    },
    async save(key, token) {
      const path = pathOf(key, '.json');
      await makePrivateDirectory(directory);
      await replaceFile(directory, path, token);
    },
    async remove(key) {
      const path = pathOf(key, '.json');
      if (await isPrivateDirectory(directory)) {
        await rm(path, { force: true });
        await syncDirectory(directory);
      }
    },
    async exclusively(key, work) {
      const path = pathOf(key, '.lock');
      await makePrivateDirectory(directory);
      return withFileLock(path, work);
    },
  };
}

async function makePrivateDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await isPrivateDirectory(directory);
}

/** False when it does not exist. */
async function isPrivateDirectory(directory: string): Promise<boolean> {
  try {
    requirePrivate(directory, await lstat(directory), 'DIRECTORY');
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return false;
    }
    throw error;
  }
}

/** Whoever reads sees the old file or the new one, also after a power loss. */
async function replaceFile(directory: string, path: string, token: StoredToken): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const handle = await open(
      temporary,
      constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
      0o600,
    );
    try {
      await handle.writeFile(toText(token));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncDirectory(directory);
}

async function syncDirectory(directory: string): Promise<void> {
  if (platform === 'win32') {
    return; // A folder cannot be opened for syncing there.
  }
  const handle = await open(directory, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A key becomes a file name: nothing that could leave the folder. */
function requireKey(key: string): string {
  if (!/^[a-z0-9][a-z0-9._-]{0,119}$/i.test(key)) {
    throw new ValidationError({
      code: 'TOKEN_KEY_NOT_VALID',
      summary: 'The key of a stored token cannot be a file name.',
      facts: { field: 'key', length: key.length },
      next: 'Use tokenStoreKey(): letters, digits, dots, hyphens and underscores, at most 120.',
    });
  }
  return key;
}
