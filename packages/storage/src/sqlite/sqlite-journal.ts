import { type JournalEntry, type JournalRecord, type OrderJournal, type QtsError } from '@qts/core';
import { type ChainPoint } from '../chain/chain-walk.ts';
import { type JournalVerification, type VerifyOptions } from './verify-chain.ts';
import { type JournalSnapshot } from './snapshots.ts';

/** What was found when a journal was opened. */
export interface JournalOpening {
  /** True when the file was made by this opening. */
  readonly isNew: boolean;
  /** Records in the journal. */
  readonly recordCount: number;
  /** The record from which on the chain was verified; `verify()` does all of it. */
  readonly verifiedAfterSeq: number;
  /** Bytes of a write that was cut off by a power loss and that nobody had been told is durable; cut now. */
  readonly tornBytes: number;
  /** False when the process before did not close it: read the open orders at the broker before anything else. */
  readonly wasClosed: boolean;
}

/** The durable journal of one account. One process writes it. */
export interface SqliteJournal extends OrderJournal {
  /**
   * `BARRIER`: this record, and all before it, are on the disk when this returns. `GROUPED`: they will be with the next
   * barrier, after `groupDelayMs`, when enough wait, or at `close`, whichever comes first.
   *
   * @throws {ValidationError} when the body is not plain data; nothing was written.
   * @throws {ConfigurationError} `JOURNAL_DISK_LOW` for `command-sending` while the disk is nearly full; nothing was
   * written, and everything else still is.
   * @throws {QtsError} `JOURNAL_BROKEN` when the disk failed, now or before, and `JOURNAL_CLOSED` after `close`.
   */
  append(entry: JournalEntry, durability: 'BARRIER' | 'GROUPED'): void;
  /** Makes everything durable that waits. Throws as `append` does. */
  flush(): void;
  /** Records behind `afterSeq` (default 0: all), oldest first, with those that arrive while somebody reads. */
  read(afterSeq?: number): AsyncIterable<JournalRecord>;
  /** The same at once, for a fold: gives every record behind `afterSeq` to `visit`. */
  visit(afterSeq: number, visit: (record: JournalRecord) => void): void;
  /** Number and hash of the last durable record. Note it elsewhere at the end of a day. */
  readonly last: ChainPoint;
  readonly opening: JournalOpening;
  /** Why the journal is not written any more; `undefined` while it is. Stays until the process ends. */
  readonly broken: QtsError | undefined;
  /**
   * Reads the whole chain, in slices between which the process does other things. A fault breaks the journal: nothing is
   * appended behind it.
   */
  verify(options?: VerifyOptions): Promise<JournalVerification>;
  /** The journal as JSON Lines: a header, the records, an end. Readable and checkable without this program. */
  exportLines(): AsyncIterable<string>;
  /**
   * Keeps what a fold came to, as of the last record, instead of the one before of that name. Without secrets, as records.
   * @param version of the state's form: one of another version is not found again.
   */
  saveSnapshot(name: string, version: number, state: unknown): void;
  /** The snapshot of a fold; `undefined` when there is none of this version, or it does not fit the records. */
  loadSnapshot(name: string, version: number): JournalSnapshot | undefined;
  /** Writes what waits and frees the lock. Safe to call twice; after a failure it only frees the lock. */
  close(): Promise<void>;
}
