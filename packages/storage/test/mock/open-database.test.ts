import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openForWriting } from '../../src/sqlite/open-database.ts';
import { makeJournalFolder } from './journal-folder.ts';

describe('the connection of the writer', () => {
  // Neither a kill nor a cut of the log would show a missing sync: these settings are what asks for it.
  it.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['locking_mode', 'exclusive'],
    ['fullfsync', 1],
    ['checkpoint_fullfsync', 1],
    ['page_size', 4_096],
    ['max_page_count', 100],
  ])('has %s = %s', (name, value) => {
    const { file } = makeJournalFolder();
    writeFileSync(file, '', { mode: 0o600 });
    const database = openForWriting(file, 100 * 4_096 + 5);
    try {
      expect(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})).toEqual([value]);
    } finally {
      database.close();
    }
  });
});
