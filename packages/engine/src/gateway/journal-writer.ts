import { type EpochMs, type JournalRecordType, type Logger, type OrderJournal } from '@qts/core';

type Body = Readonly<Record<string, unknown>>;

/** Writes the gateway's records, and remembers that the journal failed: after that no new order may leave. */
export interface JournalWriter {
  /** True for ever after the first record that could not be written. */
  readonly broken: boolean;
  /** Hands a record over and waits for nothing. Never throws. */
  note(type: JournalRecordType, correlationId: string, occurredAtMs: EpochMs, body: Body): void;
  /** The record is durable when this returns, or when its promise resolves. Throws or rejects when it is not. */
  barrier(type: JournalRecordType, correlationId: string, occurredAtMs: EpochMs, body: Body): void | Promise<void>;
}

export function createJournalWriter(journal: OrderJournal, logger: Logger | undefined): JournalWriter {
  let broken = false;

  function fail(type: JournalRecordType, correlationId: string, error: unknown): void {
    broken = true;
    logger?.error('journal-failed', { type, correlationId, error: error instanceof Error ? error.message : 'unknown' });
  }

  return {
    get broken() {
      return broken;
    },

    note(type, correlationId, occurredAtMs, body) {
      try {
        journal.append({ type, occurredAtMs, correlationId, body }, 'GROUPED')?.catch((error: unknown) => {
          fail(type, correlationId, error);
        });
      } catch (error) {
        fail(type, correlationId, error);
      }
    },

    barrier(type, correlationId, occurredAtMs, body) {
      try {
        return journal.append({ type, occurredAtMs, correlationId, body }, 'BARRIER')?.catch((error: unknown) => {
          fail(type, correlationId, error);
          throw error;
        });
      } catch (error) {
        fail(type, correlationId, error);
        throw error;
      }
    },
  };
}
