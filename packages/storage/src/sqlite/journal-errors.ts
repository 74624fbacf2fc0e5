import { ConfigurationError, QtsError, ValidationError, describeFound } from '@qts/core';
import { type ChainFault } from '../chain/chain-walk.ts';
import { type JournalOwner } from '../system/process-owner.ts';
import { isSqliteError } from './sqlite-errors.ts';

/** Every error of the SQLite journal, in one place. */

export function journalHeld(file: string, owner: JournalOwner | undefined): ConfigurationError {
  return new ConfigurationError({
    code: 'JOURNAL_HELD',
    summary: 'Another process has the order journal open. Nothing was changed.',
    facts: {
      file,
      owner: owner === undefined ? 'unknown' : `process ${owner.pid} on ${owner.host}`,
      since: owner === undefined ? undefined : new Date(owner.openedAtMs).toISOString(),
      bootId: owner?.bootId,
    },
    next: 'Stop that process first: one process writes the journal of an account. The lock ends with it, however it ends.',
  });
}

export function otherAccount(file: string, found: string, wanted: string): ConfigurationError {
  return new ConfigurationError({
    code: 'JOURNAL_OTHER_ACCOUNT',
    summary: 'The order journal belongs to another account. Nothing was changed.',
    facts: { file, found: describeFound(found), wanted: describeFound(wanted) },
    next: 'Give the file of this account, or the label that the journal was made with.',
  });
}

export function otherVersion(file: string, found: number, known: number): ConfigurationError {
  return new ConfigurationError({
    code: 'JOURNAL_OTHER_VERSION',
    summary: 'The order journal was written by another version of this program. Nothing was changed.',
    facts: { file, found, known },
    next:
      found > known
        ? 'Run the newer version that wrote it, or export it there and start a new file.'
        : 'Export it with the version that wrote it, and start a new file.',
  });
}

export function notAJournal(file: string, found: string): ConfigurationError {
  return new ConfigurationError({
    code: 'JOURNAL_NOT_A_JOURNAL',
    summary: 'The file is not an order journal. Nothing was changed.',
    facts: { file, found },
    next: 'Give the path of a journal, or of a file that does not exist yet.',
  });
}

export function corrupt(file: string, { fault, seq }: ChainFault): ConfigurationError {
  return new ConfigurationError({
    code: 'JOURNAL_CORRUPT',
    summary: 'The order journal was changed after it was written. Nothing was changed now, and nothing may be sent.',
    facts: { file, fault, seq },
    next:
      'Keep the file, look at it with verifyJournal() (`qts journal verify FILE`), and find out who or what changed it. Read the open orders at ' +
      'the broker and cancel what should not rest. Then bring back a copy that verifies, or start a new file.',
  });
}

export function notUsable(file: string, cause: unknown): ConfigurationError {
  return new ConfigurationError({
    code: 'JOURNAL_NOT_USABLE',
    summary: 'The order journal cannot be opened.',
    facts: { file, found: messageOf(cause) },
    next: 'Check that the folder exists on a local disk, belongs to this user and can be written, and that the disk has room.',
    cause,
  });
}

/** What a journal has that nobody ever wrote a record into. */
export function emptyJournal(file: string): ConfigurationError {
  return new ConfigurationError({
    code: 'JOURNAL_NOT_A_JOURNAL',
    summary: 'The file is an empty database, and no order journal yet. Nothing was changed.',
    facts: { file, found: 'an empty database' },
    next:
      'A process that is killed while it makes its journal leaves this behind, and had sent nothing: start it again, and it ' +
      'goes on making it. Otherwise give the path of a journal.',
  });
}

/** Why SQLite cannot open a file for reading; it tells all of them as one (CANTOPEN, 14). */
export type UnreadableReason = 'ABSENT' | 'FOLDER' | 'FILE_FORBIDDEN' | 'FOLDER_FORBIDDEN' | 'OTHER';

const unreadable: Readonly<Record<UnreadableReason, { readonly why: string; readonly next: string }>> = {
  ABSENT: {
    why: 'no such file',
    next: 'Give the path of a journal. If it was there a moment ago, find out who moves or removes files in its folder.',
  },
  FOLDER: {
    why: 'this is a folder',
    next: 'Give the path of a journal in it: a file whose name ends with .sqlite, as a run prints it when it begins.',
  },
  FILE_FORBIDDEN: {
    why: 'this user may not read the file, or the log beside it',
    next: 'Read it as the user who runs the program, or copy it, with the file with "-wal" beside it if there is one.',
  },
  FOLDER_FORBIDDEN: {
    why: 'the journal was not closed, and this user may not write in its folder',
    next:
      'The last records are in the file with "-wal" beside it, which SQLite reads through an index that it makes there. ' +
      'Copy both files into a folder of your own, and read the copy.',
  },
  OTHER: {
    why: 'SQLite could not read it',
    next: 'Look for a full disk, too many open files, or a disk that fails, and read again: nothing was changed.',
  },
};

export function notReadable(file: string, reason: UnreadableReason, cause: unknown): ConfigurationError {
  const { why, next } = unreadable[reason];
  return new ConfigurationError({
    code: 'JOURNAL_NOT_READABLE',
    summary: 'The order journal cannot be read.',
    facts: { file, why, found: messageOf(cause), sqliteCode: isSqliteError(cause) ? cause.errcode : undefined },
    next,
    cause,
  });
}

export function badSetting(field: string, found: unknown, next: string): ConfigurationError {
  return new ConfigurationError({
    code: 'SETTING_OUT_OF_RANGE',
    summary: 'A setting of the order journal is not usable.',
    facts: { field, found: describeFound(found) },
    next,
  });
}

export function diskLow(file: string, freeBytes: number, reserveBytes: number): ConfigurationError {
  return new ConfigurationError({
    code: 'JOURNAL_DISK_LOW',
    summary: 'The disk of the order journal is nearly full. No order may leave.',
    facts: { file, freeBytes, reserveBytes },
    next: 'Free room on the disk. What is left is kept for the records of cancels and of orders that are already out.',
  });
}

export function journalClosed(type: string, correlationId: string): QtsError {
  return new QtsError({
    code: 'JOURNAL_CLOSED',
    summary: 'A record was appended to a journal that is closed.',
    facts: { type, correlationId },
    next: 'Close the journal last: after the engine has answered its open commands.',
  });
}

export function journalBroken(file: string, cause: unknown): QtsError {
  return new QtsError({
    code: 'JOURNAL_BROKEN',
    summary: 'The disk of the order journal failed, and nothing is written to it any more.',
    facts: { file, found: messageOf(cause) },
    next:
      'No new order may leave. Cancel what rests, end the process, repair the disk (room, mode, hardware), start again ' +
      'and read the orders at the broker.',
    cause,
  });
}

export function notJson(type: string, correlationId: string, cause: unknown): ValidationError {
  return new ValidationError({
    code: 'JOURNAL_BODY_NOT_JSON',
    summary: 'The body of a record is not plain data. Nothing was written.',
    facts: { type, correlationId, found: messageOf(cause) },
    next: 'Give texts, finite numbers, booleans, null, lists and plain objects of them.',
    cause,
  });
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : describeFound(cause);
}
