import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { ConfigurationError } from '@qts/core';
import { readOwner } from '../system/process-owner.ts';
import { type UnreadableReason, journalHeld, notAJournal, notReadable } from './journal-errors.ts';
import { type JournalHeader, readHeader } from './schema.ts';
import { isSqlite } from './sqlite-errors.ts';

export const pageBytes = 4_096;

/** Beside the journal: who has it open. */
export function ownerFile(file: string): string {
  return `${file}.owner`;
}

/**
 * Opens the database for its one writer. The lock is SQLite's own, taken before anything is read and held until the
 * connection closes or the process ends; no second connection reads or writes meanwhile.
 *
 * - `locking_mode=EXCLUSIVE` before the first access: the lock stays, and the index of the log lives in this process.
 * - `synchronous=FULL`: a commit returns after the log is synced.
 * - `fullfsync`: macOS alone needs a second word for "on the disk"; elsewhere it does nothing.
 */
export function openForWriting(file: string, sizeBytesMax: number): DatabaseSync {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  try {
    database.exec(`
      PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA page_size = ${pageBytes};
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA fullfsync = 1;
      PRAGMA checkpoint_fullfsync = 1;
      PRAGMA trusted_schema = 0;
      PRAGMA max_page_count = ${Math.floor(sizeBytesMax / pageBytes)};
      BEGIN EXCLUSIVE;
      COMMIT;`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A journal that is looked into. */
export interface ReadOnlyJournal {
  readonly database: DatabaseSync;
  /** `undefined` for a file in which nothing was written yet. */
  readonly header: JournalHeader | undefined;
}

/**
 * Opens a journal of any account and version without changing a byte of it. Close its database afterwards.
 * @throws {ConfigurationError} when it is held, cannot be read, or is not a journal.
 */
export function openReadOnly(file: string): ReadOnlyJournal {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(readOnlyLocation(file), { readOnly: true });
    return { database, header: readHeaderOf(database, file) };
  } catch (error) {
    database?.close();
    if (ConfigurationError.isInstance(error)) throw error;
    if (isSqlite(error, 'BUSY')) throw journalHeld(file, readOwner(ownerFile(file)));
    throw notReadable(file, reasonOf(file), error);
  }
}

/**
 * A journal that was closed has no log beside it and is read as it lies, so that nothing is made in its folder. One with
 * a log is read through it: the last records may only be there.
 */
function readOnlyLocation(file: string): string | URL {
  if (existsSync(`${file}-wal`)) return file;
  const url = pathToFileURL(file);
  url.searchParams.set('immutable', '1');
  return url;
}

function readHeaderOf(database: DatabaseSync, file: string): JournalHeader | undefined {
  try {
    return readHeader(database);
  } catch (error) {
    if (isSqlite(error, 'BUSY') || isSqlite(error, 'CANTOPEN')) throw error;
    throw notAJournal(file, error instanceof Error ? error.message : 'something else');
  }
}

/** Asks without opening: a descriptor of the file that is closed here would free the lock of this process (POSIX). */
function reasonOf(file: string): UnreadableReason {
  const log = `${file}-wal`;
  if (!existsSync(file)) return 'ABSENT';
  if (statSync(file).isDirectory()) return 'FOLDER';
  if (!isAllowed(file, constants.R_OK) || (existsSync(log) && !isAllowed(log, constants.R_OK))) return 'FILE_FORBIDDEN';
  return existsSync(log) && !isAllowed(dirname(file), constants.W_OK) ? 'FOLDER_FORBIDDEN' : 'OTHER';
}

function isAllowed(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
