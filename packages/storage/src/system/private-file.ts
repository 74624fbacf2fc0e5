import { closeSync, fsyncSync, lstatSync, mkdirSync, openSync, type Stats, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { getuid, platform } from 'node:process';
import { ConfigurationError } from '@qts/core';

/** Makes the folder (0700) and an empty file (0600) when they are absent, and refuses what others can read. */
export function preparePrivateFile(file: string): void {
  const folder = dirname(file);
  const isNewFolder = statOf(folder) === undefined;
  if (isNewFolder) mkdirSync(folder, { recursive: true, mode: 0o700 });
  requirePrivateFile(file);
  if (statOf(file) !== undefined) return;
  closeSync(openSync(file, 'wx', 0o600));
  syncFolder(folder);
  if (isNewFolder) syncFolder(dirname(folder));
}

/**
 * Refuses a file or folder that is a link, of another kind, somebody else's, or open to others. What is absent passes.
 * @throws {ConfigurationError} `JOURNAL_NOT_PRIVATE` with the remedy.
 */
export function requirePrivateFile(file: string): void {
  const folder = dirname(file);
  requirePrivate(folder, statOf(folder), (stats) => stats.isDirectory(), { word: 'a folder', mode: '700' });
  requirePrivate(file, statOf(file), (stats) => stats.isFile(), { word: 'a plain file', mode: '600' });
}

/** Bytes that the user of this process may still write on the disk of a file, which need not exist yet. */
export function freeBytesAt(file: string): number {
  let folder = dirname(file);
  while (statOf(folder) === undefined && dirname(folder) !== folder) folder = dirname(folder);
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function requirePrivate(
  path: string,
  stats: Stats | undefined,
  isKind: (stats: Stats) => boolean,
  { word, mode }: { readonly word: string; readonly mode: string },
): void {
  if (stats === undefined) return;
  if (!isKind(stats)) throw notPrivate(path, `not ${word}`, `Make it ${word}, or give another path.`);
  const owner = getuid?.();
  if (owner === undefined) return; // Windows shows no owner and no mode.
  if (stats.uid !== owner) {
    throw notPrivate(path, `owned by user ${stats.uid}, not ${owner}`, 'Run as its owner, or give another path.');
  }
  if ((stats.mode & 0o077) !== 0) {
    throw notPrivate(path, `mode ${(stats.mode & 0o777).toString(8)}`, `chmod ${mode} it: orders are nobody else's.`);
  }
}

function notPrivate(path: string, found: string, next: string): ConfigurationError {
  return new ConfigurationError({
    code: 'JOURNAL_NOT_PRIVATE',
    summary: 'The place of the order journal is not private. Nothing was changed.',
    facts: { path, found },
    next,
  });
}

function statOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

/** A new name in a folder survives a power loss only when the folder is synced too. */
export function syncFolder(folder: string): void {
  if (platform === 'win32') return; // A folder cannot be opened for syncing there.
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
