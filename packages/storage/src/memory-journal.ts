import { type JournalEntry, type JournalRecord, type OrderJournal, QtsError } from '@qts/core';

/** A journal that lives as long as its process. */
export interface MemoryJournal extends OrderJournal {
  /** Always returns `undefined`: in memory there is nothing to wait for. */
  append(entry: JournalEntry, durability: 'BARRIER' | 'GROUPED'): void;
  /** The records so far, oldest first: the live list, not a copy. Read it, never write it. */
  readonly records: readonly JournalRecord[];
}

/**
 * Keeps the order journal in memory: for simulations, tests and dry runs.
 *
 * It numbers records from 1 without a gap and never waits, so `BARRIER` and `GROUPED` are the same here. It survives
 * nothing: what was attempted is forgotten when the process ends, so it must not stand behind a live account.
 *
 * Bodies are kept as they are given, not copied; callers hand over plain data that they do not change afterwards.
 *
 * @throws {QtsError} `JOURNAL_CLOSED` from `append` after `close`: a record that went nowhere must not look written.
 */
export function createMemoryJournal(): MemoryJournal {
  const records: JournalRecord[] = [];
  let closed = false;

  return {
    records,

    append({ type, occurredAtMs, correlationId, body }) {
      if (closed) throw journalClosed(type, correlationId);
      records.push({ seq: records.length + 1, type, occurredAtMs, correlationId, body });
    },

    async *read() {
      // The list may grow while somebody reads; a reader sees what is there when it gets there.
      for (const record of records) yield await Promise.resolve(record);
    },

    close() {
      closed = true;
      return Promise.resolve();
    },
  };
}

function journalClosed(type: string, correlationId: string): QtsError {
  return new QtsError({
    code: 'JOURNAL_CLOSED',
    summary: 'A record was appended to a journal that is closed.',
    facts: { type, correlationId },
    next: 'Close the journal last: after the engine has answered its open commands.',
  });
}
