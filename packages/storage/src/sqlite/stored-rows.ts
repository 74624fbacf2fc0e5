import { type DatabaseSync } from 'node:sqlite';
import { type JournalRecord } from '@qts/core';
import { type StoredRow } from '../chain/chain-walk.ts';

/** Rows fetched by one statement: enough that its cost is spread, few enough that a reader holds little memory. */
const rowsPerBatch = 1_000;

/** Reads records in the order of their numbers. No cursor stays open between batches, so a writer is never in the way. */
export function createRowReader(database: DatabaseSync): (afterSeq: number) => readonly StoredRow[] {
  const statement = database.prepare('SELECT seq, text, hash FROM records WHERE seq > ? ORDER BY seq LIMIT ?');
  statement.setReturnArrays(true);
  return (afterSeq) => statement.all(afterSeq, rowsPerBatch) as unknown as readonly StoredRow[];
}

/** The record that a text says. */
export function parseRecord(text: string): JournalRecord {
  const { seq, type, occurredAtMs, correlationId, body } = JSON.parse(text) as JournalRecord;
  return { seq, type, occurredAtMs, correlationId, body };
}

/** The same of a text that anybody may have written; `undefined` when it is not that of a record. */
export function parseForeignRecord(text: string): JournalRecord | undefined {
  try {
    const record = parseRecord(text);
    const { seq, type, occurredAtMs, correlationId } = record;
    const body: unknown = record.body;
    const isRecord =
      Number.isSafeInteger(seq) &&
      Number.isSafeInteger(occurredAtMs) &&
      typeof type === 'string' &&
      typeof correlationId === 'string' &&
      typeof body === 'object' &&
      body !== null;
    return isRecord ? record : undefined;
  } catch {
    return undefined; // JSON.parse alone can throw here.
  }
}
