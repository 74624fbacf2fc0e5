import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { migrate, migrations, readHeader, readTip, schemaVersion, writeHeader } from './schema.ts';

const identity = { accountId: 'main', createdAtMs: 5 };

describe('the schema', () => {
  it('is made by its steps, and says its version', () => {
    const database = new DatabaseSync(':memory:');
    expect(readHeader(database)).toBeUndefined();
    migrate(database, 0, 7);
    writeHeader(database, identity);
    expect(readHeader(database)).toEqual({ ...identity, schemaVersion });
    expect(readTip(database).last).toEqual(readTip(database).anchor);
    expect(readTip(database).last).toMatchObject({ seq: 0 });
  });

  it('takes only the steps that are missing, in order, and notes each', () => {
    const database = new DatabaseSync(':memory:');
    migrate(database, 0, 7);
    writeHeader(database, identity);
    const steps = [
      ...migrations,
      { name: 'a note', sql: 'CREATE TABLE notes (text TEXT)' },
      { name: 'its time', sql: 'ALTER TABLE notes ADD COLUMN at_ms INTEGER' },
    ];
    migrate(database, schemaVersion, 8, steps);
    expect(readHeader(database)).toEqual({ ...identity, schemaVersion: schemaVersion + 2 });
    const rows = database.prepare('SELECT version, applied_at_ms FROM migrations ORDER BY version').all();
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { version: 1, applied_at_ms: 7 },
      { version: 2, applied_at_ms: 8 },
      { version: 3, applied_at_ms: 8 },
    ]);
  });

  it.each([
    ['another format', `UPDATE header SET format = 'other'`],
    ['no header row', 'DELETE FROM header'],
    ['no version', 'DELETE FROM migrations'],
    ['a version of nothing', 'UPDATE migrations SET version = 0'],
    ['other tables', 'DROP TABLE header'],
  ])('is not taken for a journal with %s', (_what, sql) => {
    const database = new DatabaseSync(':memory:');
    migrate(database, 0, 7);
    writeHeader(database, identity);
    database.exec(sql);
    expect(() => readHeader(database)).toThrow();
  });
});
