import { type Stats } from 'node:fs';
import { getuid } from 'node:process';
import { ConfigurationError } from '@qts/core';

interface PathKind {
  readonly is: (stats: Stats) => boolean;
  readonly word: string;
  readonly mode: string;
}

/** What a path must be, and which mode bits nobody but its owner may have. */
const kinds: Readonly<Record<'FILE' | 'DIRECTORY', PathKind>> = {
  FILE: { is: (stats: Stats) => stats.isFile(), word: 'a plain file', mode: '600' },
  DIRECTORY: { is: (stats: Stats) => stats.isDirectory(), word: 'a folder', mode: '700' },
};

/**
 * Refuses a path that others can read, or that somebody else owns: it could have been put there, or read already.
 * On Windows only the kind is checked: there are no owner and mode to see.
 * @throws {ConfigurationError} `TOKEN_FILE_NOT_PRIVATE` with the remedy.
 */
export function requirePrivate(path: string, stats: Stats, kind: 'FILE' | 'DIRECTORY'): void {
  const { is, word, mode } = kinds[kind];
  if (!is(stats)) {
    throw notPrivate(path, `not ${word}`, `Make it ${word}, or remove it.`);
  }
  const owner = getuid?.();
  if (owner === undefined) {
    return;
  }
  if (stats.uid !== owner) {
    throw notPrivate(path, `owned by user ${stats.uid}, not ${owner}`, 'Run as its owner, or remove it.');
  }
  if ((stats.mode & 0o077) !== 0) {
    const found = (stats.mode & 0o777).toString(8);
    throw notPrivate(
      path,
      `mode ${found}`,
      `chmod ${mode} it. Others could read it: revoke the token if they may have.`,
    );
  }
}

function notPrivate(path: string, found: string, next: string): ConfigurationError {
  return new ConfigurationError({
    code: 'TOKEN_FILE_NOT_PRIVATE',
    summary: 'A path that holds tokens is not private.',
    facts: { path, found },
    next,
  });
}
