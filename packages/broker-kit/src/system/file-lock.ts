import { type FileHandle, open, readFile, rm, stat } from 'node:fs/promises';
import { kill, pid } from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { AuthenticationError } from '@qts/core';

/** Longest wait for another process (domain 10.3: refresh lock wait). */
const lockWaitMsMax = 5_000;

/** A lock this old belongs to nobody: one issue takes a few seconds at most. */
const lockAgeMsMax = 60_000;

const lockPollMs = 50;

/**
 * Runs `work` while the lock file is ours. A lock whose process is gone, or that is too old, is removed. Two processes that
 * find the same dead lock in the same instant may both enter; what that costs is one more token issue.
 */
export async function withFileLock<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  const giveUpAtMs = performance.now() + lockWaitMsMax;
  while (!(await isTaken(path))) {
    if (await isAbandoned(path)) {
      await rm(path, { force: true });
    } else if (performance.now() > giveUpAtMs) {
      throw new AuthenticationError({
        code: 'TOKEN_LOCK_BUSY',
        summary: 'Another process is renewing the access token and does not finish.',
        facts: { path, waitedMs: lockWaitMsMax },
        next: 'Look for a second program with the same app key. If there is none, remove the lock file.',
      });
    } else {
      await delay(lockPollMs);
    }
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

/** True when the lock file did not exist and is ours now. */
async function isTaken(path: string): Promise<boolean> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  }
  try {
    await handle.writeFile(String(pid));
  } finally {
    await handle.close();
  }
  return true;
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    const [text, stats] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    const owner = Number(text);
    const isOld = Date.now() - stats.mtimeMs > lockAgeMsMax;
    return isOld || (Number.isSafeInteger(owner) && owner > 0 && !isAlive(owner));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return false; // Just released.
    }
    throw error;
  }
}

function isAlive(owner: number): boolean {
  try {
    kill(owner, 0); // Signal 0 asks only.
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // Alive, and somebody else's.
  }
}
