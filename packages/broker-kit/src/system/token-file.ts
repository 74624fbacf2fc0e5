import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { ConfigurationError, Secret, type StoredToken } from '@qts/core';
import { requirePrivate } from './private-path.ts';

/** Version of the file's form. A file of another version is refused, not guessed at. */
const schemaVersion = 1;

/** A token file is a few hundred bytes; more is not one. */
const fileBytesMax = 64 * 1024;

/** Reads a token file that only its owner can read. `undefined` when there is none. */
export async function readTokenFile(path: string): Promise<StoredToken | undefined> {
  const handle = await openPrivate(path);
  if (handle === undefined) {
    return undefined;
  }
  try {
    const stats = await handle.stat();
    requirePrivate(path, stats, 'FILE');
    if (stats.size > fileBytesMax) {
      throw unreadable(path, 'too large');
    }
    return fromText(path, await handle.readFile('utf8'));
  } finally {
    await handle.close();
  }
}

export function toText(token: StoredToken): string {
  const { accessToken, tokenType, issuedAtMs, expiresAtMs } = token;
  return `${JSON.stringify({ schemaVersion, tokenType, accessToken: accessToken.reveal(), issuedAtMs, expiresAtMs })}\n`;
}

async function openPrivate(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      return undefined;
    }
    if (code === 'ELOOP' || code === 'EMLINK') {
      throw new ConfigurationError({
        code: 'TOKEN_FILE_NOT_PRIVATE',
        summary: 'The token file is a symbolic link.',
        facts: { path },
        next: 'Remove the link; a new token is then issued. Find out who put it there.',
      });
    }
    throw error;
  }
}

function fromText(path: string, text: string): StoredToken {
  const value = parse(path, text);
  if (value['schemaVersion'] !== schemaVersion) {
    throw unreadable(
      path,
      `schema version ${typeof value['schemaVersion'] === 'number' ? value['schemaVersion'] : 'missing'}`,
    );
  }
  const { accessToken, tokenType, issuedAtMs, expiresAtMs } = value;
  if (
    typeof accessToken !== 'string' ||
    accessToken === '' ||
    typeof tokenType !== 'string' ||
    !Number.isSafeInteger(issuedAtMs) ||
    !Number.isSafeInteger(expiresAtMs)
  ) {
    throw unreadable(path, 'a field is missing or has the wrong type');
  }
  return {
    accessToken: new Secret(accessToken),
    tokenType,
    issuedAtMs: issuedAtMs as number,
    expiresAtMs: expiresAtMs as number,
  };
}

function parse(path: string, text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not kept as the cause: V8 quotes the text, and the text is a token.
    throw unreadable(path, 'not JSON');
  }
  if (typeof value !== 'object' || value === null) {
    throw unreadable(path, 'not an object');
  }
  return value as Readonly<Record<string, unknown>>;
}

function unreadable(path: string, found: string): ConfigurationError {
  return new ConfigurationError({
    code: 'TOKEN_FILE_UNREADABLE',
    summary: 'The token file cannot be understood.',
    facts: { path, found },
    next: 'Remove the file; a new token is then issued.',
  });
}
