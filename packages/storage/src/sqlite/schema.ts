import { type DatabaseSync } from 'node:sqlite';
import { type ChainPoint } from '../chain/chain-walk.ts';
import { type JournalIdentity, identityText, journalFormat, sha256 } from '../chain/record-text.ts';

/** One step of the schema. Steps are only ever added; the version of a journal is the number of steps it has taken. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/**
 * - `records`: one row a record; `text` is what was hashed. `record_fields` shows a person what it says.
 * - `tip`: what was written last (so that a cut end shows), and how far the chain was known to be whole.
 * - `openings`: who opened the journal when, what was found, and whether it was closed. Not part of the chain.
 */
export const migrations: readonly Migration[] = [
  {
    name: 'records, tip, snapshots, openings',
    sql: `
      CREATE TABLE header (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        format TEXT NOT NULL,
        account_id TEXT NOT NULL,
        created_at_ms INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at_ms INTEGER NOT NULL) STRICT;
      CREATE TABLE records (
        seq INTEGER PRIMARY KEY,
        text TEXT NOT NULL,
        hash TEXT NOT NULL
      ) STRICT;
      CREATE VIEW record_fields AS SELECT
        seq,
        text ->> '$.type' AS type,
        text ->> '$.occurredAtMs' AS occurred_at_ms,
        text ->> '$.correlationId' AS correlation_id,
        text -> '$.body' AS body,
        text ->> '$.prevHash' AS prev_hash,
        hash
      FROM records;
      CREATE TABLE tip (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        seq INTEGER NOT NULL,
        hash TEXT NOT NULL,
        anchor_seq INTEGER NOT NULL,
        anchor_hash TEXT NOT NULL
      ) STRICT;
      CREATE TABLE snapshots (
        name TEXT PRIMARY KEY,
        version INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        hash TEXT NOT NULL,
        state TEXT NOT NULL,
        state_hash TEXT NOT NULL,
        taken_at_ms INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE openings (
        id INTEGER PRIMARY KEY,
        opened_at_ms INTEGER NOT NULL,
        pid INTEGER NOT NULL,
        host TEXT NOT NULL,
        boot_id TEXT NOT NULL,
        seq INTEGER NOT NULL,
        torn_bytes INTEGER NOT NULL,
        closed_at_ms INTEGER
      ) STRICT;`,
  },
];

export const schemaVersion: number = migrations.length;

/** What stands at the head of a journal. */
export interface JournalHeader extends JournalIdentity {
  readonly schemaVersion: number;
}

/** What was written last, and up to where the chain was whole when somebody looked. */
export interface JournalTip {
  readonly last: ChainPoint;
  readonly anchor: ChainPoint;
}

/** Takes the steps that a journal has not taken yet; the first makes an empty file a journal. All of them or none. */
export function migrate(
  database: DatabaseSync,
  fromVersion: number,
  nowMs: number,
  steps: readonly Migration[] = migrations,
): void {
  for (const [index, { name, sql }] of steps.entries()) {
    if (index < fromVersion) continue;
    database.exec(sql);
    database.prepare('INSERT INTO migrations VALUES (?, ?, ?)').run(index + 1, name, nowMs);
  }
}

/** Writes the head of a new journal. */
export function writeHeader(database: DatabaseSync, identity: JournalIdentity): void {
  const { accountId, createdAtMs } = identity;
  const hash = sha256(identityText(identity));
  database.prepare('INSERT INTO header VALUES (1, ?, ?, ?)').run(journalFormat, accountId, createdAtMs);
  database.prepare('INSERT INTO tip VALUES (1, 0, ?, 0, ?)').run(hash, hash);
}

/**
 * The head of a journal; `undefined` for a database without any table: a file that was made and not yet written.
 * Reads only what every version has.
 * @throws {Error} when the database has tables, and they are not a journal's.
 */
export function readHeader(database: DatabaseSync): JournalHeader | undefined {
  if (database.prepare('SELECT name FROM sqlite_master LIMIT 1').get() === undefined) return undefined;
  const row = database.prepare('SELECT format, account_id, created_at_ms FROM header WHERE id = 1').get();
  const version = database.prepare('SELECT max(version) AS version FROM migrations').get()?.['version'];
  const { format, account_id: accountId, created_at_ms: createdAtMs } = row ?? {};
  const isHeader =
    format === journalFormat &&
    typeof accountId === 'string' &&
    typeof createdAtMs === 'number' &&
    typeof version === 'number' &&
    version >= 1;
  if (!isHeader) throw new Error('The header is not that of an order journal.');
  return { accountId, createdAtMs, schemaVersion: version };
}

export function readTip(database: DatabaseSync): JournalTip {
  const row = database.prepare('SELECT seq, hash, anchor_seq, anchor_hash FROM tip WHERE id = 1').get();
  const { seq, hash, anchor_seq: anchorSeq, anchor_hash: anchorHash } = row ?? {};
  return {
    last: { seq: Number(seq), hash: String(hash) },
    anchor: { seq: Number(anchorSeq), hash: String(anchorHash) },
  };
}
