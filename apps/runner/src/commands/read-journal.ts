import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigurationError } from '@qts/core';
import { type FoldedJournal, applyRecord, emptyFoldedJournal } from '@qts/engine';
import { type JournalVerification, visitJournal } from '@qts/storage';
import { type AccountChoice } from './account-choice.ts';

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

/** Which runs wrote a journal. */
interface JournalledSession {
  readonly mode: string;
  readonly broker: string;
}

interface ReadJournal {
  readonly folded: FoldedJournal;
  /** Label of the account that the chain begins with. */
  readonly accountId: string;
  /** Of the last run; absent: none has begun on this journal. */
  readonly session?: JournalledSession;
}

/**
 * What a journal that nobody has open says of its orders. One that is not whole says nothing: a single digit may be what
 * somebody changed.
 *
 * @throws {ConfigurationError} (rejects) when there is no such file, a run has it open, it is not a journal, not whole, or
 *   of another version
 */
export async function foldJournalFile(file: string): Promise<FoldedJournal> {
  const { folded } = await readWholeJournal(file);
  return folded;
}

/**
 * The same of the account's own journal, to be laid beside the broker.
 *
 * @throws {ConfigurationError} (rejects) as {@link foldJournalFile}, and when the journal is of another account, mode or
 *   broker than the one that would be asked
 */
export async function foldAccountJournal({ config, journal: file }: AccountChoice): Promise<FoldedJournal> {
  const { folded, accountId, session } = await readWholeJournal(file);
  const { mode, broker, account } = config;
  const wanted = `${mode} ${broker} ${account}`;
  // Of a journal on which no run has begun, the account alone is known.
  const found = `${session?.mode ?? mode} ${session?.broker ?? broker} ${accountId}`;
  if (found === wanted) return folded;
  throw new ConfigurationError({
    code: 'JOURNAL_OTHER_SESSION',
    summary:
      'The order journal was written by runs of another mode, broker or account. Nobody was asked, nothing was changed.',
    facts: { file: resolve(file), found, wanted },
    next: 'Give --mode, --broker and --config as the runs had them that wrote it, or leave --journal out: the account’s own is read then.',
  });
}

async function readWholeJournal(file: string): Promise<ReadJournal> {
  const folded = emptyFoldedJournal();
  let session: JournalledSession | undefined;
  const verification = await visitJournal(existingJournal(file), (record, isSound) => {
    if (!isSound) return;
    applyRecord(folded, record);
    const { mode, broker } = record.body;
    const isOpening = record.type === 'session-opened' && typeof mode === 'string' && typeof broker === 'string';
    if (isOpening) session = { mode, broker };
  });
  requireWhole(file, verification);
  return { folded, accountId: verification.header.accountId, ...(session === undefined ? {} : { session }) };
}

function requireWhole(file: string, { faults: [first] }: JournalVerification): void {
  if (first === undefined) return;
  throw new ConfigurationError({
    code: 'JOURNAL_CORRUPT',
    summary:
      'The order journal is not whole: what it says of orders is no evidence. Nobody was asked, nothing was changed.',
    facts: { file: resolve(file), fault: first.fault, record: first.seq },
    next:
      'Do not trade on it, and keep the file. `qts journal verify FILE` lists what is wrong, `qts journal show INTENT` prints ' +
      'records as they stand. Look for open orders in the broker’s own application. Then bring back a copy that verifies.',
  });
}
