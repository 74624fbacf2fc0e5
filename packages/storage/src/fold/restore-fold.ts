import { type JournalRecord } from '@qts/core';
import { type SqliteJournal } from '../sqlite/sqlite-journal.ts';

/** A state that the records of a journal add up to. */
export interface JournalFold<State> {
  /** Names its snapshot. */
  readonly name: string;
  /** Raise it whenever the state's form or the meaning of a record changes: older snapshots are not used then. */
  readonly version: number;
  initial(): State;
  /** The state after one more record; may change and return the one given. */
  apply(state: State, record: JournalRecord): State;
  /** Plain data from which `fromSnapshot` makes the same state again. */
  toSnapshot(state: State): unknown;
  fromSnapshot(data: unknown): State;
}

/** A state and the last record that is part of it. */
export interface FoldedState<State> {
  readonly state: State;
  readonly seq: number;
  /** The record of the snapshot that it began with; 0 when it began with the first record. */
  readonly snapshotSeq: number;
}

/**
 * What the records add up to: the last snapshot and the records behind it, or all records when there is no snapshot that
 * fits. Both give the same state; the snapshot only saves time.
 */
export function restoreFold<State>(journal: SqliteJournal, fold: JournalFold<State>): FoldedState<State> {
  const snapshot = journal.loadSnapshot(fold.name, fold.version);
  const snapshotSeq = snapshot?.seq ?? 0;
  let state = snapshot === undefined ? fold.initial() : fold.fromSnapshot(snapshot.state);
  journal.visit(snapshotSeq, (record) => {
    state = fold.apply(state, record);
  });
  return { state, seq: journal.last.seq, snapshotSeq };
}

/** Keeps a state for the next start. Cheap enough to do every few thousand records and at the end of a day. */
export function saveFold<State>(journal: SqliteJournal, fold: JournalFold<State>, state: State): void {
  journal.saveSnapshot(fold.name, fold.version, fold.toSnapshot(state));
}
