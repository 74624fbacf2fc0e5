import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { execPath, getuid } from 'node:process';
import { type QtsError } from '@qts/core';
import { createRecordingLogger } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { verifyJournal } from '../../src/index.ts';
import { entryOf, errorOf, makeJournalFolder, readAll } from './journal-folder.ts';

describe('a journal that cannot be written', () => {
  it('is broken for ever once the disk is full, says so once, and keeps what was acknowledged', async () => {
    const { open, file } = makeJournalFolder();
    const told: QtsError[] = [];
    const logger = createRecordingLogger();
    // SQLite's own limit on pages: the same error as a full disk (SQLITE_FULL), from the same place.
    const journal = open({ sizeBytesMax: 64 * 4_096, onBroken: (error) => told.push(error), logger });
    let acknowledged = 0;
    const fill = (): void => {
      for (let number = 1; ; number += 1) {
        journal.append(entryOf(number, { body: { text: 'x'.repeat(2_000) } }), 'BARRIER');
        acknowledged = number;
      }
    };
    const error = errorOf(fill);
    expect(error).toMatchObject({
      name: 'QtsError',
      code: 'JOURNAL_BROKEN',
      facts: { found: 'database or disk is full' },
    });
    expect(String(error)).toContain('Cancel what rests');
    expect(acknowledged).toBeGreaterThan(20);
    for (const durability of ['BARRIER', 'GROUPED'] as const) {
      expect(
        errorOf(() => {
          journal.append(entryOf(1), durability);
        }),
      ).toBe(error);
    }
    expect(journal.broken).toBe(error);
    expect(told).toEqual([error]);
    expect(logger.entries.filter(({ event }) => event === 'journal-broken')).toHaveLength(1);
    expect(await readAll(journal)).toHaveLength(acknowledged);
    await journal.close();
    expect(await verifyJournal(file)).toMatchObject({ ok: true, recordCount: acknowledged });
    const again = open();
    expect(again.opening).toMatchObject({ recordCount: acknowledged, wasClosed: false });
    again.append(entryOf(1), 'BARRIER');
  });

  it('tells of a group that fails in the background, and at the next append', async () => {
    const { open, clock } = makeJournalFolder();
    const told: QtsError[] = [];
    const journal = open({ sizeBytesMax: 64 * 4_096, onBroken: (error) => told.push(error) });
    journal.append(entryOf(1, { body: { text: 'x'.repeat(300_000) } }), 'GROUPED');
    expect(told).toEqual([]);
    await clock.advance(5);
    expect(told).toMatchObject([{ code: 'JOURNAL_BROKEN' }]);
    expect(
      errorOf(() => {
        journal.append(entryOf(2), 'GROUPED');
      }),
    ).toBe(told[0]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is broken when the room on the disk cannot be told', () => {
    const { open } = makeJournalFolder();
    let isGone = false;
    const journal = open({
      freeBytes: () => {
        if (isGone) throw new Error('ENOENT: the disk is gone');
        return 2 ** 40;
      },
    });
    isGone = true;
    const append = (): void => {
      journal.append(entryOf(1, { type: 'command-sending' }), 'BARRIER');
    };
    expect(errorOf(append)).toMatchObject({ code: 'JOURNAL_BROKEN', facts: { found: 'ENOENT: the disk is gone' } });
    expect(journal.broken).toBeDefined();
  });

  it('is broken when a page cannot be read, and appends nothing behind it', async () => {
    const { file, open } = makeJournalFolder();
    const first = open();
    for (let number = 1; number <= 200; number += 1) first.append(entryOf(number), 'GROUPED');
    await first.close();
    const bytes = readFileSync(file);
    const page = bytes.indexOf('"correlationId":"intent-60"');
    bytes.fill(0xff, Math.floor(page / 4_096) * 4_096, Math.floor(page / 4_096) * 4_096 + 100);
    writeFileSync(file, bytes);
    const journal = open();
    await expect(readAll(journal)).rejects.toMatchObject({ code: 'JOURNAL_BROKEN' });
    expect(
      errorOf(() => {
        journal.append(entryOf(1), 'BARRIER');
      }),
    ).toBe(journal.broken);
    await journal.close();
    expect(await verifyJournal(file)).toMatchObject({ ok: false, faults: [{ fault: 'UNREADABLE' }] });
  });

  it('does not open in a folder that cannot be written, and changes nothing there', async () => {
    const { folder, open } = makeJournalFolder();
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const file = join(closed, 'orders.db');
    const journal = open({ file });
    journal.append(entryOf(1), 'BARRIER');
    await journal.close();
    chmodSync(closed, 0o500);
    const before = readFileSync(file);
    const said = openAsPerson(file, [folder, closed, file]);
    expect(said).toContain('ConfigurationError JOURNAL_NOT_USABLE');
    expect(said).toContain('belongs to this user and can be written');
    expect(said).toContain('verified 1');
    expect(readdirSync(closed)).toEqual(['orders.db']);
    expect(readFileSync(file).equals(before)).toBe(true);
    chmodSync(closed, 0o700);
  });

  it('does not open a file that cannot be written', async () => {
    const { folder, file, open } = makeJournalFolder();
    await open().close();
    chmodSync(file, 0o400);
    expect(openAsPerson(file, [folder, file])).toContain('ConfigurationError JOURNAL_NOT_USABLE');
  });
});

describe('a journal that cannot be read', () => {
  /** What SIGKILL leaves: the file, and a log with the last records that nobody has taken over. */
  function leaveOpen(): { readonly folder: string; readonly file: string; readonly own: readonly string[] } {
    const { folder, file, open } = makeJournalFolder();
    open().append(entryOf(1), 'BARRIER');
    const left = join(folder, 'left');
    mkdirSync(left, { mode: 0o700 });
    const copy = join(left, 'orders.db');
    for (const end of ['', '-wal']) copyFileSync(`${file}${end}`, `${copy}${end}`);
    for (const end of ['', '-wal']) chmodSync(`${copy}${end}`, 0o600);
    return { folder: left, file: copy, own: [folder, left, copy, `${copy}-wal`] };
  }

  it('is read with its log and without its index, which a killed process never had', async () => {
    const { file } = leaveOpen();
    expect(await verifyJournal(file)).toMatchObject({ ok: true, recordCount: 1 });
  });

  it('tells that the log lies where nobody may write, and what helps; the copy is read', async () => {
    const { folder, file, own } = leaveOpen();
    chmodSync(folder, 0o500);
    const said = openAsPerson(file, own);
    chmodSync(folder, 0o700);
    expect(said.match(/JOURNAL_NOT_READABLE/g)).toHaveLength(1); // By opening; what verify says has no code before it.
    expect(said.match(/this user may not write in its folder/g)).toHaveLength(2);
    expect(said).toContain('sqliteCode  14');
    expect(said).toContain('Copy both files into a folder of your own');
    const copy = join(dirname(folder), 'copy.db');
    for (const end of ['', '-wal']) copyFileSync(`${file}${end}`, `${copy}${end}`);
    expect(await verifyJournal(copy)).toMatchObject({ ok: true, recordCount: 1 });
  });

  it('tells a log that this user may not read, rather than leave out its records', () => {
    const { file, own } = leaveOpen();
    chmodSync(`${file}-wal`, 0o000);
    expect(openAsPerson(file, own)).toContain('this user may not read the file, or the log beside it');
  });

  it('tells that there is none', async () => {
    const { file } = makeJournalFolder();
    await expect(verifyJournal(file)).rejects.toMatchObject({
      ...{ code: 'JOURNAL_NOT_READABLE', facts: { why: 'no such file', sqliteCode: 14 } },
    });
  });

  it.each([
    ['its file was made', []],
    ['its file and a roll-back log were made', ['-journal']],
    ['its file and its log were made', ['-wal']],
  ])('tells a kill while it was made, and goes on making it: %s', async (_when, ends) => {
    const { file, open } = makeJournalFolder();
    for (const end of ['', ...ends]) writeFileSync(`${file}${end}`, '', { mode: 0o600 });
    await expect(verifyJournal(file)).rejects.toMatchObject({
      ...{ code: 'JOURNAL_NOT_A_JOURNAL', next: expect.stringContaining('goes on making it') as string },
    });
    await open().close();
    expect(await verifyJournal(file)).toMatchObject({ ok: true, recordCount: 0 });
  });
});

/** Opens a journal in a process without the rights of root, who may write anywhere; says what came of it. */
function openAsPerson(file: string, own: readonly string[]): string {
  const nobody = 65_534;
  const isRoot = getuid?.() === 0;
  if (isRoot) for (const path of own) chownSync(path, nobody, nobody);
  const script = join(import.meta.dirname, 'open-process.ts');
  const { stdout, stderr } = spawnSync(execPath, ['--conditions=@qts/source', script, file], {
    encoding: 'utf8',
    ...(isRoot ? { uid: nobody, gid: nobody } : {}),
  });
  if (isRoot) for (const path of own) chownSync(path, 0, 0);
  return `${stdout}${stderr}`;
}

describe('a place that is not private', () => {
  const spoilers: readonly (readonly [string, (file: string) => void, string])[] = [
    [
      'a folder that others can read',
      (file) => {
        chmodSync(dirname(file), 0o755);
      },
      'chmod 700',
    ],
    [
      'a file that others can read',
      (file) => {
        writeFileSync(file, '', { mode: 0o644 });
      },
      'chmod 600',
    ],
    [
      'a link',
      (file) => {
        symlinkSync('/dev/null', file);
      },
      'not a plain file',
    ],
    [
      'a folder in place of the file',
      (file) => {
        mkdirSync(file, { mode: 0o700 });
      },
      'not a plain file',
    ],
  ];
  it.each(spoilers)('is refused: %s', (_what, spoil, remedy) => {
    const { file, folder, open } = makeJournalFolder();
    spoil(file);
    const before = readdirSync(folder);
    const error = errorOf(() => open());
    expect(error).toMatchObject({ name: 'ConfigurationError', code: 'JOURNAL_NOT_PRIVATE' });
    expect(String(error)).toContain(remedy);
    expect(readdirSync(folder)).toEqual(before);
  });

  it('is refused when it is a file of another program', () => {
    const { file, open } = makeJournalFolder();
    writeFileSync(
      file,
      'something else that is long enough for a header of a database file, and is none of it at all',
      {
        mode: 0o600,
      },
    );
    const before = readFileSync(file);
    expect(errorOf(() => open())).toMatchObject({ code: 'JOURNAL_NOT_A_JOURNAL' });
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});
