import { type JournalEntry, type JournalRecord, type OrderJournal, QtsError } from '@qts/core';

/** What the disk can do to the next write. After any of them the journal is broken until it is opened again. */
export type SimulatedFault = 'DISK_FULL' | 'SYNC_FAILED';

/** A journal on a simulated disk. A barrier is durable when `append` returns. */
export interface SimulatedJournal extends OrderJournal {
  append(entry: JournalEntry, durability: 'BARRIER' | 'GROUPED'): void;
}

/**
 * A disk for order journals in a simulation: what was not synced is lost with the power, except for a prefix of it. It
 * outlives the journals that are opened on it, as a disk outlives processes.
 */
export interface SimulatedJournalStore {
  /** A journal over what is durable. Opening it again is the restart; the journal before is dead then. */
  open(): SimulatedJournal;
  /**
   * Cuts the power, or kills the process: unsynced records are gone, except for the first `keptCount` of them (default
   * 0), and the open journal is dead. Returns how many records were lost.
   */
  losePower(keptCount?: number): number;
  /** The next write to the disk fails like this. */
  failNext(fault: SimulatedFault): void;
  /** What a restart would find after the power was lost now. */
  readonly durable: readonly JournalRecord[];
  /** Handed over, and not on the disk yet. */
  readonly unsynced: readonly JournalRecord[];
}

/** Bodies are copied through JSON, as a disk does: a later change of the caller's object changes nothing. */
export function createSimulatedJournalStore(): SimulatedJournalStore {
  const durable: JournalRecord[] = [];
  let unsynced: JournalRecord[] = [];
  let nextFault: SimulatedFault | undefined;
  let owner = 0;

  function sync(): void {
    const fault = nextFault;
    nextFault = undefined;
    if (fault !== undefined) {
      unsynced = []; // A failed sync may have dropped the pages.
      throw new QtsError({
        code: 'JOURNAL_BROKEN',
        summary: 'The simulated disk could not be written.',
        facts: { fault },
        next: 'Open the journal again, as a new process would.',
      });
    }
    durable.push(...unsynced);
    unsynced = [];
  }

  return {
    durable,
    get unsynced() {
      return unsynced;
    },

    open() {
      owner += 1;
      const self = owner;
      let broken: QtsError | undefined;

      function requireAlive(): void {
        if (self === owner && broken === undefined) return;
        throw broken ?? dead();
      }

      return {
        append(entry, durability) {
          requireAlive();
          unsynced.push(copy(entry, durable.length + unsynced.length + 1));
          if (durability === 'GROUPED') return;
          try {
            sync();
          } catch (error) {
            if (QtsError.isInstance(error)) broken = error;
            throw error;
          }
        },
        async *read() {
          for (let seq = 0; ; seq += 1) {
            requireAlive();
            const record = durable[seq] ?? unsynced[seq - durable.length];
            if (record === undefined) return;
            yield await Promise.resolve(record);
          }
        },
        close() {
          if (self === owner && broken === undefined) {
            sync();
            owner += 1;
          }
          return Promise.resolve();
        },
      };
    },

    losePower(keptCount = 0) {
      const lostCount = Math.max(0, unsynced.length - keptCount);
      durable.push(...unsynced.slice(0, keptCount));
      unsynced = [];
      owner += 1;
      return lostCount;
    },

    failNext(fault) {
      nextFault = fault;
    },
  };
}

function copy({ type, occurredAtMs, correlationId, body }: JournalEntry, seq: number): JournalRecord {
  return { seq, type, occurredAtMs, correlationId, body: JSON.parse(JSON.stringify(body)) as JournalEntry['body'] };
}

function dead(): QtsError {
  return new QtsError({
    code: 'JOURNAL_CLOSED',
    summary: 'The process of this simulated journal has ended.',
    next: 'Open the store again.',
  });
}
