import { type DatabaseSync } from 'node:sqlite';
import { endOfTurn } from '../system/end-of-turn.ts';
import { exportSlices } from './export-lines.ts';
import { emptyJournal } from './journal-errors.ts';
import { openReadOnly } from './open-database.ts';
import { type JournalHeader } from './schema.ts';
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

/**
 * Gives a journal that nobody has open line by line (JSON Lines, without line ends) to `write`, and waits for it: what
 * the lines are is told at `SqliteJournal.exportLines`. Exports what is there, whole or not: {@link verifyJournal} judges.
 * @throws {ConfigurationError} (rejects) when the file is held, cannot be read, or is not a journal.
 */
export async function exportJournal(file: string, write: (line: string) => void | Promise<void>): Promise<void> {
  const { database, header } = openExisting(file);
  try {
    for (const lines of exportSlices(database, header)) {
      for (const line of lines) await write(line);
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
