import { type EpochMs } from '../values.ts';

/** Kinds of journal records. The order of a command's records is its life. */
export const journalRecordTypes = [
  'session-opened',
  'intent-recorded',
  'intent-denied',
  'command-sending',
  'command-not-sent',
  'command-accepted',
  'command-rejected',
  'command-unknown',
  'command-adopted',
  'command-absent',
  'command-escalated',
  'cancel-sending',
  'cancel-answered',
  'replace-sending',
  'replace-answered',
  'replace-resolved',
  'order-facts',
  'safety-recorded',
  'operator-acted',
  'trading-restricted',
  'trading-resumed',
  'account-opened',
  'reconciliation-difference',
  'reconciled',
] as const;
export type JournalRecordType = (typeof journalRecordTypes)[number];

/** A record before the journal gave it a place. Bodies are plain JSON data, free of secrets. */
export interface JournalEntry {
  readonly type: JournalRecordType;
  readonly occurredAtMs: EpochMs;
  /** The intent whose story this belongs to. */
  readonly correlationId: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface JournalRecord extends JournalEntry {
  /** Starts at 1; no gaps, no repeats. */
  readonly seq: number;
}

/**
 * The single source of truth of one process. Memory is a fold over it.
 *
 * `append` with `BARRIER` is durable when it returns (or when the promise it returns resolves); with `GROUPED` it may
 * ride a later write. Returning `void` lets a journal that is already done cost no turn of the event loop.
 */
export interface OrderJournal {
  append(entry: JournalEntry, durability: 'BARRIER' | 'GROUPED'): void | Promise<void>;
  /** All records, oldest first. */
  read(): AsyncIterable<JournalRecord>;
  close(): Promise<void>;
}
