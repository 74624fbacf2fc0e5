import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JournalEntry, type JournalRecord, type OrderJournal } from '@qts/core';
import { type FakeClock, createFakeClock } from '@qts/core/testing';
import { afterEach } from 'vitest';
import { type SqliteJournal, type SqliteJournalSettings, openSqliteJournal } from '../../src/index.ts';

/** A place for journals that is gone after the test, with all that was opened in it. */
export interface JournalFolder {
  readonly folder: string;
  readonly file: string;
  readonly clock: FakeClock;
  readonly open: (settings?: Partial<SqliteJournalSettings>) => SqliteJournal;
}

const opened: SqliteJournal[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.close().catch(() => undefined);
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function makeJournalFolder(): JournalFolder {
  const folder = mkdtempSync(join(tmpdir(), 'qts-journal-'));
  folders.push(folder);
  const file = join(folder, 'orders.db');
  const clock = createFakeClock();
  return {
    folder,
    file,
    clock,
    open(settings = {}) {
      const journal = openSqliteJournal({ file, accountId: 'main', clock, ...settings });
      opened.push(journal);
      return journal;
    },
  };
}

export function entryOf(number: number, more: Partial<JournalEntry> = {}): JournalEntry {
  return {
    type: 'intent-recorded',
    occurredAtMs: 1_795_132_800_000 + number,
    correlationId: `intent-${number}`,
    body: { quantity: number, symbol: '005930', note: '현재가 "매수"' },
    ...more,
  };
}

export async function collect<Value>(values: AsyncIterable<Value>): Promise<readonly Value[]> {
  const collected: Value[] = [];
  for await (const value of values) collected.push(value);
  return collected;
}

export function readAll(journal: OrderJournal): Promise<readonly JournalRecord[]> {
  return collect(journal.read());
}

/** What a function throws. */
export function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
}
