import { type DatabaseSync } from 'node:sqlite';
import { type ChainFault, type ChainPoint, type StoredRow, createChainWalk } from '../chain/chain-walk.ts';
import { identityText, sha256 } from '../chain/record-text.ts';
import { type JournalHeader, type JournalTip, readTip } from './schema.ts';
import { isIntact, readSnapshotRows } from './snapshots.ts';
import { isSqliteError } from './sqlite-errors.ts';
import { createRowReader } from './stored-rows.ts';

/** Faults that are listed; behind that many, more say nothing new. */
const faultsMax = 20;

/** What a look at a whole journal found. */
export interface JournalVerification {
  /** True when no fault was found. */
  readonly ok: boolean;
  readonly header: JournalHeader;
  /** Records that were read. */
  readonly recordCount: number;
  /** The last record: keep its hash elsewhere at the end of a day, and hand it in as `anchor` later. */
  readonly last: ChainPoint;
  /** In the order of the records; at most 20. */
  readonly faults: readonly ChainFault[];
}

export interface VerifyOptions {
  /** A record's number and hash as noted elsewhere: shows that even the whole of the past was not written anew. */
  readonly anchor?: ChainPoint;
}

/** Records that were looked at. */
export interface VerifiedSlice {
  readonly rows: readonly StoredRow[];
  /** So many of them, from the first, have no fault in them or before them. */
  readonly soundCount: number;
}

/** Verifies in slices: the generator pauses after each batch, so that a trading process can do other things. */
export function* verifySlices(
  database: DatabaseSync,
  header: JournalHeader,
  { anchor }: VerifyOptions = {},
): Generator<VerifiedSlice, JournalVerification> {
  const faults: ChainFault[] = [];
  const note = (fault: ChainFault | undefined): void => {
    if (fault !== undefined && faults.length < faultsMax) faults.push(fault);
  };
  const walk = createChainWalk({ seq: 0, hash: sha256(identityText(header)) });
  let recordCount = 0;
  try {
    const points = [
      ...notedPoints(database),
      ...(anchor === undefined ? [] : [{ ...anchor, fault: 'ANCHOR' as const }]),
    ];
    const start = walk.point;
    const unseen = new Set(points);
    const look = (point: ChainPoint): void => {
      for (const noted of unseen) {
        if (noted.seq !== point.seq) continue;
        unseen.delete(noted);
        if (noted.hash !== point.hash) note({ fault: noted.fault, seq: noted.seq });
      }
    };
    look(start);
    const rowsAfter = createRowReader(database);
    for (let rows = rowsAfter(-Infinity); rows.length > 0; rows = rowsAfter(walk.point.seq)) {
      let soundCount = 0;
      for (const row of rows) {
        note(walk.step(row));
        recordCount += 1;
        if (unseen.size > 0) look(walk.point);
        if (faults.length === 0) soundCount += 1;
      }
      yield { rows, soundCount };
    }
    for (const { fault, seq } of unseen) note({ fault, seq });
    const { last } = readTip(database);
    if (last.seq !== walk.point.seq || last.hash !== walk.point.hash) note({ fault: 'END', seq: walk.point.seq });
    for (const row of readSnapshotRows(database)) {
      if (!isIntact(row)) note({ fault: 'SNAPSHOT', seq: row.seq });
    }
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    note({ fault: 'UNREADABLE', seq: walk.point.seq });
  }
  return { ok: faults.length === 0, header, recordCount, last: walk.point, faults };
}

/** Hashes that the journal itself noted along the way. */
function notedPoints(database: DatabaseSync): readonly (ChainPoint & Pick<ChainFault, 'fault'>)[] {
  const { anchor } = readTip(database);
  const snapshots = readSnapshotRows(database);
  return [
    { ...anchor, fault: 'ANCHOR' },
    ...snapshots.map(({ seq, hash }) => ({ seq, hash, fault: 'SNAPSHOT' as const })),
  ];
}

/**
 * The first fault behind the anchor, or `undefined`: what a start looks at, so that it does not grow with the age of the
 * journal. The writer moves the anchor as it goes.
 */
export function findTailFault(database: DatabaseSync, header: JournalHeader): ChainFault | undefined {
  try {
    return walkTail(database, header, readTip(database));
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return { fault: 'UNREADABLE', seq: 0 };
  }
}

function walkTail(database: DatabaseSync, header: JournalHeader, { anchor, last }: JournalTip): ChainFault | undefined {
  const atAnchor = anchor.seq === 0 ? sha256(identityText(header)) : hashAt(database, anchor.seq);
  if (atAnchor !== anchor.hash) return { fault: anchor.seq === 0 ? 'HEADER' : 'ANCHOR', seq: anchor.seq };
  const walk = createChainWalk(anchor);
  const rowsAfter = createRowReader(database);
  for (let rows = rowsAfter(anchor.seq); rows.length > 0; rows = rowsAfter(walk.point.seq)) {
    for (const row of rows) {
      const fault = walk.step(row);
      if (fault !== undefined) return fault;
    }
  }
  const { seq, hash } = walk.point;
  return seq === last.seq && hash === last.hash ? undefined : { fault: 'END', seq };
}

/** The stored hash of a record. */
export function hashAt(database: DatabaseSync, seq: number): string | undefined {
  const found = database.prepare('SELECT hash FROM records WHERE seq = ?').get(seq)?.['hash'];
  return typeof found === 'string' ? found : undefined;
}

/** Pages that SQLite cannot read, tables that are gone, or a number that no program of ours wrote. */
function isUnreadable(error: unknown): boolean {
  return isSqliteError(error) || (error instanceof RangeError && 'code' in error && error.code === 'ERR_OUT_OF_RANGE');
}
