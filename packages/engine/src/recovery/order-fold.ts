import { type JournalRecord, type OrderJournal } from '@qts/core';
import { applyRecord, emptyFoldedJournal } from './fold-journal.ts';
import { type FoldedJournal } from './folded-journal.ts';

/** A {@link FoldedJournal} as plain data. */
export type FoldedJournalSnapshot = Omit<FoldedJournal, 'orders' | 'differences'> & {
  readonly orders: readonly (readonly [
    string,
    FoldedJournal['orders'] extends Map<string, infer Order> ? Order : never,
  ])[];
  readonly differences: readonly (readonly [string, string])[];
};

/** The fold of the order journal in the form that a durable journal keeps snapshots of. */
export interface OrderFold {
  readonly name: string;
  readonly version: number;
  initial(): FoldedJournal;
  /** Changes the state that it is given, and returns it. */
  apply(state: FoldedJournal, record: JournalRecord): FoldedJournal;
  toSnapshot(state: FoldedJournal): FoldedJournalSnapshot;
  fromSnapshot(data: unknown): FoldedJournal;
}

/** What a start folds: a snapshot and the records behind it (`restoreFold` of `@qts/storage`), or all of them. */
export const orderFold: OrderFold = {
  name: 'orders',
  version: 7,
  initial: emptyFoldedJournal,
  apply: applyRecord,
  toSnapshot: (state) => ({ ...state, orders: [...state.orders], differences: [...state.differences] }),
  fromSnapshot(data) {
    // The journal binds a snapshot to its records by hashes; here it is taken for what `toSnapshot` gave.
    const { orders, differences, ...rest } = structuredClone(data) as FoldedJournalSnapshot;
    return { ...rest, orders: new Map(orders), differences: new Map(differences) };
  },
};

/** A journal, and what it says as of its last record. */
export interface FollowedJournal extends OrderJournal {
  readonly folded: FoldedJournal;
}

/**
 * Folds every record as it is appended, so that a snapshot can be kept at any time and a running program can be looked
 * at. `folded` must be what the journal says so far; it is changed. A record that could not be handed over is not part
 * of it.
 */
export function followJournal(journal: OrderJournal, folded: FoldedJournal): FollowedJournal {
  return {
    folded,
    append(entry, durability) {
      const durable = journal.append(entry, durability);
      applyRecord(folded, { seq: folded.seq + 1, ...entry });
      return durable;
    },
    read: () => journal.read(),
    close: () => journal.close(),
  };
}
