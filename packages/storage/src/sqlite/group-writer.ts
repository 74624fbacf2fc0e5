import { type DatabaseSync } from 'node:sqlite';
import { type ChainPoint } from '../chain/chain-walk.ts';
import { type JournalTip } from './schema.ts';

/** Records between two anchors: what a start verifies at most, some milliseconds of work. */
export const anchorEveryRecords = 4_096;

/** Rows that one statement of a group inserts: a call costs more than the row. */
const rowsPerInsert = 16;

/** Writes rows in one commit each time. */
export interface GroupWriter {
  /** Adds a row to the next commit. */
  add(seq: number, text: string, hash: string): void;
  readonly waiting: number;
  /** The last row that is durable. */
  readonly committed: ChainPoint;
  /** Commits what waits: durable when this returns. Throws what SQLite says, with nothing of it written. */
  readonly commit: () => void;
}

export function createGroupWriter(database: DatabaseSync, tip: JournalTip): GroupWriter {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const insert = database.prepare('INSERT INTO records (seq, text, hash) VALUES (?, ?, ?)');
  const insertMany = database.prepare(
    `INSERT INTO records (seq, text, hash) VALUES ${Array(rowsPerInsert).fill('(?, ?, ?)').join(', ')}`,
  );
  const moveTip = database.prepare('UPDATE tip SET seq = ?, hash = ?');
  const moveAnchor = database.prepare('UPDATE tip SET anchor_seq = seq, anchor_hash = hash');
  const end = database.prepare('COMMIT');
  /** Number, text and hash of each row, flat: as the statement takes them. */
  let waiting: (number | string)[] = [];
  let { last: committed } = tip;
  let last = committed;
  let anchorSeq = tip.anchor.seq;

  return {
    add(seq, text, hash) {
      waiting.push(seq, text, hash);
      last = { seq, hash };
    },

    get waiting() {
      return waiting.length / 3;
    },

    get committed() {
      return committed;
    },

    commit() {
      const rows = waiting;
      waiting = [];
      begin.run();
      try {
        let at = 0;
        for (; at + 3 * rowsPerInsert <= rows.length; at += 3 * rowsPerInsert) {
          insertMany.run(...rows.slice(at, at + 3 * rowsPerInsert));
        }
        for (; at < rows.length; at += 3) insert.run(rows[at] ?? null, rows[at + 1] ?? null, rows[at + 2] ?? null);
        moveTip.run(last.seq, last.hash);
        if (last.seq - anchorSeq >= anchorEveryRecords) {
          moveAnchor.run();
          anchorSeq = last.seq;
        }
        end.run();
        committed = last;
      } catch (error) {
        rollBack(database);
        throw error;
      }
    },
  };
}

/** SQLite may have done it already. */
function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    return;
  }
}
