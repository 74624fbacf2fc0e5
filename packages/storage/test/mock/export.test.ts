import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { exportJournal } from '../../src/index.ts';
import { collect, entryOf, errorOf, makeJournalFolder } from './journal-folder.ts';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Checks an export as somebody would who has only its README: lines, JSON and sha-256. */
function checkExport(lines: readonly string[]): number {
  const [header = '', ...records] = lines;
  const end = JSON.parse(records.pop() ?? '') as { readonly recordCount: number; readonly lastHash: string };
  let last = sha256(`${header.slice(0, header.indexOf(',"schemaVersion"'))}}`);
  expect((JSON.parse(header) as { readonly hash: string }).hash).toBe(last);
  for (const [index, line] of records.entries()) {
    const { seq, prevHash, hash } = JSON.parse(line) as { seq: number; prevHash: string; hash: string };
    expect([seq, prevHash]).toEqual([index + 1, last]);
    expect(sha256(`${line.slice(0, line.lastIndexOf(',"hash":"'))}}`)).toBe(hash);
    last = hash;
  }
  expect(end).toEqual({ end: 'qts-order-journal', recordCount: records.length, lastHash: last });
  return records.length;
}

describe('an export', () => {
  it('can be read and checked without this program, open or closed', async () => {
    const { file, open } = makeJournalFolder();
    const journal = open();
    for (let number = 1; number <= 1_200; number += 1) journal.append(entryOf(number), 'GROUPED');
    const whileOpen = await collect(journal.exportLines());
    await journal.close();
    const lines: string[] = [];
    await exportJournal(file, async (line) => {
      await Promise.resolve();
      lines.push(line);
    });
    expect(checkExport(lines)).toBe(1_200);
    expect(whileOpen).toEqual(lines);
    expect(lines.every((line) => !line.includes('\n'))).toBe(true);
  });

  it('shows its form', async () => {
    const { file, open } = makeJournalFolder();
    const journal = open();
    journal.append(entryOf(1), 'BARRIER');
    await journal.close();
    const lines: string[] = [];
    await exportJournal(file, (line) => void lines.push(line));
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "{"format":"qts-order-journal","accountId":"main","createdAtMs":1789344000000,"schemaVersion":1,"hash":"1a38341208e2e80cf8d2bd306f2c3983f17e1c2a135e38e52775170f7b2161de"}
      {"seq":1,"prevHash":"1a38341208e2e80cf8d2bd306f2c3983f17e1c2a135e38e52775170f7b2161de","type":"intent-recorded","occurredAtMs":1795132800001,"correlationId":"intent-1","body":{"quantity":1,"symbol":"005930","note":"현재가 \\"매수\\""},"hash":"fe34c999a2e3b180565387ee8f701f4a27d31a6ad9cc46038befaccef8e5ba1d"}
      {"end":"qts-order-journal","recordCount":1,"lastHash":"fe34c999a2e3b180565387ee8f701f4a27d31a6ad9cc46038befaccef8e5ba1d"}"
    `);
  });

  it('is made of a journal that a newer version wrote, too', async () => {
    const { file, open } = makeJournalFolder();
    const journal = open();
    journal.append(entryOf(1), 'BARRIER');
    await journal.close();
    const database = new DatabaseSync(file);
    database.exec(`INSERT INTO migrations VALUES (99, 'from the future', 0)`);
    database.close();
    const lines: string[] = [];
    await exportJournal(file, (line) => void lines.push(line));
    expect(checkExport(lines)).toBe(1);
    expect(errorOf(() => open())).toMatchObject({ code: 'JOURNAL_OTHER_VERSION' });
  });

  it('says what is not a journal', async () => {
    const { file, folder } = makeJournalFolder();
    const write = (): void => undefined;
    await expect(exportJournal(file, write)).rejects.toMatchObject({ code: 'JOURNAL_NOT_READABLE' });
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE header (id)');
    database.close();
    await expect(exportJournal(file, write)).rejects.toMatchObject({ code: 'JOURNAL_NOT_A_JOURNAL' });
    await expect(exportJournal(folder, write)).rejects.toMatchObject({ name: 'ConfigurationError' });
  });
});
