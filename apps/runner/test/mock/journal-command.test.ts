import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ConfigurationError } from '@qts/core';
import { createFakeClock } from '@qts/core/testing';
import { openSqliteJournal } from '@qts/storage';
import { afterAll, describe, expect, it } from 'vitest';
import { exportJournalCommand, verifyJournalCommand } from '../../src/commands/journal.ts';

const folder = mkdtempSync(join(tmpdir(), 'qts-journal-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let count = 0;

/** A closed journal of three records. */
async function writeJournal(): Promise<string> {
  const file = join(folder, `private-${(count += 1)}`, 'paper-main.sqlite');
  const journal = openSqliteJournal({ file, accountId: 'main', clock: createFakeClock() });
  for (const quantity of [1, 2, 3]) {
    journal.append(
      { type: 'intent-recorded', occurredAtMs: 0, correlationId: `intent-${quantity}`, body: { quantity } },
      'BARRIER',
    );
  }
  await journal.close();
  return file;
}

async function run(command: (out: (text: string) => void) => Promise<string>) {
  const lines: string[] = [];
  const ended = await command((text) => lines.push(text));
  return { ended, text: lines.join('') };
}

describe('qts journal', () => {
  it('says that a journal is whole', async () => {
    const file = await writeJournal();
    const { ended, text } = await run((out) => verifyJournalCommand(file, { json: false, out }));
    expect(ended).toBe('ok');
    expect(text).toMatch(/^journal of account main, version \d+: 3 records\nlast record 3, hash [0-9a-f]{64}\nWHOLE/);
  });

  it('names the record that somebody changed', async () => {
    const file = await writeJournal();
    const database = new DatabaseSync(file);
    database.exec(`UPDATE records SET text = replace(text, '"quantity":2', '"quantity":9') WHERE seq = 2`);
    database.close();
    const { ended, text } = await run((out) => verifyJournalCommand(file, { json: false, out }));
    expect(ended).toBe('booksDiffer');
    expect(text).toMatch(/FAULT at record 2: .*\n(?:.*\n)*NOT WHOLE/);
    const { text: json } = await run((out) => verifyJournalCommand(file, { json: true, out }));
    expect(JSON.parse(json)).toMatchObject({ ok: false, recordCount: 3 });
  });

  it('exports records that any program can read', async () => {
    const file = await writeJournal();
    const { ended, text } = await run((out) => exportJournalCommand(file, out));
    expect(ended).toBe('ok');
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(JSON.stringify(lines)).toContain('intent-3');
  });

  it('says that there is no such file, and looks for no other reason', async () => {
    const out = (): undefined => undefined;
    const absent = join(folder, 'absent');
    await expect(verifyJournalCommand(absent, { json: false, out })).rejects.toMatchObject({ code: 'JOURNAL_ABSENT' });
    await expect(exportJournalCommand(absent, out)).rejects.toMatchObject({ code: 'JOURNAL_ABSENT' });
  });

  it('says that a folder is one, and what to give', async () => {
    const out = (): undefined => undefined;
    await expect(verifyJournalCommand(folder, { json: false, out })).rejects.toMatchObject({
      code: 'JOURNAL_NOT_READABLE',
      facts: { file: folder, why: 'this is a folder' },
      next: expect.stringContaining('Give the path of a journal in it') as string,
    });
  });

  it('refuses a file that is no journal', async () => {
    const out = (): undefined => undefined;
    const file = join(folder, 'notes.txt');
    writeFileSync(file, 'no database\n');
    await expect(verifyJournalCommand(file, { json: false, out })).rejects.toThrow(ConfigurationError);
  });
});
