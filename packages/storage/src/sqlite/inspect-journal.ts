import { type DatabaseSync } from 'node:sqlite';
import { type JournalRecord } from '@qts/core';
import { type ChainFault } from '../chain/chain-walk.ts';
import { endOfTurn } from '../system/end-of-turn.ts';
import { exportSlices } from './export-lines.ts';
import { emptyJournal, otherVersion } from './journal-errors.ts';
import { openReadOnly } from './open-database.ts';
import { type JournalHeader, schemaVersion } from './schema.ts';
import { parseForeignRecord } from './stored-rows.ts';
import { type JournalVerification, type VerifyOptions, verifySlices } from './verify-chain.ts';

/**
 * Reads the whole chain of a journal that nobody has open, of whatever account, and changes nothing.
 * @throws {ConfigurationError} (rejects) when the file is held, cannot be read, or is not a journal.
 */
export async function verifyJournal(file: string, options?: VerifyOptions): Promise<JournalVerification> {
  const { database, header } = openExisting(file);
  try {
    const slices = verifySlices(database, header, options);
    for (;;) {
      const { done, value } = slices.next();
      if (done === true) return value;
      await endOfTurn();
    }
  } finally {
    database.close();
  }
}

/** @param isSound false from the first fault on: what the record says is no evidence */
export type RecordVisitor = (record: JournalRecord, isSound: boolean) => void;

/**
 * Gives every record of a journal that nobody has open to `take`, oldest first, and verifies the journal on the way:
 * header, chain, end and snapshots. Some faults show only at the end, so nothing may be concluded from the records before
 * the answer is `ok`. What is not a record at all is a fault, and is not given. Changes nothing.
 *
 * @throws {ConfigurationError} (rejects) when the file is held, cannot be read, is not a journal, or of another version,
 *   whose records may mean something else.
 */
export async function visitJournal(file: string, take: RecordVisitor): Promise<JournalVerification> {
  const { database, header } = openExisting(file);
  try {
    if (header.schemaVersion !== schemaVersion) throw otherVersion(file, header.schemaVersion, schemaVersion);
    const unread: ChainFault[] = [];
    const slices = verifySlices(database, header);
    for (;;) {
      const { done, value } = slices.next();
      if (done === true) return withFaults(value, unread);
      for (const [index, [seq, text]] of value.rows.entries()) {
        const isSound = index < value.soundCount && unread.length === 0;
        const record = parseForeignRecord(text);
        if (record !== undefined) take(record, isSound);
        else if (isSound) unread.push({ fault: 'UNREADABLE', seq });
      }
      await endOfTurn();
    }
  } finally {
    database.close();
  }
}

function withFaults(found: JournalVerification, more: readonly ChainFault[]): JournalVerification {
  if (more.length === 0) return found;
  return { ...found, ok: false, faults: [...found.faults, ...more].sort((one, other) => one.seq - other.seq) };
}

/**
 * Gives a journal that nobody has open line by line (JSON Lines, without line ends) to `write`, and waits for it: what
 * the lines are is told at `SqliteJournal.exportLines`. Exports what is there, whole or not, of any version:
 * {@link verifyJournal} judges.
 * @throws {ConfigurationError} (rejects) when the file is held, cannot be read, or is not a journal.
 */
export async function exportJournal(file: string, write: (line: string) => void | Promise<void>): Promise<void> {
  const { database, header } = openExisting(file);
  try {
    for (const lines of exportSlices(database, header)) {
      for (const line of lines) await write(line);
      // What the writing came to has to be heard: nobody reads any more, or somebody wants to end it.
      await endOfTurn();
    }
  } finally {
    database.close();
  }
}

function openExisting(file: string): { readonly database: DatabaseSync; readonly header: JournalHeader } {
  const { database, header } = openReadOnly(file);
  if (header !== undefined) return { database, header };
  database.close();
  throw emptyJournal(file);
}
