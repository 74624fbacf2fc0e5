import { hash as hashOf } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { type JournalRecord } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { verifyJournal, visitJournal } from '../../src/index.ts';
import { entryOf, makeJournalFolder } from './journal-folder.ts';

/** A closed journal of `count` records, with a snapshot of the last, that somebody changed afterwards. */
async function writeAndChange(count: number, sql = ''): Promise<string> {
  const { file, open } = makeJournalFolder();
  const journal = open();
  for (let number = 1; number <= count; number += 1) journal.append(entryOf(number), 'GROUPED');
  journal.saveSnapshot('orders', 1, { count });
  await journal.close();
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
  return file;
}

async function visit(file: string) {
  const seen: { readonly record: JournalRecord; readonly isSound: boolean }[] = [];
  const verification = await visitJournal(file, (record, isSound) => seen.push({ record, isSound }));
  return { verification, seen, sound: seen.filter(({ isSound }) => isSound).map(({ record: { seq } }) => seq) };
}

describe('visitJournal', () => {
  it('gives every record of a journal that is whole, oldest first, and says so', async () => {
    const file = await writeAndChange(1_200);
    const { verification, seen, sound } = await visit(file);
    expect(verification).toEqual(await verifyJournal(file));
    expect(verification).toMatchObject({ ok: true, recordCount: 1_200, header: { accountId: 'main' } });
    expect(seen[1_199]?.record).toEqual({ seq: 1_200, ...entryOf(1_200) });
    expect(sound).toEqual(Array.from({ length: 1_200 }, (_, index) => index + 1));
  });

  it.each([
    [
      'a digit of a record is another',
      `UPDATE records SET text = replace(text, '"quantity":2', '"quantity":9') WHERE seq = 2`,
      { sound: [1], seen: 3, fault: { fault: 'HASH', seq: 2 } },
    ],
    [
      'a record is gone',
      'DELETE FROM records WHERE seq = 2',
      { sound: [1], seen: 2, fault: { fault: 'SEQUENCE', seq: 3 } },
    ],
    [
      'a record is no record any more',
      `UPDATE records SET text = '{"seq":2' WHERE seq = 2`,
      { sound: [1], seen: 2, fault: { fault: 'HASH', seq: 2 } },
    ],
    [
      'the tail is cut',
      'DELETE FROM records WHERE seq = 3',
      { sound: [1, 2], seen: 2, fault: { fault: 'END', seq: 2 } },
    ],
    [
      'a snapshot does not fit',
      `UPDATE snapshots SET state = '{"count":9}'`,
      { sound: [1, 2, 3], seen: 3, fault: { fault: 'SNAPSHOT', seq: 3 } },
    ],
    [
      'the header names another account',
      `UPDATE header SET account_id = 'savings'`,
      { sound: [], seen: 3, fault: { fault: 'LINK', seq: 1 } },
    ],
  ] as const)('takes no record for sound from where %s', async (_, sql, expected) => {
    const { verification, seen, sound } = await visit(await writeAndChange(3, sql));
    expect([sound, seen.length, verification.ok]).toEqual([expected.sound, expected.seen, false]);
    expect(verification.faults).toContainEqual(expected.fault);
  });

  it('names a record that is none although its hash fits, and gives it to nobody', async () => {
    const file = await writeAndChange(1);
    const database = new DatabaseSync(file);
    const { hash } = database.prepare('SELECT hash FROM records').get() as { readonly hash: string };
    const start = `{"seq":2,"prevHash":"${hash}",`;
    const forged = hashOf('sha256', start, 'hex');
    database.prepare('INSERT INTO records VALUES (2, ?, ?)').run(start, forged);
    database.prepare('UPDATE tip SET seq = 2, hash = ?').run(forged);
    database.close();
    const { verification, sound } = await visit(file);
    expect(sound).toEqual([1]);
    expect(verification).toMatchObject({ ok: false, recordCount: 2, faults: [{ fault: 'UNREADABLE', seq: 2 }] });
  });

  it('refuses a journal of another version before the first record', async () => {
    const file = await writeAndChange(1, `INSERT INTO migrations VALUES (2, 'from the future', 0)`);
    await expect(visit(file)).rejects.toMatchObject({ code: 'JOURNAL_OTHER_VERSION', facts: { found: 2, known: 1 } });
  });

  it('says of a folder that it is one, and what to give', async () => {
    const { folder } = makeJournalFolder();
    for (const look of [visit(folder), verifyJournal(folder)]) {
      await expect(look).rejects.toMatchObject({
        code: 'JOURNAL_NOT_READABLE',
        facts: { why: 'this is a folder' },
        next: expect.stringContaining('Give the path of a journal in it') as string,
      });
    }
  });
});
