import { type DatabaseSync } from 'node:sqlite';
import { sha256 } from '../chain/record-text.ts';

/** What a fold had come to at a record. */
export interface JournalSnapshot {
  /** Which fold. One snapshot is kept of each. */
  readonly name: string;
  /** Version of the fold's state: one of another version is not used. */
  readonly version: number;
  /** The last record that is part of it. */
  readonly seq: number;
  /** As `saveSnapshot` was given it, through JSON. */
  readonly state: unknown;
}

export interface SnapshotRow {
  readonly name: string;
  readonly version: number;
  readonly seq: number;
  /** Hash of the record `seq`: binds the snapshot to one past. */
  readonly hash: string;
  readonly state: string;
  readonly stateHash: string;
}

export function readSnapshotRows(database: DatabaseSync): readonly SnapshotRow[] {
  const rows = database.prepare('SELECT name, version, seq, hash, state, state_hash FROM snapshots').all();
  return rows.map((row) => ({
    name: String(row['name']),
    version: Number(row['version']),
    seq: Number(row['seq']),
    hash: String(row['hash']),
    state: String(row['state']),
    stateHash: String(row['state_hash']),
  }));
}

/** Whether a snapshot is what was written. */
export function isIntact(row: SnapshotRow): boolean {
  return row.stateHash === hashSnapshot(row);
}

export function writeSnapshot(database: DatabaseSync, row: Omit<SnapshotRow, 'stateHash'>, takenAtMs: number): void {
  const { name, version, seq, hash, state } = row;
  database
    .prepare('INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(name, version, seq, hash, state, hashSnapshot(row), takenAtMs);
}

function hashSnapshot({ name, version, seq, hash, state }: Omit<SnapshotRow, 'stateHash'>): string {
  return sha256(JSON.stringify([name, version, seq, hash]) + state);
}
