import { existsSync, statSync } from 'node:fs';
import { type DatabaseSync } from 'node:sqlite';
import { ConfigurationError } from '@qts/core';
import { currentOwner, type JournalOwner, readOwner, removeOwner, writeOwner } from '../system/process-owner.ts';
import { preparePrivateFile, requirePrivateFile } from '../system/private-file.ts';
import { type ChainPoint } from '../chain/chain-walk.ts';
import { corrupt, diskLow, journalHeld, notUsable, otherAccount, otherVersion } from './journal-errors.ts';
import { type CheckedSettings, type SqliteJournalSettings, checkSettings } from './journal-settings.ts';
import { createJournalOverDatabase } from './journal-over-database.ts';
import { openForWriting, openReadOnly, ownerFile } from './open-database.ts';
import { type JournalHeader, migrate, readHeader, readTip, schemaVersion, writeHeader } from './schema.ts';
import { isSqlite } from './sqlite-errors.ts';
import { type JournalOpening, type SqliteJournal } from './sqlite-journal.ts';
import { countTornBytes } from './torn-tail.ts';
import { findTailFault } from './verify-chain.ts';

/**
 * Opens the order journal of an account, or makes it: SQLite (`node:sqlite`) with a write-ahead log, synced at every
 * commit, locked by the database itself for this process until it ends.
 *
 * ```
 * settings ─ private? ─ room? ─ read only: ours? whole? ─► lock ─► (make | look again) ─► note the opening ─► write
 * ```
 *
 * Everything that refuses comes before the first write: what is refused is not changed. The chain is verified from the
 * last anchor on, so a start does not grow with the age of the journal; `verify()` reads all of it.
 *
 * @throws {ConfigurationError} with the remedy: `JOURNAL_HELD` (names the owner), `JOURNAL_OTHER_ACCOUNT`,
 * `JOURNAL_OTHER_VERSION`, `JOURNAL_CORRUPT`, `JOURNAL_NOT_A_JOURNAL`, `JOURNAL_NOT_PRIVATE`, `JOURNAL_NOT_USABLE`,
 * `JOURNAL_DISK_LOW`, `SETTING_OUT_OF_RANGE`.
 */
export function openSqliteJournal(settings: SqliteJournalSettings): SqliteJournal {
  const checked = checkSettings(settings);
  const { file, clock, sizeBytesMax, reserveBytes } = checked;
  let database: DatabaseSync | undefined;
  try {
    requirePrivateFile(file);
    const seen = lookFirst(checked);
    const freeBytes = checked.freeBytes();
    if (freeBytes < reserveBytes) throw diskLow(file, freeBytes, reserveBytes);
    preparePrivateFile(file);
    const tornBytes = countTornBytes(`${file}-wal`);
    database = openForWriting(file, sizeBytesMax);
    const found = readHeader(database);
    const isNew = found === undefined;
    const header = found ?? make(database, checked);
    if (readTip(database).last.hash !== seen?.hash) requireOurs(database, header, checked);
    const owner = currentOwner(clock.nowMs());
    const opening = note(database, owner, { isNew, tornBytes });
    writeOwner(ownerFile(file), owner);
    if (tornBytes > 0) checked.logger?.warn('journal-torn-tail-cut', { file, tornBytes, lastSeq: opening.recordCount });
    return createJournalOverDatabase(database, header, opening, checked, () => {
      removeOwner(ownerFile(file));
    });
  } catch (error) {
    database?.close();
    if (ConfigurationError.isInstance(error)) throw error;
    throw isSqlite(error, 'BUSY') ? journalHeld(file, readOwner(ownerFile(file))) : notUsable(file, error);
  }
}

/** Looks without writing. The last record of what was found to be ours and whole; `undefined` when there is nothing. */
function lookFirst(settings: CheckedSettings): ChainPoint | undefined {
  const { file } = settings;
  if (!existsSync(file) || (statSync(file).size === 0 && !existsSync(`${file}-wal`))) return undefined;
  const { database, header } = openReadOnly(file);
  try {
    if (header === undefined) return undefined;
    requireOurs(database, header, settings);
    return readTip(database).last;
  } finally {
    database.close();
  }
}

function requireOurs(database: DatabaseSync, header: JournalHeader, { file, accountId }: CheckedSettings): void {
  if (header.schemaVersion !== schemaVersion) throw otherVersion(file, header.schemaVersion, schemaVersion);
  const fault = findTailFault(database, header);
  if (fault !== undefined) throw corrupt(file, fault);
  if (header.accountId !== accountId) throw otherAccount(file, header.accountId, accountId);
}

function make(database: DatabaseSync, { accountId, clock }: CheckedSettings): JournalHeader {
  const createdAtMs = clock.nowMs();
  database.exec('BEGIN IMMEDIATE');
  migrate(database, 0, createdAtMs);
  writeHeader(database, { accountId, createdAtMs });
  database.exec('COMMIT');
  return { accountId, createdAtMs, schemaVersion };
}

/** One row an opening: who, when, after which record, and what was cut. */
function note(
  database: DatabaseSync,
  { openedAtMs, pid, host, bootId }: JournalOwner,
  { isNew, tornBytes }: Pick<JournalOpening, 'isNew' | 'tornBytes'>,
): JournalOpening {
  const before = database.prepare('SELECT closed_at_ms FROM openings ORDER BY id DESC LIMIT 1').get();
  const { last, anchor } = readTip(database);
  database
    .prepare('INSERT INTO openings (opened_at_ms, pid, host, boot_id, seq, torn_bytes) VALUES (?, ?, ?, ?, ?, ?)')
    .run(openedAtMs, pid, host, bootId, last.seq, tornBytes);
  return {
    isNew,
    recordCount: last.seq,
    verifiedAfterSeq: anchor.seq,
    tornBytes,
    wasClosed: before?.['closed_at_ms'] !== null,
  };
}
