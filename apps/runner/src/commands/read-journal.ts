import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigurationError, type JournalRecord } from '@qts/core';
import { type FoldedJournal, applyRecord, emptyFoldedJournal } from '@qts/engine';
import { exportJournal } from '@qts/storage';

/**
 * The full path of a journal's file, when there is such a file.
 *
 * @throws {ConfigurationError} when there is none
 */
export function existingJournal(file: string): string {
  const path = resolve(file);
  if (existsSync(path)) return path;
  throw new ConfigurationError({
    code: 'JOURNAL_ABSENT',
    summary: 'There is no order journal of this name. Nothing was changed.',
    facts: { file: path },
    next: 'Name mode and account as the run had them (--mode, --config), or an existing file.',
  });
}

/**
 * Gives every record of a journal that nobody has open to `take`, oldest first, and changes nothing.
 *
 * @throws {ConfigurationError} (rejects) when there is no such file, a run has it open, or it is not a journal
 */
export async function visitJournal(file: string, take: (record: JournalRecord) => void): Promise<void> {
  await exportJournal(existingJournal(file), (line) => {
    const parsed = JSON.parse(line) as Partial<JournalRecord>;
    // The first line says what the journal is, and the last how many records there were.
    if (parsed.seq !== undefined) take(parsed as JournalRecord);
  });
}

/**
 * What a journal that nobody has open says of its orders.
 *
 * @throws {ConfigurationError} (rejects) as {@link visitJournal}
 */
export async function foldJournalFile(file: string): Promise<FoldedJournal> {
  const folded = emptyFoldedJournal();
  await visitJournal(file, (record) => {
    applyRecord(folded, record);
  });
  return folded;
}
