import { type JournalEntry, type JournalRecord, type OrderJournal } from '@qts/core';
import { createSimulatedJournalStore } from '@qts/storage/testing';
import { type Draw } from './draw.ts';
import { type VirtualTime } from './virtual-time.ts';

/** What a disk can do to one write. */
export const diskFaultIds = ['slow-sync', 'P05-disk-full', 'P06-sync-failed'] as const;
export type DiskFaultId = (typeof diskFaultIds)[number];

/** A disk under the journal of one process after another. */
export interface Disk {
  /** The journal of a new process over what is durable. */
  open(): OrderJournal;
  /** The process is gone. Of what the disk had not synced the first `keptCount` records stay; what it never got is lost. */
  endProcess(keptCount: number): void;
  /** Whether faults strike. At first they do not. */
  setFaults(on: boolean): void;
  readonly durable: readonly JournalRecord[];
  /** Handed over, and not on the disk yet. */
  readonly unsynced: readonly JournalRecord[];
  /** Whether `command-sending` of this intent is durable. */
  isSendingDurable(intentId: string): boolean;
  /** Whether `replace-sending` of this command is durable. */
  isReplaceDurable(commandId: string): boolean;
}

export interface DiskSettings {
  readonly time: VirtualTime;
  readonly draw: Draw;
  readonly rates: ReadonlyMap<DiskFaultId, number>;
  readonly onFault: (id: DiskFaultId) => void;
  /** Around a record: handed over `BEFORE` or `AFTER` this moment. The process may end here. */
  readonly onWrite: (moment: 'BEFORE' | 'AFTER') => void;
}

const slowSyncMs = [2, 1_500] as const;

interface Waiting {
  readonly entry: JournalEntry;
  readonly durability: 'BARRIER' | 'GROUPED';
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export function createDisk({ time, draw, rates, onFault, onWrite }: DiskSettings): Disk {
  const store = createSimulatedJournalStore();
  const sendings = new Set<string>();
  const replaces = new Set<unknown>();
  let seen = 0;
  let faultsOn = false;
  let owner = 0;

  const strikes = (id: DiskFaultId): boolean => {
    if (!faultsOn || !draw.chance(rates.get(id) ?? 0)) return false;
    onFault(id);
    return true;
  };

  function open(): OrderJournal {
    const journal = store.open();
    owner += 1;
    const self = owner;
    /** Writes behind a slow sync, in their order. */
    const waiting: Waiting[] = [];
    let busy = false;

    function write(entry: JournalEntry, durability: 'BARRIER' | 'GROUPED'): void {
      if (durability === 'BARRIER') {
        if (strikes('P05-disk-full')) store.failNext('DISK_FULL');
        else if (strikes('P06-sync-failed')) store.failNext('SYNC_FAILED');
      }
      onWrite('BEFORE');
      if (self !== owner) return;
      journal.append(entry, durability);
      onWrite('AFTER');
    }

    function drain(): void {
      while (!busy) {
        const next = waiting.shift();
        if (next === undefined) return;
        if (next.durability === 'BARRIER' && strikes('slow-sync')) {
          busy = true;
          time.after(draw.whole(...slowSyncMs), () => {
            if (self !== owner) return;
            busy = false;
            finish(next);
            drain();
          });
          return;
        }
        finish(next);
      }
    }

    function finish({ entry, durability, done, failed }: Waiting): void {
      try {
        write(entry, durability);
        done();
      } catch (error) {
        failed(error);
      }
    }

    return {
      append(entry, durability) {
        // A process that is gone waits for ever: nothing of it hears an answer.
        if (self !== owner) return new Promise(() => undefined);
        if (!busy && waiting.length === 0 && (!faultsOn || durability === 'GROUPED' || !rates.has('slow-sync'))) {
          write(entry, durability);
          return;
        }
        return new Promise((resolve, reject) => {
          waiting.push({ entry, durability, done: resolve, failed: reject });
          drain();
        });
      },
      read: () => journal.read(),
      close: () => journal.close(),
    };
  }

  /** Takes in what became durable since the last look. */
  function look(): void {
    for (; seen < store.durable.length; seen += 1) {
      const record = store.durable[seen];
      if (record?.type === 'command-sending') sendings.add(record.correlationId);
      else if (record?.type === 'replace-sending') replaces.add(record.body['commandId']);
    }
  }

  return {
    open,
    durable: store.durable,
    get unsynced() {
      return store.unsynced;
    },
    endProcess(keptCount) {
      owner += 1;
      store.losePower(keptCount);
    },
    setFaults(on) {
      faultsOn = on;
    },
    isSendingDurable(intentId) {
      look();
      return sendings.has(intentId);
    },
    isReplaceDurable(commandId) {
      look();
      return replaces.has(commandId);
    },
  };
}
