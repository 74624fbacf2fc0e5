import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { exportJournal, verifyJournal } from '../../src/index.ts';
import { entryOf, errorOf, makeJournalFolder, readAll } from './journal-folder.ts';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A process of its own that opens the journal, writes and stays. Resolves when it has said how many barriers it wrote. */
async function startWriter(file: string): Promise<{ readonly pid: number; kill(): Promise<void> }> {
  const child = fork(join(import.meta.dirname, 'writer-process.ts'), [file], {
    execArgv: ['--conditions=@qts/source', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  children.push(child);
  const [said] = (await once(child, 'message')) as [unknown];
  expect(said).toBe('written');
  return {
    pid: child.pid ?? 0,
    async kill() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** An error's words, without the folder's name of this run. */
function wordingOf(run: () => unknown, folder: string): string {
  return String(errorOf(run)).replaceAll(folder, '…');
}

describe('one writer', () => {
  it('refuses a second process, names the first, and is free again after SIGKILL', async () => {
    const { file, open } = makeJournalFolder();
    const writer = await startWriter(file);
    const error = errorOf(() => open());
    expect(error).toMatchObject({ name: 'ConfigurationError', code: 'JOURNAL_HELD' });
    expect(String(error)).toContain(`process ${writer.pid} on `);
    expect(String(error)).toContain('Stop that process first');
    await expect(verifyJournal(file)).rejects.toMatchObject({ code: 'JOURNAL_HELD' });
    await expect(exportJournal(file, () => undefined)).rejects.toMatchObject({ code: 'JOURNAL_HELD' });

    await writer.kill();
    const journal = open();
    expect(journal.opening).toMatchObject({ isNew: false, wasClosed: false, tornBytes: 0 });
    // Three barriers, and before each what waited in its group; the last group waited in the memory of the dead.
    expect((await readAll(journal)).map(({ correlationId }) => correlationId)).toEqual([
      'grouped-1',
      'barrier-1',
      'grouped-2',
      'barrier-2',
      'grouped-3',
      'barrier-3',
    ]);
    expect(await journal.verify()).toMatchObject({ ok: true });
    journal.append(entryOf(7), 'BARRIER');
    expect(journal.last.seq).toBe(7);
  });

  it('refuses a second journal of the same process, and the first goes on', async () => {
    const { file, open } = makeJournalFolder();
    const journal = open();
    journal.append(entryOf(1), 'BARRIER');
    expect(errorOf(() => open())).toMatchObject({ code: 'JOURNAL_HELD' });
    await expect(verifyJournal(file)).rejects.toMatchObject({ code: 'JOURNAL_HELD' });
    // Closing a refused connection must not have freed the lock, as closing any descriptor would.
    const child = fork(join(import.meta.dirname, 'writer-process.ts'), [file], {
      execArgv: ['--conditions=@qts/source', '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    children.push(child);
    expect(await once(child, 'message')).toEqual(['JOURNAL_HELD', undefined]);
    journal.append(entryOf(2), 'BARRIER');
    await journal.close();
    expect(await verifyJournal(file)).toMatchObject({ ok: true, recordCount: 2 });
    expect(open().opening.recordCount).toBe(2);
  });
});

describe('a journal that is not ours', () => {
  async function makeClosed(): Promise<ReturnType<typeof makeJournalFolder>> {
    const place = makeJournalFolder();
    const journal = place.open();
    journal.append(entryOf(1), 'BARRIER');
    await journal.close();
    return place;
  }

  it('is refused when it belongs to another account', async () => {
    const { file, folder, open } = await makeClosed();
    const before = readFileSync(file);
    expect(wordingOf(() => open({ accountId: 'second' }), folder)).toMatchInlineSnapshot(`
      "ConfigurationError: The order journal belongs to another account. Nothing was changed.
        file    …/orders.db
        found   "main"
        wanted  "second"
        next    Give the file of this account, or the label that the journal was made with."
    `);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(await verifyJournal(file)).toMatchObject({ ok: true, header: { accountId: 'main' } });
    expect(open().opening.recordCount).toBe(1);
  });

  it('is refused when another version wrote it', async () => {
    const { file, folder, open } = await makeClosed();
    const database = new DatabaseSync(file);
    database.exec(`INSERT INTO migrations VALUES (2, 'something newer', 0)`);
    database.close();
    const before = readFileSync(file);
    expect(wordingOf(() => open(), folder)).toMatchInlineSnapshot(`
      "ConfigurationError: The order journal was written by another version of this program. Nothing was changed.
        file   …/orders.db
        found  2
        known  1
        next   Run the newer version that wrote it, or export it there and start a new file."
    `);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(await verifyJournal(file)).toMatchObject({ ok: true, header: { schemaVersion: 2 } });
  });
});
